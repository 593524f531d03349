"""Tables of the linker: administrative units (`tools/units.py` makes them), words that do not tell one shop or firm from another."""

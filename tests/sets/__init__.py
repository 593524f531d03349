"""The frozen sets are what docs/sets.md says, and nobody has changed them."""

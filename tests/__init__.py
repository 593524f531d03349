"""Tests. Start at `conftest.py` (the cast, the site) and `desk/access/` (who may open which address)."""

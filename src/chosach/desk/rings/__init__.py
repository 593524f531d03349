"""Rings: which traders work together, why it is thought so, and what people have judged of it."""

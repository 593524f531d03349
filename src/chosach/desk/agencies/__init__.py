"""Bodies, their territory, and who is competent for what."""

"""Findings about one trader, ranked by expected harm."""

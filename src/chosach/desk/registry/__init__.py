"""Traders, channels, identifiers and listings."""

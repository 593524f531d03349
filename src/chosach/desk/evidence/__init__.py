"""Bytes with their hash and custody record."""

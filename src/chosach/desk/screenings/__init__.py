"""Screening runs and their findings."""

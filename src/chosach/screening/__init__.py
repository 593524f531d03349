"""Listings in, findings out: a pure function of an Arrow batch."""

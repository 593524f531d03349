"""A made-up marketplace and half a year of work, for a first look and for tests."""

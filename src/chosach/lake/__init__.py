"""Listings at rest: partitioned Parquet."""

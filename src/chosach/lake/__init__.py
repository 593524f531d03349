"""Listings at rest: partitioned Parquet, written whole or not at all."""

from chosach.lake.atomic import passing, replacing
from chosach.lake.parts import Lake

__all__ = ["Lake", "passing", "replacing"]

"""Listings as a data scientist may hold them → the few columns that are looked at, in one type each."""

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

REQUIRED = ("listing_id", "title")
_VIETNAM_MICROSECONDS = 7 * 3600 * 1_000_000
_DAY_MICROSECONDS = 86_400 * 1_000_000
_EPOCH = date(1970, 1, 1).toordinal()
_MOST = float(2**53)  # above it a float holds no whole numbers


def as_table(listings: Any) -> pa.Table:
    """An Arrow table of anything that speaks Arrow (a record batch, a Polars or pandas frame, a DuckDB relation).

    Raises ``TypeError`` for anything else, ``ValueError`` where ``listing_id`` or ``title`` is missing, doubled, or an id is null.
    """
    if not isinstance(listings, pa.Table):
        if not hasattr(listings, "__arrow_c_stream__") and not hasattr(listings, "__arrow_c_array__"):
            raise TypeError(f"listings must be an Arrow table or a frame that exports one, not {type(listings).__name__}")
        listings = pa.table(listings)
    for name in REQUIRED:
        count = listings.column_names.count(name)
        if count != 1:
            raise ValueError(f"the table has no column {name!r}" if count == 0 else f"the table has {count} columns {name!r}")
    if listings.column("listing_id").null_count:
        raise ValueError("listing_id holds nulls")
    return listings


def _column(table: pa.Table, name: str) -> Any:
    if table.column_names.count(name) > 1:
        raise ValueError(f"the table has more than one column {name!r}")
    column = table.column(name)
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return column


def _whole(column: Any) -> pa.Array:
    array = column.combine_chunks()
    return array if isinstance(array, pa.Array) else pa.concat_arrays(array.chunks)


def text_column(table: pa.Table, name: str) -> pa.Array:
    """``large_string``, null where the column is missing. Raises ``ValueError`` for what is no text."""
    if name not in table.column_names:
        return pa.nulls(table.num_rows, pa.large_string())
    try:
        return _whole(_column(table, name).cast(pa.large_string()))
    except pa.ArrowException as error:
        raise ValueError(f"{name} must be UTF-8 text: {error}") from error


def price_column(table: pa.Table) -> list[int | None]:
    """Whole VND; null where it is missing, not finite or beyond all sense. Raises ``ValueError`` for what is no number."""
    if "price" not in table.column_names:
        return [None] * table.num_rows
    column = _column(table, "price")
    try:
        if not pa.types.is_integer(column.type) and not pa.types.is_null(column.type):
            numbers = column.cast(pa.float64())
            sane = pc.and_(pc.is_finite(numbers), pc.less(pc.abs(numbers), _MOST))
            column = pc.if_else(sane, numbers, None).cast(pa.int64(), safe=False)
        prices: list[int | None] = column.cast(pa.int64()).to_pylist()
    except pa.ArrowException as error:
        raise ValueError(f"price must be a number, whole VND (chosach.formats.listings reads other spellings): {error}") from error
    return prices


def day_column(table: pa.Table) -> list[date | None]:
    """The date in Vietnam of ``captured_at``; a time without a zone is UTC. Null where missing or outside the years 1 to 9999."""
    if "captured_at" not in table.column_names:
        return [None] * table.num_rows
    try:
        moments = _column(table, "captured_at").cast(pa.timestamp("us", "UTC"), safe=False)
    except pa.ArrowException as error:
        raise ValueError(f"captured_at must be a time: {error}") from error
    known = np.asarray(_whole(moments.is_valid()))
    ticks = np.asarray(_whole(moments.cast(pa.int64()).fill_null(0)))
    days = ticks // _DAY_MICROSECONDS + (ticks % _DAY_MICROSECONDS + _VIETNAM_MICROSECONDS) // _DAY_MICROSECONDS + _EPOCH
    known &= (days >= date.min.toordinal()) & (days <= date.max.toordinal())
    return [date.fromordinal(day) if good else None for day, good in zip(days.tolist(), known.tolist(), strict=True)]

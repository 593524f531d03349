"""Listings of the registry as the engine reads them."""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from chosach.desk.registry.models import Capture, Listing
from chosach.screening import LISTING

_FIELDS = [name for name in LISTING.names if name not in {"listing_id", "seller_id", "seller_name"}]


def row_of(listing: Listing, key: str, version: Capture | None = None) -> dict[str, Any]:
    """One listing, or an earlier version of it, as a row of `LISTING` under this id."""
    row = {name: getattr(listing, name) for name in _FIELDS}
    if version is not None:
        row |= {name: value for name, value in version.content.items() if name in row}
        row["captured_at"] = version.captured_at
    channel = listing.channel
    seller = channel.seller_key.removeprefix("id:") if channel else ""
    return row | {"listing_id": key, "seller_id": seller, "seller_name": channel.name if channel else ""}


def table_of(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows of `row_of` as the table that the engine takes."""
    return pa.Table.from_pylist([dict(row) for row in rows], schema=LISTING)

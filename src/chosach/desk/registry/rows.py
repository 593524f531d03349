"""Listings and findings as the engine hands them over (Arrow) → plain rows that the registry keeps."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from chosach.desk.registry.folding import fold
from chosach.desk.registry.models import Listing

#: Field of `Listing` → longest text it holds (0: no limit). Longer text is cut; `title` and `description`, where reasons point, never are.
TEXTS: dict[str, int] = {
    "platform": 100, "url": 2000, "title": 0, "description": 0, "brand": 200, "category": 300, "origin": 200, "location": 300,
}  # fmt: skip
NUMBERS = ("price", "original_price", "sold")
#: What makes a version of a listing: a change in any of these is a new version.
CONTENT = ("url", "title", "description", *NUMBERS, "brand", "category", "origin", "location", "images", "seller_id", "seller_name")
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Row:
    """One listing of a batch. `values` are the fields of `Listing` that come from it."""

    key: tuple[str, str]
    seller_id: str
    seller_name: str
    content_hash: str
    captured_at: dt.datetime | None
    values: Mapping[str, Any]

    @property
    def search(self) -> str:
        return fold(" ".join((self.values["title"], self.values["brand"], self.seller_name)))


def read(table: pa.Table) -> Iterator[Row]:
    """Rows of a canonical listings table. Columns may be missing but for `listing_id` and `title`; unknown ones are ignored."""
    columns = [
        name for name in ("listing_id", "captured_at", *TEXTS, *NUMBERS, "images", "seller_id", "seller_name") if name in table.column_names
    ]
    for raw in table.select(columns).to_pylist():
        yield _row(raw)


def _row(raw: Mapping[str, Any]) -> Row:
    values: dict[str, Any] = {}
    for name, limit in TEXTS.items():
        text = str(raw.get(name) or "").replace("\x00", "")
        values[name] = text[:limit] if limit else text
    for name in NUMBERS:
        number = raw.get(name)
        values[name] = None if number is None else max(0, min(int(number), _LARGEST))
    values["images"] = [str(image) for image in raw.get("images") or []]
    seller_id, seller_name = str(raw.get("seller_id") or "").strip()[:180], str(raw.get("seller_name") or "").strip()[:300]
    captured = raw.get("captured_at")
    if captured is not None and captured.tzinfo is None:
        captured = captured.replace(tzinfo=dt.UTC)
    content = [values.get(name) for name in CONTENT[:-2]] + [seller_id, seller_name]
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")).hexdigest()
    return Row((values["platform"], str(raw["listing_id"])[:200]), seller_id, seller_name, digest, captured, values)


def content_of(listing: Listing) -> dict[str, Any]:
    """A listing's present content, as a `Capture` keeps it."""
    names = [name for name in CONTENT if name not in {"seller_id", "seller_name"}]
    return {name: getattr(listing, name) for name in names} | {"seller": listing.channel.seller_key if listing.channel else ""}


def content_of_row(row: Row) -> dict[str, Any]:
    """The content of a row that is older than what the registry holds."""
    names = [name for name in CONTENT if name not in {"seller_id", "seller_name"}]
    return {name: row.values[name] for name in names} | {"seller": row.seller_id or row.seller_name}


def findings_by_listing(table: pa.Table) -> dict[str, list[dict[str, Any]]]:
    """Findings grouped by listing id, with dates as text so that they can be kept as JSON."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for raw in table.to_pylist():
        law = [{name: _plain(value) for name, value in (entry or {}).items()} for entry in raw.get("law") or []]
        grouped.setdefault(str(raw["listing_id"]), []).append(
            {
                "kind": raw["kind"],
                "probability": float(raw["probability"]),
                "reasons": list(raw.get("reasons") or []),
                "law": law,
                "clears": list(raw.get("clears") or []),
                "screener": str(raw.get("screener") or "")[:120],
            }
        )
    return grouped


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value

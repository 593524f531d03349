"""Short ways for tests to ask what the screener says of one listing."""

from datetime import date, datetime
from typing import Any

import pyarrow as pa

from chosach.screening import screen

DAY = date(2021, 3, 1)


def findings(
    title: str, description: str | None = None, *, as_of: date = DAY, captured_at: datetime | None = None, **fields: Any
) -> dict[str, Any]:
    """Findings by kind of one listing."""
    columns: dict[str, Any] = {
        "listing_id": pa.array(["x"]),
        "title": pa.array([title]),
        "description": pa.array([description], pa.string()),
        "captured_at": pa.array([captured_at], pa.timestamp("us", "UTC")),
    }
    for name, value in fields.items():
        columns[name] = pa.array([value], pa.int64() if name == "price" else pa.string())
    return {row["kind"]: row for row in screen(pa.table(columns), as_of=as_of).to_pylist()}


def probability(kind: str, title: str, description: str | None = None, **fields: Any) -> float:
    found = findings(title, description, **fields).get(kind)
    return 0.0 if found is None else float(found["probability"])

"""Small made-up tables of listings and findings for tests."""

import datetime as dt
from typing import Any

import pyarrow as pa

LISTINGS = pa.schema(
    [
        *((name, pa.string()) for name in ("listing_id", "platform", "url", "seller_id", "seller_name", "title", "description")),
        ("price", pa.int64()),
        ("original_price", pa.int64()),
        *((name, pa.string()) for name in ("brand", "category", "origin")),
        ("sold", pa.int64()),
        ("location", pa.string()),
        ("images", pa.list_(pa.string())),
        ("captured_at", pa.timestamp("us", "UTC")),
    ]
)
REASON = pa.struct(
    [
        ("field", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("text", pa.string()),
        ("term", pa.string()),
        ("rule", pa.string()),
    ]
)
LAW = pa.struct(
    [
        ("instrument", pa.string()),
        ("article", pa.string()),
        ("clause", pa.string()),
        ("point", pa.string()),
        ("valid_from", pa.date32()),
        ("as_of", pa.date32()),
        ("as_of_source", pa.string()),
    ]
)
FINDINGS = pa.schema(
    [
        ("listing_id", pa.string()),
        ("kind", pa.string()),
        ("probability", pa.float64()),
        ("reasons", pa.list_(REASON)),
        ("law", pa.list_(LAW)),
        ("clears", pa.list_(pa.string())),
        ("screener", pa.string()),
    ]
)
SCREENER = "thu-nghiem/1"


def listing(listing_id: str = "T1", **values: Any) -> dict[str, Any]:
    """A listing of the shop Hoa Sen in Biên Hòa, with what the test changes."""
    return {
        "listing_id": listing_id,
        "platform": "chodon.example",
        "url": f"https://chodon.example/{listing_id}",
        "seller_id": "hoasen",
        "seller_name": "Tạp hóa Hoa Sen",
        "title": "Giày siêu cấp rep 1:1",
        "description": "Hàng đẹp như thật, giao tận nơi.",
        "price": 350_000,
        "sold": 40,
        "category": "Giày dép",
        "location": "Biên Hòa, Đồng Nai",
        "captured_at": dt.datetime(2020, 11, 20, 8, tzinfo=dt.UTC),
        **values,
    }


def finding(listing_id: str = "T1", kind: str = "counterfeit", probability: float = 0.9, **values: Any) -> dict[str, Any]:
    """A finding on the words "siêu cấp" of the title."""
    return {
        "listing_id": listing_id,
        "kind": kind,
        "probability": probability,
        "reasons": [{"field": "title", "start": 5, "end": 13, "text": "siêu cấp", "term": "siêu cấp", "rule": "term"}],
        "law": [
            {
                "instrument": "Nghị định 98/2020/NĐ-CP",
                "article": "Điều 9",
                "clause": "1",
                "point": "a",
                "valid_from": dt.date(2020, 10, 15),
                "as_of": dt.date(2020, 11, 20),
                "as_of_source": "captured_at",
            }
        ],
        "clears": ["Hóa đơn mua hàng của nhà phân phối chính thức"],
        "screener": SCREENER,
        **values,
    }


def listings(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=LISTINGS)


def findings(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=FINDINGS)

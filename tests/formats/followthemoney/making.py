"""Made-up sellers in all eight tables, and what goes out and comes back."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from chosach.formats import followthemoney as ftm
from chosach.formats.followthemoney.tables import SCHEMAS, shaped

RECORDS: list[dict[str, Any]] = [
    {
        "record_id": "shp:1", "name": "Nguyễn Thị Hà", "seller_name": "Hà Store", "phone": "0912.345.678 / 0987654321",
        "bank_account": "0011 0012 345", "bank": "vietcombank", "tax_code": "8123456789", "email": "Ha.Store@GMAIL.com",
        "address": "12/3 Lê Lợi,\nP. Tân Mai; Biên Hòa", "warehouse": "Kho 5, KP3", "url": "https://hagiay.vn/shop?id=1",
        "handle": "@ha.store", "images": ["00ff", "ab12"], "texts": ["Giày hiệu giá rẻ", "Bao đổi trả"],
    },
    {
        "record_id": "shp:2", "name": "nguyen thi ha", "seller_name": "“Hà  Store 2”", "phone": "84912345678",
        "bank_account": "00110012345", "bank": "VCB", "url": "shopee.vn/ha_store2", "email": "không có",
    },
    {"record_id": "tt/3", "name": "Công ty TNHH Giày Xịn", "phone": "02513822000", "bank": "ACB", "url": "http://WWW.giayxin.com.vn/a b"},
    {"record_id": "đơn lẻ", "seller_name": "Chợ Đêm"},
]  # fmt: skip
REASON = {
    "field": "phone", "level": "same", "agreement": 1.0, "weight": 13.4, "shared_by": 2, "sentence": "Cùng số điện thoại 0912345678.",
}  # fmt: skip
AGAINST = {
    "field": "email",
    "level": "other",
    "agreement": 0.1,
    "weight": -0.3,
    "shared_by": None,
    "sentence": "Hai thư điện tử khác nhau.",
}
ROWS: dict[str, list[dict[str, Any]]] = {
    "records": RECORDS,
    "clusters": [
        {"record_id": "shp:1", "cluster_id": "TA1", "ring_id": "R.1"},
        {"record_id": "shp:2", "cluster_id": "TA1", "ring_id": "R.1"},
        {"record_id": "tt/3", "cluster_id": "T_Ð2", "ring_id": "R.1"},
        {"record_id": "đơn lẻ", "cluster_id": "TC3"},
    ],
    "edges": [
        {
            "record_id_l": "shp:1", "record_id_r": "shp:2", "kind": "identity", "probability": 0.9999999312, "weight": 23.1,
            "agreement": 0.7, "reasons": [REASON, AGAINST],
        }
    ],
    "ties": [
        {
            "cluster_id_l": "TA1", "cluster_id_r": "T_Ð2", "kind": kind, "weight": 7.3, "value": value, "shared_by": 2,
            "record_id_l": "shp:2", "record_id_r": "tt/3", "sentence": sentence,
        }
        for kind, value, sentence in (("warehouse", "Kho 5, KP3", "Cùng kho hàng."), ("image", None, "Ảnh gần giống nhau."))
    ],
    "rings": [{"ring_id": "R.1", "traders": 2, "records": 3, "strength": 1e-7, "sentence": "Hai thương nhân chung kho."}],
    "members": [
        {"ring_id": "R.1", "cluster_id": "TA1", "role": "organiser", "score": 0.8, "sentence": "Giữ kho chung."},
        {"ring_id": "R.1", "cluster_id": "T_Ð2", "role": "front", "score": 0.35, "sentence": "Chỉ đứng tên."},
    ],
    "listings": [
        {
            "listing_id": "L1", "platform": "Shopee", "url": "https://shopee.vn/a-i.1.2", "seller_id": "shp:1",
            "seller_name": "Hà Store", "title": "Giày  “Nike” siêu cấp", "description": "Hàng 1:1\nBao check", "price": 250000,
            "original_price": 2500000, "brand": "Nike", "category": "Thời trang > Giày", "origin": "Việt Nam", "sold": 0,
            "location": "Đồng Nai", "images": ["https://a.vn/1.jpg"],
            "captured_at": datetime(2020, 7, 1, 8, 30, 1, 250000, UTC),
        },
        {"listing_id": "L2", "seller_id": "lạ", "title": "x" * 600, "captured_at": datetime(2020, 7, 2, tzinfo=UTC)},
    ],
    "domains": [{"domain": "hagiay.vn", "record_id": "shp:1"}, {"domain": "giayha.com", "record_id": "shp:1"}],
}  # fmt: skip


def table(name: str, rows: list[dict[str, Any]] | None = None) -> pa.Table:
    """Rows in the schema of the table."""
    return shaped(pa.Table.from_pylist(ROWS[name] if rows is None else rows, SCHEMAS[name]), name)


def everything() -> ftm.Tables:
    """All eight tables."""
    return ftm.Tables(**{name: table(name) for name in ROWS})


def written(path: Path, tables: ftm.Tables, *, plain: bool = False) -> Path:
    """The tables as a file of entities."""
    path.write_text("".join(entity.line() for entity in ftm.entities(tables, plain=plain)), encoding="utf-8")
    return path


def lines(path: Path, *items: object) -> Path:
    """A file with these lines: texts as they are, others as JSON."""
    path.write_text(
        "".join((item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)) + "\n" for item in items), encoding="utf-8"
    )
    return path

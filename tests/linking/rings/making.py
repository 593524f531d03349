"""Traders that have nothing in common, and rings made of them."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from chosach.linking import Linked, link
from chosach.linking.model import shipped
from chosach.linking.schema import RECORDS
from tests.linking.living.making import Judged, table_of

_SURNAMES = ("Trần", "Lê", "Phạm", "Võ", "Bùi", "Đặng", "Ngô", "Hồ", "Đỗ", "Lý")
_MIDDLES = ("Văn", "Hữu", "Đức", "Quốc", "Xuân", "Công", "Thanh", "Đình")
_GIVENS = ("Bình", "Cường", "Dũng", "Giang", "Hải", "Khoa", "Lộc", "Minh", "Nam", "Phúc", "Quang", "Sơn", "Tuấn")
_STREETS = ("Lê Lợi", "Nguyễn Trãi", "Quang Trung", "Hùng Vương", "Đồng Khởi", "Võ Thị Sáu", "Hai Bà Trưng")
_GOODS = ("Giày dép", "Túi xách", "Đồng hồ", "Nước hoa", "Đồ chơi", "Trang sức", "Nội thất", "Cây cảnh", "Bánh kẹo")
TEXT = (
    "Giày thể thao nam đế cao su màu đen {}, hàng đúng hình chụp tại cửa hàng, đổi trả trong ba ngày, giao toàn quốc, nhắn tin để chọn cỡ"
)

Record = dict[str, Any]


def trader(at: int, **more: Any) -> Record:
    """One record of the n-th trader, who shares nothing with any other but what is given in `more`."""
    name = f"{_SURNAMES[at % 10]} {_MIDDLES[at // 10 % 8]} {_GIVENS[at * 7 % 13]}"
    return {
        "record_id": f"t{at:04d}",
        "name": name,
        "seller_name": f"{_GOODS[at % 9]} {_GIVENS[at * 7 % 13]} {at}",
        "phone": f"09{(at + 1) * 1_234_577 % 10**8:08d}",
        "bank_account": f"{(at + 1) * 7_368_787_151 % 10**12:012d}",
        "address": f"{at * 37 + 1} {_STREETS[at % 7]}, phường Tam Hiệp, Đồng Nai",
        **more,
    }


def again(record: Record, number: int, **more: Any) -> Record:
    """One more record of the same trader."""
    return {**record, "record_id": f"{record['record_id']}.{number}", **more}


def table(records: list[Record]) -> pa.Table:
    """Records as a table."""
    names = [name for name in RECORDS.names if any(name in record for record in records)]
    return pa.table({name: pa.array([record.get(name) for record in records], RECORDS.field(name).type) for name in names})


def linked(*records: Record, strangers: int = 30, judged: Sequence[Judged] = ()) -> Linked:
    """Link these records, among some strangers."""
    rows = table([*records, *(trader(1000 + at) for at in range(strangers))])
    return link(rows, model=shipped(), edges=False, judgements=table_of(list(judged)) if judged else None)


def rings(found: Linked) -> set[frozenset[str]]:
    """The rings as sets of records."""
    sets: dict[str, set[str]] = {}
    for record, ring in zip(found.clusters["record_id"].to_pylist(), found.clusters["ring_id"].to_pylist(), strict=True):
        if ring is not None:
            sets.setdefault(ring, set()).add(record)
    return {frozenset(records) for records in sets.values()}


def ids(*records: Record) -> frozenset[str]:
    """Their ids."""
    return frozenset(record["record_id"] for record in records)


def pool(start: int, size: int, **shared: Any) -> list[Record]:
    """Traders that all give these values."""
    return [trader(start + at, **shared) for at in range(size)]


def roles(found: Linked) -> dict[str, tuple[str, str]]:
    """Record → role and sentence of its trader."""
    told = {row["cluster_id"]: (row["role"], row["sentence"]) for row in found.members.to_pylist()}
    pairs = zip(found.clusters["record_id"].to_pylist(), found.clusters["cluster_id"].to_pylist(), strict=True)
    return {record: told[cluster] for record, cluster in pairs if cluster in told}


def texts(word: str) -> list[str]:
    """A description that is near to no other word's."""
    return [f"{TEXT.format(word)} {' '.join(f'{word}{at}' for at in range(40))}"]

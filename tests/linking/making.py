"""Records for tests of linking."""

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from chosach.linking import Linked, Model, link
from chosach.linking.schema import RECORDS

#: A trader with something in every column that is compared.
LAN: dict[str, str | None] = {
    "name": "Nguyễn Thị Quỳnh Lan",
    "seller_name": "Mỹ phẩm Hoa Hướng Dương",
    "phone": "0912345678",
    "bank_account": "0071000123456",
    "bank": "Vietcombank",
    "address": "12/3 Lê Lợi, phường Tam Hiệp, Đồng Nai",
}


def table(*records: dict[str, str | None]) -> pa.Table:
    """Records with ids a, b, c… where they have none."""
    named = [{"record_id": f"{at:04d}", **record} for at, record in enumerate(records)]
    names = [name for name in RECORDS.names if any(name in record for record in named)]
    return pa.table({name: pa.array([record.get(name) for record in named], pa.string()) for name in names})


def groups(linked: Linked) -> set[frozenset[str]]:
    """The traders as sets of records."""
    found: dict[str, set[str]] = {}
    for record, cluster in zip(linked.clusters["record_id"].to_pylist(), linked.clusters["cluster_id"].to_pylist(), strict=True):
        found.setdefault(cluster, set()).add(record)
    return {frozenset(records) for records in found.values()}


def together(*records: dict[str, str | None], model: Model | None = None) -> bool:
    """Are these records one trader?"""
    return len(groups(link(table(*records), model=model, edges=False))) == 1


def pairwise(linked: Linked, truth: pa.Table) -> tuple[float, float]:
    """Precision and recall over pairs of records."""
    joined = linked.clusters.join(truth, "record_id")

    def pairs(columns: Iterable[str]) -> float:
        counts = joined.group_by(list(columns)).aggregate([("record_id", "count")])["record_id_count"]
        return float(pc.sum(pc.divide(pc.multiply(counts, pc.subtract(counts, 1)), 2)).as_py())

    right = pairs(["cluster_id", "trader"])
    return right / pairs(["cluster_id"]), right / pairs(["trader"])

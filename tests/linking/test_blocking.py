"""Which pairs are looked at."""

import duckdb
import numpy as np
import pyarrow as pa

from chosach.linking import blocking, clusters, tables
from chosach.linking.normal import normal
from tests.linking.making import LAN, table


def found(records: pa.Table) -> tuple[set[tuple[int, int]], int]:
    with duckdb.connect() as con:
        filled = tables.prepared(con, normal(records))
        blocking.pairs(con, filled)
        pairs = con.execute("SELECT l, r FROM pairs").fetchall()
        return set(pairs), tables.count(con, "records")


def test_a_pair_is_found_though_each_of_its_keys_is_corrupted() -> None:
    corrupted: dict[str, str | None] = {
        "name": "Nguyễn Thj Quỳnh Lan",
        "seller_name": "Mỹ phảmm Hoa Hướng Dương",
        "phone": "0912345677",
        "bank_account": "0071000123450",
        "address": "12/4 Lê Lợi, phường Tam Hiệp, Đồng Nai",
    }
    assert found(table(LAN, corrupted))[0] == {(0, 1)}


def test_a_key_that_thousands_share_gives_as_many_pairs_as_records_not_their_square() -> None:
    number = 3_000
    names = [f"Lê Văn {chr(97 + at % 26)}{at}" for at in range(number)]
    pairs, _ = found(table(*({"phone": "0901234567", "name": name} for name in names)))
    assert len(pairs) < number * 15
    twice = table(*({"phone": "0901234567", "name": name} for name in [*names, names[17]]))
    assert (17, number) in found(twice)[0]


def test_records_without_a_common_key_are_not_looked_at() -> None:
    assert found(table({"phone": "0912345678"}, {"phone": "0987654321"}))[0] == set()


def traders(number: int, *pairs: tuple[int, int, float]) -> list[int]:
    left, right, weight = (np.array(column) for column in zip(*pairs, strict=True))
    return clusters.traders(number, left.astype(np.int64), right.astype(np.int64), weight.astype(np.float64)).tolist()


def test_one_false_pair_does_not_join_two_traders() -> None:
    first = [(0, 1, 20.0), (0, 2, 20.0), (1, 2, 20.0)]
    second = [(3, 4, 20.0), (3, 5, 20.0), (4, 5, 20.0)]
    assert traders(6, *first, *second, (2, 3, 6.0), (0, 3, -9.0), (1, 4, -9.0)) == [0, 0, 0, 3, 3, 3]


def test_a_weak_record_joins_the_trader_it_agrees_with_on_the_whole() -> None:
    assert traders(4, (0, 1, 20.0), (0, 2, 12.0), (1, 2, -2.0), (2, 3, 1.0)) == [0, 0, 0, 3]


def test_pairs_may_come_in_any_order() -> None:
    pairs = [(0, 1, 9.0), (1, 2, 8.0), (2, 3, 9.0), (0, 2, -7.0), (3, 4, 5.0), (1, 4, -8.0)]
    assert traders(5, *pairs) == traders(5, *reversed(pairs))

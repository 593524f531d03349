"""For any text whatever: places hold, and what comes out depends on each listing alone."""

import unicodedata
from datetime import date
from typing import Any

import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st
from tests.examples import examples

from chosach.screening import FINDING, KINDS, screen

DAY = date(2021, 3, 1)
WORDS = [
    "túi gucci siêu cấp", "hàng giả", "cam kết không bán hàng giả", "rep 1:1", "f.a.k.e", "s1êu c4p", "T.I.Ề.N G.I.Ả", "thuốc lá điện tử",
    "viên uống", "HSD 01/2020", "hàng xách tay Nhật", "giày nike", "tóc giả", "v a p e", "𝐟𝐚𝐤𝐞 1", "giả\u200bda", "áo doraemon", "ung thư",
]  # fmt: skip
pieces = st.one_of(st.sampled_from(WORDS), st.text(max_size=12), st.sampled_from(["\n", " ", ".", "😀", "\u0301", "\u200b", "Å", "ﬁ"]))
texts = st.lists(pieces, max_size=12).map("".join)
prices = st.one_of(st.none(), st.integers(0, 2**40))
listings = st.lists(st.tuples(texts, st.one_of(st.none(), texts), prices), max_size=6)


def table(rows: list[tuple[str, str | None, int | None]]) -> pa.Table:
    def clean(text: str | None) -> str | None:
        return None if text is None else text.encode("utf-8", "replace").decode()

    return pa.table(
        {
            "listing_id": pa.array([f"l{k}" for k in range(len(rows))], pa.string()),
            "title": pa.array([clean(row[0]) for row in rows], pa.string()),
            "description": pa.array([clean(row[1]) for row in rows], pa.string()),
            "price": pa.array([row[2] for row in rows], pa.int64()),
        }
    )


@examples(80)
@given(listings)
def test_the_place_of_every_reason_holds_in_the_field_as_read(rows: Any) -> None:
    given_table = table(rows)
    found = screen(given_table, as_of=DAY)
    assert found.schema == FINDING
    by_id = {row["listing_id"]: row for row in given_table.to_pylist()}
    for finding in found.to_pylist():
        assert finding["kind"] in KINDS
        assert 0 < finding["probability"] <= 1
        assert finding["reasons"] and finding["clears"]
        for reason in finding["reasons"]:
            value = str(by_id[finding["listing_id"]][reason["field"]])
            assert value[reason["start"] : reason["end"]] == reason["text"] != ""


@examples(30)
@given(listings)
def test_neighbours_order_and_batches_change_nothing(rows: Any) -> None:
    whole = table(rows)
    together = sorted(map(str, screen(whole, as_of=DAY).to_pylist()))
    alone = sorted(str(row) for k in range(whole.num_rows) for row in screen(whole.slice(k, 1), as_of=DAY).to_pylist())
    backwards = sorted(map(str, screen(whole.take(pa.array(range(whole.num_rows)[::-1], pa.int64())), as_of=DAY).to_pylist()))
    assert together == alone == backwards
    assert whole.equals(table(rows))


@examples(60)
@given(listings)
@example([("AÖrep 1:1", None, None)])
@example([("", "hàng giả, đẹp đẹp đẹp à nhé túi gucci siêu cấp", None)])
def test_composed_and_decomposed_letters_give_the_same_kinds(rows: Any) -> None:
    def kinds(form: Any) -> list[tuple[str, str, float]]:
        forms = [(unicodedata.normalize(form, t), None if d is None else unicodedata.normalize(form, d), p) for t, d, p in rows]
        return [(f["listing_id"], f["kind"], f["probability"]) for f in screen(table(forms), as_of=DAY).to_pylist()]

    assert kinds("NFC") == kinds("NFD")

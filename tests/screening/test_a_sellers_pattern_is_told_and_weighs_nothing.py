"""Where many of a seller's listings show the same sign, each of them says so; no probability moves by it."""

import pyarrow as pa
import pytest

from chosach.screening import explain, screen
from chosach.screening.sellers import RULE, Sellers, is_pattern, seller_hashes


def listings(sellers: list[str | None], titles: list[str]) -> pa.Table:
    return pa.table({"listing_id": [f"{at}" for at in range(len(titles))], "title": titles, "seller_id": pa.array(sellers, pa.string())})


COPY, HONEST = "Giày Nike siêu cấp like auth", "Khăn bông mềm"


def seen(table: pa.Table, cut: int) -> tuple[pa.Table, pa.Table]:
    """Findings as screened, and as told after the whole file, read in batches of ``cut`` rows."""
    sellers, parts, of = Sellers(), [], []
    for begin in range(0, table.num_rows, cut):
        batch = table.slice(begin, cut)
        parts.append(screen(batch))
        of.append(sellers.add(batch, parts[-1]))
    return pa.concat_tables(parts), pa.concat_tables([sellers.told(part, known) for part, known in zip(parts, of, strict=True)])


def test_a_seller_of_many_copies_is_told_with_each_of_them_and_nothing_else_changes() -> None:
    table = listings(["a"] * 5 + ["b", None], [COPY] * 4 + [HONEST, COPY, COPY])
    plain, told = seen(table, 3)
    assert told.drop_columns(["reasons"]).equals(plain.drop_columns(["reasons"]))
    for before, after in zip(plain.to_pylist(), told.to_pylist(), strict=True):
        more = after["reasons"][len(before["reasons"]) :]
        assert after["reasons"][: len(before["reasons"])] == before["reasons"]
        assert [reason["rule"] for reason in more] == ([RULE] if int(before["listing_id"]) < 4 else [])
        assert ("Cùng dấu hiệu: 4 trong 5 tin của người bán này." in explain(after)) == bool(more)


def test_how_the_file_is_cut_into_batches_changes_nothing() -> None:
    table = listings(["a", "b"] * 6, [COPY, HONEST] * 6)
    assert seen(table, 1)[1].equals(seen(table, 12)[1])


@pytest.mark.parametrize(("same", "total", "told"), [(2, 2, False), (3, 3, True), (3, 200, False), (20, 1000, False), (60, 1000, True)])
def test_few_among_many_are_no_pattern(same: int, total: int, told: bool) -> None:
    assert is_pattern(same, total) == told


def test_a_shop_is_known_by_its_platform_and_id_else_by_its_name() -> None:
    table = pa.table(
        {
            "platform": ["Shopee", "shopee", "lazada", "x", "x", "x"],
            "seller_id": ["1", "1", "1", None, None, None],
            "seller_name": ["A", "B", "A", "Shop  Á", "shop á", ""],
        }
    )
    one, again, elsewhere, name, same_name, none = seller_hashes(table).tolist()
    assert one == again != elsewhere
    assert name == same_name != 0
    assert none == 0

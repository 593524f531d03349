from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from tests.screening.reading import findings
from typer.testing import CliRunner

from chosach.cli import app
from chosach.screening import PriceTable, explain, screen
from chosach.screening.prices import LEAST_LISTINGS, PER_SELLER, build

DAY = date(2026, 1, 2)


def shop(count: int, *, title: str = "Giày Converse mẫu số", price: int = 1_000_000, seller: str | None = None) -> pa.Table:
    """Made-up offers with rising prices."""
    return pa.table(
        {
            "listing_id": [f"{title}{seller}{k}" for k in range(count)],
            "title": [f"{title} {k}" for k in range(count)],
            "price": [price + k * 1000 for k in range(count)],
            "seller_id": pa.array([seller] * count, pa.string()),
        }
    )


def test_a_cell_needs_twenty_listings_and_tells_its_quantiles_and_day() -> None:
    assert build(shop(LEAST_LISTINGS - 1), made=DAY).of("Converse", "shoes") is None
    cell = build(shop(41), made=DAY).of("Converse", "shoes")
    assert cell is not None and (cell.n, cell.made, cell.quantile(50)) == (41, DAY, 1_020_000)
    assert build(shop(41), made=DAY).of_group("shoes") is not None


def test_one_shop_does_not_set_a_brands_price() -> None:
    flood = build([shop(30), shop(500, price=20_000, seller="one")], made=DAY).of("Converse", "shoes")
    assert flood is not None and flood.n == 30 + PER_SELLER and flood.quantile(50) >= 1_000_000


@pytest.mark.parametrize("title", ["Dây giày Converse", "Giày Converse 2hand", "Vớ Converse", "Ốp lưng Converse", "Túi phong cách Gucci"])
def test_accessories_used_goods_and_likenesses_are_not_the_brands_goods(title: str) -> None:
    table = build(shop(40, title=title), made=DAY)
    assert not [brand for brand, _ in table.cells if brand]


@pytest.mark.parametrize("price", [-39_001, -40_000, 200_000_001])
def test_prices_beyond_sense_do_not_count(price: int) -> None:
    assert not build(shop(40, price=price), made=DAY).cells


def test_the_order_of_listings_does_not_matter_and_the_same_listing_twice_counts_once() -> None:
    parts = [shop(30), shop(30, title="Túi Gucci kiểu mới")]
    assert build(parts, made=DAY).id == build([*reversed(parts), parts[0]], made=DAY).id != build(parts[:1], made=DAY).id


def test_a_table_comes_back_as_it_was_saved_and_another_file_is_refused(tmp_path: Path) -> None:
    table = build(shop(40), made=DAY)
    table.save(tmp_path / "p.csv")
    assert PriceTable.load(tmp_path / "p.csv") == table
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="columns"):
        PriceTable.load(tmp_path / "other.csv")


def test_the_shipped_table_holds_aggregates_only() -> None:
    cells = PriceTable.shipped().cells.values()
    assert len(cells) > 50 and all(cell.n >= LEAST_LISTINGS for cell in cells)


def test_a_price_reason_tells_the_figures_and_never_that_the_goods_are_fake() -> None:
    own = build(shop(41, price=200_000), made=DAY)
    listing = pa.table({"listing_id": ["x"], "title": ["Giày Converse"], "price": [97_000]})
    row = next(r for r in screen(listing, prices=own).to_pylist() if r["kind"] == "counterfeit")
    text = explain(row)
    assert "97.000 đồng" in text and "hiếm khi bán mới dưới 650.000 đồng" in text
    assert (
        "tin rao giày Converse thường từ 202.000 đồng đến 236.000 đồng (bảng giá ngày 02.01.2026, 41 tin, có thể gồm cả hàng giả)" in text
    )
    assert "Chỉ dựa vào nhãn hiệu và giá" in text and "là hàng giả" not in text
    for word in ("Hóa đơn", "đại lý", "đã qua sử dụng", "phụ kiện"):
        assert any(word in clear for clear in row["clears"])
    assert own.id in row["screener"].split("-")


def test_a_market_full_of_cheap_copies_does_not_make_a_cheap_one_look_genuine() -> None:
    copies = build(shop(60, title="Túi Gucci da", price=90_000), made=DAY)
    listing = pa.table({"listing_id": ["x"], "title": ["Túi Gucci da"], "price": [97_000]})
    assert any(row["kind"] == "counterfeit" for row in screen(listing, prices=copies).to_pylist())


def test_names_of_everyday_brands_are_no_company_for_words_of_grading() -> None:
    assert "counterfeit" not in findings("Kem dưỡng Innisfree cấp ẩm siêu cấp", price=200_000)


def test_the_command_builds_a_table_that_screening_takes(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(shop(41, price=200_000), tmp_path / "l.parquet")
    run = CliRunner().invoke(app, ["prices", str(tmp_path / "l.parquet"), "--out", str(tmp_path / "p.csv")])
    assert run.exit_code == 0, run.output
    command = ["screen", str(tmp_path / "l.parquet"), "--out", str(tmp_path / "f.parquet"), "--workers", "0", "--prices"]
    assert CliRunner().invoke(app, [*command, str(tmp_path / "p.csv")]).exit_code == 0
    assert PriceTable.load(tmp_path / "p.csv").id in pq.read_table(tmp_path / "f.parquet")["screener"][0].as_py().split("-")
    assert CliRunner().invoke(app, [*command, str(tmp_path / "l.parquet")]).exit_code == 3

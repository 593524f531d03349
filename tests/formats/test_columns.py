"""Which column is which field."""

import pytest

from chosach.formats.listings import FIELDS, Unreadable, propose
from chosach.formats.listings.columns import SYNONYMS, toneless
from chosach.formats.records.columns import recognise as recognise_records


def test_vietnamese_and_english_headers_are_recognised() -> None:
    mapping = propose(["STT", "Mã tin", "Tên sản phẩm", "Giá bán (VNĐ)", "Mô tả", "Người bán", "Tỉnh/Thành phố", "Ngày thu thập"])
    assert mapping.names == {
        "listing_id": "Mã tin",
        "seller_name": "Người bán",
        "title": "Tên sản phẩm",
        "description": "Mô tả",
        "price": "Giá bán (VNĐ)",
        "location": "Tỉnh/Thành phố",
        "captured_at": "Ngày thu thập",
    }
    assert mapping.ignored == ("STT",)
    assert propose(["item_id", "Product Name", "sale_price"]).names == {
        "listing_id": "item_id",
        "title": "Product Name",
        "price": "sale_price",
    }
    assert propose(["MA SAN PHAM", "TEN HANG", "GIA"]).names == {"listing_id": "MA SAN PHAM", "title": "TEN HANG", "price": "GIA"}


def test_tones_decide_where_they_are_written() -> None:
    # "Giá" is the price; "Gia" alone can only be meant so; with both, the one with its tone is the price
    assert propose(["id", "name", "Gia", "Giá"]).names["price"] == "Giá"


def test_a_canonical_name_goes_before_a_synonym_and_what_is_told_before_both() -> None:
    assert propose(["id", "listing_id", "name", "title"]).names == {"listing_id": "listing_id", "title": "title"}
    told = propose(["id", "listing_id", "name", "title"], {"title": "name"})
    assert told.names == {"listing_id": "listing_id", "title": "name"}
    # a column that was told to one field is not guessed for another
    assert "title" in propose(["id", "name", "x"], {"seller_name": "name", "title": "x"}).names


def test_no_other_name_stands_for_two_fields() -> None:
    taken: dict[str, str] = {toneless(field): field for field in FIELDS}
    for field, names in SYNONYMS.items():
        assert field in FIELDS
        for name in names:
            assert taken.setdefault(toneless(name), field) == field, name


@pytest.mark.parametrize(
    ("header", "told", "code"),
    [
        (["a", "b"], {}, "columns.missing"),
        (["id", "name"], {"title": "tên"}, "columns.not_there"),
        (["id", "name"], {"tittle": "name"}, "columns.unknown_field"),
    ],
)
def test_a_mapping_that_fails_says_why_and_lists_the_columns(header: list[str], told: dict[str, str], code: str) -> None:
    with pytest.raises(Unreadable) as error:
        propose(header, told)
    assert error.value.code == code


def test_headings_of_lists_of_sellers_are_known() -> None:
    header = ["STT", "Mã gian hàng", "Họ và tên chủ", "Tên cửa hàng", "Số ĐT", "STK", "MST", "Địa chỉ", "Kho", "Ghi chú"]
    found = {field: header[place] for field, place in recognise_records(header).items()}
    assert found == {
        "record_id": "Mã gian hàng", "name": "Họ và tên chủ", "seller_name": "Tên cửa hàng", "phone": "Số ĐT", "bank_account": "STK",
        "tax_code": "MST", "address": "Địa chỉ", "warehouse": "Kho",
    }  # fmt: skip
    for other in ("Điện thoại liên hệ", "di động", "HOTLINE", "so dt"):
        assert recognise_records(["Mã hồ sơ", other]) == {"record_id": 0, "phone": 1}

"""Identifiers are found where they stand and brought to one form; what only looks like one is left."""

import pytest

from chosach.desk.registry.identifiers import digest, find, normal


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.value) for one in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gọi 0951.234.567", [("phone", "0951234567")]),
        ("Zalo +84 951 234 567", [("phone", "0951234567")]),
        ("STK: 0951234567 VCB", [("account", "0951234567")]),
        ("MST 3600123456-001", [("tax_code", "3600123456-001")]),
        ("mail Ban.Hang@Shop.VN nhé", [("email", "ban.hang@shop.vn")]),
        ("xem https://www.giayxin.example/abc", [("domain", "giayxin.example")]),
        ("ghé facebook.com/giayxin389", [("social", "facebook.com/giayxin389")]),
        ("Kho hàng: 12 Phạm Văn Thuận, Biên Hòa", [("address", "12 Phạm Văn Thuận, Biên Hòa")]),
    ],
)
def test_found(text: str, expected: list[tuple[str, str]]):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Giá 350.000.000 đồng",
        "Tổng đài 1900 1234",
        "Mã SP 20951234567",
        "Size 35-36-37-38-39",
        "https://shopee.vn/abc",
        "Năm 2020, lô 0123",
        "STK: 123456789 VCB",
        "STK 1111111111 Vietcombank",
        "MST 0000000000",
        "Mã số thuế: 1111111111-001",
    ],
)
def test_left(text: str):
    assert found(text) == []


def test_places_point_at_the_words():
    text = "🎁 Quà! Gọi 0951 234 567 ngay"
    one = next(find(text))
    assert text[one.start : one.end] == "0951 234 567"


def test_an_address_is_one_with_and_without_marks():
    assert digest("address", "12 Phạm Văn Thuận, Biên Hòa") == digest("address", "12 pham van thuan,  bien hoa")


@pytest.mark.parametrize(
    "typed", ["0071000123456", "0071 000 123 456", "0071.000-123456", "VCB 0071000123456", "Vietcombank 0071 000 123 456"]
)
def test_an_account_is_typed_with_blanks_and_with_its_banks_name(typed: str):
    assert normal("account", typed) == "0071000123456"


def test_letters_within_an_account_belong_to_it():
    assert normal("account", " vqrq-0001.abcd7 ") == "VQRQ0001ABCD7"

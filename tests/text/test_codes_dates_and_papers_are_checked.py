"""Numbers with a check digit, days of expiry, papers, accounts on networks, addresses."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from chosach.text import extract
from chosach.text.extract import tables

FAST = examples(30)


@FAST
@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.sampled_from(["", "-001"]), st.integers(1, 9))
def test_a_tax_code_with_another_last_digit_is_none(nine: str, branch: str, other: int) -> None:
    check = extract.tax_check_digit(nine)
    if not check:
        return
    (right,) = extract.tax_codes(f"MST: {nine}{check}{branch}")
    assert (right.value, right.valid, right.of) == (nine + check + branch, True, "branch" if branch else "enterprise")
    (wrong,) = extract.tax_codes(f"mã số thuế {nine}{(int(check) + other) % 10}{branch}")
    assert (wrong.valid, wrong.why_not) == (False, "check_digit")


def test_a_personal_number_stands_for_a_tax_code() -> None:
    assert [(code.of, code.valid) for code in extract.tax_codes("MST 075190001234")] == [("person", True)]
    assert [(code.of, code.why_not) for code in extract.tax_codes("MST 999190001234")] == [("person", "province")]


@FAST
@given(st.sampled_from([7, 11, 12, 13]), st.data())
def test_a_barcode_with_another_check_digit_is_none(size: int, data: st.DataObject) -> None:
    tail = data.draw(st.from_regex(rf"[0-9]{{{size - 4}}}", fullmatch=True))
    body = {7: "893", 11: "036", 12: "893", 13: "1893"}[size] + tail
    body = body + "0" * (size - len(body))
    check = extract.gtin_check_digit(body)
    (right,) = extract.gtins(f"Mã vạch: {body}{check}")
    assert right.valid and right.value == body + check and right.office
    (wrong,) = extract.gtins(f"barcode {body}{(int(check) + 1) % 10}")
    assert (wrong.valid, wrong.why_not, wrong.country) == (False, "check_digit", "")


@pytest.mark.parametrize(
    ("body", "country"),
    [
        ("690123456789", "CN"),
        ("680123456789", "CN"),
        ("893123456789", "VN"),
        ("881123456789", "KR"),
        ("607123456789", "OM"),
        ("978123456789", ""),
    ],
)
def test_a_barcode_tells_the_office_that_gave_it_out(body: str, country: str) -> None:
    (code,) = extract.gtins(f"mã vạch {body}{extract.gtin_check_digit(body)}")
    assert (code.country, code.valid, code.named) == (country, True, True)
    assert code.office
    assert extract.gtins("mã đơn 6901234567890") == []


def test_no_prefix_belongs_to_two_offices_and_no_spelling_to_two_banks() -> None:
    with_office = [n for n in range(1000) if tables.office(f"{n:03}") is not None]
    assert sum(int(one.last) - int(one.first) + 1 for one in tables.offices()) == len(with_office)
    names = [name for bank in tables.banks() for name in {bank.code.lower(), *bank.spellings}]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("HSD: 31/12/2025", date(2025, 12, 31), "day"),
        ("HSD 05/2026", date(2026, 5, 31), "month"),
        ("hạn sử dụng đến tháng 2/2028", date(2028, 2, 29), "month"),
        ("date 2025", date(2025, 12, 31), "year"),
        ("EXP 12MAY2026", date(2026, 5, 12), "day"),
        ("hạn dùng 2026.05.12", date(2026, 5, 12), "day"),
        ("HSD: 31122025", date(2025, 12, 31), "day"),
        ("NSX 01/2022 HSD 01/2025", date(2025, 1, 31), "month"),
        ("NSX/HSD: 05/2022 - 05/2025", date(2025, 5, 31), "month"),
        ("hsd ngày 5 tháng 6 năm 2026", date(2026, 6, 5), "day"),
    ],
)
def test_a_day_of_expiry_is_one_day(text: str, day: date, precision: str) -> None:
    (found,) = extract.expiries(text)
    assert (found.day, found.precision, found.of, found.value) == (day, precision, "goods", day.isoformat())


@FAST
@given(
    st.dates(date(2015, 1, 1), date(2040, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%d%m%Y", "%Y%m%d"]),
    st.sampled_from(["HSD: ", "hạn dùng ", "EXP ", "hạn sử dụng đến ngày "]),
)
def test_any_way_of_writing_a_day_is_that_day(day: date, form: str, word: str) -> None:
    (found,) = extract.expiries(word + day.strftime(form))
    assert found.day == day


@pytest.mark.parametrize(
    "text",
    ["NSX: 05/2023", "HSD: 3 năm kể từ NSX", "hsd 12/24 tháng", "update 20/10/2022", "Hạn sử dụng: 36 tháng kể từ ngày sản xuất 05/2023"],
)
def test_days_of_manufacture_and_periods_are_left(text: str) -> None:
    assert extract.expiries(text) == []


def test_a_voucher_is_not_the_goods_and_the_calendar_is_kept() -> None:
    assert [one.of for one in extract.expiries("Tặng voucher 50k HSD 30/06/2025")] == ["voucher"]
    assert [(one.valid, one.why_not) for one in extract.expiries("HSD 30/02/2025")] == [(False, "no_such_day")]


@pytest.mark.parametrize(
    ("text", "sort", "year"),
    [
        ("Số công bố: 123456/21/CBMP-QLD", "cosmetic", 2021),
        ("SCB 000123 / 22 / CBMP - HCM", "cosmetic", 2022),
        ("SĐK: VD-12345-20", "drug", 2020),
        ("SĐK 893110123424", "drug", None),
        ("QLĐB-123-16", "drug", 2016),
        ("1234/2021/ĐKSP", "food_registered", 2021),
        ("Số TCCB: 01/NHÀ LÀM/2021", "food_declared", 2021),
        ("GPQC: 123/2021/XNQC-ATTP", "advertising", 2021),
        ("220000123/PCBA-HN", "device", None),
        ("VNDP-HC-123-05-20", "insecticide", 2020),
        ("Thuốc trừ cỏ, số đăng ký 1234/CNĐKT-BVTV", "pesticide", None),
        ("Thuốc thú y, số đăng ký ABC-123", "veterinary", None),
        ("Nhỏ gáy cho mèo, SĐK: HNX-T4-25", "veterinary", None),
        ("GPKD 41A8012345", "business", None),
        ("số 123/GP-SCT", "licence", None),
    ],
)
def test_a_number_of_a_paper_tells_its_sort(text: str, sort: str, year: int | None) -> None:
    (paper,) = extract.papers(text)
    assert (paper.sort, paper.year, paper.valid) == (sort, year, True)
    assert paper.sort in extract.SORTS


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Số công bố: 12345", "shape"),
        ("Kem dưỡng da, số đăng ký ABC-123", "shape"),
        ("số công bố 0/21/CBMP-QLD", "zero"),
        ("123456/99/CBMP-QLD", "year"),
        ("phiếu công bố số xxxxx1/21", "masked"),
        ("đkkd số 0100109107", "check_digit"),
    ],
)
def test_what_stands_for_a_number_of_a_paper_and_can_be_none_is_told(text: str, why: str) -> None:
    assert [(paper.valid, paper.why_not) for paper in extract.papers(text)] == [(False, why)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("zalo 0951 234 567", "zalo:0951234567"),
        ("zalo.me/84951234567", "zalo:0951234567"),
        ("https://www.facebook.com/giay.xin?x=1", "facebook:giay.xin"),
        ("t.me/hangngon", "telegram:hangngon"),
        ("tele: @abc_def", "telegram:abc_def"),
        ("tiktok.com/@shopxinh", "tiktok:shopxinh"),
    ],
)
def test_an_account_on_a_network_has_one_name(text: str, value: str) -> None:
    assert [one.value for one in extract.handles(text)] == [value]


def test_a_shops_own_site_is_told_from_a_host_that_thousands_share() -> None:
    assert [(one.value, one.shared) for one in extract.links("https://www.giay.example/a và fb.com/giay")] == [
        ("giay.example", False),
        ("fb.com", True),
    ]


@pytest.mark.parametrize(
    ("text", "words", "province"),
    [
        ("Kho hàng: 12 Phạm Văn Thuận, Biên Hòa", "12 Phạm Văn Thuận, Biên Hòa", ""),
        ("ghé 45 Võ Thị Sáu, P. Quyết Thắng, Đồng Nai", "45 Võ Thị Sáu, P. Quyết Thắng, Đồng Nai", "Đồng Nai"),
        ("hàng ở 12 đường số 2 KCX Linh Trung, Thủ Đức", "12 đường số 2 KCX Linh Trung, Thủ Đức", ""),
        ("Đ/c: chợ Minh Hưng, Bình Phước - SĐT 0951234567", "chợ Minh Hưng, Bình Phước", "Bình Phước"),
    ],
)
def test_an_address_is_a_span_with_its_province(text: str, words: str, province: str) -> None:
    (address,) = extract.addresses(text)
    assert (address.value, address.province) == (words, province)


def test_a_province_that_was_merged_is_told_as_it_is_now() -> None:
    (address,) = extract.addresses("Địa chỉ: 5 Quốc lộ 14, thị xã Phước Long, Bình Phước")
    assert (address.province, address.province_now) == ("Bình Phước", "Đồng Nai")


@pytest.mark.parametrize(
    "text", ["Thoa 15 phút trước khi ra nắng, tránh tiếp xúc", "3 chế độ chăm sóc da, quận áo đẹp", "Kho: còn hàng sẵn"]
)
def test_prose_is_no_address(text: str) -> None:
    assert extract.addresses(text) == []


def test_the_day_after_is_another_day() -> None:
    day = date(2026, 2, 28)
    assert extract.expiries(f"HSD {day:%d/%m/%Y}") != extract.expiries(f"HSD {day + timedelta(1):%d/%m/%Y}")

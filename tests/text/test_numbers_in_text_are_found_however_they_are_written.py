"""A number has one value however a seller writes it, and its place is where it stands."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from chosach.text import extract
from chosach.text.extract.skeleton import skeleton

FAST = examples(30)
_WORDS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
_BARE = ["khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin"]
mobiles = st.tuples(st.sampled_from(["032", "056", "070", "083", "090", "096", "095"]), st.from_regex(r"[0-9]{7}", fullmatch=True)).map(
    "".join
)


def _spell(number: str, how: str) -> str:
    match how:
        case "dots":
            return f"{number[:4]}.{number[4:7]}.{number[7:]}"
        case "abroad":
            return f"+84 {number[1:4]} {number[4:7]} {number[7:]}"
        case "abroad with nought":
            return f"(+84)(0){number[1:]}"
        case "double nought":
            return f"0084{number[1:]}"
        case "one by one":
            return " ".join(number)
        case "words":
            return " ".join(_WORDS[int(digit)] for digit in number)
        case "words without marks":
            return " ".join(_BARE[int(digit)] for digit in number)
        case "keycaps":
            return "".join(f"{digit}\ufe0f\u20e3" for digit in number)
        case "wide":
            return "".join(chr(0xFF10 + int(digit)) for digit in number)
        case "hidden":
            return "\u200b".join(number)
        case "half in words":
            return " ".join([*(_WORDS[int(digit)] for digit in number[:4]), number[4:7], number[7:]])
        case _:
            return number


SPELLINGS = [
    "plain", "dots", "abroad", "abroad with nought", "double nought", "one by one", "words", "words without marks", "keycaps", "wide",
    "hidden", "half in words",
]  # fmt: skip


@FAST
@given(
    mobiles,
    st.sampled_from(SPELLINGS),
    st.sampled_from(["Gọi ", "zalo: ", "🎁 Quà, lh ", "SĐT "]),
    st.sampled_from(["", " nhé", ".", " – Lan"]),
)
def test_every_spelling_of_a_phone_is_one_phone(number: str, how: str, before: str, after: str) -> None:
    text = before + _spell(number, how) + after
    (phone,) = extract.phones(text)
    assert (phone.value, phone.valid) == (number, True)
    assert text[phone.start : phone.end] == phone.text
    assert phone.disguised == (how in ("words", "words without marks", "keycaps", "wide", "hidden", "half in words"))


@pytest.mark.parametrize(
    ("text", "value", "formerly", "since"),
    [
        ("gọi 0168 123 4567", "0381234567", "01681234567", date(2018, 9, 15)),
        ("gọi 0120.123.4567", "0701234567", "01201234567", date(2018, 9, 15)),
        ("ĐT (061) 3822 123", "02513822123", "0613822123", date(2017, 6, 17)),
        ("ĐT 0251 3822 123", "02513822123", "", None),
        ("ĐT 028 3822 1234", "02838221234", "", None),
    ],
)
def test_a_number_from_before_the_prefixes_changed_is_told_as_it_is_now(text: str, value: str, formerly: str, since: date | None) -> None:
    (phone,) = extract.phones(text)
    assert (phone.value, phone.formerly, phone.since) == (value, formerly, since)


@pytest.mark.parametrize("text", ["O95l 234 567 - c Lan", "o951.234.567", "095l234567"])
def test_letters_that_stand_for_digits_are_read(text: str) -> None:
    (phone,) = extract.phones(text)
    assert (phone.value, phone.disguised) == ("0951234567", True)


@pytest.mark.parametrize(
    "text",
    [
        "09/12/2023 - 10/01/2024",
        "Size 35-36-37-38-39-40",
        "Giá 350.000.000 đồng",
        "Mã SP 20951234567",
        "https://cho.example/a-i.0951234567.123",
        "Năm 1900 2000",
        "hai ba ngày sau tám giờ",
    ],
)
def test_what_only_looks_like_a_phone_is_left(text: str) -> None:
    assert extract.phones(text) == []


@pytest.mark.parametrize(("text", "why"), [("sđt 0051234567", "prefix"), ("sđt: 095123456", "length")])
def test_what_stands_for_a_phone_and_can_be_none_is_told(text: str, why: str) -> None:
    (phone,) = extract.phones(text)
    assert (phone.valid, phone.why_not) == (False, why)


def test_hotlines_are_told_after_a_word_for_calling() -> None:
    assert [(p.value, p.line) for p in extract.phones("Tổng đài 1900 636 000, hotline: 1800 1234")] == [
        ("1900636000", "premium"),
        ("18001234", "toll_free"),
    ]


@pytest.mark.parametrize(
    ("text", "value", "bank"),
    [
        ("STK: 0951234567 VCB", "0951234567", "VCB"),
        ("CK qua Vietcombank 0071 0001 23456 chủ TK Trần A", "0071000123456", "VCB"),
        ("Số tài khoản 123456789012 - Techcombank", "123456789012", "TCB"),
        ("chuyển khoản momo 0951234567", "0951234567", "MOMO"),
    ],
)
def test_an_account_is_told_with_its_bank(text: str, value: str, bank: str) -> None:
    (account,) = extract.accounts(text)
    assert (account.value, account.bank, account.valid) == (value, bank, True)
    assert [one.kind for one in extract.find_all(text)] == ["account"]


@pytest.mark.parametrize(
    ("text", "amount", "per"),
    [
        ("1tr2", 1_200_000, ""),
        ("1tr250", 1_250_000, ""),
        ("chỉ 350k", 350_000, ""),
        ("2 triệu rưỡi", 2_500_000, ""),
        ("2 triệu 5", 2_500_000, ""),
        ("1 triệu 250 nghìn", 1_250_000, ""),
        ("1.250.000đ", 1_250_000, ""),
        ("₫1.250.000", 1_250_000, ""),
        ("giá 350.000", 350_000, ""),
        ("99k9", 99_900, ""),
        ("120.000 VND / hộp", 120_000, "hộp"),
        ("350 ngàn 1 hộp", 350_000, "hộp"),
    ],
)
def test_a_price_is_one_amount(text: str, amount: int, per: str) -> None:
    (price,) = extract.prices(text)
    assert (price.amount, price.per) == (amount, per)


@FAST
@given(st.integers(10, 9_999).map(lambda thousands: thousands * 1_000), st.sampled_from(["dots", "k", "figures"]))
def test_an_amount_comes_back_from_any_spelling(amount: int, how: str) -> None:
    written = {"dots": f"{amount:,}".replace(",", ".") + "đ", "k": f"giá {amount // 1000}k", "figures": f"{amount} đồng"}[how]
    (price,) = extract.prices(written)
    assert price.amount == amount


@pytest.mark.parametrize(
    ("text", "why"), [("giá inbox", "hidden"), ("ib báo giá nhé", "hidden"), ("giá 2xx", "masked"), ("1tr2xx", "masked")]
)
def test_a_hidden_price_is_told_as_hidden(text: str, why: str) -> None:
    (price,) = extract.prices(text)
    assert (price.amount, price.why_not) == (None, why)


@pytest.mark.parametrize("text", ["nhẫn vàng 24k", "màn hình 4K", "10k lượt bán", "dày 320tr", "thảm 43x 26cm"])
def test_carats_pixels_and_pages_are_no_prices(text: str) -> None:
    assert extract.prices(text) == []


def test_nothing_is_found_in_a_text_without_anything() -> None:
    assert extract.find_all("") == []
    assert extract.find_all("Áo thun cotton nam nữ thoáng mát, đủ màu") == []


def test_one_kind_alone_and_an_unknown_kind() -> None:
    text = "Giá 1tr2, zalo 0951.234.567"
    assert [one.kind for one in extract.find_all(text, ["price"])] == ["price"]
    with pytest.raises(ValueError, match="there are"):
        extract.find_all(text, ["colour"])


@FAST
@given(st.text(st.sampled_from("0123456789 .-/oOlkđtr\n\u200b️⃣ắHSDzalo:@"), max_size=80))
def test_any_text_is_taken_and_every_place_is_right(text: str) -> None:
    for one in extract.find_all(text):
        assert text[one.start : one.end] == one.text
        assert one.valid == (one.why_not == "")


def test_places_stay_those_of_the_original_where_invisible_letters_are_left_out() -> None:
    text = "\u200b⚠\ufe0f HSD\u200b: 1\ufe0f\u20e32/20\u200b26 \U0001f525\ufe0f"
    read = skeleton(text)
    assert read.text == "⚠ hsd: 12/2026 \U0001f525"
    assert read.cut(0, 1) == "⚠\ufe0f"
    begin = read.text.index("12/2026")
    assert read.cut(begin, begin + 1) == "1\ufe0f\u20e3"
    assert read.cut(begin, begin + 7) == "1\ufe0f\u20e32/20\u200b26"
    assert (read.starts[-1], read.ends[-1], len(read.starts)) == (len(text) - 2, len(text), len(read.text))


@pytest.mark.parametrize(
    ("text", "accounts", "phones"),
    [
        ("Chuyển khoản STK 1298003709 chủ TK Đỗ Dũng. Liên hệ 0957726508.", ["1298003709"], ["0957726508"]),
        ("STK 1298003709 VCB, chủ tài khoản Đỗ Dũng. Điện thoại 0957726508", ["1298003709"], ["0957726508"]),
        ("chủ TK Đỗ Dũng, hotline 0957726508", [], ["0957726508"]),
        ("Chủ TK: Đỗ Dũng 0957726508", [], ["0957726508"]),
        ("Chủ TK Đỗ Dũng 0071000123456 VCB", ["0071000123456"], []),
        ("TK facebook Lan. Đặt hàng 0957726508", [], ["0957726508"]),
        ("TK Zalopay 0957726508", ["0957726508"], ["0957726508"]),
    ],
)
def test_a_phone_behind_the_owner_of_an_account_is_no_account(text: str, accounts: list[str], phones: list[str]) -> None:
    assert [found.value for found in extract.accounts(text)] == accounts
    assert [found.value for found in extract.phones(text)] == phones

"""Dates, barcodes and papers are looked for only in texts whose characters may make one: none may be lost by that."""

import random

import pyarrow as pa

from chosach.screening import signs
from chosach.text import extract

_PARTS = (
    *("HSD", "hạn sử dụng:", "Hạn Dùng", "EXP", "date", "han su dung", "Best before", "hạn", "HẠN SỬ DỤNG đến"),
    *(
        "31/05/2022",
        "05-2024",
        "31 . 5 . 25",
        "2026",
        "20/5",
        "tháng 5 năm 27",
        "T7 nam 28",
        "１５/０８/２０２５",
        "12 tháng",
        "năm 30",
        "jan 2027",
    ),
    *("mã vạch", "8934563138165", "893 4563 1381 65", "690-1234-5678-92", "barcode: 4901234567894", "0398 123 456", "12345678"),
    *(
        "SĐK: VD-12345-19",
        "số công bố 12345/21/CBMP-QLD",
        "12 /2019/ ATTP - XNCB",
        "số tự công bố 01 / TÊN CÔNG TY RẤT DÀI Ở BIÊN HÒA / 2021",
        "giấy phép kinh doanh hộ kinh doanh số là 47A8012345",
        "170000123/PCBA-HN",
        "số lưu hành 893110012324",
        "3 đklh",
    ),
    *(
        "12345/2021/ĐKSP",
        "số đk: TYV-123 thú y",
        "giấy phép số ***/GP-BCT",
        "SCB 000/21/CBMP-HN",
        "visa VN–12345–16",
        "số 12/abc/2020",
        "TCCB xxx",
    ),
    *("giá 120k", "size 38", "1+1", "50%", "0/5", "a1b2", "hàng giả", "❤️", "\u200b", "hàng\u0301", "Σ", "İ2", "²/3", "n/a", "\n", "-"),
)
_BETWEEN = (" ", "", " : ", "\n", "\ufe0f", "/", "-")


def _made(count: int) -> list[str]:
    chance = random.Random(7)
    return ["".join(part + chance.choice(_BETWEEN) for part in chance.choices(_PARTS, k=chance.randrange(1, 6))) for _ in range(count)]


def test_no_date_barcode_or_paper_is_lost_by_the_look_beforehand() -> None:
    texts = [*_PARTS, *_made(4000)]
    signs.signs(pa.array(texts))
    for text in texts:
        extract.papers(text)  # whose characters are known then: the look tells them apart
    told = signs.signs(pa.array(texts))
    held = {"expiry": 0, "barcode": 0, "paper": 0}
    for text, may in zip(texts, told, strict=True):
        for kind, found, allowed in (
            ("expiry", extract.expiries(text), may & signs.YEAR),
            ("barcode", extract.gtins(text), may & signs.LONG),
            ("paper", extract.papers(text), may & signs.PAPER),
        ):
            held[kind] += bool(found)
            assert allowed or not found, (kind, text)
    assert min(held.values()) > 50
    plain = [may for text, may in zip(texts, told, strict=True) if not any(char.isdigit() for char in text) and text.isprintable()]
    assert plain
    assert sum(may == 0 for may in plain) > len(plain) / 2


def test_a_text_of_characters_nobody_met_may_hold_anything() -> None:
    assert signs.signs(pa.array(["\U000118a5 2022", None, ""])) == [signs.ANYTHING, 0, 0]

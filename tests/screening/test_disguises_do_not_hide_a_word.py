"""Ways to write a word so that a list does not find it; words of our own."""

import unicodedata
from datetime import date

import pytest
from tests.screening.reading import findings, probability

from chosach.screening.explain import explain

PLAIN = "túi gucci siêu cấp"


def styled(text: str) -> str:
    return "".join(chr(0x1D41A + ord(c) - 97) if "a" <= c <= "z" else c for c in text)


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


DISGUISES = {
    "capitals": PLAIN.upper(),
    "dots": "túi g.u.c.c.i siêu cấp",
    "one dot": "túi gu.cci siêu cấp",
    "underscores": "túi g_u_c_c_i siêu cấp",
    "spaces": "túi g u c c i siêu cấp",
    "emoji between letters": "túi g🔥u🔥c🔥c🔥i siêu cấp",
    "digit for a letter": "túi gucc1 siêu cấp",
    "digits in a Vietnamese word": "túi gucci s1êu cấp",
    "zero width": "túi gu\u200bcci si\u200dêu cấp",
    "soft hyphen": "túi guc\u00adci siêu cấp",
    "variation selector": "túi g\ufe0fucci siêu cấp",
    "look-alikes": "túi guссi siêu cấp",
    "styled letters": "túi " + styled("gucci") + " siêu cấp",
    "full width": "túi " + wide("gucci") + " siêu cấp",
    "circled": "túi ⓖⓤⓒⓒⓘ siêu cấp",
    "stretched": "túi guuuucci siêuuu cấp",
    "decomposed": unicodedata.normalize("NFD", PLAIN),
    "marks on a foreign name": "túi gúcci siêu cấp",
    "joined word": "túi gucci siêucấp",
}


@pytest.mark.parametrize("way", DISGUISES)
def test_the_disguised_word_is_found(way: str) -> None:
    assert probability("counterfeit", DISGUISES[way]) >= probability("counterfeit", PLAIN) > 0


@pytest.mark.parametrize("text", ["T.I.Ề.N G.I.Ả", "T.I.Ề.N.G.I.Ả", "t i ề n g i ả", "tiền g1ả", "t-i-ề-n g-i-ả", "tiền\u200b giả"])
def test_forged_money_is_found_however_it_is_spelt(text: str) -> None:
    assert probability("banned", f"Nhận đổi {text} toàn quốc") > 0.5


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("r.e.p 1:1", "counterfeit"),
        ("R3P 1:1", "counterfeit"),
        ("f4ke 1", "counterfeit"),
        ("v a p e", "banned"),
        ("thuốc l@ điện tử", "banned"),
        ("thuốc lá đi.ện tử", "banned"),
        ("super faaaake", "counterfeit"),
        ("likeauth", "counterfeit"),
        ("C.ần s.a", "banned"),
    ],
)
def test_other_words_are_found(text: str, kind: str) -> None:
    assert probability(kind, f"Đồng hồ {text} ship toàn quốc", as_of=date(2026, 3, 1)) > 0.3


def test_the_reason_shows_the_words_as_they_were_written() -> None:
    reason = findings("Bán T.I.Ề.N G.I.Ả nhé")["banned"]["reasons"][0]
    assert (reason["text"], reason["term"], reason["start"]) == ("T.I.Ề.N G.I.Ả", "tiền giả", 4)


@pytest.mark.parametrize("title", ["Mắt kính Ray-Ban chính hãng", "Quần Levi's", "Giày Dr.Martens", "Áo Off-White"])
def test_a_name_in_its_own_spelling_is_not_an_altered_name(title: str) -> None:
    for row in findings(title, price=90_000_000).values():
        assert not [r for r in row["reasons"] if r["rule"].endswith("brand_altered")]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Nhận đổi t.i.ề.n g.i.ả", "viết chen dấu"),
        ("Nhận đổi tieefn giar", "kiểu gõ Telex"),
        ("Nhận đổi tien62 gia3", "kiểu gõ Telex hoặc VNI"),
        ("Nhận đổi tiền jả", "tuổi teen"),
        ("Nhận đổi tiiền giảả", "viết lặp chữ"),
        ("Nhận đổi tiề n gi ả", "viết cách chữ"),
        ("Nhận đổi t13̂̀n 914̉", "số hoặc ký hiệu thay chữ"),
    ],
)
def test_the_reason_says_how_the_word_was_disguised(title: str, said: str) -> None:
    assert said in explain(findings(title)["banned"])
    assert said not in explain(findings("Nhận đổi tiền giả")["banned"])

import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from chosach.text import Matcher, Pattern, letters, normalise

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
words = st.text(st.sampled_from(VIETNAMESE), min_size=1, max_size=7)


def slow_fold(text: str) -> str:
    """The same by the book, without places: for plain text without disguises."""
    plain = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return " ".join("".join(c if c.isascii() and c.isalnum() else "" if unicodedata.combining(c) else " " for c in plain).split())


@examples(70)
@given(st.lists(words, min_size=1, max_size=8).map(" ".join))
def test_plain_text_folds_as_unicode_says(text: str) -> None:
    import re

    squeezed = re.sub(r"([a-z])\1\1+", r"\1", slow_fold(text))
    assert normalise(text) == squeezed == normalise(unicodedata.normalize("NFD", text)) == normalise(text.upper())


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Đường Điện", "duong dien"),
        ("ｆａｋｅ 𝐟𝐚𝐤𝐞 ⓡⓔⓟ", "fake fake rep"),
        ("fаkе", "fake"),
        ("gi\u200bả \u00adda\ufe0f", "gia da"),
        ("faaaake", "fake"),
        ("Một câu. Hai câu", "mot cau | hai cau"),
        ("1.500.000đ, rẻ", "1 500 000d | re"),
        ("😀😀", ""),
        ("", ""),
    ],
)
def test_letters_of_all_kinds_come_down_to_plain_ones(text: str, form: str) -> None:
    assert normalise(text) == form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("D.I.O.R", "dior"),
        ("T.I.Ề.N G.I.Ả", "tien gia"),
        ("f a k e", "fake"),
        ("g🔥u🔥c🔥c🔥i", "gucci"),
        ("C.roc.s", "crocs"),
        ("s1êu c4p h@ng $uper", "sieu cap hang super"),
        ("nặng 5kg, cỡ 50ml, F1, A12", "nang 5kg | co 50ml | f1 | a12"),
        ("size S M L", "size sml"),
    ],
)
def test_the_bared_reading_takes_off_what_hides_a_word(text: str, form: str) -> None:
    assert normalise(text, bare=True) == form


@examples(70)
@given(st.text(max_size=40), words, st.text(max_size=40))
def test_every_hit_lies_where_it_says(before: str, word: str, after: str) -> None:
    def whole(text: str) -> str:
        return text.encode("utf-8", "replace").decode()

    text = f"{whole(before)} {word} {whole(after)}"
    hits = Matcher([Pattern(word)]).find([pa.array([None, text], pa.string())])
    found = [text[a:b] for a, b in zip(hits.start.tolist(), hits.end.tolist(), strict=True)]
    assert set(hits.row.tolist()) <= {1}
    for part in found:
        assert part and not part[0].isspace() and not part[-1].isspace()
    if "".join(dict.fromkeys(word)) == word and not before and not after:
        assert found == [word]


def test_marks_that_contradict_are_no_hit_and_missing_ones_are_flagged() -> None:
    matcher = Matcher([Pattern("hàng giả")])
    texts = ["hàng giả", "hàng giá", "hang gia", "hàng gia", "bán áo đẹp, hang gia"]
    hits = matcher.find([pa.array(texts)])
    assert list(zip(hits.row.tolist(), hits.flags.tolist(), strict=True)) == [(0, 0), (2, 1)]


def test_words_are_whole_and_phrases_do_not_run_over_a_full_stop_or_comma() -> None:
    matcher = Matcher([Pattern("rep 1 1")])
    texts = ["rep 1:1", "prep 1:1", "rep 1:12", "sẽ rep. 1 1 đổi", "sẽ rep, 1 1 đổi"]
    assert matcher.find([pa.array(texts)]).row.tolist() == [0]


def test_a_pattern_must_have_letters() -> None:
    with pytest.raises(ValueError, match="without letters"):
        Matcher([Pattern("…")])


def test_the_table_gives_every_letter_of_the_language_its_marks() -> None:
    symbols, marks, odd = letters.table()
    for char in VIETNAMESE + VIETNAMESE.upper():
        code = ord(char)
        assert symbols[code] < 26 and not odd[code]
        assert "abcdefghijklmnopqrstuvwxyz"[symbols[code]] == slow_fold(char)
    assert len({(int(symbols[ord(c)]), int(marks[ord(c)])) for c in VIETNAMESE}) == len(VIETNAMESE)


def test_codes_tell_what_the_table_does() -> None:
    codes, by_marks, by_odd, stands = letters.codes()
    symbols, marks, odd = letters.table()
    assert (codes & 0xFF == symbols).all()
    assert (by_marks[codes >> 8] == marks).all()
    assert (by_odd[codes >> 8] == odd).all()
    assert [int(stands[codes[ord(sign)] >> 8]) for sign in "@$!"] == [0, 18, 8]
    short = codes >> 8 < letters.CODES_APART
    assert all(short[ord(char)] for char in VIETNAMESE + VIETNAMESE.upper() + "0123456789")
    assert not odd[short].any() and (symbols[short] < letters.SPACE).all()


def test_the_end_of_a_column_is_read_as_what_stands_amid_it() -> None:
    for end in ("", "y", "à", "ạ", "😀", "aạ", "ạa", "ạ😀", "\U0001d41a", "\U000e0001", "\U00020000", "\U000e0001y"):
        text = f"giày {end}"
        assert normalise(f"{text} abcdefghi") == f"{normalise(text)} abcdefghi"


def test_columns_of_any_string_type_and_any_slice_are_read() -> None:
    matcher = Matcher([Pattern("giày")])
    plain = pa.array(["áo", "giày", None, "đôi giày"])
    for column in (plain, plain.cast(pa.large_string()), plain.dictionary_encode(), pa.chunked_array([plain.slice(0, 1), plain.slice(1)])):
        assert matcher.find([column]).row.tolist() == [1, 3]
    assert matcher.find([plain.slice(3)]).start.tolist() == [4]
    assert matcher.find([pa.chunked_array([], pa.string())]).row.tolist() == []

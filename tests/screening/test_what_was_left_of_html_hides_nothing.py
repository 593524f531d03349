"""Listings gathered from pages keep their HTML now and then: a browser shows the words, and so does screening read them."""

import html
import time
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chosach.screening import screen
from chosach.text.markup import plain


def _found(**fields: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = screen(pa.table({"listing_id": ["1"], **{name: [text] for name, text in fields.items()}})).to_pylist()
    return found


def _told(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(one["kind"], one["probability"], [(reason["rule"], reason["term"]) for reason in one["reasons"]]) for one in found]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("T&uacute;i Gucci si&ecirc;u c&#7845;p", "Túi Gucci siêu cấp"),
        ("Giày Nike h&#xE0;ng gi&#X1EA3;", "Giày Nike hàng giả"),
        ("Túi Gucci super <b>fake</b> loại <span style='color: red'>1</span>", "Túi Gucci super fake loại 1"),
        ("Túi Gucci&nbsp;super&nbsp;fake", "Túi Gucci super fake"),
        ("Túi Gucci si&amp;ecirc;u c&amp;#7845;p", "Túi Gucci siêu cấp"),
    ],
)
def test_words_in_html_are_told_as_those_that_it_shows(written: str, shown: str) -> None:
    told = _found(title=written)
    assert _told(told) == _told(_found(title=shown)) != []
    for reason in (reason for one in told for reason in one["reasons"]):
        assert reason["text"] == written[reason["start"] : reason["end"]]
        assert not reason["text"].startswith(";")
        assert not reason["text"].endswith("&")


def test_lines_of_a_page_end_sentences() -> None:
    written = "<p>Shop nói không với hàng nhái</p><p>Hàng giả loại 1 Nike</p>"
    assert _told(_found(title="Giày thể thao", description=written)) == _told(
        _found(title="Giày thể thao", description="\nShop nói không với hàng nhái\n\nHàng giả loại 1 Nike\n")
    )


@pytest.mark.parametrize("text", ["Áo <Trắng, Đỏ, Nude>", "Giày <b siêu cấp rep 1:1>", "R&D; A&B", "5 < 6 > 3", "&khongco; x", "<3"])
def test_what_sellers_write_in_angle_brackets_stays(text: str) -> None:
    assert plain(text) is None


def test_a_brand_in_brackets_is_still_read() -> None:
    assert _found(title="Giày Nike <siêu cấp rep 1:1>")


@given(st.text(alphabet="aàảâđ &<>;\nb"), st.data())
def test_every_place_is_where_its_character_was_written(text: str, data: st.DataObject) -> None:
    pieces = [f"&#{ord(char)};" if char in "&<>" or data.draw(st.booleans()) else char for char in text]
    shown = plain("".join(pieces))
    if all(piece == char for piece, char in zip(pieces, text, strict=True)):
        assert shown is None
        return
    assert shown is not None
    assert shown.text == text
    place = 0
    for at, piece in enumerate(pieces):
        assert shown.place(at, at + 1) == (place, place + len(piece))
        assert shown.place(0, at + 1) == (0, place + len(piece))
        place += len(piece)


def test_escaped_text_reads_like_the_text() -> None:
    text = 'Nước hoa "Chanel" <auth> & hàng nhái loại 1'
    assert _told(_found(title=html.escape(text))) == _told(_found(title=text))


@pytest.mark.parametrize("text", ["<a " + "b=c " * 50_000, "&" + "amp;" * 50_000, '<b a="' * 20_000, "<!--" * 50_000, "&amp;" * 50_000])
def test_hostile_markup_costs_no_more_than_its_length(text: str) -> None:
    def taken(written: str) -> float:
        began = time.process_time()
        plain(written)
        return time.process_time() - began

    half = min(taken(text[: len(text) // 2]) for _ in range(3))
    assert min(taken(text) for _ in range(3)) < 8 * half + 0.05

"""Text that others wrote is shown safely, with the right words marked, whatever it holds."""

import html
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from chosach.desk.core.marking import marked

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</mark></bdi><svg/onload=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)",
    "&lt;script&gt;",
    "<!-- --><![CDATA[ x ]]>",
    "{{ 7|add:7 }}{% load chosach %}",
    "\x00<b\x00>",
    "\ud800lẻ",
    "\u202egnưởđ nớt ảig\u202c",
    "giả\u200bm giá",
]


class Reader(HTMLParser):
    """What a browser would make of it: tags in order, text, marked text, titles."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text, self.inside, self.hidden = "", 0, False
        self.marked: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "mark":
            self.inside += 1
            self.marked.append("")
        self.hidden = tag == "span"

    def handle_endtag(self, tag) -> None:
        self.inside -= tag == "mark"
        self.hidden = False

    def handle_data(self, data) -> None:
        shown = chr(int(str(self.tags[-1][1]["title"])[2:], 16)) if self.hidden else data
        self.text += shown
        if self.inside:
            self.marked[-1] += shown

    def handle_comment(self, data) -> None:
        raise AssertionError(f"a comment: {data}")


def only_ours(read: Reader) -> bool:
    allowed = {"bdi": {"class"}, "mark": {"class", "title"}, "span": {"class", "title"}}
    return all(tag in allowed and set(attrs) <= allowed[tag] for tag, attrs in read.tags)


def fit(text: str) -> str:
    """The text as HTML can hold it."""
    return "".join(
        "�" if (ord(c) < 32 and c not in "\t\n\r") or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000 or ord(c) in {0xFFFE, 0xFFFF} else c
        for c in text
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_brings_in_markup(attack: str) -> None:
    for spans in ([], [{"start": 0, "end": len(attack), "term": attack, "rule": attack}], [{"start": 1, "end": 4, "note": attack}]):
        shown = marked(attack, spans)
        shown.encode("utf-8")
        assert only_ours(Reader(shown)), shown


def test_the_words_of_the_places_are_marked_and_say_why() -> None:
    text = "Túi hiệu super fake, giá rẻ"
    read = Reader(marked(text, [{"start": 9, "end": 19, "text": "super fake", "term": "super fake", "rule": "hàng giả"}]))
    assert read.marked == ["super fake"]
    assert next(attrs for tag, attrs in read.tags if tag == "mark")["title"] == "super fake · hàng giả"
    assert read.text == text


def test_places_are_counted_in_code_points_not_in_bytes_or_utf_16() -> None:
    text = "🔥🔥 hàng giả"
    assert Reader(marked(text, [SimpleNamespace(start=3, end=11, text="hàng giả", note="")])).marked == ["hàng giả"]


def test_a_decomposed_letter_keeps_its_place() -> None:
    text = "gia\u0309 hie\u0323\u0302u"
    assert Reader(marked(text, [{"start": 0, "end": 4, "text": "gia\u0309"}])).marked == ["gia\u0309"]


def test_overlapping_places_are_cut_where_they_meet_and_each_piece_names_all() -> None:
    read = Reader(marked("abcdefgh", [{"start": 1, "end": 5, "note": "một"}, {"start": 3, "end": 7, "note": "hai"}]))
    assert read.marked == ["bc", "de", "fg"]
    assert [attrs.get("title") for tag, attrs in read.tags if tag == "mark"] == ["một", "một; hai", "hai"]


@pytest.mark.parametrize(
    "span",
    [
        {"start": -1, "end": 2},
        {"start": 2, "end": 2},
        {"start": 3, "end": 1},
        {"start": 0, "end": 99},
        {"start": "0", "end": "2"},
        {"start": True, "end": 2},
        {"start": None, "end": 2},
        {"end": 2},
        {"start": 0, "end": 2, "text": "khác"},
        "0-2",
        None,
    ],
)
def test_a_place_that_does_not_fit_marks_nothing(span: object) -> None:
    assert Reader(marked("ab cd", [span])).marked == []


def test_hidden_characters_are_made_visible_but_an_emoji_stays_whole() -> None:
    assert 'title="U+200B"' in marked("f\u200bake")
    assert 'title="U+202E"' in marked("\u202eekaf")
    assert "hidden-sign" not in marked("👩\u200d⚕\ufe0f bác sĩ")


def test_the_tag_escapes_in_a_template_and_takes_nothing() -> None:
    shown = Template("{% load chosach %}{% marked text spans %}").render(Context({"text": "<b>", "spans": None}))
    assert shown == '<bdi class="given">&lt;b&gt;</bdi>'
    assert Template("{% load chosach %}{% marked nothing %}").render(Context({})) == '<bdi class="given"></bdi>'


TEXTS = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("<>&\"'\u200b\u202e\u200d\n\x00/=")), max_size=40)


@given(TEXTS, st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45), TEXTS), max_size=6))
def test_any_text_with_any_places_comes_back_whole_and_harmless(text: str, places: list[tuple[int, int, str]]) -> None:
    spans = [{"start": start, "end": end, "note": note} for start, end, note in places]
    shown = marked(text, spans)
    read = Reader(shown)
    assert only_ours(read)
    assert read.text == html.unescape(html.escape(fit(text)))
    good = [(start, end) for start, end, _ in places if 0 <= start < end <= len(text)]
    assert "".join(read.marked) == "".join(fit(letter) for at, letter in enumerate(text) if any(start <= at < end for start, end in good))

"""Dear forms: keys left over, teencode, letters twice, blanks inside and between words, digits. Words and sentences of our own."""

import csv
import random
import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tools.disguise_ways import WAYS

from chosach import sets
from chosach.screening.lexicon import lexicon
from chosach.text import Hits, Matcher, Pattern
from chosach.text.matcher import ALONE, JOINED, LEETED
from chosach.text.spellings import DOUBLED, GAPPED, KEYED, STUCK, TEEN

TERMS = ["kiếm giả cổ", "phượng hoàng", "đường phèn", "quà trung thu", "khóa cửa", "dưa hấu", "superman", "gấu bông", "bánh nướng"]
SENTENCES = ["Shop có {} mới về", "{} giá sỉ, ship toàn quốc", "Ai cần {} nhắn tin nhé. Hàng có sẵn"]
MATCHER = Matcher([Pattern(term) for term in TERMS])
DEAR = KEYED | TEEN | DOUBLED | GAPPED | STUCK | LEETED


def found(text: str, matcher: Matcher = MATCHER) -> list[tuple[str, str, int]]:
    hits = matcher.find([pa.array([text])])
    rows = zip(hits.pattern.tolist(), hits.start.tolist(), hits.end.tolist(), hits.flags.tolist(), strict=True)
    return [(matcher.patterns[pattern].text, text[start:end], flags) for pattern, start, end, flags in rows]


@pytest.mark.parametrize(
    ("written", "term", "way"),
    [
        ("kieesm giar coor", "kiếm giả cổ", KEYED),
        ("kieems giar cor", "kiếm giả cổ", None),  # a key is missing: "có" is not "cổ"
        ("phuwowngj hoangf", "phượng hoàng", KEYED),
        ("phuongwj hoafng", "phượng hoàng", KEYED),
        ("dduwowfng phefn", "đường phèn", KEYED),
        ("d9u7o72ng phe2n", "đường phèn", KEYED),
        ("kiem61 gia3 co63", "kiếm giả cổ", KEYED),
        ("kiếm jả cổ", "kiếm giả cổ", TEEN),
        ("fượng hoàng", "phượng hoàng", TEEN),
        ("wà trung thu", "quà trung thu", TEEN),
        ("kóa kửa", "khóa cửa", TEEN),
        ("bánk nướg", "bánh nướng", TEEN),
        ("zưa hấu", "dưa hấu", TEEN),
        ("kiếm giiả cổ", "kiếm giả cổ", DOUBLED),
        ("đđường phhèn", "đường phèn", DOUBLED),
        ("suppermman", "superman", DOUBLED),
        ("sup er man", "superman", GAPPED),
        ("gấ u bôn g", "gấu bông", GAPPED),
        ("ki ếm gi ả c ổ", "kiếm giả cổ", GAPPED),
        ("kiếmgiả cổ", "kiếm giả cổ", STUCK),
        ("#gấubông", "gấu bông", STUCK),
        ("k13̂́m 914̉ c0̂̉", "kiếm giả cổ", LEETED),
        ("5up3rm4n", "superman", LEETED),
        ("kiếm g(i)ả cổ", "kiếm giả cổ", JOINED),
        ("kiếm gi-\nả cổ", "kiếm giả cổ", JOINED),
        ("ᴋɪᴇᴍ ɢɪᴀ ᴄᴏ", "kiếm giả cổ", ALONE),
        ("k.i.e.m g.i.a c.o", "kiếm giả cổ", ALONE),
    ],
)
def test_a_disguised_word_is_found_whole_and_says_how_it_was_written(written: str, term: str, way: int | None) -> None:
    hits = found(f"Bán {written} rất đẹp nhé")
    if way is None:
        assert hits == []
    else:
        assert [(name, text) for name, text, _ in hits] == [(term, written.lstrip("#"))]
        assert hits[0][2] & way


@pytest.mark.parametrize(
    "text",
    [
        "Máy 5kg, 50ml, F1, iPhone 11, A4, size 38, M18, K30, R5 3600",
        "Gia đình bốn người ở quận 2, phường 7, đường số 9",
        "Kiểm giá có đúng không, kiếm gia cố cửa",
        "Cho bé học ở nhà, cô ấy ở lại, chữ a và chữ y",
        "Bar, max, tax, fix, combo, class, free, full box",
        "dưa. Hấu chín", "phượng, hoàng", "gấu\nbông len",
    ],
)  # fmt: skip
def test_plain_words_and_sizes_stay_what_they_are(text: str) -> None:
    others = Matcher([Pattern(term) for term in [*TERMS, "kẹo", "hoco", "tayo", "mlb", "bả", "chữa", "má"]], lines=1)
    assert [hit for hit in found(text, others) if hit[2] & DEAR] == []
    assert found(text) == []


def test_the_end_of_a_line_is_a_blank_only_where_a_field_is_one_phrase() -> None:
    text = "gấu\nbông len"
    assert found(text) == []
    assert [hit[1] for hit in found(text, Matcher([Pattern("gấu bông")], lines=0))] == ["gấu\nbông"]


def test_a_word_in_its_own_style_needs_no_marks_but_a_whole_text_in_that_style_does() -> None:
    matcher = Matcher([Pattern("bằng giả", needs_marks=True)])
    assert found("Cần ⓑⓐⓝⓖ ⓖⓘⓐ đi làm", matcher)
    assert found("Ⓑⓐⓝⓖ ⓖⓘⓐ ⓥⓐⓛⓘ", matcher) == []
    assert found("bang gia vali", matcher) == []


def made() -> list[str]:
    """Own words in every way, in sentences."""
    texts = []
    for number, term in enumerate(TERMS):
        for place, way in enumerate(WAYS):
            sentence = SENTENCES[(number + place) % len(SENTENCES)]
            texts.append(sentence.format(WAYS[way](term, random.Random(f"{term}{way}"))))
    return texts


def as_rows(hits: Hits) -> list[tuple[int, ...]]:
    fields = (hits.row, hits.field, hits.pattern, hits.start, hits.end, hits.sentence, hits.first_letter, hits.last_letter, hits.flags)
    return list(zip(*(field.tolist() for field in fields), strict=True))


def test_the_gate_loses_nothing() -> None:
    texts = pa.array(made())
    assert as_rows(MATCHER.find([texts])) == as_rows(MATCHER.find([texts], thorough=True))
    assert len(set(MATCHER.find([texts]).row.tolist())) > 0.9 * len(texts)
    with sets.DISGUISE.open(encoding="utf-8", newline="") as file:
        half = pa.array([row["title"] for row in csv.DictReader(file) if row["half"] == "A"])
    whole = lexicon().matcher
    assert as_rows(whole.find([half])) == as_rows(whole.find([half], thorough=True))


letters = st.sampled_from([*"aăâbcdđeêghiklmnoôơpqrstuưvxy", *"0134579", *"     .-*()[]\n,", "\u0301", "\u0300", "\u200b", "🔥", "ⓐ", "а"])


@examples(50)
@given(st.lists(st.one_of(st.text(letters, max_size=8), st.sampled_from(made())), max_size=4).map(" ".join))
def test_places_lie_within_the_text_and_the_gate_loses_nothing(text: str) -> None:
    hits = MATCHER.find([pa.array([text])], thorough=True)
    assert as_rows(hits) == as_rows(MATCHER.find([pa.array([text])]))
    for start, end, first, last in zip(*(a.tolist() for a in (hits.start, hits.end, hits.first_letter, hits.last_letter)), strict=True):
        assert 0 <= start < end <= len(text)
        assert 0 <= first < last
        assert not text[start].isspace() and not text[end - 1].isspace()


def read_twice(matcher: Matcher, texts: list[str]) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """Hits where no word was seen before, so that each is read letter by letter; and where all were, so that most are copied."""
    matcher._seen.clear()
    column = pa.array(texts)
    return as_rows(matcher.find([column])), as_rows(matcher.find([column]))


@examples(50)
@given(st.lists(st.one_of(st.text(letters, max_size=8), st.sampled_from(made())), max_size=4).map(" ".join))
def test_a_word_is_read_the_same_the_first_time_and_ever_after(text: str) -> None:
    first, again = read_twice(MATCHER, [text])
    assert first == again


def test_words_that_were_kept_lose_nothing_of_the_disguises() -> None:
    with sets.DISGUISE.open(encoding="utf-8", newline="") as file:
        half = [row["title"] for row in csv.DictReader(file) if row["half"] == "A"]
    whole = lexicon().matcher
    one_by_one = [(place, *row[1:]) for place, text in enumerate(half[:200]) for row in read_twice(whole, [text])[0]]
    together = read_twice(whole, half[:200])
    assert together[0] == together[1] == one_by_one


@examples(30)
@given(st.sampled_from([text for text in made() if "ǫ" not in text]))  # passes for a small q, but only as one character
def test_composed_and_decomposed_text_gives_the_same_words(text: str) -> None:
    def words(form: str) -> list[tuple[str, str]]:
        bare = str.maketrans("", "", "\u0336")  # a stroke behind the last letter belongs to it in one form only
        return [(term, unicodedata.normalize("NFC", part.translate(bare))) for term, part, _ in found(form)]

    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert words(composed) == words(decomposed)

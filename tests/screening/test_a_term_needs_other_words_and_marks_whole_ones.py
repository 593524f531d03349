"""No term is its own company, a reason marks whole words, and what clears is said once."""

import re
from collections import Counter

import pyarrow as pa
import pytest
from tests.screening.reading import DAY, findings

from chosach.screening import screen
from chosach.screening.lexicon import TERM, lexicon


def test_no_term_that_needs_a_word_beside_it_speaks_where_it_stands_alone() -> None:
    asking = [
        entry
        for entry in lexicon().entries
        if entry.part == TERM and entry.needs and all(any(name.startswith("~") for name in together) for together in entry.needs)
    ]
    assert len(asking) > 100
    table = pa.table({"listing_id": [str(k) for k in range(len(asking))], "title": [entry.text for entry in asking]})
    spoke = {
        (asking[int(row["listing_id"])].text, reason["rule"])
        for row in screen(table, as_of=DAY).to_pylist()
        for reason in row["reasons"]
        if (reason["rule"], reason["term"]) == (asking[int(row["listing_id"])].rule, asking[int(row["listing_id"])].text)
    }
    known = {(entry.text, entry.rule) for entry in lexicon().entries if entry.part == TERM and not entry.needs}
    assert spoke <= known


#: Words of two syllables of which the first alone says something else or nothing.
WHOLE = [("rõ nguồn", "gốc"), ("nói nguồn", "gốc"), ("hỏi nguồn", "gốc"), ("khỏi ung", "thư"), ("khỏi tiểu", "đường"), ("không giấy", "tờ"),
         ("qua biên", "giới"), ("hàng biên", "giới")]  # fmt: skip


@pytest.mark.parametrize(("half", "rest"), WHOLE)
def test_a_term_that_ends_in_half_a_word_is_known_with_the_whole_word_too(half: str, rest: str) -> None:
    terms = {(entry.text, entry.rule) for entry in lexicon().entries if entry.part == TERM}
    halves = {(text, rule) for text, rule in terms if text.endswith(half)}
    assert halves and {(f"{text} {rest}", rule) for text, rule in halves} <= terms


@pytest.mark.parametrize(
    ("kind", "title", "marked"),
    [
        ("unknown_origin", "Kem body không rõ nguồn gốc", "không rõ nguồn gốc"),
        ("misleading", "Nấm chữa khỏi ung thư", "chữa khỏi ung thư"),
        ("unknown_origin", "Điện thoại mất giấy tờ", "Điện thoại mất giấy tờ"),
        ("smuggled", "Heo qua biên giới giá tốt", "Heo qua biên giới"),
    ],
)
def test_a_reason_marks_the_whole_phrase(kind: str, title: str, marked: str) -> None:
    assert marked in {reason["text"] for reason in findings(title)[kind]["reasons"]}


def test_what_clears_is_told_once_whichever_rules_speak_together() -> None:
    for kind in ("counterfeit", "ip_infringing", "smuggled", "unknown_origin"):
        lines = {line for rule in lexicon().rules.values() if rule.kind == kind for line in rule.clears}
        for begins in ("hóa đơn", "chứng minh là hàng đã qua sử dụng", "giấy ủy quyền", "tờ khai", "nhãn gốc"):
            told = [line for line in lines if line.lower().startswith(begins)]
            assert len(told) <= 1, told


def test_of_a_copied_brand_at_a_low_price_each_paper_is_asked_for_once() -> None:
    for row in findings("Túi Gucci super fake", price=200_000).values():
        papers = Counter(word for line in row["clears"] for word in re.findall("hóa đơn|ủy quyền|qua sử dụng|phụ kiện", line.lower()))
        assert papers and max(papers.values()) == 1

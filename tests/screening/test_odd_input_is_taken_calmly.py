import time
import unicodedata
from datetime import date

import pyarrow as pa
import pytest
from tests.screening.reading import DAY, findings

from chosach.screening import FINDING, LISTING, SCREENER_VERSION, screen


def test_only_an_id_and_a_title_are_needed() -> None:
    found = screen(pa.table({"listing_id": ["a"], "title": ["Giày rep 1:1"]}), as_of=DAY)
    assert found.schema == FINDING and found.num_rows == 1
    assert found.column("screener").to_pylist() == [SCREENER_VERSION]


@pytest.mark.parametrize("missing", ["listing_id", "title"])
def test_a_table_without_id_or_title_is_refused(missing: str) -> None:
    table = pa.table({"listing_id": ["a"], "title": ["b"]}).drop_columns([missing])
    with pytest.raises(ValueError, match=missing):
        screen(table)


def test_empty_tables_empty_strings_and_nulls_give_nothing() -> None:
    assert screen(LISTING.empty_table()).schema == FINDING
    assert findings("", "") == {} and findings(" \n\t", None) == {}
    assert screen(pa.table({"listing_id": ["a", "b"], "title": pa.array([None, ""], pa.string())}), as_of=DAY).num_rows == 0


def test_a_megabyte_of_text_is_read_to_its_end_in_good_time() -> None:
    filler = "áo thun cotton mềm mại, thoáng mát 😀. " * 30_000
    findings("khởi động", "đã biên dịch")
    begun = time.process_time()
    found = findings("Áo thun", filler + "hàng rep 1:1")
    assert time.process_time() - begun < 3
    reason = found["counterfeit"]["reasons"][0]
    assert (filler + "hàng rep 1:1")[reason["start"] : reason["end"]] == reason["text"]


def test_thousands_of_names_and_of_words_that_grade_copies_are_read_in_good_time() -> None:
    findings("khởi động", "đã biên dịch")
    far = "Gucci mẫu " * 8_000 + "áo thun cotton mềm mại " * 3 + "super fake " * 8_000
    begun = time.process_time()
    found = findings("Áo thun", far)
    assert time.process_time() - begun < 6  # one by one with each other: several times that
    assert any(reason["term"] == "Gucci" for reason in findings("Áo thun", far + "Gucci")["ip_infringing"]["reasons"])
    assert "counterfeit" in found
    # letters and their marks apart: asking anew what stands before each name took a minute
    begun = time.process_time()
    findings("Áo thun", unicodedata.normalize("NFD", "hàng super fake " + "túi Gucci đẹp bền, giá tốt. " * 6_000))
    assert time.process_time() - begun < 6


def test_emoji_and_letters_beyond_the_first_plane_count_as_one_place() -> None:
    title = "🔥🔥𝓐𝓑 Giày rep 1:1 🇻🇳"
    reasons = findings(title)["counterfeit"]["reasons"]
    assert "rep 1:1" in {reason["text"] for reason in reasons}
    assert all(title[reason["start"] : reason["end"]] == reason["text"] for reason in reasons if reason["field"] == "title")


def test_sliced_and_chunked_columns_are_read_right() -> None:
    table = pa.table({"listing_id": ["a", "b", "c"], "title": ["Áo", "Giày rep 1:1", "Mũ"]})
    chunked = pa.concat_tables([table.slice(0, 1), table.slice(1, 2)])
    for given in (table, chunked, table.slice(1, 1)):
        assert screen(given, as_of=DAY).column("listing_id").to_pylist() == ["b"]


def test_the_same_listings_give_the_same_findings_every_time() -> None:
    table = pa.table({"listing_id": ["a", "b"], "title": ["Giày rep 1:1", "Viên uống đẹp da"]})
    assert screen(table, as_of=date(2021, 1, 1)).equals(screen(table, as_of=date(2021, 1, 1)))

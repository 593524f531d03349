"""A program asks about a listing and is told signs, reasons, law and what would clear the seller."""

import json
import logging
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from chosach.desk.api.models import Told, Usage
from chosach.desk.api.wire.reading import READ, end_of_title
from chosach.desk.ledger.models import Payload
from chosach.desk.screenings import screener
from chosach.desk.screenings.models import Correction
from chosach.screening import SCREENER_VERSION
from chosach.screening.correction import Decision, features, fit
from tests.desk.api.asking import ADDRESS, CLEAN, FLAGGED, a_key, ask, problem


def found(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.content
    return list(json.loads(answer.content)["findings"])


def test_a_listing_comes_back_with_signs_reasons_law_and_what_would_clear_the_seller(cast) -> None:
    answer = ask(a_key(cast).text, FLAGGED)
    finding = next(row for row in found(answer) if row["kind"] == "counterfeit")
    assert finding["label"] == "Hàng giả"
    assert 0 < finding["probability"] <= 1
    assert finding["level"] in {"likely", "possible"}
    assert finding["law"][0]["instrument"]
    assert finding["clears"]
    assert finding["explanation"]
    for reason in finding["reasons"]:
        assert FLAGGED["title"][reason["start"] : reason["end"]] == reason["text"]
        assert reason["sentence"].endswith(".")
        assert reason["rule"] not in reason["sentence"]
    assert json.loads(answer.content)["screener"].startswith("chosach-")


def test_a_clean_listing_has_no_findings(cast) -> None:
    assert [row for row in found(ask(a_key(cast).text, CLEAN)) if row["level"] != "weak"] == []


def test_places_in_a_plain_text_count_in_that_text(cast) -> None:
    text = "  \nThanh lý tủ áo 👗\nTúi hàng super fake, ship toàn quốc"
    reasons = [reason for row in found(ask(a_key(cast).text, {"text": text})) for reason in row["reasons"]]
    assert reasons
    assert {reason["field"] for reason in reasons} == {"text"}
    assert all(text[reason["start"] : reason["end"]] == reason["text"] for reason in reasons)


def test_an_explanation_is_vietnamese_throughout_whatever_was_sent(cast) -> None:
    key = a_key(cast).text
    fields = {"description": "Super fake loại 1", "category": "Túi super fake", "brand": "Gucci", "origin": "super fake"}
    rows = found(ask(key, {"text": "Túi hàng super fake\nship toàn quốc, hàng nhái"})) + found(ask(key, FLAGGED | fields))
    assert "(văn bản)" in rows[0]["explanation"]
    for name in ("text", *READ):
        assert all(f"({name}" not in row["explanation"] for row in rows)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Một dòng", "Một dòng"),
        ("\n\nDòng đầu\nDòng sau", "\n\nDòng đầu"),
        ("Câu đầu. " + "chữ " * 60, "Câu đầu. "),
        ("chữ " * 60, "chữ " * 60),
    ],
)
def test_the_first_line_of_a_text_is_its_title(text: str, title: str) -> None:
    assert text[: end_of_title(text)] == title


def test_the_law_is_that_of_the_day_on_which_the_listing_was_seen(cast) -> None:
    rows = found(ask(a_key(cast).text, FLAGGED | {"captured_at": "2020-11-13T08:00:00+07:00"}))
    assert {(law["as_of"], law["as_of_source"]) for row in rows for law in row["law"]} == {("2020-11-13", "captured_at")}


def test_a_key_without_reasons_learns_neither_words_nor_figures_nor_what_is_weak(cast) -> None:
    key = a_key(cast, reasons=False).text
    rows = found(ask(key, FLAGGED))
    assert rows
    assert all(set(row) == {"kind", "level", "label"} and row["level"] in {"likely", "possible"} for row in rows)


def test_nothing_of_the_text_is_kept_or_logged(cast, caplog) -> None:
    key = a_key(cast).text
    mark = "Zyxwvu123"
    with caplog.at_level(logging.DEBUG):
        ask(key, FLAGGED | {"title": f"{FLAGGED['title']} {mark}", "description": mark, "seller_name": mark})
        ask(key, {"title": mark, "price": mark, mark: mark})
        ask(key, mark)
        ask(None, {"title": mark})
        ask("cs_" + mark, {"title": mark})
    assert mark not in caplog.text
    assert key not in caplog.text
    kept = "\n".join(payload.text or "" for payload in Payload.objects.all())
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith("api_"):
                cursor.execute(f'SELECT * FROM "{table}"')
                kept += repr(cursor.fetchall())
    assert mark not in kept
    assert key not in kept


def test_a_failure_is_told_without_the_words_that_caused_it(cast, caplog, monkeypatch) -> None:
    def fails(question: Any) -> None:
        raise RuntimeError(f"could not read {question.title}")

    monkeypatch.setattr("chosach.desk.api.wire.reading.screened", fails)
    answer = ask(a_key(cast).text, FLAGGED)
    assert problem(answer) == (500, "server.error")
    assert "RuntimeError" in caplog.text
    assert FLAGGED["title"] not in caplog.text
    assert FLAGGED["title"] not in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{", (400, "request.bad_json")),
        ("[" * 60_000, (400, "request.bad_json")),
        (b"\xff\xfe", (400, "request.bad_json")),
        ("", (411, "request.length_missing")),
        ("[]", (422, "request.invalid")),
        ({}, (422, "request.invalid")),
        ({"title": "a", "text": "b"}, (422, "request.invalid")),
        ({"text": "a", "description": "b"}, (422, "request.invalid")),
        ({"title": "a", "price": "350k"}, (422, "request.invalid")),
        ({"title": "a", "price": 10**30}, (422, "request.invalid")),
        ('{"title": "a", "price": NaN}', (422, "request.invalid")),
        ('{"title": "a\\ud800"}', (422, "request.invalid")),
        ({"titel": "a"}, (422, "request.invalid")),
    ],
)
def test_what_can_not_be_read_is_told_with_a_code_and_a_sentence(cast, content: object, expected: tuple[int, str]) -> None:
    assert problem(ask(a_key(cast).text, content)) == expected


def test_an_error_names_the_field_and_does_not_repeat_what_was_sent(cast) -> None:
    answer = ask(a_key(cast).text, {"title": "a", "price": "bí mật"})
    assert [(row["where"], row["code"]) for row in json.loads(answer.content)["errors"]] == [("price", "int_type")]
    assert "bí mật" not in answer.content.decode()


@pytest.mark.parametrize("content", [{"title": ""}, {"text": " \n\t"}, {"title": "", "description": " ", "brand": "Gucci", "price": 1}])
def test_where_no_word_was_sent_nothing_is_said_to_be_found(cast, content: dict[str, Any]) -> None:
    answer = ask(a_key(cast).text, content)
    assert problem(answer) == (422, "request.invalid")
    assert [(row["where"], row["code"]) for row in json.loads(answer.content)["errors"]] == [("body", "nothing_to_screen")]
    assert ask(a_key(cast, name="Khác").text, {"title": "", "description": "Túi"}).status_code == 200


def test_odd_letters_are_only_text(cast) -> None:
    assert ask(a_key(cast).text, {"title": "a\x00b", "description": "\u200b\U000e0001"}).status_code == 200


def test_use_is_counted_by_key_and_day_in_numbers_only(cast) -> None:
    made = a_key(cast)
    ask(made.text, FLAGGED)
    ask(made.text, CLEAN)
    usage = Usage.objects.get(key=made.key)
    assert (usage.requests, usage.flagged, usage.refused) == (2, 1, 0)
    assert usage.bytes == sum(len(json.dumps(row)) for row in (FLAGGED, CLEAN))
    assert Told.objects.get(usage=usage, kind="counterfeit").count == 1


def test_a_session_opens_nothing_and_a_form_seal_is_not_asked_for(cast) -> None:
    assert problem(ask(None, FLAGGED, client=cast["quantri"].client)) == (401, "key.missing")
    strict = Client(enforce_csrf_checks=True)
    assert ask(a_key(cast).text, FLAGGED, client=strict).status_code == 200


def test_answers_are_kept_nowhere_and_only_post_is_taken(cast) -> None:
    key = a_key(cast).text
    assert "no-store" in ask(key, CLEAN).headers["Cache-Control"]
    answer = Client().get(ADDRESS)
    assert problem(answer) == (405, "request.method")
    assert answer.headers["Allow"] == "POST"


def test_the_correction_in_force_is_obeyed_as_in_the_desks_own_screenings(cast) -> None:
    before = next(row for row in found(ask(a_key(cast).text, FLAGGED)) if row["kind"] == "counterfeit")
    words = features({**FLAGGED, "description": None, "category": None}, [{**reason, "field": "title"} for reason in before["reasons"]])
    made = fit([Decision("counterfeit", before["probability"], False, 1.0, words) for _ in range(20)])
    Correction.objects.create(digest=made.id, content=made.to_bytes(), in_force=True)
    answer = ask(a_key(cast, name="Sau khi học").text, FLAGGED)
    after = [row for row in found(answer) if row["kind"] == "counterfeit"]
    assert not after or after[0]["probability"] < before["probability"]
    assert json.loads(answer.content)["screener"] == screener.version() != SCREENER_VERSION

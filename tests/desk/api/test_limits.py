"""Keys have limits, bodies have a size, and who tries keys is slowed down."""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from chosach.desk.api import secret
from chosach.desk.api.limits import FREE_TRIES, LONGEST_WAIT, BadKeys
from chosach.desk.api.models import Key, Usage
from chosach.desk.api.services import revoke_key, take_turn
from chosach.desk.api.wire.endpoint import screen_view
from chosach.desk.api.wire.gate import MOST_BYTES, MOST_PASSED_OVER
from chosach.desk.ledger.models import Entry
from tests.desk.api.asking import ADDRESS, CLEAN, a_key, ask, problem

NOON = dt.datetime(2026, 3, 2, 5, 0, tzinfo=dt.UTC)


def test_a_key_of_its_own_form_is_told_from_a_slip_of_copying() -> None:
    made = secret.make()
    assert secret.prefix_of(made.text) == made.prefix
    assert secret.prefix_of(made.text[:-1] + ("a" if made.text[-1] != "a" else "b")) is None
    assert secret.prefix_of(made.text.upper()) is None
    assert made.text not in made.digest


def test_without_a_sound_key_nothing_is_answered(cast) -> None:
    made = a_key(cast)
    other = secret.make()
    swapped = secret.make()
    Key.objects.filter(pk=made.key.pk).update(prefix=swapped.prefix)  # the right name with another secret
    assert problem(ask(None, CLEAN)) == (401, "key.missing")
    assert problem(ask("đoán", CLEAN)) == (401, "key.unknown")
    assert problem(ask(other.text, CLEAN)) == (401, "key.unknown")
    assert problem(ask(swapped.text, CLEAN)) == (401, "key.unknown")
    assert ask(None, CLEAN).headers["WWW-Authenticate"].startswith("Bearer")
    assert Entry.objects.filter(event="access.refused").exists()
    assert not Usage.objects.exists()


def test_an_ended_key_says_why_it_does_not_open(cast) -> None:
    made = a_key(cast)
    assert ask(made.text, CLEAN).status_code == 200
    Key.objects.filter(pk=made.key.pk).update(expires_on=timezone.localdate() - dt.timedelta(days=1))
    assert problem(ask(made.text, CLEAN)) == (401, "key.expired")
    revoke_key(made.key.pk, actor=cast["quantri"].actor, reason="Mất khóa")
    assert problem(ask(made.text, CLEAN)) == (401, "key.revoked")


def test_a_key_of_a_body_that_was_merged_away_does_not_open(cast) -> None:
    made = a_key(cast)
    body = made.key.body
    body.valid_to = dt.date(2019, 12, 31)
    body.save()
    assert problem(ask(made.text, CLEAN)) == (401, "key.body_ended")


def test_more_than_the_limit_of_a_minute_waits_and_is_counted(cast) -> None:
    made = a_key(cast, per_minute=2)
    answers = [ask(made.text, CLEAN) for _ in range(4)]
    late = [answer for answer in answers if answer.status_code != 200]
    assert 1 <= len(late) <= 2  # a minute may turn meanwhile
    assert problem(late[0]) == (429, "limit.minute")
    assert 1 <= int(late[0].headers["Retry-After"]) <= 60


def test_the_limits_of_minute_and_day(cast) -> None:
    key = a_key(cast, per_minute=2, per_day=3).key
    over = [take_turn(key, size=10, at=NOON + dt.timedelta(seconds=step)).over for step in (0, 1, 2, 60, 61, 120)]
    assert over == ["", "", "minute", "", "day", "day"]
    assert take_turn(key, size=10, at=NOON + dt.timedelta(days=1)).over == ""
    usage = Usage.objects.get(key=key, day=dt.date(2026, 3, 2))
    assert (usage.requests, usage.refused, usage.bytes) == (3, 3, 30)


class Sent:
    """A body of so many bytes, of which is counted what is taken, and the largest piece."""

    def __init__(self, size: int) -> None:
        self.left, self.largest = size, 0

    def read(self, size: int) -> bytes:
        taken = min(size, self.left)
        self.left, self.largest = self.left - taken, max(self.largest, size)
        return b"x" * taken


@pytest.mark.parametrize(("size", "left"), [(5_000_000, 0), (MOST_PASSED_OVER + 1, MOST_PASSED_OVER + 1)])
def test_a_body_too_large_is_taken_off_the_line_so_that_the_answer_is_read(cast, size: int, left: int) -> None:
    headers = {"HTTP_AUTHORIZATION": f"Bearer {a_key(cast).text}", "CONTENT_LENGTH": str(size)}
    request = RequestFactory().post(ADDRESS, data="{}", content_type="application/json", **headers)
    request._stream = sent = Sent(size)
    assert problem(screen_view(request)) == (413, "request.too_large")
    assert (sent.left, sent.largest <= MOST_BYTES) == (left, True)
    assert not Usage.objects.exists()


def test_who_has_no_key_has_nothing_taken_off_the_line(cast) -> None:
    request = RequestFactory().post(ADDRESS, data="{}", content_type="application/json", CONTENT_LENGTH="5000000")
    request._stream = Untouched()
    assert problem(screen_view(request)) == (401, "key.missing")


class Untouched:
    """A body that must not be read."""

    def read(self, *size: int) -> bytes:
        raise AssertionError("the body was read")


@pytest.mark.parametrize(
    ("length", "expected"),
    [("", (411, "request.length_missing")), ("-5", (411, "request.length_missing"))],
)
def test_a_body_of_unknown_length_is_refused_unread(cast, length: str, expected: tuple[int, str]) -> None:
    headers = {"HTTP_AUTHORIZATION": f"Bearer {a_key(cast).text}", "CONTENT_LENGTH": length}
    request = RequestFactory().post(ADDRESS, data="{}", content_type="application/json", **headers)
    request._stream = Untouched()
    assert problem(screen_view(request)) == expected
    assert not Usage.objects.exists()


def test_a_body_of_just_the_size_is_taken(cast) -> None:
    key = a_key(cast).text
    content = json.dumps({"title": "ghế", "description": "gỗ"}, ensure_ascii=False).encode()
    assert ask(key, content.replace("gỗ".encode(), b"a" * (MOST_BYTES - len(content) + len("gỗ".encode())))).status_code == 200


def test_only_json_is_taken(cast) -> None:
    assert problem(ask(a_key(cast).text, "title=x", content_type="application/x-www-form-urlencoded")) == (415, "request.not_json")


def test_an_address_that_sends_bad_keys_waits_and_others_do_not(cast) -> None:
    made = a_key(cast)
    for _ in range(FREE_TRIES):
        assert problem(ask("sai", CLEAN))[0] == 401
    written = Entry.objects.count()
    answer = ask("sai", CLEAN)
    assert problem(answer) == (429, "key.too_many_tries")
    assert int(answer.headers["Retry-After"]) >= 59
    assert Entry.objects.count() == written, "who waits makes no more entries"
    assert problem(ask("sai", CLEAN, REMOTE_ADDR="198.51.100.7")) == (401, "key.unknown")
    assert ask(made.text, CLEAN).status_code == 200, "a good key of the same office still opens"


def test_each_further_round_of_bad_keys_waits_longer() -> None:
    now = [0.0]
    tries = BadKeys(clock=lambda: now[0])
    waits = []
    for _ in range(6):
        while not (wait := tries.note("203.0.113.5")):
            pass
        assert tries.note("203.0.113.5") == wait
        waits.append(wait)
        now[0] += wait
    assert waits == [60, 120, 240, 480, 900, 900]
    now[0] += LONGEST_WAIT + 61
    assert [tries.note("203.0.113.5") for _ in range(FREE_TRIES + 1)][-1] == 60


def test_addresses_of_one_ipv6_network_count_as_one() -> None:
    tries = BadKeys()
    assert any(tries.note(f"2001:db8::{number:x}") for number in range(1, FREE_TRIES + 2))


def test_at_once_never_more_than_the_limit_come_through(committed, cast) -> None:
    """Real threads, real commits: on both databases."""
    made = a_key(cast, per_minute=600, per_day=12)

    def one(_: int) -> int:
        try:
            return ask(made.text, CLEAN, client=Client()).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(one, range(24)))
    assert statuses.count(200) == 12
    assert statuses.count(429) == 12
    usage = Usage.objects.get(key=made.key)
    assert (usage.requests, usage.refused) == (12, 12)

"""A refusal looks like a thing that does not exist, and stands in the ledger."""

import datetime as dt
import json
import re
from typing import Any
from unittest import mock

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from django.utils import timezone

from chosach.desk.core.access import NOBODY, Actor
from chosach.desk.core.errors import Refused
from chosach.desk.ledger.models import Entry, RefusalTally
from chosach.desk.ledger.services import refusing as refusals

OFFICER = Actor(id="user:7b0e", body_code="tax")


def guarded(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    raise Refused("object.not_visible", refs={"case": id})


urlpatterns = [
    path("guarded/<str:id>/", guarded, name="guarded"),
    path("", include("chosach.desk.urls")),
]


@pytest.fixture
def client_of_guarded(db: None, client: Client) -> Any:
    with override_settings(ROOT_URLCONF=__name__):
        yield client


def test_a_refusal_and_an_unknown_address_look_the_same(client_of_guarded: Client) -> None:
    refused, unknown = client_of_guarded.get("/guarded/17/"), client_of_guarded.get("/guarded/17/nothing/here/")
    assert refused.status_code == unknown.status_code == 404
    assert _without_path(refused.content) == _without_path(unknown.content)


def test_a_refusal_names_who_asked_for_what_but_not_the_address(client_of_guarded: Client) -> None:
    client_of_guarded.post("/guarded/17/?q=0912345678")
    entry = Entry.objects.get()
    assert (entry.event, entry.actor, entry.refs) == ("access.refused", "nobody", '{"case":"17"}')
    assert json.loads(entry.payload.text or "") == {"permission": "object.not_visible", "view": "guarded", "method": "POST"}


def test_what_has_not_the_form_of_an_id_is_left_out(client_of_guarded: Client) -> None:
    assert client_of_guarded.get("/guarded/Nguyễn Văn A/").status_code == 404
    assert Entry.objects.get().refs == "{}"


def test_who_tries_every_door_makes_a_count_not_a_flood(db: None) -> None:
    for number in range(refusals.WRITTEN_PER_HOUR + 30):
        refuse(OFFICER, number)
    refuse(NOBODY, 1)
    assert Entry.objects.count() == refusals.WRITTEN_PER_HOUR + 1

    with an_hour_later():
        refuse(OFFICER, 1)
    folded = Entry.objects.get(event="access.refusals_folded")
    assert folded.actor == OFFICER.id
    assert json.loads(folded.payload.text or "")["count"] == 30
    assert Entry.objects.filter(event="access.refused", actor=OFFICER.id).count() == refusals.WRITTEN_PER_HOUR + 1


def test_the_daily_round_writes_the_counts_of_those_who_did_not_come_back(db: None) -> None:
    for number in range(refusals.WRITTEN_PER_HOUR + 1):
        refuse(OFFICER, number)
    assert refusals.fold_refusals() == 0
    with an_hour_later():
        assert refusals.fold_refusals() == 1
    assert not RefusalTally.objects.exists()


def refuse(actor: Actor, number: int) -> None:
    refusals.record_refusal(Refused("cases.read", refs={"case": str(number)}), actor=actor, view="cases:case", method="GET")


def an_hour_later() -> Any:
    return mock.patch("django.utils.timezone.now", return_value=timezone.now() + dt.timedelta(hours=1))


def _without_path(content: bytes) -> bytes:
    """The page without its own address and without the seal of its forms, which is another on every page."""
    content = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)
    return content.replace(b"/guarded/17/nothing/here/", b"").replace(b"/guarded/17/", b"")

"""A judgement has the registry linked without anybody asking, and ten in a row make one run."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from chosach.desk.core.errors import Problem
from chosach.desk.jobs.models import Job, State
from chosach.desk.jobs.run import run_next
from chosach.desk.ledger.models import Entry
from chosach.desk.rings import services
from chosach.desk.rings.job_kinds import LINK
from chosach.desk.rings.models import Run
from chosach.desk.rings.services import linking
from tests.desk.rings.making import market, ring, trader
from tests.people import Cast

pytestmark = pytest.mark.django_db
NAMES = "abcdef"


@pytest.fixture
def judged(cast: Cast) -> Job:
    """Four cuts in a ring, one after the other; nobody else is at work on its traders."""
    market(*NAMES, ring=NAMES)
    for one in NAMES[1:5]:
        services.cut(trader("a").id, trader(one).id, reason="Chung chợ", actor=cast["congan.can-bo"].actor)
    return Job.objects.get(kind=LINK)


def move(job: Job, *, created: dt.timedelta, due: dt.timedelta) -> None:
    now = timezone.now()
    Job.objects.filter(id=job.id).update(created_at=now + created, not_before=now + due)


def test_many_judgements_in_a_row_are_one_run_that_begins_once_nobody_judges_any_more(judged: Job, cast: Cast) -> None:
    assert not run_next(), "its time has not come"
    assert judged.actor == "system:rings" and judged.body == cast["congan.can-bo"].body
    move(judged, created=-linking.QUIET, due=-dt.timedelta(seconds=1))
    assert run_next()
    judged.refresh_from_db()
    assert (judged.state, Run.objects.get(job=judged).complete) == (State.DONE, True)
    assert not run_next()


def test_each_judgement_puts_it_off_but_not_for_ever(judged: Job, cast: Cast) -> None:
    move(judged, created=-dt.timedelta(minutes=1), due=dt.timedelta(seconds=5))
    services.cut(trader("e").id, trader("f").id, reason="Chung chợ", actor=cast["thue.can-bo"].actor)
    judged.refresh_from_db()
    assert judged.not_before > timezone.now() + linking.QUIET - dt.timedelta(seconds=30)
    move(judged, created=dt.timedelta(seconds=30) - linking.LONGEST, due=dt.timedelta(seconds=5))
    services.cut(trader("d").id, trader("f").id, reason="Chung chợ", actor=cast["thue.can-bo"].actor)
    judged.refresh_from_db()
    assert judged.not_before <= timezone.now() + dt.timedelta(seconds=30)
    assert Job.objects.filter(kind=LINK).count() == 1


@pytest.mark.parametrize("by_hand", [True, False])
def test_who_asks_for_it_by_hand_or_imports_waits_for_no_judgement(judged: Job, cast: Cast, by_hand: bool) -> None:
    actor = cast["qltt.can-bo"].actor
    services.start_linking(actor=actor) if by_hand else services.link_again(actor)
    judged.refresh_from_db()
    assert (judged.not_before, Job.objects.filter(kind=LINK).count()) == (None, 1)


def test_the_ledger_says_who_would_not_wait(judged: Job, cast: Cast) -> None:
    person = cast["qltt.can-bo"]
    run = services.start_linking(actor=person.actor)
    entry = Entry.objects.get(event="rings.link_brought_forward")
    assert str(person.user.id) in entry.actor
    assert {(one.noun, one.ref) for one in entry.index.all()} >= {("job", str(judged.id)), ("run", str(run.id))}
    with pytest.raises(Problem, match=r"rings\.running"):
        services.start_linking(actor=person.actor)
    assert Entry.objects.filter(event="rings.link_brought_forward").count() == 1


def test_a_judgement_during_a_linking_has_another_one_follow(judged: Job, cast: Cast) -> None:
    Job.objects.filter(id=judged.id).update(state=State.RUNNING)
    services.cut(trader("e").id, trader("f").id, reason="Chung chợ", actor=cast["congan.can-bo"].actor)
    assert Job.objects.filter(kind=LINK, state=State.WAITING).count() == 1


def test_what_waits_for_another_body_has_nothing_linked_before_that_body_agrees(cast: Cast) -> None:
    market("a", "b", ring="ab")
    services.cut(trader("a").id, trader("b").id, reason="Chung chợ", actor=cast["congan.can-bo"].actor)
    Job.objects.update(state=State.DONE)
    same = services.judge_same(trader("a").id, trader("b").id, reason="Một chủ", actor=cast["thue.can-bo"].actor)
    assert not Job.objects.filter(state=State.WAITING).exists()
    services.answer(same.asks.get().id, agree=True, text="", actor=cast["congan.can-bo"].actor)
    assert Job.objects.get(state=State.WAITING).kind == LINK


def test_pages_say_that_it_waits(judged: Job, cast: Cast) -> None:
    client = cast["congan.can-bo"].client
    found = judged.not_before.astimezone(dt.timezone(dt.timedelta(hours=7)))
    for address in (reverse("rings:rings"), reverse("rings:ring", args=[ring().id])):
        page = client.get(address).content.decode()
        assert "Tìm lại liên kết lúc" in page
        assert f"{found:%H:%M}" in page
    assert "Tìm ngay" in client.get(reverse("rings:rings")).content.decode()
    assert "Bắt đầu lúc" in client.get(reverse("jobs:job", args=[judged.id])).content.decode()

"""What follows from a job that failed or was stopped: once, whoever finds out that it ended, and never from one that is done."""

from dataclasses import replace

import pytest

from chosach.desk.jobs import handlers, run, services
from chosach.desk.jobs.models import Job, State
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended() -> "list[tuple[str, int]]":
    told: list[tuple[str, int]] = []

    def work(attempt: run.Run) -> None:
        with attempt.chunk(0, rows=1):
            if attempt.job.params.get("breaks"):
                raise ZeroDivisionError

    handlers.register("test.ends", "Kết thúc thử", run=work, ended=lambda job: told.append((job.state, job.done)))
    yield told
    handlers._handlers.pop("test.ends")


def given(cast: Cast, **params: bool) -> Job:
    return services.submit("test.ends", params=params, actor=cast["qltt.can-bo"].actor)


def test_one_that_is_stopped_while_it_waits(cast: Cast, ended: list[tuple[str, int]]) -> None:
    job = given(cast)
    services.cancel(job.id, actor=cast["qltt.can-bo"].actor)
    assert ended == [(State.CANCELLED, 0)]


def test_one_that_is_stopped_while_it_is_done_is_told_when_it_has_stopped(cast: Cast, ended: list[tuple[str, int]]) -> None:
    job = given(cast)
    assert run.claim(job.id)
    services.cancel(job.id, actor=cast["qltt.can-bo"].actor)
    assert ended == []
    Job.objects.filter(pk=job.pk).update(lease_until="2000-01-01T00:00Z", worker="elsewhere 1 abc")
    assert run.run_job(job.id)
    assert ended == [(State.CANCELLED, 0)]


def test_one_that_fails(cast: Cast, ended: list[tuple[str, int]]) -> None:
    assert run.run_job(given(cast, breaks=True).id)
    assert ended == [(State.FAILED, 0)]


@pytest.mark.parametrize("by_worker", [True, False])
def test_one_that_has_ended_stays_so_where_what_follows_breaks(
    cast: Cast, ended: list[tuple[str, int]], by_worker: bool, caplog: pytest.LogCaptureFixture
) -> None:
    def break_half_way(job: Job) -> None:
        services.submit("test.ends", params={}, actor=cast["qltt.can-bo"].actor)
        raise ValueError("0912345678")

    handlers._handlers["test.ends"] = replace(handlers.handler_of("test.ends"), ended=break_half_way)  # `ended` takes it away
    job = given(cast, breaks=True)
    if by_worker:
        assert run.run_job(job.id)
    else:
        services.cancel(job.id, actor=cast["qltt.can-bo"].actor)
    job.refresh_from_db()
    assert (job.state, job.lease_until) == (State.FAILED if by_worker else State.CANCELLED, None)
    assert Job.objects.count() == 1, "what broke half way is undone whole"
    assert "ValueError" in caplog.text
    assert "0912345678" not in caplog.text


def test_one_that_is_done_is_not_told(cast: Cast, ended: list[tuple[str, int]]) -> None:
    assert run.run_job(given(cast).id)
    assert ended == []


def test_one_of_a_kind_that_is_no_more_can_still_be_stopped(cast: Cast, ended: list[tuple[str, int]]) -> None:
    job = given(cast)
    Job.objects.filter(pk=job.pk).update(kind="test.gone")
    services.cancel(job.id, actor=cast["qltt.can-bo"].actor)
    job.refresh_from_db()
    assert (job.state, ended) == (State.CANCELLED, [])

"""Long work goes on after every kind of stop, and does nothing twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from chosach.desk.accounts.models import User
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.jobs import run, services
from chosach.desk.jobs.models import Chunk, Job, RowProblem, State
from chosach.desk.ledger.selectors import entries_of
from tests.desk.jobs.conftest import Counting
from tests.people import Cast

Submit = Callable[[Actor], Job]


def events(job: Job) -> list[str]:
    return [entry.event for entry in entries_of("job", job.id)]


def test_a_job_is_done_chunk_by_chunk_and_the_ledger_has_its_beginning_and_end(cast: Cast, submit: Submit, counting: Counting) -> None:
    job = submit(cast["qltt.can-bo"].actor)
    assert run.run_next()
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.rejected, job.warnings, job.counts) == (State.DONE, 10, 10, 1, 4, {"new": 5})
    assert counting.seen == [0, 1, 2, 3, 4]
    assert RowProblem.objects.filter(job=job).count() == 5
    assert events(job) == ["job.submitted", "job.finished"]
    assert not run.run_next()
    assert not run.run_job(job.id)


def test_an_error_in_a_chunk_undoes_that_chunk_only_and_a_resumed_job_goes_on_there(cast: Cast, submit: Submit, counting: Counting) -> None:
    actor = cast["qltt.can-bo"].actor
    job = submit(actor)

    def fail(attempt: run.Run, index: int) -> None:
        raise RuntimeError("đĩa hỏng")

    counting.inside[2] = fail
    run.run_next()
    job.refresh_from_db()
    assert (job.state, job.error_code, job.done) == (State.FAILED, "job.unexpected", 4)
    assert "đĩa hỏng" not in job.error  # what a programmer reads is in the log
    assert list(Chunk.objects.filter(job=job).values_list("index", flat=True)) == [0, 1]
    counting.inside.clear()
    services.resume(job.id, actor=actor)
    run.run_next()
    job.refresh_from_db()
    assert (job.state, job.done, job.counts) == (State.DONE, 10, {"new": 5})
    assert counting.seen == [0, 1, 2, 2, 3, 4]
    assert events(job) == ["job.submitted", "job.failed", "job.resumed", "job.finished"]


def test_a_problem_of_the_input_is_shown_as_it_is(cast: Cast, submit: Submit, counting: Counting) -> None:
    job = submit(cast["qltt.can-bo"].actor)

    def fail(attempt: run.Run, index: int) -> None:
        raise Problem("file.damaged", "Tệp hỏng từ dòng 7.")

    counting.before[1] = fail
    run.run_next()
    job.refresh_from_db()
    assert (job.state, job.error_code, job.error) == (State.FAILED, "file.damaged", "Tệp hỏng từ dòng 7.")


def test_a_running_job_stops_after_its_chunk_when_a_person_asks(cast: Cast, submit: Submit, counting: Counting) -> None:
    actor = cast["qltt.lanh-dao"].actor
    job = submit(cast["qltt.can-bo"].actor)
    counting.before[2] = lambda attempt, index: services.cancel(job.id, actor=actor) and None
    run.run_next()
    job.refresh_from_db()
    assert (job.state, job.done) == (State.CANCELLED, 4)
    assert events(job) == ["job.submitted", "job.cancel_requested", "job.cancelled"]
    counting.before.clear()
    services.resume(job.id, actor=actor)
    run.run_next()
    job.refresh_from_db()
    assert (job.state, job.done) == (State.DONE, 10)


def test_a_waiting_job_stops_at_once(cast: Cast, submit: Submit) -> None:
    job = submit(cast["qltt.can-bo"].actor)
    assert services.cancel(job.id, actor=cast["qltt.can-bo"].actor).state == State.CANCELLED
    assert not run.run_next()
    with pytest.raises(Problem, match=r"job\.not_open"):
        services.cancel(job.id, actor=cast["qltt.can-bo"].actor)


def test_a_worker_that_is_asked_to_stop_lets_the_job_go_for_the_next(cast: Cast, submit: Submit, counting: Counting) -> None:
    job = submit(cast["qltt.can-bo"].actor)
    counting.before[3] = lambda attempt, index: run.stopping.set()
    run.run_next()
    job.refresh_from_db()
    assert (job.state, job.worker, job.done, job.attempts) == (State.WAITING, "", 6, 0)
    run.stopping.clear()
    counting.before.clear()
    run.run_next()
    job.refresh_from_db()
    assert (job.state, job.done) == (State.DONE, 10)


def hold(job: Job, worker: str, seconds: int, attempts: int = 1) -> None:
    until = timezone.now() + timedelta(seconds=seconds)
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, worker=worker, lease_until=until, attempts=attempts)


def test_a_lease_that_ran_out_is_taken_up_again_and_one_that_holds_is_not(cast: Cast, submit: Submit) -> None:
    job = submit(cast["qltt.can-bo"].actor)
    hold(job, "elsewhere 1 abc", 60)
    assert run.claim() is None
    hold(job, "elsewhere 1 abc", -1)
    assert run.run_next()
    job.refresh_from_db()
    assert job.state == State.DONE


def test_the_lease_of_a_dead_process_of_this_machine_needs_no_waiting(cast: Cast, submit: Submit) -> None:
    job = submit(cast["qltt.can-bo"].actor)
    hold(job, f"{run._place()[:100]} 4194305 abc", 60)
    assert run.run_next()


def test_a_worker_that_lost_its_lease_undoes_its_chunk_and_lets_go(cast: Cast, submit: Submit, counting: Counting) -> None:
    job = submit(cast["qltt.can-bo"].actor)
    counting.inside[1] = lambda attempt, index: hold(job, "another 1 abc", 60)
    run.run_next()
    job.refresh_from_db()
    # the other worker's hold was made inside the transaction that was undone, so only the chunk tells
    assert list(Chunk.objects.filter(job=job).values_list("index", flat=True)) == [0]
    assert events(job) == ["job.submitted"]


def test_a_job_that_takes_its_worker_down_again_and_again_is_given_up(cast: Cast, submit: Submit, counting: Counting) -> None:
    job = submit(cast["qltt.can-bo"].actor)
    hold(job, "elsewhere 1 abc", -1, attempts=run.MAX_ATTEMPTS)
    run.run_next()
    job.refresh_from_db()
    assert (job.state, job.error_code, counting.seen) == (State.FAILED, "job.crashed", [])


@pytest.mark.parametrize("left", [True, False], ids=["left the body", "account locked"])
def test_a_person_who_may_nothing_any_more_gives_the_worker_no_rights(cast: Cast, submit: Submit, counting: Counting, left: bool) -> None:
    job = submit(cast["qltt.can-bo"].actor)
    counting.before[0] = lambda attempt, index: attempt.actor.require("jobs.steer")
    user = cast["qltt.can-bo"].user
    if left:
        user.memberships.update(valid_to=timezone.localdate() - timedelta(days=1))
    else:
        User.objects.filter(pk=user.pk).update(is_active=False)
    run.run_next()
    job.refresh_from_db()
    assert (job.state, job.error_code) == (State.FAILED, "job.refused")


@pytest.mark.parametrize("who", ["congan.lanh-dao", "vptt.can-bo", "quantri", "kiemtoan", "mttq.can-bo", "isp.lien-he"])
def test_an_outsider_neither_sees_nor_steers_a_job(cast: Cast, submit: Submit, who: str) -> None:
    job = submit(cast["qltt.can-bo"].actor)
    for act in (services.cancel, services.resume):
        with pytest.raises(Refused):
            act(job.id, actor=cast[who].actor)
    assert cast[who].client.get(f"/viec-dai/{job.id}/").status_code == 404
    job.refresh_from_db()
    assert job.state == State.WAITING

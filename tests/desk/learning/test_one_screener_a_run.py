"""A run holds to one screener from its first chunk to its last, whatever is put in force meanwhile; in the end everything is read by what
is in force. On both databases, and with two workers and the promotion at the same time."""

import threading
from typing import Any

import pyarrow as pa
import pytest
from django.db import connections

from chosach.desk.core.errors import Problem, Refused
from chosach.desk.imports import job_handlers as importing
from chosach.desk.imports.models import Import
from chosach.desk.jobs import run
from chosach.desk.jobs.models import Job, State
from chosach.desk.jobs.services import resume
from chosach.desk.learning.models import Version
from chosach.desk.learning.selectors import stale_listings
from chosach.desk.learning.services import promote, put_back, rescreening, start_rescreening
from chosach.desk.ledger.selectors import entries_of
from chosach.desk.registry.models import Finding, Listing
from chosach.desk.screenings import screener
from chosach.desk.screenings.models import ScreeningRun
from chosach.desk.screenings.services import keep_correction
from chosach.screening import SCREENER_VERSION, screen
from chosach.screening.correction import Decision, features, fit
from tests.desk.imports.conftest import REPLICA, confirm, content, home, upload, work_off  # noqa: F401 - fixtures
from tests.desk.learning.market import sell
from tests.people import Cast

OFFICE, HEAD, IMPORTER = "vptt.can-bo", "vptt.lanh-dao", "qltt.can-bo"
ROWS = 24


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several chunks of an import and several parts of a screening again, from few rows."""
    monkeypatch.setattr(importing, "CHUNK_ROWS", 6)
    monkeypatch.setattr(rescreening, "PART", 4)


def a_version(cast: Cast) -> Version:
    """A version that has learnt that the replica's words are innocent; it waits for the second person."""
    row = {"listing_id": "1", "title": REPLICA, "category": "", "description": ""}
    found = next(
        one for one in screen(pa.table({name: [value] for name, value in row.items()})).to_pylist() if one["kind"] == "counterfeit"
    )
    shown = features(row, found["reasons"])
    learnt = fit([Decision("counterfeit", found["probability"], False, 1.0, shown) for _ in range(20)])
    who = cast[OFFICE].actor
    return Version.objects.create(
        number=1 + Version.objects.count(),
        state="ready",
        by_id=who.user_id,
        body_id=who.body_id,
        on="2020-11-20",
        correction=keep_correction(learnt),
        screener=SCREENER_VERSION,
        figures={"kinds": {}, "guard": {"cases": 1, "lost": 0, "first": []}},
    )


def an_import(cast: Cast, upload: Any) -> Import:  # noqa: F811
    upload(cast[IMPORTER], content(ROWS, bad=False))
    confirm(cast[IMPORTER], Import.objects.get())
    return Import.objects.get()


def between(monkeypatch: pytest.MonkeyPatch, act: Any) -> None:
    """Do this after the first chunk of an import, before its second."""
    batches = importing._batches

    def watched(*given: Any) -> Any:
        for at, batch in enumerate(batches(*given)):
            if at == 1:
                act()
            yield batch

    monkeypatch.setattr(importing, "_batches", watched)


def screeners_of(findings: Any) -> set[str]:
    return set(findings.values_list("screener", flat=True))


def test_an_import_holds_to_one_version_while_another_is_put_in_force_and_is_then_read_by_that(
    cast: Cast,
    upload: Any,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found, version = an_import(cast, upload), a_version(cast)
    between(monkeypatch, lambda: promote(version.id, reason="Tốt", actor=cast[HEAD].actor))
    run.run_job(found.job_id)
    screening = ScreeningRun.objects.get(source=f"import:{found.id}")
    assert (screening.complete, screening.versions, screening.listings) == (True, [SCREENER_VERSION], ROWS)
    assert screeners_of(Finding.objects.filter(source=screening.source)) == {SCREENER_VERSION}
    told = [entry.payload.text for entry in entries_of("import", found.id) if entry.event == "import.chunk_taken"]
    assert len(told) == 4 and all(f'"screener":"{SCREENER_VERSION}"' in text for text in told)

    work_off()
    now = screener.version()
    assert now != SCREENER_VERSION
    assert screeners_of(Finding.objects.filter(current=True)) == {now}
    assert not stale_listings().exists()


def test_promoted_while_two_workers_are_at_work_nothing_is_mixed_and_nothing_left_behind(
    committed: Any,
    cast: Cast,
    upload: Any,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found, version = an_import(cast, upload), a_version(cast)
    actor = cast[HEAD].actor
    one_chunk_done, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        one_chunk_done.set()
        assert go_on.wait(60)

    between(monkeypatch, wait)

    def work() -> None:
        try:
            run.run_job(found.job_id)
        finally:
            connections.close_all()

    worker = threading.Thread(target=work)
    worker.start()
    assert one_chunk_done.wait(60)
    promote(version.id, reason="Tốt", actor=actor)
    work_off()  # the second worker reads again what is there, and is done before the import goes on
    assert screeners_of(Finding.objects.filter(current=True)) == {screener.version()}
    go_on.set()
    worker.join(120)
    assert Job.objects.get(pk=found.job_id).state == State.DONE
    assert ScreeningRun.objects.get(source=f"import:{found.id}").versions == [SCREENER_VERSION]
    work_off()
    assert Listing.objects.count() == ROWS
    assert screeners_of(Finding.objects.filter(current=True)) == {screener.version()} != {SCREENER_VERSION}


def test_an_import_of_known_listings_does_not_put_earlier_findings_in_the_place_of_later_ones(
    cast: Cast,
    upload: Any,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    an_import(cast, upload)
    work_off()
    version = a_version(cast)
    upload(cast[IMPORTER], content(ROWS, bad=False) + b"\n", "lai.csv")
    again = Import.objects.get(file_name="lai.csv")
    confirm(cast[IMPORTER], again)
    again.refresh_from_db()

    def promoted_and_read() -> None:
        promote(version.id, reason="Tốt", actor=cast[HEAD].actor)
        while run.run_next():
            pass

    between(monkeypatch, promoted_and_read)
    run.run_job(again.job_id)
    assert screeners_of(Finding.objects.filter(current=True)) == {screener.version()} != {SCREENER_VERSION}


def test_when_the_engine_itself_is_exchanged_between_two_chunks_the_run_says_so(
    cast: Cast,
    upload: Any,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = an_import(cast, upload)
    between(monkeypatch, lambda: monkeypatch.setattr("chosach.desk.screenings.screener.SCREENER_VERSION", "dong-co/2"))
    run.run_job(found.job_id)
    screening = ScreeningRun.objects.get(source=f"import:{found.id}")
    assert screening.versions == [SCREENER_VERSION, "dong-co/2"]
    page = cast[IMPORTER].client.get(f"/sang-loc/{screening.id}/").content.decode()
    assert "Lần này đọc bằng nhiều phiên bản" in page
    assert ScreeningRun.objects.filter(source__startswith="rescreen:", complete=False).count() == 1


@pytest.fixture
def sold(cast: Cast) -> Cast:
    """Twelve shops with the replica, read by the screener as it ships."""
    for at in range(12):
        sell(f"shop{at}", f"{REPLICA} {at}")
    return cast


def test_a_screening_again_ends_when_another_version_is_put_in_force(sold: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    version = a_version(sold)
    promote(version.id, reason="Tốt", actor=sold[HEAD].actor)
    first = ScreeningRun.objects.get()
    read, calls = screener.Screener.screened, []

    def put_back_at_the_third(self: Any, listings: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            put_back(None, reason="Xem lại", actor=sold[OFFICE].actor)
        return read(self, listings)

    monkeypatch.setattr(screener.Screener, "screened", put_back_at_the_third)
    run.run_job(first.job_id)
    job = Job.objects.get(pk=first.job_id)
    assert (job.state, job.error_code) == (State.CANCELLED, "rescreen.superseded")
    work_off()
    second = ScreeningRun.objects.exclude(id=first.id).get()
    assert second.complete and not ScreeningRun.objects.get(id=first.id).complete
    assert screeners_of(Finding.objects.filter(current=True)) == {SCREENER_VERSION}
    resume(job.id, actor=sold[HEAD].actor)
    work_off()
    assert screeners_of(Finding.objects.filter(current=True)) == {SCREENER_VERSION}


def test_what_an_import_changes_meanwhile_keeps_the_findings_of_its_own_text(sold: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    promote(a_version(sold).id, reason="Tốt", actor=sold[HEAD].actor)
    read, calls = screener.Screener.screened, []

    def changed_meanwhile(self: Any, listings: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            for at in range(12):
                sell(f"shop{at}", f"{REPLICA} mẫu mới {at}", captured_at=None)
        return read(self, listings)

    monkeypatch.setattr(screener.Screener, "screened", changed_meanwhile)
    work_off()
    for listing in Listing.objects.all():
        assert set(listing.findings.filter(current=True).values_list("content_hash", flat=True)) <= {listing.content_hash}


def test_what_changed_is_told_finding_by_finding_with_counts_for_who_may_count(sold: Cast) -> None:
    promote(a_version(sold).id, reason="Tốt", actor=sold[HEAD].actor)
    work_off()
    again = ScreeningRun.objects.get()
    assert again.moved["fell"] == again.changes.filter(fell=True).count() == 12
    assert all(change.before >= 0.5 > (change.after or 0) for change in again.changes.all())
    address = f"/sang-loc/{again.id}/thay-doi/"
    office = sold[OFFICE].client.get(address).content.decode()
    officer = sold[IMPORTER].client.get(address).content.decode()
    assert office.count("Túi xách nữ") == officer.count("Túi xách nữ") == 12
    assert "Đầu mối hết dấu hiệu" in office and "Đầu mối hết dấu hiệu" not in officer
    put_back(None, reason="Xem lại", actor=sold[OFFICE].actor)
    work_off()
    assert ScreeningRun.objects.exclude(id=again.id).get().moved["rose"] == 12


def test_what_a_renewed_screener_has_not_read_is_counted_and_read_when_the_office_says_so(sold: Cast) -> None:
    with pytest.raises(Problem) as nothing:
        start_rescreening(reason="Nâng cấp", actor=sold[OFFICE].actor)
    assert nothing.value.code == "rescreen.nothing"
    Listing.objects.update(screener="dong-co-cu/1+abc")
    assert stale_listings().count() == 12
    for stranger in (IMPORTER, "qltt.lanh-dao", "qltt.phan-tich", "quantri", "mttq.can-bo"):
        with pytest.raises(Refused):
            start_rescreening(reason="Nâng cấp", actor=sold[stranger].actor)
    start_rescreening(reason="Nâng cấp", actor=sold[OFFICE].actor)
    with pytest.raises(Problem) as running:
        start_rescreening(reason="Nâng cấp", actor=sold[HEAD].actor)
    assert running.value.code == "rescreen.running"
    work_off()
    assert not stale_listings().exists()
    job = Job.objects.get(kind=rescreening.RESCREEN)
    assert (job.state, job.done, job.total) == (State.DONE, 12, 12)
    assert [entry.event for entry in entries_of("job", job.id)][-2:] == ["learning.rescreened", "job.finished"]

"""An import that a person stops, or that fails half way: what is stored is in order, and going on makes it whole."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils import timezone

from chosach.desk.core.errors import Problem
from chosach.desk.imports import job_handlers, joining
from chosach.desk.imports.models import Import, PictureFile
from chosach.desk.jobs import run, services
from chosach.desk.jobs.models import Chunk, Job, State
from chosach.desk.leads.models import Lead
from chosach.desk.ledger.models import Entry
from chosach.desk.registry.models import Channel, Listing
from tests.desk.imports.conftest import REPLICA, Upload, confirm, work_off
from tests.desk.imports.zips import listings_file, poster, zipped
from tests.people import Cast, Member


def sellers(*told: tuple[str, str]) -> bytes:
    """A listing a row: shop and text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["Mã tin", "Tên sản phẩm", "Sàn", "Mã shop", "Tên shop", "Mô tả"])
    for at, (shop, words) in enumerate(told):
        writer.writerow([f"t{at}", REPLICA, "shopee", shop, f"Shop {shop}", words])
    return text.getvalue().encode()


@contextmanager
def stopped_after_the_first_chunk(member: Member) -> Iterator[None]:
    def stop(sender: Any, instance: Chunk, **_: Any) -> None:
        if instance.index == 0:
            services.cancel(instance.job_id, actor=member.actor)

    post_save.connect(stop, sender=Chunk)
    try:
        yield
    finally:
        post_save.disconnect(stop, sender=Chunk)


def traders(*shops: str) -> set[object]:
    return set(Channel.objects.filter(seller_key__in=[f"id:{shop}" for shop in shops]).values_list("trader", flat=True))


def test_sellers_of_what_is_stored_are_joined_and_no_lead_is_opened(cast: Cast, upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_handlers, "CHUNK_ROWS", 2)
    officer = cast["qltt.can-bo"]
    data = sellers(("a", "Gọi 0912345678"), ("b", "Gọi 0912345678"), ("c", "Gọi 0912345678"), ("d", "Gọi 0987111222"))
    upload(officer, data)
    with stopped_after_the_first_chunk(officer):
        confirm(officer, Import.objects.get())
        work_off()
    found = Import.objects.get()
    assert (found.job.state, Listing.objects.count()) == (State.CANCELLED, 2)
    assert len(traders("a", "b")) == 1, "the two show one phone"
    assert Entry.objects.filter(event="registry.traders_joined").count() == 1
    assert not Lead.objects.exists()
    assert not Entry.objects.filter(event="import.completed").exists()
    services.resume(found.job.id, actor=officer.actor)
    work_off()
    found.job.refresh_from_db()
    assert (found.job.state, Listing.objects.count()) == (State.DONE, 4)
    assert (len(traders("a", "b", "c")), len(traders("a", "b", "c", "d"))) == (1, 2)
    assert Lead.objects.exists()


def test_so_are_those_of_an_import_that_is_stopped_during_its_only_chunk(cast: Cast, upload: Upload) -> None:
    officer = cast["qltt.can-bo"]
    upload(officer, sellers(("a", "Gọi 0912345678"), ("b", "Gọi 0912345678")))
    with stopped_after_the_first_chunk(officer):
        confirm(officer, Import.objects.get())
        work_off()
    assert (Import.objects.get().job.state, Listing.objects.count()) == (State.CANCELLED, 2)
    assert len(traders("a", "b")) == 1
    assert not Lead.objects.exists()


def test_so_are_those_of_an_import_that_fails_as_nobody_foresaw(cast: Cast, upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_handlers, "CHUNK_ROWS", 2)
    officer = cast["qltt.can-bo"]
    upload(officer, sellers(("a", "Gọi 0912345678"), ("b", "Gọi 0912345678"), ("c", "Gọi 0912345678")))
    confirm(officer, Import.objects.get())
    take, asked = job_handlers.take_batch, []

    def fail(**given: Any) -> Any:
        asked.append(given)
        if len(asked) > 1:
            take(**given)
            raise ZeroDivisionError
        return take(**given)

    monkeypatch.setattr(job_handlers, "take_batch", fail)
    work_off()
    found = Import.objects.get()
    assert (found.job.state, found.job.error_code, Listing.objects.count()) == (State.FAILED, "job.unexpected", 2)
    assert len(traders("a", "b")) == 1


def half_taken(officer: Member, upload: Upload, monkeypatch: pytest.MonkeyPatch) -> Import:
    """An import of two chunks whose worker was stopped after the first, so that it waits."""
    monkeypatch.setattr(job_handlers, "CHUNK_ROWS", 2)
    upload(officer, sellers(("a", "Gọi 0912345678"), ("b", "Gọi 0912345678"), ("c", "Gọi 0912345678")))
    confirm(officer, Import.objects.get())

    def stop(sender: Any, instance: Chunk, **_: Any) -> None:
        run.stopping.set()

    post_save.connect(stop, sender=Chunk)
    try:
        assert run.run_next()
    finally:
        post_save.disconnect(stop, sender=Chunk)
        run.stopping.clear()
    found = Import.objects.get()
    assert (found.job.state, Listing.objects.count(), len(traders("a", "b"))) == (State.WAITING, 2, 2)
    return found


def test_so_are_those_of_an_import_that_is_stopped_while_it_waits(cast: Cast, upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = cast["qltt.can-bo"]
    found = half_taken(officer, upload, monkeypatch)
    services.cancel(found.job.id, actor=officer.actor)
    work_off()
    assert len(traders("a", "b")) == 1
    assert not Lead.objects.exists()
    joined = Job.objects.get(kind=joining.JOIN)
    assert (joined.state, joined.counts, joined.body, joined.user) == (State.DONE, {"joined": 1}, found.body, None)
    page = officer.client.get(reverse("jobs:list")).content.decode()
    assert "Gộp người bán của tệp đã dừng" in page


def test_so_are_those_of_an_import_that_took_its_worker_down_again_and_again(
    cast: Cast, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = half_taken(cast["qltt.can-bo"], upload, monkeypatch)
    gone = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=found.job_id).update(state=State.RUNNING, worker="elsewhere 1 abc", lease_until=gone, attempts=run.MAX_ATTEMPTS)
    work_off()
    found.job.refresh_from_db()
    assert (found.job.error_code, Listing.objects.count()) == ("job.crashed", 2)
    assert len(traders("a", "b")) == 1


def test_so_are_those_of_an_import_whose_giver_may_no_longer_import(cast: Cast, upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = cast["qltt.can-bo"]
    found = half_taken(officer, upload, monkeypatch)
    officer.user.memberships.update(valid_to=timezone.localdate() - timedelta(days=1))
    work_off()
    found.job.refresh_from_db()
    assert (found.job.error_code, Listing.objects.count()) == ("job.refused", 2)
    assert len(traders("a", "b")) == 1


def test_an_import_that_goes_on_before_its_sellers_were_joined_joins_them_itself(
    cast: Cast, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hotline of many shops must not join the first few of them while the others are still to come."""
    officer = cast["qltt.can-bo"]
    found = half_taken(officer, upload, monkeypatch)
    services.cancel(found.job.id, actor=officer.actor)
    services.resume(found.job.id, actor=officer.actor)
    assert run.run_job(Job.objects.get(kind=joining.JOIN).id)
    assert len(traders("a", "b")) == 2
    work_off()
    assert (Listing.objects.count(), len(traders("a", "b", "c"))) == (3, 1)


def test_an_import_that_is_stopped_before_anything_was_taken_joins_nobody(cast: Cast, upload: Upload) -> None:
    officer = cast["qltt.can-bo"]
    upload(officer, sellers(("a", "Gọi 0912345678"), ("b", "Gọi 0912345678")))
    confirm(officer, Import.objects.get())
    services.cancel(Import.objects.get().job.id, actor=officer.actor)
    assert not Job.objects.filter(kind=joining.JOIN).exists()


def test_so_are_those_of_a_file_of_pictures_that_is_stopped_during_its_only_chunk(cast: Cast, upload: Upload) -> None:
    officer = cast["qltt.can-bo"]
    upload(officer, listings_file({"t1": ("a", "mot.jpg"), "t2": ("b", "hai.jpg")}))
    confirm(officer, Import.objects.get())
    work_off()
    assert len(traders("a", "b")) == 2
    data = zipped({"mot.jpg": poster(), "hai.jpg": poster()})
    with stopped_after_the_first_chunk(officer):
        address = reverse("imports:pictures", args=[Import.objects.get().id])
        officer.client.post(address, {"file": SimpleUploadedFile("anh.zip", data)})
        work_off()
    assert PictureFile.objects.get().job.state == State.CANCELLED
    assert len(traders("a", "b")) == 1, "both show one account"


def test_so_are_those_of_an_import_whose_file_turns_out_to_be_broken(cast: Cast, upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_handlers, "CHUNK_ROWS", 2)
    officer = cast["qltt.can-bo"]
    upload(officer, sellers(("a", "Gọi 0912345678"), ("b", "Gọi 0912345678"), ("c", "Gọi 0912345678")))
    confirm(officer, Import.objects.get())

    def lose(sender: Any, instance: Chunk, **_: Any) -> None:
        if instance.index == 1:
            raise Problem("import.file_changed", "Tệp gốc trong kho lưu đã bị thay đổi.")

    post_save.connect(lose, sender=Chunk)
    try:
        work_off()
    finally:
        post_save.disconnect(lose, sender=Chunk)
    found = Import.objects.get()
    assert (found.job.state, found.job.error_code, Listing.objects.count()) == (State.FAILED, "import.file_changed", 2)
    assert len(traders("a", "b")) == 1

"""An import that a person stops, or that fails half way: what is stored is in order, and going on makes it whole."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import post_save
from django.urls import reverse

from chosach.desk.core.errors import Problem
from chosach.desk.imports import broken_off, job_handlers
from chosach.desk.imports.models import Import, PictureFile
from chosach.desk.jobs import services
from chosach.desk.jobs.models import Chunk, Job, State
from chosach.desk.jobs.run import LeaseLost, Run, Stopped
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


@pytest.mark.parametrize("broken", ["screening", "joining"])
def test_so_are_those_of_an_import_that_fails_as_nobody_foresaw(
    broken: str, cast: Cast, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
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

    def joins_nobody(**_: Any) -> int:
        raise RuntimeError

    monkeypatch.setattr(job_handlers, "take_batch", fail)
    if broken == "joining":
        monkeypatch.setattr(broken_off, "join_traders", joins_nobody)
    work_off()
    found = Import.objects.get()
    assert (found.job.state, found.job.error_code, Listing.objects.count()) == (State.FAILED, "job.unexpected", 2)
    assert len(traders("a", "b")) == (1 if broken == "screening" else 2)


def test_a_job_that_another_worker_has_taken_up_joins_nobody_here(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(broken_off, "join_traders", lambda **given: asked.append(given))
    for reason in (LeaseLost, Stopped):
        with pytest.raises(reason), broken_off.joined_anyway(Run(Job()), "import:x"):
            raise reason
    assert asked == []


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

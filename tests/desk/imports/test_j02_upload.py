"""J02: market surveillance uploads a file, sees bad rows reported row by row while the good ones go through; again adds nothing."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.imports import hooks, services, store
from chosach.desk.imports.models import Import, ImportedRow, RememberedMapping
from chosach.desk.jobs.models import Job, State
from chosach.desk.ledger.selectors import entries_of
from chosach.desk.registry.models import Finding, Listing
from chosach.lake import Lake
from tests.desk.imports.conftest import Upload, confirm, content, work_off
from tests.people import Cast


def page_of(response: Any) -> str:
    return str(response.content.decode())


def test_a_file_is_uploaded_mapped_tried_confirmed_and_taken_in(cast: Cast, upload: Upload, home: Path) -> None:
    officer = cast["qltt.can-bo"]
    page = page_of(upload(officer, content()))
    # The dry run: the mapping proposed, the first rows, what is wrong with which row. Nothing is taken in yet.
    assert "11 tin sẽ được nhận" in page and "1 dòng bị loại" in page and "1 ô có vấn đề" in page
    assert "Thiếu mã tin" in page and "rẻ lắm" in page and "350.000" in page
    assert Listing.objects.count() == 0 and Job.objects.count() == 0
    found = Import.objects.get()
    assert found.mapping["title"] == "Tên sản phẩm"

    page = page_of(confirm(officer, found))
    assert "Đã bắt đầu nhập" in page
    work_off()
    found.refresh_from_db()
    assert found.job is not None and found.job.state == State.DONE
    assert (Listing.objects.count(), found.job.done, found.job.total, found.job.rejected) == (11, 12, 12, 1)
    assert Finding.objects.count() == found.job.counts["findings"] > 0
    assert ImportedRow.objects.filter(listing_import=found).count() == 11
    row = ImportedRow.objects.get(listing_id="t3")
    assert (row.row, row.line) == (4, 5)
    assert Lake(store.lake_folder()).read("listings", f"import-{found.id}").num_rows == 11

    page = page_of(officer.client.get(reverse("imports:import", args=[found.id])))
    assert "Đã xong" in page and found.sha256 in page
    assert "Thiếu mã tin" in page_of(officer.client.get(reverse("jobs:problems", args=[found.job.id])))
    own = [entry.event for entry in entries_of("import", found.id) if not entry.event.startswith("leads.")]
    assert own == [
        "import.received",
        "job.submitted",
        "import.confirmed",
        "import.chunk_taken",
        "import.completed",
    ]


def test_the_same_file_again_adds_nothing_and_leads_to_the_first_import(cast: Cast, upload: Upload, home: Path) -> None:
    officer = cast["qltt.can-bo"]
    upload(officer, content())
    found = Import.objects.get()
    page = page_of(upload(cast["qltt.lanh-dao"], content(), name="ten khac.csv"))
    assert "Tệp này đã được gửi lên" in page and "Ghép cột" in page  # still a draft: go on with it
    confirm(officer, found)
    work_off()
    before = (Listing.objects.count(), Finding.objects.count(), Job.objects.count())
    response = upload(officer, content())
    assert response.redirect_chain[-1][0] == reverse("imports:import", args=[found.id])
    assert "Không có gì được nhập thêm" in page_of(response)
    assert (Import.objects.count(), (Listing.objects.count(), Finding.objects.count(), Job.objects.count())) == (1, before)
    assert not list((home / "imports/incoming").iterdir())


def test_the_same_rows_in_another_file_add_nothing(cast: Cast, upload: Upload) -> None:
    officer = cast["qltt.can-bo"]
    upload(officer, content(bad=False))
    confirm(officer, Import.objects.get())
    work_off()
    before = (Listing.objects.count(), Finding.objects.count())
    upload(officer, content(bad=False).replace(b"\r\n", b"\n"))
    second = Import.objects.order_by("-created_at")[0]
    page = page_of(confirm(officer, second))
    work_off()
    page = page_of(officer.client.get(reverse("imports:import", args=[second.id])))
    assert "Không có gì mới" in page
    assert (Listing.objects.count(), Finding.objects.count()) == before


def test_a_mapping_is_remembered_by_the_body_for_files_with_the_same_header(cast: Cast, upload: Upload) -> None:
    officer = cast["qltt.can-bo"]
    upload(officer, content())
    confirm(officer, Import.objects.get(), seller_name="", brand="Tên shop")
    assert RememberedMapping.objects.get().mapping["brand"] == "Tên shop"
    upload(cast["qltt.lanh-dao"], content(start=100))
    assert Import.objects.order_by("-created_at")[0].mapping["brand"] == "Tên shop"
    upload(cast["congan.can-bo"], content(start=100))
    assert "brand" not in Import.objects.order_by("-created_at")[0].mapping


def test_a_file_whose_columns_are_not_recognised_is_mapped_by_hand(cast: Cast, upload: Upload) -> None:
    officer = cast["qltt.can-bo"]
    page = page_of(upload(officer, "k,c,g\n1,Túi,100\n".encode()))
    assert "Cần ghép hai cột" in page and "Xác nhận nhập" not in page
    found = Import.objects.get()
    address = reverse("imports:mapping", args=[found.id])
    response = officer.client.post(address, {"listing_id": "k", "confirm": "1"})
    assert response.status_code == 422 and "Hãy chọn cột này" in page_of(response)
    page = page_of(officer.client.post(address, {"listing_id": "k", "title": "c", "preview": "1"}))
    assert "1 tin sẽ được nhận" in page
    officer.client.post(address, {"listing_id": "k", "title": "c", "confirm": "1"})
    work_off()
    assert Listing.objects.get().title == "Túi"
    assert Listing.objects.get().price is None  # "g" was not told, so it is not guessed either


def test_a_file_that_was_mapped_wrongly_is_taken_in_again_and_the_old_versions_stay(cast: Cast, upload: Upload) -> None:
    officer = cast["qltt.can-bo"]
    upload(officer, b"id,name,gia si,gia le\n1,Tui,100,250\n")
    first = Import.objects.get()
    confirm(officer, first, price="gia si")
    with pytest.raises(Problem, match=r"import\.not_ended"):
        services.remap(first.id, actor=officer.actor)
    work_off()
    page = page_of(officer.client.post(reverse("imports:remap", args=[first.id]), follow=True))
    assert "Ghép cột và xem thử" in page
    assert "Tui" not in page_of(officer.client.get("/")) and "tin.csv" in page_of(officer.client.get("/"))
    second = Import.objects.get(again=1)
    assert services.remap(first.id, actor=officer.actor) == second  # not a draft for each press of the button
    assert "đúng cách ghép cột này" in page_of(confirm(officer, second, price="gia si"))
    confirm(officer, second, price="gia le")
    work_off()
    assert Listing.objects.get().price == 250
    assert Listing.objects.get().versions.get().content["price"] == 100


def test_the_whole_file_can_be_checked_without_taking_anything_in(cast: Cast, upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    from chosach.desk.imports import job_handlers, selectors

    monkeypatch.setattr(selectors, "DRY_RUN_ROWS", 1000)
    monkeypatch.setattr(job_handlers, "CHUNK_ROWS", 500)
    officer = cast["qltt.can-bo"]
    page = page_of(upload(officer, content(rows=2100)))
    assert "Trong 1.000 dòng đầu" in page and "Kiểm tra cả tệp" in page
    found = Import.objects.get()
    officer.client.post(reverse("imports:mapping", args=[found.id]), {**found.mapping, "check": "1"})
    work_off()
    job = Job.objects.get()
    assert (job.kind, job.state, job.done, job.rejected, Listing.objects.count()) == ("imports.check", State.DONE, 2102, 1, 0)
    found.refresh_from_db()
    assert found.job is None


def test_a_draft_can_be_dropped_and_then_nothing_of_it_is_kept(cast: Cast, upload: Upload, django_capture_on_commit_callbacks: Any) -> None:
    officer = cast["qltt.can-bo"]
    upload(officer, content())
    found = Import.objects.get()
    assert store.path_of(found.sha256).exists()
    with django_capture_on_commit_callbacks(execute=True):
        officer.client.post(reverse("imports:discard", args=[found.id]))
    assert not Import.objects.exists() and not store.path_of(found.sha256).exists()
    upload(officer, content())
    confirmed = Import.objects.get()
    confirm(officer, confirmed)
    with pytest.raises(Problem, match=r"import\.confirmed"):
        services.discard(confirmed.id, actor=officer.actor)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Tệp trống."),
        (b"%PDF-1.7 ...", "Tệp là PDF"),
        (b"PK\x03\x04 broken", "bị hỏng"),
        (b"[1, 2]", "mảng JSON"),
    ],
)
def test_a_file_that_is_no_listing_file_is_refused_with_a_reason_and_not_kept(
    cast: Cast, upload: Upload, home: Path, data: bytes, said: str
) -> None:
    response = upload(cast["qltt.can-bo"], data)
    assert response.status_code == 422 and said in page_of(response)
    assert not Import.objects.exists()
    assert not [path for path in (home / "imports").rglob("*") if path.is_file()]


def test_a_file_above_the_limit_is_refused_and_not_kept(cast: Cast, upload: Upload, home: Path, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 1_000_000
    for data in (b"id,name\n" + b"1,x\n" * 300_000, b"id,name\n" + b"1,x\n" * 262_000):  # by what was announced; by what came
        response = upload(cast["qltt.can-bo"], data)
        assert response.status_code == 413 and "lớn hơn 1 MB" in page_of(response)
    assert not [path for path in home.rglob("*") if path.is_file() and path.stat().st_size > 100_000]


def test_a_file_name_is_shown_as_data_and_never_used_as_a_path(cast: Cast, upload: Upload, home: Path) -> None:
    page = page_of(upload(cast["qltt.can-bo"], content(), name="<b>tin</b>.csv"))
    assert "<b>tin" not in page
    assert Import.objects.get().file_name.endswith(".csv")


def test_a_stored_file_that_was_changed_is_not_taken_in(cast: Cast, upload: Upload) -> None:
    officer = cast["qltt.can-bo"]
    upload(officer, content())
    found = Import.objects.get()
    confirm(officer, found)
    store.path_of(found.sha256).write_bytes(content(rows=3))
    work_off()
    assert Job.objects.get().error_code == "import.file_changed" and not Listing.objects.exists()


def test_what_comes_after_an_import_is_called_once_and_in_its_transaction(
    cast: Cast, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[UUID] = []

    def fail_first(import_id: UUID, actor: Actor) -> None:
        called.append(import_id)
        if len(called) == 1:
            raise Problem("test.first", "Lần đầu hỏng.")

    monkeypatch.setattr(hooks, "_hooks", [fail_first])
    officer = cast["qltt.can-bo"]
    upload(officer, content())
    found = Import.objects.get()
    confirm(officer, found)
    work_off()
    job = Job.objects.get(kind="imports.listings")
    assert (job.state, job.error) == (State.FAILED, "Lần đầu hỏng.")
    officer.client.post(reverse("jobs:resume", args=[job.id]))
    work_off()
    job.refresh_from_db()
    assert (job.state, called, Listing.objects.count()) == (State.DONE, [found.id, found.id], 11)


@pytest.mark.parametrize("who", ["congan.can-bo", "vptt.can-bo", "quantri", "kiemtoan", "mttq.can-bo", "isp.lien-he"])
def test_an_outsider_neither_sees_nor_touches_an_import(cast: Cast, upload: Upload, who: str) -> None:
    upload(cast["qltt.can-bo"], content())
    found = Import.objects.get()
    actor = cast[who].actor
    acts = (
        lambda: services.confirm(found.id, mapping=found.mapping, actor=actor),
        lambda: services.check(found.id, mapping=found.mapping, actor=actor),
        lambda: services.discard(found.id, actor=actor),
    )
    for act in acts:
        with pytest.raises(Refused):
            act()
    for name in ("imports:import", "imports:mapping"):
        assert cast[who].client.get(reverse(name, args=[found.id])).status_code == 404
    assert Import.objects.count() == 1 and Job.objects.count() == 0


@pytest.mark.parametrize("who", ["vptt.can-bo", "quantri", "kiemtoan", "mttq.can-bo", "isp.lien-he"])
def test_who_may_not_import_can_not_upload_and_leaves_no_file(cast: Cast, upload: Upload, home: Path, who: str) -> None:
    assert upload(cast[who], content()).status_code == 404
    assert not [path for path in home.rglob("*") if path.is_file() and path.suffix == ".part"]
    assert not Import.objects.exists()

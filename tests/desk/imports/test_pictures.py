"""Pictures of an import's listings come as a ZIP: read in a job, tied to listings by name, their payment codes made identifiers."""

import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chosach.desk.core.errors import Problem, Refused
from chosach.desk.imports import services, store
from chosach.desk.imports.models import Import, PictureFile
from chosach.desk.jobs.models import Job, RowProblem, State
from chosach.desk.ledger.models import Entry
from chosach.desk.registry.models import Identifier, ListingPicture, Picture, PictureCode, Sighting, Trader
from tests.desk.imports.conftest import Upload, confirm, work_off
from tests.desk.imports.zips import ACCOUNT, copied, listings_file, photo, poster, told_in_zip64, zipped
from tests.linking.joints.making import code, jpeg, png
from tests.people import Cast, Member

ROWS = {"t1": ("a", "tui.jpg"), "t2": ("b", "chuyen-khoan.jpg"), "t3": ("c", "ma-qr.jpg")}


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}},
    }


@pytest.fixture
def imported(cast: Cast, upload: Upload) -> Import:
    officer = cast["qltt.can-bo"]
    upload(officer, listings_file(ROWS))
    confirm(officer, Import.objects.get())
    work_off()
    return Import.objects.get()


def send(member: Member, found: Import, data: bytes, name: str = "anh.zip") -> Any:
    address = reverse("imports:pictures", args=[found.id])
    return member.client.post(address, {"file": SimpleUploadedFile(name, data)}, follow=True)


def problems(job: Job) -> dict[str, str]:
    """What was left out: name → code."""
    return dict(RowProblem.objects.filter(job=job, rejected=True).values_list("value", "code"))


def test_an_account_in_a_code_is_an_identifier_of_the_seller_seen_in_that_picture(cast: Cast, imported: Import) -> None:
    officer = cast["qltt.can-bo"]
    send(officer, imported, zipped({"anh/tui.jpg": jpeg(photo(1)), "anh/chuyen-khoan.jpg": poster(), "anh/ma-qr.jpg": poster()}))
    work_off()
    sent = PictureFile.objects.get()
    assert (sent.job.state, sent.job.done, sent.job.rejected) == (State.DONE, 3, 0)
    assert Picture.objects.count() == 2, "one picture of the same bytes, whoever shows it"
    account = Identifier.objects.get(kind="account")
    assert account.value == ACCOUNT
    sighting = Sighting.objects.filter(identifier=account).order_by("listing__external_id").first()
    assert sighting is not None
    assert (sighting.field, sighting.listing.external_id) == ("picture", "t2")
    assert sighting.picture == ListingPicture.objects.get(listing__external_id="t2").picture
    assert Trader.objects.filter(merged_into=None).count() == 2, "two shops are paid into one account"
    assert officer.client.post(reverse("registry:search"), {"kind": "account", "value": "0071 000 123 456"}).context["found"] == [
        Trader.objects.get(channels__seller_key="id:b")
    ]
    page = officer.client.get(reverse("registry:trader", args=[Trader.objects.get(channels__seller_key="id:b").id])).content.decode()
    assert "đọc từ mã trong ảnh" in page
    page = officer.client.get(reverse("registry:listing", args=[sighting.listing_id])).content.decode()
    assert ACCOUNT in page
    assert "Ngoại thương" in page


def test_what_stands_in_the_code_of_an_identity_card_is_not_kept(cast: Cast, imported: Import) -> None:
    officer = cast["qltt.can-bo"]
    card = "079204001234|271234567|Phan Thị Ẩn|02031984|Nữ|12 đường Số 3, Biên Hòa, Đồng Nai|15062021"
    sheet = photo(1).copy()
    sheet.paste(code(card, scale=5), (40, 20))
    send(officer, imported, zipped({"anh/tui.jpg": jpeg(sheet, quality=95)}))
    work_off()
    told = PictureCode.objects.get()
    assert (told.kind, told.value, told.holder) == ("text", "", "")
    assert not Identifier.objects.filter(value__contains="079204001234").exists()
    shown = ListingPicture.objects.get()
    page = officer.client.get(reverse("registry:listing", args=[shown.listing_id])).content.decode()
    assert "nội dung không được lưu" in page
    assert "079204001234" not in page
    assert "Phan Thị Ẩn" not in page


def test_the_ledger_names_pictures_by_id_and_holds_neither_names_nor_accounts(cast: Cast, imported: Import) -> None:
    send(cast["qltt.can-bo"], imported, zipped({"chuyen-khoan.jpg": poster()}))
    work_off()
    told = Entry.objects.filter(event__in=["pictures.received", "registry.pictures_taken", "pictures.completed"])
    assert sorted(told.values_list("event", flat=True)) == ["pictures.completed", "pictures.received", "registry.pictures_taken"]
    for entry in told:
        assert ACCOUNT not in entry.payload.text + json.dumps(entry.refs)
        assert "chuyen-khoan" not in entry.payload.text + json.dumps(entry.refs)


def test_files_that_are_no_pictures_of_these_listings_are_left_out_with_a_code_each(cast: Cast, imported: Import) -> None:
    whole = jpeg(photo(1))
    data = zipped(
        {
            "t1/tui.jpg": whole,
            "t1/rong.jpg": b"",
            "t1/chu.jpg": b"khong phai anh",
            "t1/cut.jpg": whole[: len(whole) // 3],
            "t1/bom.png": png(20_000, 20_000),
            "la.jpg": whole,
            "../../t1/ra-ngoai.jpg": whole,
            "/etc/t1/goc.jpg": whole,
            "C:/t1/o-dia.jpg": whole,
            "__MACOSX/t1/._tui.jpg": b"x",
        },
        zipfile.ZIP_DEFLATED,
    )
    send(cast["qltt.can-bo"], imported, data)
    work_off()
    job = PictureFile.objects.get().job
    assert job.state == State.DONE
    assert problems(job) == {
        "t1/rong.jpg": "picture.empty",
        "t1/chu.jpg": "picture.kind",
        "t1/cut.jpg": "picture.broken",
        "t1/bom.png": "picture.too_many_pixels",
        "la.jpg": "picture.unclaimed",
        "../../t1/ra-ngoai.jpg": "picture.outside",
        "/etc/t1/goc.jpg": "picture.outside",
        "C:/t1/o-dia.jpg": "picture.outside",
    }
    assert Picture.objects.count() == 1
    missing = RowProblem.objects.filter(job=job, rejected=False).values_list("value", "code", "column")
    assert sorted(missing) == [("chuyen-khoan.jpg", "picture.not_sent", "Ảnh"), ("ma-qr.jpg", "picture.not_sent", "Ảnh")]
    page = cast["qltt.can-bo"].client.get(reverse("jobs:problems", args=[job.id])).content.decode()
    assert "Không tin bán nào của lần nhập này nêu tên ảnh này." in page


def test_a_picture_that_claims_to_be_huge_or_is_locked_is_left_out_unopened(cast: Cast, imported: Import) -> None:
    told = bytearray(
        zipped({"t1/khoa.jpg": jpeg(photo(1)), "t1/la.jpg": jpeg(photo(2)), "t1/nang.jpg": bytes((32 << 20) + 1)}, zipfile.ZIP_DEFLATED)
    )
    for at, name in enumerate((b"t1/khoa.jpg", b"t1/la.jpg")):
        for head, flags, method in ((b"PK\x03\x04", 6, 8), (b"PK\x01\x02", 8, 10)):
            place = told.find(head)
            while not told[place:].startswith(head) or name not in told[place : place + 60]:
                place = told.find(head, place + 1)
            told[place + (flags if at == 0 else method)] = 1 if at == 0 else 99
    send(cast["qltt.can-bo"], imported, bytes(told))
    work_off()
    assert problems(PictureFile.objects.get().job) == {
        "t1/khoa.jpg": "picture.encrypted",
        "t1/la.jpg": "picture.packed",
        "t1/nang.jpg": "picture.too_many_bytes",
    }
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"khong phai zip", "pictures.not_zip"),
        (zipped({"a.jpg": b"x"})[:-10], "pictures.not_zip"),
        (zipped({}), "pictures.none"),
        (zipped({f"{at}.jpg": b"x" for at in range(6)}), "pictures.too_many"),
        (told_in_zip64(zipped({"a.jpg": b"x"}), 10_000_000), "pictures.too_many"),
        (zipped({"bom.jpg": bytes(5_000_000)}, zipfile.ZIP_DEFLATED), "pictures.too_large_unpacked"),
    ],
)
def test_a_file_that_is_no_sound_zip_is_not_kept(cast: Cast, imported: Import, settings: Any, data: bytes, code: str) -> None:
    settings.PICTURES_MAX_FILES, settings.PICTURES_MAX_BYTES = 5, 2_000_000
    before = sorted(path.name for path in store.folder().rglob("*") if path.is_file())
    answer = send(cast["qltt.can-bo"], imported, data)
    assert answer.status_code == 422
    assert [error.code for error in answer.context["form"].errors.as_data()["file"]] == [code]
    assert not PictureFile.objects.exists()
    assert sorted(path.name for path in store.folder().rglob("*") if path.is_file()) == before


def test_a_small_zip_in_the_form_of_large_ones_is_read(cast: Cast, imported: Import) -> None:
    send(cast["qltt.can-bo"], imported, told_in_zip64(zipped({"tui.jpg": jpeg(photo(1))}), 1))
    work_off()
    assert ListingPicture.objects.get().listing.external_id == "t1"


def test_names_without_a_picture_are_all_counted_and_only_the_first_looked_up_and_listed(
    cast: Cast, imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import may have hundreds of thousands of names, and a ZIP the pictures of a few."""
    from chosach.desk.imports import picture_job

    monkeypatch.setattr(picture_job, "MOST_MISSING", 1)
    send(cast["qltt.can-bo"], imported, zipped({"tui.jpg": jpeg(photo(1))}))
    with CaptureQueriesContext(connection) as asked:
        work_off()
    job = PictureFile.objects.get().job
    assert job.counts["missing"] == 2
    assert list(RowProblem.objects.filter(job=job).values_list("value", "row")) == [("chuyen-khoan.jpg", 2)]
    assert sum("imports_importedrow" in one["sql"] and "LIMIT 1" in one["sql"] for one in asked.captured_queries) == 1


def test_a_zip_above_the_limit_is_refused_while_it_comes(cast: Cast, imported: Import, settings: Any) -> None:
    settings.PICTURES_MAX_BYTES = 1000
    answer = send(cast["qltt.can-bo"], imported, zipped({"tui.jpg": bytes(300_000)}))
    assert answer.status_code == 413
    assert "Hãy chia thành nhiều tệp ZIP" in answer.content.decode()
    assert not PictureFile.objects.exists()


def test_the_same_zip_again_adds_nothing_and_another_with_the_same_pictures_neither(cast: Cast, imported: Import) -> None:
    officer, data = cast["qltt.can-bo"], {"tui.jpg": jpeg(photo(1)), "ma-qr.jpg": poster()}
    send(officer, imported, zipped(data))
    work_off()
    assert "đã được gửi" in send(officer, imported, zipped(data)).content.decode()
    send(officer, imported, zipped(data, zipfile.ZIP_DEFLATED))
    work_off()
    assert (PictureFile.objects.count(), Picture.objects.count(), ListingPicture.objects.count()) == (2, 2, 2)
    assert Entry.objects.filter(event="registry.pictures_taken").count() == 1


def test_a_job_that_was_stopped_goes_on_where_it_was(cast: Cast, imported: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    from chosach.desk.imports import picture_job
    from chosach.linking.joints import facts

    monkeypatch.setattr(picture_job, "CHUNK", 1)
    real, seen = facts.of_bytes, []

    def third_fails(content: bytes) -> facts.Facts:
        seen.append(1)
        if len(seen) == 3:
            raise MemoryError
        return real(content)

    monkeypatch.setattr(facts, "of_bytes", third_fails)
    send(cast["qltt.can-bo"], imported, zipped({"tui.jpg": jpeg(photo(1)), "chuyen-khoan.jpg": poster(), "ma-qr.jpg": copied(1)}))
    work_off()
    job = PictureFile.objects.get().job
    assert (job.state, job.done) == (State.FAILED, 2)
    from chosach.desk.jobs.services import resume

    resume(job.id, actor=cast["qltt.can-bo"].actor)
    work_off()
    assert len(seen) == 4, "what was read is not read again"
    assert ListingPicture.objects.count() == 3


def test_pictures_wait_for_their_listings_and_are_sent_by_the_body_itself(cast: Cast, upload: Upload) -> None:
    officer = cast["qltt.can-bo"]
    upload(officer, listings_file(ROWS))
    draft = Import.objects.get()
    assert send(officer, draft, zipped({"tui.jpg": jpeg(photo(1))})).status_code == 422
    assert cast["congan.can-bo"].client.get(reverse("imports:pictures", args=[draft.id])).status_code == 404
    path = store.folder() / "la.part"
    path.write_bytes(b"x")
    with pytest.raises(Refused):
        services.receive_pictures(store.Arrived(path, "a.zip", 1, "0" * 64), draft.id, actor=cast["congan.can-bo"].actor)
    assert not path.exists()
    path.write_bytes(b"x")
    with pytest.raises(Problem, match="đợi nhập xong"):
        services.receive_pictures(store.Arrived(path, "a.zip", 1, "0" * 64), draft.id, actor=officer.actor)


def test_a_picture_is_shown_as_a_copy_made_anew_to_who_reads_the_registry(cast: Cast, imported: Import) -> None:
    original = jpeg(photo(1)) + b"<script>alert(1)</script>"
    send(cast["qltt.can-bo"], imported, zipped({"tui.jpg": original}))
    work_off()
    address = reverse("registry:picture", args=[Picture.objects.get().id])
    answer = cast["congan.can-bo"].client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert b"script" not in answer.content
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert cast["mttq.can-bo"].client.get(address).status_code == 404

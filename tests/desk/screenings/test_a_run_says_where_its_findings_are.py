"""A later run that reads the same listings takes their findings over: the page of the first one must not say that it found nothing."""

from typing import Any

from django.urls import reverse

from chosach.desk.core.access import system
from chosach.desk.registry.models import Listing
from chosach.desk.registry.services import replace_findings, take_batch
from chosach.desk.screenings.services import record_run
from tests.desk.registry.tables import SCREENER, finding, findings, listing, listings

LOADER = system("test")


def page(cast: Any, run: Any, who: str, kind: str = "") -> str:
    answer = cast[who].client.get(reverse("screenings:run", args=[run.id]), {"kind": kind} if kind else {})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_findings_that_a_later_run_took_over_are_told_as_that(cast: Any) -> None:
    take_batch(
        listings=listings(listing("T1"), listing("T2")), findings=findings(finding("T1"), finding("T2")), source="import:1", actor=LOADER,
        screener=SCREENER,
    )  # fmt: skip
    run = record_run(source="import:1", listings=2, actor=LOADER)
    for who in ("qltt.can-bo", "thue.can-bo"):
        assert "lần sàng lọc sau" not in page(cast, run, who)
    again = Listing.objects.get(external_id="T1")
    found = findings(finding(str(again.id)))
    replace_findings([again], found, source="again:1", screener=SCREENER, actor=LOADER)
    for who in ("qltt.can-bo", "thue.can-bo"):
        told = page(cast, run, who)
        assert "Lần này tìm thấy 2 dấu hiệu." in told and "1 dấu hiệu nay nằm ở" in told
    rest = Listing.objects.get(external_id="T2")
    replace_findings([rest], findings(finding(str(rest.id))), source="again:1", screener=SCREENER, actor=LOADER)
    told = page(cast, run, "thue.can-bo")
    assert "Không có dấu hiệu nào" not in told and "Lần sàng lọc này không thấy gì" not in told
    assert "Lần này tìm thấy 2 dấu hiệu." in told and "2 dấu hiệu nay nằm ở" in told


def test_a_run_that_found_nothing_says_so(cast: Any) -> None:
    take_batch(listings=listings(listing("T1")), findings=findings(), source="import:1", actor=LOADER, screener=SCREENER)
    assert "Lần sàng lọc này không thấy gì." in page(cast, record_run(source="import:1", listings=1, actor=LOADER), "qltt.can-bo")

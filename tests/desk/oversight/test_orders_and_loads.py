"""A redaction is ordered and carried out on a page, by two people; plans that were loaded are shown with what changed."""

import json

import pytest

from chosach.desk.ledger.models import Entry, Payload
from tests.desk.leads.market import Market
from tests.people import Cast

ORDER = {"document": "12/LXND-BCĐ", "signed_on": "2021-03-10", "ground": "Người có dữ liệu đề nghị, Điều 16"}


@pytest.fixture
def named(cast: Cast) -> int:
    """An entry with a payload that may be redacted."""
    Market().lead("a")
    return Entry.objects.get(event="lead.opened").seq


def order(cast: Cast, seqs: object, who: str = "vptt.lanh-dao") -> object:
    return cast[who].client.post("/giam-sat/lenh-xoa/ra-lenh/", {**ORDER, "seqs": str(seqs)}, follow=True)


def test_the_head_orders_and_the_administrator_carries_out(cast: Cast, named: int) -> None:
    assert order(cast, named).status_code == 200
    ordered = Entry.objects.get(event="ledger.redaction_ordered")
    assert Payload.objects.get(pk=named).text
    page = cast["quantri"].client.get("/giam-sat/lenh-xoa/").content.decode()
    assert "12/LXND-BCĐ" in page and "Thi hành" in page
    assert "Thi hành<span" not in cast["vptt.lanh-dao"].client.get("/giam-sat/lenh-xoa/").content.decode()
    done = cast["quantri"].client.post(f"/giam-sat/lenh-xoa/{ordered.seq}/thi-hanh/", follow=True).content.decode()
    assert "Đã thi hành" in done
    assert Payload.objects.get(pk=named).text is None
    again = cast["quantri"].client.post(f"/giam-sat/lenh-xoa/{ordered.seq}/thi-hanh/", follow=True).content.decode()
    assert "đã được thi hành" in again


@pytest.mark.parametrize("seqs", ["", "abc", "5-3", "1-9999", "-4", "999999", "1,,2"])
def test_numbers_that_name_nothing_are_refused_where_they_were_written(cast: Cast, named: int, seqs: str) -> None:
    answer = order(cast, seqs)
    assert answer.status_code == 422
    assert not Entry.objects.filter(event="ledger.redaction_ordered").exists()


def test_a_range_is_read_as_numbers(cast: Cast, named: int) -> None:
    loaded = Entry.objects.filter(event="body.added").order_by("seq").first().seq
    order(cast, f"{loaded}-{loaded + 1}, {named}")
    refs = json.loads(Entry.objects.get(event="ledger.redaction_ordered").refs)
    assert refs["entry"] == [str(loaded), str(loaded + 1), str(named)]


def test_what_carries_figures_can_not_be_named(cast: Cast, named: int) -> None:
    from tests.desk.reports.making import an_entry

    seq = an_entry(subjects=1).seq
    assert "mang số liệu báo cáo" in order(cast, seq).content.decode()


def test_loads_of_the_plan_are_shown_with_their_hash(cast: Cast) -> None:
    entry = Entry.objects.filter(event="plan.loaded").latest("seq")
    digest = json.loads(entry.payload.text)["digest"]
    page = cast["quantri"].client.get("/giam-sat/nap-ke-hoach/").content.decode()
    assert "dong-nai-2020" in page and digest in page
    assert "đơn vị hành chính" in page and "{" not in page.split("<main", 1)[1].split("</main>", 1)[0]
    assert cast["qltt.lanh-dao"].client.get("/giam-sat/nap-ke-hoach/").status_code == 404

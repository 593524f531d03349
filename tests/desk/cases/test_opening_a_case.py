"""A case is opened once, with its number, its leads and a word about others who have an open file."""

import csv
import io
import json
import re
from typing import Any

import pytest
from django.urls import reverse

from chosach.desk.agencies.models import Body
from chosach.desk.cases.models import Case, JoinRequest
from chosach.desk.cases.numbering import short_code
from chosach.desk.cases.selectors import open_files_on
from chosach.desk.cases.selectors.contents import parties_for
from chosach.desk.cases.selectors.overlap import OpenFile
from chosach.desk.cases.services import carrying, joining, opening
from chosach.desk.core.access import system
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.evidence.models import Evidence
from chosach.desk.evidence.store import open_checked
from chosach.desk.ledger.selectors import entries_of
from chosach.desk.registry.models import Finding, Listing, Trader
from chosach.desk.registry.services import state_identifier, take_batch
from tests.desk.cases.making import a_case, a_trader
from tests.desk.registry.tables import SCREENER, finding, findings, listing, listings


@pytest.fixture(autouse=True)
def _day(day: None) -> None:
    pass


def a_lead(body: str = "market-surveillance", **given: Any) -> Any:
    from chosach.desk.core import businessdate
    from chosach.desk.leads.models import Lead, LeadKind

    trader = given.pop("trader", None) or a_trader(place="inside", place_source="warehouse", place_text="Biên Hòa")
    kinds = given.pop("kinds", ["unknown_origin", "ip_infringing"])
    lead = Lead.objects.create(trader=trader, body=Body.objects.get(code=body), kind=kinds[0], opened_on=businessdate.today(), **given)
    LeadKind.objects.bulk_create([LeadKind(lead=lead, kind=kind, findings=1, score=1) for kind in kinds])
    return lead


def test_numbers_run_without_gap_for_each_body(cast: Any) -> None:
    first, second, other = a_case(cast), a_case(cast), a_case(cast, "congan.can-bo")
    assert first.number.endswith("-2021-0001")
    assert second.number.endswith("-2021-0002")
    assert other.number.endswith("-2021-0001")
    assert other.number != first.number


@pytest.mark.parametrize(
    ("short_name", "code"), [("Cục QLTT", "CQLTT"), ("Công an tỉnh", "CAT"), ("BCĐ 389 huyện Tân Phú", "BCD389HTP"), ("Sở KH&CN", "SKHCN")]
)
def test_the_short_code_of_a_body_is_made_of_its_abbreviations(short_name: str, code: str) -> None:
    assert short_code(Body(code="x", short_name=short_name)) == code


def test_a_case_counts_by_the_first_of_its_kinds(cast: Any) -> None:
    case = a_case(cast, violation_kinds=["misleading", "unknown_origin", "counterfeit"])
    assert case.kind == "counterfeit"
    assert set(case.kinds) == {"misleading", "unknown_origin", "counterfeit"}


def test_leads_become_part_of_the_case_and_can_not_be_in_two(cast: Any) -> None:
    lead = a_lead()
    case = a_case(cast, lead_ids=[lead.id])
    lead.refresh_from_db()
    assert (lead.case_id, lead.state) == (case.id, "accepted")
    assert [link.trader_id for link in case.trader_links.all()] == [lead.trader_id]
    with pytest.raises(Problem):
        a_case(cast, lead_ids=[lead.id])
    assert Case.objects.count() == 1


def flagged_lead() -> Any:
    """A lead on a shop with one flagged listing, that stands in the registry."""
    take_batch(
        listings=listings(listing("T1", title="=siêu cấp 1:1", price=350_000), listing("T2")), findings=findings(finding("T1")),
        source="import:1", actor=system("test"), screener=SCREENER,
    )  # fmt: skip
    return a_lead(trader=Trader.objects.get(), kinds=["counterfeit"])


def test_a_lead_brings_its_trader_and_its_listings_into_the_case_but_not_what_was_called_a_false_alarm(cast: Any) -> None:
    lead = flagged_lead()
    toy = Listing.objects.get(external_id="T2")
    sign = {"content_hash": toy.content_hash, "kind": "banned", "probability": 0.8, "screener": SCREENER, "source": "import:1"}
    given = {"by": cast["qltt.can-bo"].user, "on": "2020-11-20", "reason": "innocent", "text": "Đồ chơi", "state": "done", "part": True}
    lead.dismissals.create(**given).false_alarms.create(finding=Finding.objects.create(listing=toy, **sign))
    case = a_case(cast, lead_ids=[lead.id])
    party = case.parties.get()
    assert (party.name, party.role, party.kind) == (lead.trader.name, "related", "unknown")
    assert not case.goods.exists(), "goods are what was found"
    piece = Evidence.objects.get(object_id=case.id)
    assert piece.protected and "import:1" in piece.source
    file = open_checked(piece.sha256)
    assert file is not None
    with file:
        (row,) = csv.DictReader(io.StringIO(file.read().decode("utf-8-sig")))
    assert (row["Mã tin"], row["Giá rao (đồng)"], row["Nguồn"]) == ("T1", "350000", "import:1")
    assert row["Tên hàng"] == "'=siêu cấp 1:1" and row["Từ ngữ"] == "siêu cấp"
    assert row["Mã băm nội dung"] == Listing.objects.get(external_id="T1").content_hash


def test_what_a_body_stated_of_a_trader_goes_neither_on_the_lead_s_page_nor_into_a_case_that_others_take_part_in(cast: Any) -> None:
    lead = flagged_lead()
    on = lead.trader.channels.get()
    take_batch(
        listings=listings(listing("T3", seller_id=on.seller_key.removeprefix("id:"), description="Gọi 0951999888")),
        findings=findings(), source="import:1", actor=system("test"), screener=SCREENER,
    )  # fmt: skip
    stated = {"channel": str(on.id), "kind": "phone", "value": "0951234567", "ground": "Bút lục 12"}
    state_identifier(lead.trader_id, **stated, actor=cast["congan.can-bo"].actor)
    page = cast["qltt.can-bo"].client.get(reverse("leads:lead", args=[lead.id])).content.decode()
    assert "0951999888" in page and "0951234567" not in page, "nothing there says that the seller did not publish it"
    party = a_case(cast, lead_ids=[lead.id]).parties.get()
    assert [one["value"] for one in party.identifiers] == ["0951999888"]


def test_false_alarms_take_no_listing_s_place_in_the_file(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file has an end; what was called a false alarm, however much of it, doesn't push out what is none."""
    monkeypatch.setattr(carrying, "MOST_LISTINGS", 1)
    lead = flagged_lead()
    toy = Listing.objects.get(external_id="T2")
    sign = {"content_hash": toy.content_hash, "probability": 0.8, "screener": SCREENER, "source": "import:1"}
    given = {"by": cast["qltt.can-bo"].user, "on": "2020-11-20", "reason": "innocent", "text": "Đồ chơi", "state": "done", "part": True}
    dismissal = lead.dismissals.create(**given)
    for kind in ("banned", "smuggled"):
        dismissal.false_alarms.create(finding=Finding.objects.create(listing=toy, kind=kind, **sign))
    case = a_case(cast, lead_ids=[lead.id])
    file = open_checked(Evidence.objects.get(object_id=case.id).sha256)
    assert file is not None
    with file:
        rows = csv.DictReader(io.StringIO(file.read().decode("utf-8-sig")))
        assert [row["Mã tin"] for row in rows] == ["T1"]


def test_a_lead_that_is_added_later_brings_the_same_and_a_trader_comes_once(cast: Any) -> None:
    lead = flagged_lead()
    case = a_case(cast, trader_ids=[lead.trader_id])
    assert not case.parties.exists()
    opening.attach_lead(case.id, lead.id, actor=cast["qltt.can-bo"].actor)
    assert (case.parties.count(), Evidence.objects.filter(object_id=case.id).count()) == (1, 1)
    lead.case_link.delete()
    opening.attach_lead(case.id, lead.id, actor=cast["qltt.can-bo"].actor)
    assert case.parties.count() == 1


def test_a_trader_s_name_is_kept_from_bodies_without_the_right_to_it(cast: Any) -> None:
    case = a_case(cast, lead_ids=[a_lead().id])
    joining.join_body(case.id, body_code="police", rights=["read"], reason="Phối hợp", actor=cast["qltt.can-bo"].actor)
    assert [view.name for view in parties_for(cast["congan.can-bo"].actor, case)] == ["(thông tin được bảo vệ)"]


def test_a_lead_of_another_body_can_not_be_taken(cast: Any) -> None:
    with pytest.raises(Refused):
        a_case(cast, lead_ids=[a_lead(body="police").id])


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"title": " "}, "case.title_missing"),
        ({"ground": ""}, "case.ground_missing"),
        ({"violation_kinds": []}, "case.kinds_missing"),
        ({"violation_kinds": ["nonsense"]}, "case.kinds_missing"),
        ({"place": "inside", "place_how": ""}, "case.place_how_missing"),
        ({"place": "mars"}, "case.place_unknown"),
    ],
)
def test_what_is_missing_is_said(cast: Any, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Problem) as problem:
        a_case(cast, **given)
    assert problem.value.code == code


def test_the_form_says_when_it_asks_how_the_place_is_known(cast: Any) -> None:
    page = cast["qltt.can-bo"].client.get(reverse("cases:open")).content.decode()
    label = page.split("Biết địa bàn nhờ", 1)[1].split("</label>", 1)[0]
    assert "bắt buộc nếu địa bàn đã rõ" in label and "không bắt buộc" not in label


def test_a_second_body_is_told_who_has_an_open_file_and_needs_a_reason(cast: Any) -> None:
    trader = a_trader()
    Body.objects.filter(code="market-surveillance").update(contact="02513 822 222")
    first = a_case(cast, title="Bí mật số 1", trader_ids=[trader.id])
    with pytest.raises(Problem) as problem:
        a_case(cast, "congan.can-bo", trader_ids=[trader.id])
    assert problem.value.code == "case.overlap"
    assert "02513 822 222" in problem.value.message
    assert first.number not in problem.value.message
    assert "Bí mật" not in problem.value.message
    case = a_case(cast, "congan.can-bo", trader_ids=[trader.id], overlap_reason="Điều tra đường dây khác")
    payload = json.loads(entries_of("case", case.id).get(event="case.opened").payload.text)
    assert payload["overlap_with"] == ["market-surveillance"]


def test_where_the_reason_is_needed_the_form_does_not_call_it_optional(cast: Any) -> None:
    trader, client = a_trader(), cast["congan.can-bo"].client
    a_case(cast, trader_ids=[trader.id])
    address = f"/vu-viec/mo/?thuong-nhan={trader.id}"
    label = r'<label for="id_overlap_reason">[^<]*</label>'
    assert re.search(label, client.get(address).content.decode()), "no word of being optional stands in the label"
    given = {"title": "x", "ground": "Công văn số 5", "violation_kinds": ["banned"], "place": "unknown"}
    answer = client.post(address, given)
    assert answer.status_code == 422
    assert re.search(label, answer.content.decode())
    assert "Hãy ghi lý do vẫn mở vụ việc riêng" in answer.content.decode()
    assert Case.objects.count() == 1
    assert client.post(address, given | {"overlap_reason": "Điều tra đường dây khác"}).status_code == 302


def test_a_lead_on_a_trader_of_another_body_is_not_added_without_a_reason(cast: Any) -> None:
    lead, case = a_lead(), a_case(cast)
    a_case(cast, "congan.can-bo", trader_ids=[lead.trader_id])
    actor = cast["qltt.can-bo"].actor
    with pytest.raises(Problem) as problem:
        opening.attach_lead(case.id, lead.id, actor=actor)
    assert problem.value.code == "case.overlap"
    opening.attach_lead(case.id, lead.id, overlap_reason="Cùng kho hàng", actor=actor)
    lead.refresh_from_db()
    assert lead.case_id == case.id


def test_a_case_can_be_opened_on_a_trader_from_the_register(cast: Any) -> None:
    trader, client = a_trader("Kho Hàng Long Bình"), cast["qltt.can-bo"].client
    assert "Kho Hàng Long Bình" in client.get(f"/vu-viec/mo/?thuong-nhan={trader.id}").content.decode()
    given = {"title": "x", "ground": "Công văn số 5", "violation_kinds": ["banned"], "place": "unknown"}
    client.post(f"/vu-viec/mo/?thuong-nhan={trader.id}", given)
    assert Case.objects.get().trader_links.get().trader == trader
    assert client.get("/vu-viec/mo/?thuong-nhan=khong-phai-ma").status_code == 404
    assert client.get("/vu-viec/mo/?dau-moi=khong-phai-ma").status_code == 404


def test_records_found_to_be_the_same_trader_overlap_too(cast: Any) -> None:
    known = a_trader("Shop A")
    alias, third = a_trader("Shop B", merged_into=known), None
    third = a_trader("Shop C", merged_into=alias)
    a_case(cast, trader_ids=[third.id])
    for trader in (known, alias, third):
        assert open_files_on(cast["congan.can-bo"].actor, [trader.id])


def test_others_learn_the_body_and_its_contact_and_nothing_else(cast: Any) -> None:
    trader = a_trader()
    a_case(cast, trader_ids=[trader.id])
    a_case(cast, trader_ids=[trader.id])
    body = cast["qltt.can-bo"].body
    found = joining.look_up(trader.id, actor=cast["thue.can-bo"].actor)
    assert found == [OpenFile(body.name, body.contact)]
    assert entries_of("trader", trader.id).filter(event="case.overlap_looked_up").count() == 1
    assert joining.look_up(trader.id, actor=cast["qltt.can-bo"].actor) == []


def test_the_page_of_a_trader_tells_each_body_what_it_may_know(cast: Any) -> None:
    from chosach.desk.registry.files import open_files

    trader = a_trader()
    case = a_case(cast, trader_ids=[trader.id])
    own = [file for file in open_files(cast["qltt.can-bo"].actor, trader) if "Vụ việc" in file.what]
    assert [(file.name, file.url) for file in own] == [(f"{case.number}: {case.title}", f"/vu-viec/{case.id}/")]
    (other,) = open_files(cast["thue.can-bo"].actor, trader)
    assert (other.name, other.own, other.url) == (cast["qltt.can-bo"].body.name, False, f"/vu-viec/dang-thu-ly/{trader.id}/")


def test_a_closed_case_is_no_open_file(cast: Any) -> None:
    trader = a_trader()
    case = a_case(cast, trader_ids=[trader.id])
    Case.objects.filter(pk=case.pk).update(stage="closed")
    assert open_files_on(cast["congan.can-bo"].actor, [trader.id]) == []


def test_asking_to_take_part_is_answered_with_rights_or_a_reason(cast: Any) -> None:
    trader = a_trader()
    case = a_case(cast, trader_ids=[trader.id])
    owner, asker = cast["qltt.can-bo"].actor, cast["thue.can-bo"].actor
    (asked,) = joining.ask_to_join(trader.id, reason="Cần đối chiếu doanh thu", actor=asker)
    with pytest.raises(Problem) as problem:
        joining.ask_to_join(trader.id, reason="Lần nữa", actor=asker)
    assert problem.value.code == "case.join_already_asked"
    joining.answer_join_request(case.id, asked.id, rights=[], answer="Chưa cần", actor=owner)
    assert not case.joined.exists()
    (again,) = joining.ask_to_join(trader.id, reason="Có thêm dữ liệu", actor=asker)
    joining.answer_join_request(case.id, again.id, rights=["contribute"], answer="Đồng ý", actor=owner)
    assert case.joined.get().rights == ["read", "contribute"]
    assert [request.state for request in JoinRequest.objects.order_by("created_at")] == ["refused", "granted"]


def test_reclassifying_needs_a_reason_and_keeps_the_history(cast: Any) -> None:
    case = a_case(cast)
    actor = cast["qltt.can-bo"].actor
    with pytest.raises(Problem):
        opening.classify(case.id, violation_kinds=["smuggled"], place="unknown", place_how="", reason="", actor=actor)
    opening.classify(case.id, violation_kinds=["smuggled"], place="unknown", place_how="", reason="Hàng không giấy tờ", actor=actor)
    assert Case.objects.get(pk=case.pk).kind == "smuggled"
    assert entries_of("case", case.id).filter(event="case.classified").count() == 1

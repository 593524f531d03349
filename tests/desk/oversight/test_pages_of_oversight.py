"""The auditor reads who did what and when, without personal data; the administrator sees health without content."""

import json
import uuid
from typing import Any

import pytest
from django.db import transaction

from chosach.desk.ledger.models import Entry
from chosach.desk.ledger.services import record, sign_head
from chosach.verifier import chosach_verify


def act(cast: Any, event: str = "test.acted", who: str = "qltt.can-bo", **options: Any) -> Entry:
    with transaction.atomic():
        return record(event, actor=cast[who].actor, **options)


def shown(cast: Any, path: str, who: str = "kiemtoan") -> str:
    response = cast[who].client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_auditor_finds_the_acts_on_an_object_by_whom_and_when(cast: Any) -> None:
    case, other = uuid.uuid4(), uuid.uuid4()
    act(cast, refs={"case": case})
    act(cast, who="thue.can-bo", refs={"case": other})
    page = shown(cast, f"/giam-sat/so-cai/?object=case:{case}")
    assert "Nguyễn Thu Hà" in page
    assert "Ngô Thị Lan" not in page.split("<tbody")[1]
    assert "Ngô Thị Lan" in shown(cast, "/giam-sat/so-cai/?body=tax")
    assert "Không có bút toán nào khớp" in shown(cast, "/giam-sat/so-cai/?date_to=2001-01-01")


def test_the_standing_office_does_not_learn_from_the_ledger_whom_a_lead_is_about(cast: Any) -> None:
    lead, trader, case = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    entry = act(cast, refs={"lead": lead, "trader": trader, "case": case})
    for path in ("/giam-sat/so-cai/", f"/giam-sat/so-cai/{entry.seq}/"):
        page, whole = shown(cast, path, "vptt.lanh-dao"), shown(cast, path)
        assert str(trader) in whole and str(lead) in whole
        assert str(trader) not in page and str(lead) not in page and str(case) in page
    assert "Không có bút toán nào khớp" in shown(cast, f"/giam-sat/so-cai/?object=trader:{trader}", "vptt.lanh-dao")
    assert cast["vptt.lanh-dao"].client.post("/giam-sat/so-cai/xuat/").status_code == 404


def test_pages_of_the_ledger_lead_back_and_forth_without_a_gap(cast: Any) -> None:
    for number in range(120):
        act(cast, refs={"case": number})
    first = cast["kiemtoan"].client.get("/giam-sat/so-cai/?event=test.acted").context
    second = cast["kiemtoan"].client.get("/giam-sat/so-cai/" + first["older"]).context
    third = cast["kiemtoan"].client.get("/giam-sat/so-cai/" + second["older"]).context
    seqs = [line.entry.seq for context in (first, second, third) for line in context["lines"]]
    assert seqs == list(range(seqs[0], seqs[0] - 120, -1))
    assert "older" not in third
    back = cast["kiemtoan"].client.get("/giam-sat/so-cai/" + third["newer"]).context
    assert [line.entry.seq for line in back["lines"]] == [line.entry.seq for line in second["lines"]]


@pytest.mark.parametrize("query", ["truoc=abc", "sau=-1", "truoc=99999999999999999999", "object=sai", "date_from=sai", "event=none"])
def test_a_search_that_makes_no_sense_still_answers(cast: Any, query: str) -> None:
    shown(cast, f"/giam-sat/so-cai/?{query}")


def test_payloads_are_not_shown_but_for_figures(cast: Any) -> None:
    hidden = act(cast, payload={"tên": "Nguyễn Thị Bí Mật"})
    figures = act(cast, "test.counted", payload={"fine": 7_500_000})
    assert "Bí Mật" not in shown(cast, f"/giam-sat/so-cai/{hidden.seq}/")
    assert "7500000" in shown(cast, f"/giam-sat/so-cai/{figures.seq}/")


def test_verifying_leaves_its_result_for_all_to_see(cast: Any) -> None:
    act(cast)
    cast["kiemtoan"].client.post("/giam-sat/so-cai/kiem-tra/")
    assert "Lần kiểm tra gần nhất: nguyên vẹn" in shown(cast, "/giam-sat/so-cai/")


def test_the_export_can_be_verified_elsewhere_with_what_the_pages_give(cast: Any, tmp_path: Any) -> None:
    act(cast, payload={"tên": "Nguyễn Thị Bí Mật"})
    number = sign_head().number
    client = cast["kiemtoan"].client
    (tmp_path / "ledger.jsonl").write_bytes(b"".join(client.post("/giam-sat/so-cai/xuat/").streaming_content))
    (tmp_path / "head.json").write_bytes(client.get(f"/giam-sat/dau-so/{number}/").content)
    assert "Bí Mật" not in (tmp_path / "ledger.jsonl").read_text(encoding="utf-8")
    assert chosach_verify.main([str(tmp_path / "ledger.jsonl"), "--head", str(tmp_path / "head.json")]) == 0
    script = b"".join(client.get("/giam-sat/dau-so/chosach_verify.py").streaming_content)
    assert b"def ed25519_verify" in script
    assert Entry.objects.filter(event="ledger.exported", actor=cast["kiemtoan"].actor.id).exists()


def test_an_entry_that_does_not_exist_and_a_forbidden_one_look_the_same(cast: Any) -> None:
    seq = act(cast).seq
    assert cast["kiemtoan"].client.get("/giam-sat/so-cai/999999/").status_code == 404
    assert cast["qltt.can-bo"].client.get(f"/giam-sat/so-cai/{seq}/").status_code == 404


def test_health_tells_what_is_wrong_and_what_to_do(cast: Any) -> None:
    page = shown(cast, "/giam-sat/he-thong/", "quantri")
    assert "chosach ledger head --daily" in page
    assert "Chốt chặn sổ cái" in page


def test_the_ledger_of_a_payload_is_json_that_people_can_read(cast: Any) -> None:
    entry = act(cast, "test.counted", payload={"outcome": "sanctioned"})
    context = cast["kiemtoan"].client.get(f"/giam-sat/so-cai/{entry.seq}/").context
    assert json.loads(context["payload"]) == {"outcome": "sanctioned"}


@pytest.mark.once
def test_how_many_entries_were_verified_is_told_with_dots_of_thousands(cast: Any) -> None:
    while Entry.objects.count() < 1_000:
        act(cast)
    told = cast["kiemtoan"].client.post("/giam-sat/so-cai/kiem-tra/", follow=True).content.decode()
    assert "Đã kiểm tra 1.00" in told

"""Who opens a case is shown the body that the competence table proposes, with its ground; nobody is stopped by it."""

from html import unescape
from typing import Any

import pytest

from chosach.desk.agencies.models import Body
from chosach.desk.leads.models import Lead, LeadKind
from tests.desk.cases.making import DAY, a_trader
from tests.desk.reports.making import set_up

pytestmark = pytest.mark.django_db


def page_for(cast: Any, kind: str) -> str:
    set_up(DAY)
    trader = a_trader(place="inside", place_source="warehouse", place_text="Đồng Nai")
    body = Body.objects.get(code="market-surveillance")
    lead = Lead.objects.create(trader=trader, body=body, kind=kind, opened_on=DAY, listings=1, findings=1, rank=1, score=1.0)
    LeadKind.objects.create(lead=lead, kind=kind, findings=1, score=1)
    answer = cast["qltt.can-bo"].client.get(f"/vu-viec/mo/?dau-moi={lead.pk}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_another_body_is_proposed_with_its_ground_and_the_way_to_it(cast: Any) -> None:
    shown = page_for(cast, "substandard")
    assert "Cơ quan có thẩm quyền theo bảng (cần kiểm chứng)" in shown
    assert "<strong>Sở Khoa học và Công nghệ tỉnh Đồng Nai</strong>. Căn cứ: " in shown
    assert "cân nhắc chuyển giao sau khi mở" in shown


def test_the_own_body_is_proposed_without_a_word_about_handing_over(cast: Any) -> None:
    shown = page_for(cast, "smuggled")
    assert f"<strong>{cast['qltt.can-bo'].body.name}</strong>" in shown
    assert "cân nhắc chuyển giao" not in shown

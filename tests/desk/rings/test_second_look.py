"""Where another body is at work on a trader, or has judged otherwise, a person of that body has to agree first."""

import datetime as dt

import pytest
from django.urls import reverse

from chosach.desk.core import businessdate
from chosach.desk.core.errors import Refused
from chosach.desk.leads.models import Lead, LeadState
from chosach.desk.leads.selectors import held_by_others
from chosach.desk.leads.services import assign, open_leads
from chosach.desk.ledger.models import Entry
from chosach.desk.rings import services
from chosach.desk.rings.home import TOLD
from chosach.desk.rings.models import Ask, Judgement
from tests.desk.rings.making import LINKER, channel, linked, market, shop, trader
from tests.people import Cast

pytestmark = pytest.mark.django_db
WHY = "Đã gặp hai người"
State = Judgement.State


@pytest.fixture
def at_work(cast: Cast) -> Cast:
    """Two shops that share a warehouse; the market surveillance works on the lead about the first."""
    market("a", "b", ring=("a", "b"))
    shop("a", "Giày siêu cấp", kind="counterfeit", listing_id="gia-1")
    open_leads(actor=LINKER)
    officer = cast["qltt.can-bo"]
    assign(Lead.objects.get().id, assignee=officer.user.id, actor=cast["qltt.lanh-dao"].actor)
    return cast


def test_a_body_that_is_at_work_on_the_trader_is_asked_and_nothing_changes_before_it_answers(at_work: Cast) -> None:
    judged = services.judge_same(trader("a").id, trader("b").id, reason=WHY, actor=at_work["congan.can-bo"].actor)
    assert judged.state == State.WAITING
    assert trader("a") != trader("b")
    ask = Ask.objects.get()
    assert (ask.body.code, ask.why) == ("market-surveillance", "file")
    services.answer(ask.id, agree=True, text="", actor=at_work["qltt.kiem-tra"].actor)
    assert trader("a") == trader("b")
    assert [entry.event for entry in Entry.objects.filter(event__startswith="judgement.").order_by("seq")] == [
        "judgement.proposed", "judgement.agreed", "judgement.made",
    ]  # fmt: skip


def test_a_body_that_does_not_agree_leaves_everything_as_it_was(at_work: Cast) -> None:
    judged = services.judge_same(trader("a").id, trader("b").id, reason=WHY, actor=at_work["congan.can-bo"].actor)
    services.answer(Ask.objects.get().id, agree=False, text="Hai người khác nhau", actor=at_work["qltt.lanh-dao"].actor)
    judged.refresh_from_db()
    assert judged.state == State.REFUSED
    assert trader("a") != trader("b")


def test_a_refusal_without_a_reason_is_told_at_its_field_which_has_the_focus(at_work: Cast) -> None:
    services.judge_same(trader("a").id, trader("b").id, reason=WHY, actor=at_work["congan.can-bo"].actor)
    ask = Ask.objects.get()
    answer = at_work["qltt.kiem-tra"].client.post(reverse("rings:ask", args=[ask.id]), {"agree": "0", "answer": " "})
    assert answer.status_code == 422
    page = answer.content.decode()
    field = page[page.index("<textarea") : page.index("</textarea>")]
    for told in ("data-focus", 'aria-invalid="true"', f'id="y_{ask.id}_answer"'):
        assert told in field
    assert "Hãy ghi lý do." in page[page.index("</textarea>") : page.index("Không đồng ý</button>")]
    ask.refresh_from_db()
    assert ask.state == Ask.State.WAITING


def test_an_answer_that_is_too_long_does_not_agree_without_it(at_work: Cast) -> None:
    services.judge_same(trader("a").id, trader("b").id, reason=WHY, actor=at_work["congan.can-bo"].actor)
    ask = Ask.objects.get()
    answer = at_work["qltt.kiem-tra"].client.post(reverse("rings:ask", args=[ask.id]), {"agree": "1", "answer": "x" * 1001})
    assert answer.status_code == 422
    ask.refresh_from_db()
    assert ask.state == Ask.State.WAITING


def test_who_asked_reads_the_answer_on_the_first_page_for_a_while_and_nobody_else(at_work: Cast) -> None:
    police = at_work["congan.can-bo"]
    judged = services.judge_same(trader("a").id, trader("b").id, reason=WHY, actor=police.actor)
    assert "đã trả lời nhận định" not in police.client.get("/").content.decode()
    services.answer(Ask.objects.get().id, agree=False, text="Hai người khác nhau", actor=at_work["qltt.lanh-dao"].actor)
    page = police.client.get("/").content.decode()
    assert "Cơ quan khác đã trả lời nhận định của anh/chị" in page
    assert "không đồng ý – Hai người khác nhau" in page
    assert reverse("rings:judgement", args=[judged.id]) in page
    for other in ("congan.lanh-dao", "qltt.can-bo"):
        assert "đã trả lời nhận định" not in at_work[other].client.get("/").content.decode()
    Ask.objects.update(on=businessdate.today() - TOLD - dt.timedelta(days=1))
    assert "đã trả lời nhận định" not in police.client.get("/").content.decode()


def test_only_the_body_that_was_asked_answers(at_work: Cast) -> None:
    services.judge_same(trader("a").id, trader("b").id, reason=WHY, actor=at_work["congan.can-bo"].actor)
    for who in ("congan.lanh-dao", "thue.can-bo", "vptt.can-bo", "mttq.can-bo"):
        with pytest.raises(Refused):
            services.answer(Ask.objects.get().id, agree=True, text="", actor=at_work[who].actor)


def test_the_own_body_at_work_asks_nobody(at_work: Cast) -> None:
    judged = services.cut(trader("a").id, trader("b").id, reason=WHY, actor=at_work["qltt.can-bo"].actor)
    assert judged.state == State.IN_FORCE


def test_a_lead_that_nobody_took_up_asks_nobody(cast: Cast) -> None:
    market("a", "b", ring=("a", "b"))
    shop("a", "Giày siêu cấp", kind="counterfeit", listing_id="gia-1")
    open_leads(actor=LINKER)
    judged = services.cut(trader("a").id, trader("b").id, reason=WHY, actor=cast["congan.can-bo"].actor)
    assert judged.state == State.IN_FORCE


def test_who_disagrees_with_another_bodys_judgement_needs_that_body(cast: Cast) -> None:
    market("a", "b", "c", ring=("a", "c"), same=[("a", "b")])
    first = services.judge_different(trader("a").id, channels=[channel("b").id], reason=WHY, actor=cast["congan.can-bo"].actor)
    second = services.judge_same(trader("a").id, trader("b").id, reason="Một chủ", actor=cast["thue.can-bo"].actor)
    assert second.state == State.WAITING
    services.answer(Ask.objects.get().id, agree=True, text="", actor=cast["congan.lanh-dao"].actor)
    first.refresh_from_db()
    assert first.state == State.REPLACED
    assert trader("a") == trader("b")
    undone = services.undo(second.id, reason="Nhầm", actor=cast["thue.can-bo"].actor)
    assert undone.state == State.UNDOING, "who agreed to it has to agree to its end"
    services.answer(Ask.objects.get(undo=True).id, agree=True, text="", actor=cast["congan.can-bo"].actor)
    first.refresh_from_db()
    assert first.state == State.IN_FORCE
    assert trader("a") != trader("b")


def test_undoing_what_another_body_judged_needs_that_body(cast: Cast) -> None:
    market("a", "b", ring=("a", "b"))
    judged = services.cut(trader("a").id, trader("b").id, reason=WHY, actor=cast["congan.can-bo"].actor)
    assert services.undo(judged.id, reason="Nhầm", actor=cast["thue.can-bo"].actor).state == State.UNDOING
    services.answer(Ask.objects.get().id, agree=False, text="Giữ nguyên", actor=cast["congan.can-bo"].actor)
    judged.refresh_from_db()
    assert judged.state == State.IN_FORCE


def test_a_lead_of_a_trader_that_linking_merged_is_found_by_the_check_for_overlap(at_work: Cast) -> None:
    police = at_work["congan.can-bo"].actor
    assert held_by_others(police, trader("b")) is None
    linked(same=[("b", "a")])
    assert trader("a") == trader("b")
    held = held_by_others(police, trader("b"))
    assert held is not None
    assert "Quản lý thị trường" in held.body


def test_work_on_a_lead_that_was_folded_into_another_bodys_is_found_and_comes_back_with_its_trader(at_work: Cast) -> None:
    shop("b", "Giày siêu cấp", kind="counterfeit", listing_id="gia-2")
    open_leads(actor=LINKER)
    own = Lead.objects.get(trader=trader("a"))
    other = Lead.objects.get(trader=trader("b"))
    other.body, other.state = at_work["congan.can-bo"].body, LeadState.WATCHING
    other.settled = True
    other.save()
    linked(same=[("a", "b")])
    other.refresh_from_db()
    assert (other.state, other.joined_into) == (LeadState.JOINED, own)
    held = held_by_others(at_work["qltt.can-bo"].actor, trader("a"))
    assert held is not None
    assert held.body == other.body.name
    linked()
    other.refresh_from_db()
    assert (other.state, other.joined_into) == (LeadState.WATCHING, None)

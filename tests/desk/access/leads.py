"""Addresses of leads: the owner body, and what the standing office may see."""

from chosach.desk.leads.false_alarms import findings_of
from tests.desk.access import Row, bodies, people, permitted
from tests.desk.leads.market import Market
from tests.people import Cast


def a_lead(cast: Cast) -> dict[str, object]:
    """A lead of the market surveillance, outside the province so that it could be handed over."""
    return {"lead_id": Market().lead("ngoai-tinh", location="Hà Nội").id}


def a_waiting_lead(cast: Cast) -> dict[str, object]:
    from chosach.desk.leads.services import dismiss

    lead = Market().lead("cho-nguoi", sold=900)
    dismiss(lead.id, reason="innocent", text="Đồ chơi", actor=cast["qltt.can-bo"].actor)
    return {"lead_id": lead.id}


def a_dismissed_lead(cast: Cast) -> dict[str, object]:
    lead = Market().lead("bo-qua-nham")
    lead.dismissals.create(by=cast["qltt.can-bo"].user, on="2020-11-20", reason="innocent", text="Đồ chơi", state="done")
    lead.state, lead.before = "dismissed", "new"
    lead.save()
    return {"lead_id": lead.id}


def a_false_alarm(cast: Cast) -> dict[str, object]:
    """A lead of which one finding of two is called a false alarm."""
    market = Market()
    market.sell("hai-dau-hieu", kind="banned")
    lead = market.lead("hai-dau-hieu")
    part = lead.dismissals.create(by=cast["qltt.can-bo"].user, on="2020-11-20", reason="innocent", text="Đồ chơi", state="done", part=True)
    part.false_alarms.create(finding=findings_of(lead)[0])
    return {"lead_id": lead.id, "dismissal_id": part.id}


def an_accepted_lead(cast: Cast) -> dict[str, object]:
    lead = Market().lead("tiep-nhan-nham")
    lead.state, lead.before = "accepted", "new"
    lead.save()
    return {"lead_id": lead.id}


def a_drawn_dismissal(cast: Cast) -> dict[str, object]:
    from chosach.desk.leads.models import Dismissal

    lead = Market().lead("rut-tham")
    user = cast["qltt.can-bo"].user
    drawn = Dismissal.objects.create(
        lead=lead, by=user, on="2020-11-20", reason="innocent", text="Đồ chơi", state="done", review=Dismissal.Review.DRAWN
    )
    return {"dismissal_id": drawn.id}


def a_view(cast: Cast) -> dict[str, object]:
    from chosach.desk.leads.services import save_view

    return {"view_id": save_view(name="Của Hà", query="kind=banned", actor=cast["qltt.can-bo"].actor).id}


def a_sent_lead(cast: Cast) -> dict[str, object]:
    """A lead on its way from the market surveillance to the police."""
    from chosach.desk.leads.models import Passing

    lead = Market().lead("dang-chuyen")
    lead.state = "passing"
    lead.save()
    given = {"from_body": lead.body, "to_body": cast["congan.can-bo"].body, "by": cast["qltt.can-bo"].user, "on": "2020-11-20"}
    return {"passing_id": Passing.objects.create(lead=lead, reason="Hình sự", **given).id}


def a_lead_on_its_way(cast: Cast) -> dict[str, object]:
    from chosach.desk.leads.models import Passing

    return {"lead_id": Passing.objects.get(id=a_sent_lead(cast)["passing_id"]).lead_id}


READ, OFFICE = permitted("leads.read"), permitted("leads.count")
OWNERS = bodies("market-surveillance")
REASON = {"reason": "innocent", "text": "Đồ chơi"}
ROWS = [
    Row("leads:queue", READ),
    Row("leads:queue", READ, method="POST", data={"q": "hoa sen"}),
    Row("leads:bulk", READ, method="POST"),
    Row("leads:save_view", READ, method="POST", data={"name": "x", "query": ""}),
    Row("leads:open_view", people("qltt.can-bo"), a_view),
    Row("leads:remove_view", people("qltt.can-bo"), a_view, "POST"),
    Row("leads:waiting", READ),
    Row("leads:passings", READ),
    Row("leads:passing", bodies("police"), a_sent_lead),
    Row("leads:accept_passed", bodies("police"), a_sent_lead, "POST"),
    Row("leads:return_passed", bodies("police"), a_sent_lead, "POST", data={"answer": "Không có dấu hiệu hình sự"}),
    Row("leads:counts", OFFICE),
    Row("leads:reviews", OFFICE),
    Row("leads:review", OFFICE, a_drawn_dismissal),
    Row("leads:confirm_review", OFFICE, a_drawn_dismissal, "POST"),
    Row("leads:send_back", OFFICE, a_drawn_dismissal, "POST", data={"answer": "Xem lại"}),
    Row("leads:weights", READ),
    Row("leads:set_weight", people("vptt.lanh-dao"), method="POST", data={"subject": "kind:banned", "value": "9", "ground": "x"}),
    Row("leads:lead", OWNERS, a_lead),
    Row("leads:assign", OWNERS, a_lead, "POST"),
    Row("leads:watch", OWNERS, a_lead, "POST", data={"until": "2031-01-01"}),
    Row("leads:dismiss", OWNERS, a_lead, "POST", data=REASON),
    Row("leads:take_back", OWNERS, a_dismissed_lead, "POST", data={"answer": "Bỏ qua nhầm"}),
    Row("leads:take_back_findings", OWNERS, a_false_alarm, "POST", data={"answer": "Nhầm"}),
    Row("leads:take_back_acceptance", OWNERS, an_accepted_lead, "POST", data={"answer": "Bấm nhầm"}),
    Row("leads:withdraw_dismissal", OWNERS, a_waiting_lead, "POST", data={"answer": "Chọn nhầm"}),
    Row("leads:accept", OWNERS, a_lead, "POST"),
    Row("leads:hand_over", OWNERS, a_lead, "POST", data={"reason": "Ở Hà Nội"}),
    Row("leads:pass_on", OWNERS, a_lead, "POST", data={"to_body": "police", "reason": "Hình sự"}),
    Row("leads:withdraw_passed", OWNERS, a_lead_on_its_way, "POST", data={"answer": "Nhầm"}),
    Row("leads:agree", OWNERS, a_waiting_lead, "POST"),
    Row("leads:refuse", OWNERS, a_waiting_lead, "POST", data={"answer": "Chưa rõ"}),
]

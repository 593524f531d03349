"""What leads put on the first page."""

from django.urls import reverse

from chosach.desk.core.access import Actor
from chosach.desk.core.home import Entry, Section, register
from chosach.desk.core.kinds import BodyKind
from chosach.desk.leads import selectors
from chosach.desk.leads.models import LeadState


@register(order=20)
def new_leads(actor: Actor) -> Section | None:
    """The new leads of the body, the gravest first."""
    if not actor.may("leads.read") or actor.body_kind == BodyKind.STANDING_OFFICE:
        return None
    new = selectors.leads_for(actor).filter(state=LeadState.NEW, trader__place="inside").order_by("rank")
    entries = [
        Entry(lead.trader.name, reverse("leads:lead", args=[lead.id]), note=f"Hạng {lead.rank} ở mọi địa bàn · {lead.get_kind_display()}")
        for lead in new[:5]
    ]
    return Section("Đầu mối mới trong tỉnh", new.count(), entries, url=reverse("leads:queue"), icon="binoculars")


@register(order=15)
def second_looks(actor: Actor) -> Section | None:
    """Dismissals of colleagues that wait for this person."""
    if not actor.may("leads.second"):
        return None
    waiting = selectors.waiting_for_second(actor)
    count = waiting.count()
    if not count:
        return None
    entries = [
        Entry(one.lead.trader.name, reverse("leads:lead", args=[one.lead_id]), note=f"{one.by} đề nghị bỏ qua") for one in waiting[:5]
    ]
    return Section("Chờ anh/chị là người thứ hai", count, entries, url=reverse("leads:waiting"), icon="people")


@register(order=16)
def drawn(actor: Actor) -> Section | None:
    """Dismissals that the lot put before the standing office."""
    if not actor.may("leads.review"):
        return None
    items = selectors.drawn_for_review(actor)
    entries = [Entry(one.lead.trader.name, reverse("leads:review", args=[one.id]), note=str(one.lead.body)) for one in items[:5]]
    return Section("Việc bỏ qua được rút thăm xem lại", items.count(), entries, url=reverse("leads:reviews"), icon="arrow-repeat")


@register(order=17)
def passed_here(actor: Actor) -> Section | None:
    """Leads that other bodies sent here and that wait for an answer."""
    if not actor.may("leads.answer_passed"):
        return None
    items = selectors.passings_to(actor)
    count = items.count()
    if not count:
        return None
    entries = [
        Entry(one.lead.trader.name, reverse("leads:passing", args=[one.id]), note=f"{one.from_body.short_name} chuyển đến")
        for one in items[:5]
    ]
    return Section("Đầu mối chuyển đến, chờ trả lời", count, entries, url=reverse("leads:passings"), icon="arrow-left-right")

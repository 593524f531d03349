"""What waits for a person in the reports."""

from django.urls import reverse

from chosach.desk.core.access import Actor
from chosach.desk.core.home import Entry, Section, register
from chosach.desk.reports.models import Return, Round
from chosach.desk.reports.selectors import returns_for, rounds_for


@register(order=60)
def returns_to_hand_in(actor: Actor) -> Section | None:
    """One's own body's returns that are awaited or were sent back."""
    if not actor.may("reports.prepare"):
        return None
    waiting = Return.objects.select_related("round").filter(
        body=actor.body_id,
        state__in=[Return.State.AWAITED, Return.State.RETURNED],
        round__state=Round.State.COLLECTING,
    )
    if not waiting:
        return None
    entries = [
        Entry(found.round.title, reverse("reports:return", args=[found.pk]), note=found.get_state_display(), due=found.round.due_on)
        for found in waiting[:5]
    ]
    return Section("Báo cáo phải nộp", waiting.count(), entries, reverse("reports:list"), icon="journals")


@register(order=61)
def reports_to_move_on(actor: Actor) -> Section | None:
    """For the standing office: returns to check and reports to approve."""
    if not (actor.may("reports.check") or actor.may("reports.freeze")):
        return None
    entries = []
    for report in rounds_for(actor).exclude(state=Round.State.FROZEN):
        url = reverse("reports:report", args=[report.pk])
        if report.state == Round.State.PROPOSED and actor.may("reports.freeze") and report.proposed_by_id != actor.user_id:
            entries.append(Entry(report.title, url, note="chờ duyệt chốt"))
        submitted = returns_for(actor, report).filter(state=Return.State.SUBMITTED).count()
        if submitted and actor.may("reports.check"):
            entries.append(Entry(report.title, url, note=f"{submitted} báo cáo đơn vị chờ tiếp nhận", due=report.due_on))
    return Section("Báo cáo đang làm", len(entries), entries[:5], reverse("reports:list"), icon="journals") if entries else None

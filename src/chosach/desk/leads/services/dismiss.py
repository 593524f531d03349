"""Dismiss a lead, with the brakes of S4: four eyes on the important and the many, a lot drawn among the rest."""

import math
from collections.abc import Collection
from uuid import UUID

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.leads.hooks import after_dismissal
from chosach.desk.leads.models import OPEN, Dismissal, DismissReason, Lead, LeadState
from chosach.desk.leads.services.common import needed, open_lead, refs
from chosach.desk.leads.services.set_aside import chosen, go_on, keep, told
from chosach.desk.leads.services.states import close
from chosach.desk.ledger.models import Entry
from chosach.desk.ledger.services import in_turn, record

#: Dismissals that one person may decide alone on one business date.
MOST_A_DAY = 20
#: One in this many of the dismissals that one person decides alone is put before the standing office.
ONE_IN = 20


@in_turn
def dismiss(lead_id: UUID, *, reason: str, text: str, actor: Actor, findings: Collection[UUID | str] = ()) -> Dismissal:
    """Dismiss a lead with a reason. In the top tenth of the body's open leads, or beyond twenty a day, it waits for a second person;
    of the others one in twenty is drawn for the standing office (see `draw`).

    `findings`: only these are false alarms. Where others are left the lead goes on with them (`set_aside`), under the same brakes: who
    takes the findings away one after the other would else dismiss a lead alone."""
    lead = open_lead(actor, lead_id, "leads.dismiss")
    if reason not in DismissReason.values:
        raise Problem("lead.reason_missing", "Hãy chọn lý do bỏ qua.", where="reason")
    text = needed(text, "lead.text_missing", "Hãy diễn giải vì sao bỏ qua (ai đọc lại cũng hiểu).", "text")
    ticked = chosen(lead, findings, reason)
    why = needs_second(lead, actor)
    state = Dismissal.State.PENDING if why else Dismissal.State.DONE
    dismissal = Dismissal.objects.create(
        lead=lead, by_id=actor.seat[0], on=businessdate.today(), reason=reason, text=text, state=state, why_second=why, part=bool(ticked)
    )
    keep(dismissal, ticked)
    payload = {"reason": reason, "text": text, "why_second": why, "rank": lead.rank, "score": lead.score, **told(dismissal)}
    if why:
        lead.before, lead.state = lead.state, LeadState.AWAITING
        lead.save(update_fields=["before", "state"])
        record("lead.dismissal_proposed", actor=actor, refs=refs(lead, dismissal=dismissal.id), payload=payload)
        return dismissal
    if not dismissal.part:
        close(lead)
    entry = record(event_of(dismissal), actor=actor, refs=refs(lead, dismissal=dismissal.id), payload=payload)
    draw(dismissal, entry, actor, lot=True)
    after_dismissal.run(dismissal, entry, actor)
    if dismissal.part:
        go_on(lead, dismissal, actor)
    return dismissal


def event_of(dismissal: Dismissal) -> str:
    """The entry of a dismissal that is in effect."""
    return "lead.findings_dismissed" if dismissal.part else "lead.dismissed"


def needs_second(lead: Lead, actor: Actor) -> str:
    """Why this dismissal needs a second person; "" if it needs none."""
    rivals = Lead.objects.filter(body=lead.body, state__in=OPEN)
    ahead = rivals.filter(score__gt=lead.score).count()
    if ahead < math.ceil(rivals.count() / 10):
        return Dismissal.Why.TOP
    today = Dismissal.objects.filter(by=actor.user_id, on=businessdate.today()).count()
    return Dismissal.Why.MANY if today >= MOST_A_DAY else Dismissal.Why.NONE


def drawn(entry: Entry) -> bool:
    """The lot: the hash of the dismissal's own entry decides. It hangs on a random salt and on all earlier entries, so nobody can foresee
    it; everybody can check it afterwards from the ledger."""
    return int(entry.hash[:12], 16) % ONE_IN == 0


def draw(dismissal: Dismissal, entry: Entry, actor: Actor, *, lot: bool) -> None:
    """Put the dismissal before the standing office if the `lot` falls on it, or fell on an earlier one of this lead that was taken back
    before the office had seen it: whoever takes back what was drawn and dismisses anew would else draw until it is not."""
    owed = dismissal.lead.dismissals.filter(review=Dismissal.Review.DRAWN, state=Dismissal.State.TAKEN_BACK).order_by("created_at").first()
    if owed is None and not (lot and drawn(entry)):
        return
    if owed is not None:
        owed.review = Dismissal.Review.PASSED_ON
        owed.save(update_fields=["review"])
    dismissal.review = Dismissal.Review.DRAWN
    dismissal.save(update_fields=["review"])
    payload = {"by_entry": entry.seq, **({"owed_from": str(owed.id)} if owed else {})}
    record("lead.dismissal_drawn", actor=actor, refs=refs(dismissal.lead, dismissal=dismissal.id), payload=payload)

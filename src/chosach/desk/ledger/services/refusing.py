"""Refusals in the ledger, without letting one who tries every door bloat it.

Of one actor's refusals within a clock hour (UTC) the first `WRITTEN_PER_HOUR` are written one by one, with what was asked for;
the rest are counted, and the count becomes one entry `access.refusals_folded` at the actor's next refusal in a later hour, or
with the next daily head. All who are not signed in are one actor.
"""

from collections.abc import Mapping

from django.db.models import F
from django.utils import timezone

from chosach.desk.core.access import Actor, system
from chosach.desk.core.errors import Refused
from chosach.desk.ledger import chain
from chosach.desk.ledger.models import RefusalTally
from chosach.desk.ledger.services.writing import in_turn, record

WRITTEN_PER_HOUR = 20


@in_turn
def record_refusal(refused: Refused, *, actor: Actor, view: str, method: str) -> None:
    """Write or count one refusal, in a transaction of its own. `view` is the page's name, never its address."""
    hour = _hour()
    fold_refusals(actor_id=actor.id)
    tally, _ = RefusalTally.objects.get_or_create(actor=actor.id, hour=hour)
    if tally.written >= WRITTEN_PER_HOUR:
        RefusalTally.objects.filter(pk=tally.pk).update(folded=F("folded") + 1)
        return
    RefusalTally.objects.filter(pk=tally.pk).update(written=F("written") + 1)
    payload = {"permission": refused.permission, "view": view, "method": method}
    record("access.refused", actor=actor, refs=_safe(refused.refs), payload=payload)


@in_turn
def fold_refusals(actor_id: str | None = None) -> int:
    """Turn the counts of past hours (of one actor, or of all) into entries; returns how many were written."""
    past = RefusalTally.objects.exclude(hour=_hour()).order_by("hour", "actor")
    if actor_id is not None:
        past = past.filter(actor=actor_id)
    written = 0
    for tally in past:
        if tally.folded:
            actor = Actor(id=tally.actor) if chain.ACTOR.fullmatch(tally.actor) else system("ledger")
            record("access.refusals_folded", actor=actor, payload={"hour": tally.hour, "count": tally.folded})
            written += 1
        tally.delete()
    return written


def _hour() -> str:
    return chain.stamp(timezone.now())[:13]


def _safe(refs: Mapping[str, str]) -> dict[str, str]:
    """What was asked for may come from outside: only what has the form of an id goes into the ledger."""
    return {noun: ref for noun, ref in refs.items() if chain.NOUN.fullmatch(noun) and chain.REF.fullmatch(ref)}

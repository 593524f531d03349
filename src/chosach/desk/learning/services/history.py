"""What became of labels, told on each of them."""

from collections.abc import Iterable

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.learning.models import Label, LabelChange
from chosach.desk.ledger.models import Entry


def tell(labels: Iterable[Label], act: str, reason: str, entry: Entry, actor: Actor, *, waits: dict[str, object] | None = None) -> None:
    """One row a label. `entry`: the act's, in the ledger. `waits`: what the label becomes once a second person agrees."""
    state = LabelChange.State.DONE if waits is None else LabelChange.State.WAITING
    user, body = actor.seat
    day = businessdate.today()
    LabelChange.objects.bulk_create(
        LabelChange(label=label, act=act, reason=reason, by_id=user, body_id=body, on=day, entry=entry.seq, state=state, after=waits or {})
        for label in labels
    )

"""Who may see which case, and how much of it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from chosach.desk.cases.kinds import Right, TransferState
from chosach.desk.cases.models import Case, Joined, Transfer
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Refused


@dataclass(frozen=True)
class Sight:
    """How much of one case an actor has: as the owner, as a joined body, as the receiver of a transfer, or as nobody."""

    owner: bool = False
    read: bool = False
    contribute: bool = False
    protected: bool = False
    receiver: bool = False


NOTHING = Sight()


def sight_of(actor: Actor, case: Case) -> Sight:
    """How much of the case this actor has. Needs the permission `cases.see` on top of the body's right."""
    if not actor.may("cases.see") or actor.body_id is None:
        return NOTHING
    if case.owner_id == actor.body_id:
        return Sight(owner=True, read=True, contribute=True, protected=True)
    joined = Joined.objects.filter(case=case, body_id=actor.body_id, withdrawn_on__isnull=True).first()
    rights = set(joined.rights) if joined else set()
    receiver = Transfer.objects.filter(case=case, to_body_id=actor.body_id, state=TransferState.SENT).exists()
    return Sight(
        read=receiver or bool(rights),
        contribute=Right.CONTRIBUTE in rights,
        protected=receiver or Right.PROTECTED in rights,
        receiver=receiver,
    )


def cases_for(actor: Actor) -> QuerySet[Case]:
    """Cases whose file this actor may read."""
    if not actor.may("cases.see") or actor.body_id is None:
        return Case.objects.none()
    joined = Joined.objects.filter(case=OuterRef("pk"), body_id=actor.body_id, withdrawn_on__isnull=True)
    sent = Transfer.objects.filter(case=OuterRef("pk"), to_body_id=actor.body_id, state=TransferState.SENT)
    return Case.objects.select_related("owner").filter(Q(owner_id=actor.body_id) | Exists(joined) | Exists(sent))


def case_for(actor: Actor, case_id: UUID) -> Case:
    """The case, if this actor may read its file."""
    case = cases_for(actor).filter(pk=case_id).first()
    if case is None:
        raise Refused("object.not_visible", refs={"case": str(case_id)})
    return case


def owned_case_for(actor: Actor, case_id: UUID, *, lock: bool = False) -> Case:
    """The case, if this actor's body owns it. `lock`: for the rest of the transaction, where the database can."""
    case = case_for(actor, case_id)
    if lock:
        case = _locked(case)
    if case.owner_id != actor.body_id:
        raise Refused("object.not_visible", refs={"case": str(case_id)})
    return case


def contributed_case_for(actor: Actor, case_id: UUID, *, lock: bool = False) -> Case:
    """The case, if this actor may add to its file. `lock` as in `owned_case_for`."""
    case = case_for(actor, case_id)
    if lock:
        case = _locked(case)
    if not sight_of(actor, case).contribute:
        raise Refused("object.not_visible", refs={"case": str(case_id)})
    return case


def _locked(case: Case) -> Case:
    """The same case as it is now; nobody else changes it until this transaction ends."""
    return Case.objects.select_related("owner").select_for_update(of=("self",)).get(pk=case.pk)


def figures_of(actor: Actor) -> QuerySet[Case]:
    """Every case, for those who may see that it exists, its figures and its clocks. The caller shows no other field."""
    if not actor.may("cases.figures"):
        return Case.objects.none()
    return Case.objects.select_related("owner").only(
        "id", "number", "owner", "opened_on", "closed_on", "stage", "kind", "kinds", "place", "created_at"
    )

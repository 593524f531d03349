"""What can be asked about evidence, always by someone."""

from uuid import UUID

from chosach.desk.accounts.entries import Line, lines_of
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Refused
from chosach.desk.evidence import store
from chosach.desk.evidence.keepers import keeper_of
from chosach.desk.evidence.models import Evidence
from chosach.desk.ledger.selectors import entries_of


def evidence_for(actor: Actor, evidence_id: UUID) -> Evidence:
    """The piece, if this actor may see it (the keeper of its object decides)."""
    evidence = Evidence.objects.select_related("added_by", "body").filter(pk=evidence_id).first()
    if evidence is None:
        raise Refused("object.not_visible", refs={"evidence": str(evidence_id)})
    keeper_of(evidence.noun).see(actor, evidence.object_id, evidence.protected)
    return evidence


def evidence_of(actor: Actor, noun: str, object_id: UUID, *, with_protected: bool) -> list[Evidence]:
    """Evidence of an object in its order. Without the right to protected details, marked pieces are left out."""
    keeper_of(noun).see(actor, object_id, with_protected)
    pieces = Evidence.objects.select_related("added_by", "body").filter(noun=noun, object_id=object_id)
    return list(pieces if with_protected else pieces.filter(protected=False))


def manifest_of(noun: str, object_id: UUID) -> list[dict[str, str | int]]:
    """Number, id, hash and size of every piece of an object: what a seal covers. Called by services that have asked who acts."""
    rows = Evidence.objects.filter(noun=noun, object_id=object_id).values_list("number", "id", "sha256", "size")
    return [{"number": number, "id": str(id_), "sha256": sha256, "size": size} for number, id_, sha256, size in rows]


def damaged_of(noun: str, object_id: UUID) -> list[int]:
    """Numbers of the pieces whose bytes are missing or no longer what their hash says."""
    rows = Evidence.objects.filter(noun=noun, object_id=object_id).values_list("number", "sha256")
    return [number for number, sha256 in rows if not store.intact(sha256)]


def custody_of(actor: Actor, evidence: Evidence) -> list[Line]:
    """The custody record: every entry of the ledger that names this piece, oldest first."""
    keeper_of(evidence.noun).see(actor, evidence.object_id, evidence.protected)
    entries = entries_of("evidence", evidence.id).select_related("payload").exclude(event="access.refused")
    return lines_of(entries, details=("to", "reason"))


def may_hand_over(actor: Actor, evidence: Evidence) -> bool:
    """True if this actor may record a hand-over of this piece."""
    if not actor.may("evidence.hand_over"):
        return False
    try:
        keeper_of(evidence.noun).hand_over(actor, evidence.object_id)
    except Refused:
        return False
    return True

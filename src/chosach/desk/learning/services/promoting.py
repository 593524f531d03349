"""Put a version in force, with a second person; put an older one back. Both screen again what was found before."""

from uuid import UUID

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.core.kinds import ViolationKind
from chosach.desk.learning import measuring
from chosach.desk.learning.models import Version, VersionState
from chosach.desk.learning.selectors import version_for, version_in_force
from chosach.desk.learning.services.correcting import needed
from chosach.desk.learning.services.rescreening import give
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.screenings.services import put_in_force
from chosach.screening import SCREENER_VERSION


def obstacles(version: Version) -> list[measuring.Obstacle]:
    """Why this version may not be put in force; empty when it may."""
    if version.state != VersionState.READY:
        return [measuring.Obstacle("version.not_ready", "Bản này không chờ duyệt.")]
    found = measuring.obstacles(version.figures["kinds"], version.figures["guard"], dict(ViolationKind.choices))
    in_force = version_in_force()
    if version.screener != SCREENER_VERSION or (in_force and in_force.id) != version.against_id:
        found.append(measuring.Obstacle("version.stale", "Đã đo với bộ sàng lọc hoặc bản học khác với hiện nay. Hãy cho học lại."))
    return found


@in_turn
def promote(version_id: UUID, *, reason: str, actor: Actor) -> Version:
    """A second person of the standing office puts a measured version in force. Refused when a plain case would be lost, or the
    figures on labels it has not seen are worse than the limits allow."""
    actor.require("learning.approve", version=version_id)
    version = version_for(actor, version_id, lock=True)
    if version.by_id == actor.user_id:
        raise Problem("learning.same_person", "Người cho học không được tự đưa vào dùng; cần người thứ hai.")
    against = obstacles(version)
    if against:
        raise Problem(against[0].code, " ".join(one.message for one in against))
    _switch(version, "learning.promoted", needed(reason), actor)
    return version


@in_turn
def put_back(version_id: UUID | None, *, reason: str, actor: Actor) -> Version | None:
    """Put a version back that was in force before; None: the screener as it ships. One person may: it undoes, and the ledger tells."""
    actor.require("learning.approve", version=version_id)
    version = version_for(actor, version_id, lock=True) if version_id else None
    if version is not None and version.state != VersionState.REPLACED:
        raise Problem("version.never_used", "Chỉ đặt lại bản đã từng được dùng.")
    if version is None and version_in_force() is None:
        raise Problem("version.none_in_force", "Đang dùng bộ sàng lọc gốc.")
    _switch(version, "learning.put_back", needed(reason), actor)
    return version


def _switch(version: Version | None, event: str, reason: str, actor: Actor) -> None:
    before = version_in_force()
    Version.objects.filter(state=VersionState.IN_FORCE).update(state=VersionState.REPLACED)
    put_in_force(version.correction if version else None)
    if version is not None:
        version.state = VersionState.IN_FORCE
        version.approved_by_id, version.approved_on = actor.user_id, businessdate.today()
        version.save(update_fields=["state", "approved_by", "approved_on"])
    run = give(actor)
    if version is not None:
        version.rescreening = run.job
        version.save(update_fields=["rescreening"])
    refs = {"version": [one.id for one in (version, before) if one], "job": run.job_id, "screening": run.id}
    payload = {"reason": reason, "to": version.number if version else 0, "from": before.number if before else 0}
    record(event, actor=actor, refs=refs, payload=payload)

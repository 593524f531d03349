"""Drop a draft."""

from uuid import UUID

from django.db import transaction

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.imports import store
from chosach.desk.imports.models import Import
from chosach.desk.imports.selectors import import_for
from chosach.desk.ledger.services import in_turn, record


@in_turn
def discard(import_id: UUID, *, actor: Actor) -> None:
    """Drop a file that was uploaded and not confirmed: nothing of it has been taken in. The ledger keeps its hash."""
    actor.require("imports.upload", **{"import": import_id})
    import_for(actor, import_id)
    found = Import.objects.select_for_update().get(pk=import_id)
    if found.job_id is not None:
        raise Problem("import.confirmed", "Tệp này đã được xác nhận nhập nên không bỏ được nữa.")
    found.delete()
    record("import.discarded", actor=actor, refs={"import": import_id}, payload={"sha256": found.sha256})
    if not Import.objects.filter(sha256=found.sha256).exists():
        path = store.path_of(found.sha256)
        transaction.on_commit(lambda: path.unlink(missing_ok=True))

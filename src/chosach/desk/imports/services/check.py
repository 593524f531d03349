"""Check a whole file without taking anything in."""

from collections.abc import Mapping
from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.imports.models import Import
from chosach.desk.imports.selectors import import_for
from chosach.desk.imports.services.confirm import checked_mapping
from chosach.desk.jobs.models import Job
from chosach.desk.jobs.services import submit
from chosach.desk.ledger.services import in_turn


@in_turn
def check(import_id: UUID, *, mapping: Mapping[str, str], actor: Actor) -> Job:
    """Give the workers a dry run of the whole file: it lists every row with a problem and changes nothing."""
    actor.require("imports.upload", **{"import": import_id})
    import_for(actor, import_id)
    found = Import.objects.select_for_update().get(pk=import_id)
    if found.job_id is not None:
        raise Problem("import.confirmed", "Tệp này đã được xác nhận nhập.")
    found.mapping = checked_mapping(found, mapping)
    found.save(update_fields=["mapping"])
    params = {"import": str(found.id), "mapping": found.mapping}
    return submit("imports.check", params=params, actor=actor, title=found.file_name, refs={"import": found.id})

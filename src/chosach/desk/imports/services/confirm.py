"""Confirm the mapping of an import and give it to the workers."""

from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.imports.models import Import, RememberedMapping
from chosach.desk.imports.selectors import import_for
from chosach.desk.jobs.services import submit
from chosach.desk.ledger.services import in_turn, record
from chosach.formats import listings


@in_turn
def confirm(import_id: UUID, *, mapping: Mapping[str, str], actor: Actor) -> Import:
    """Take the file in with this mapping (field → name of the column), and remember it for the body's files with the same header."""
    actor.require("imports.upload", **{"import": import_id})
    import_for(actor, import_id)
    found = Import.objects.select_for_update().get(pk=import_id)
    if found.job_id is not None:
        raise Problem("import.confirmed", "Tệp này đã được xác nhận nhập.")
    found.mapping = checked_mapping(found, mapping)
    others = Import.objects.filter(body_id=found.body_id, sha256=found.sha256, job__isnull=False)
    if any(other.mapping == found.mapping for other in others):
        raise Problem("import.same_mapping", "Tệp này đã được nhập với đúng cách ghép cột này. Nhập lại không thêm gì.")
    if actor.body_id is not None:
        RememberedMapping.objects.update_or_create(body_id=actor.body_id, signature=found.signature, defaults={"mapping": found.mapping})
    refs = {"import": found.id}
    found.job = submit("imports.listings", params={"import": str(found.id)}, actor=actor, title=found.file_name, refs=refs)
    found.confirmed_at = timezone.now()
    found.save(update_fields=["mapping", "job", "confirmed_at"])
    record("import.confirmed", actor=actor, refs={**refs, "job": found.job.id}, payload={"mapping": found.mapping})
    return found


def checked_mapping(listing_import: Import, mapping: Mapping[str, str]) -> dict[str, str]:
    """The mapping, if the file has its columns and no needed field is missing."""
    told = {field: column for field, column in mapping.items() if column}
    try:
        found = listings.propose(listing_import.header, told, guess=False)
    except listings.Unreadable as error:
        raise Problem(error.code, error.message) from error
    return found.names

"""What can be asked about imports: a body sees its own."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.imports import store
from chosach.desk.imports.models import Import, PictureFile, RememberedMapping
from chosach.formats import listings

#: Rows that a dry run in a page looks at. More would keep the person waiting; a check of the whole file is a job.
DRY_RUN_ROWS = 5000
PREVIEW_ROWS = 5


def imports_for(actor: Actor) -> QuerySet[Import]:
    """Imports of the actor's body, the newest first; the system sees all."""
    actor.require("imports.read")
    found = Import.objects.select_related("user", "body", "job")
    if actor.is_system:
        return found
    return found.none() if actor.body_id is None else found.filter(body_id=actor.body_id)


def import_for(actor: Actor, import_id: UUID) -> Import:
    """The import, if it is one of the actor's body."""
    found = imports_for(actor).filter(pk=import_id).first()
    if found is None:
        raise Refused("object.not_visible", refs={"import": str(import_id)})
    return found


def picture_files_of(actor: Actor, listing_import: Import) -> list[PictureFile]:
    """Files of pictures that were sent for an import, the newest first."""
    import_for(actor, listing_import.id)
    return list(listing_import.picture_files.select_related("job", "user"))


def remembered_mapping(actor: Actor, signature: str) -> dict[str, str]:
    """How the actor's body mapped files with this header last time; empty when it never did."""
    found = RememberedMapping.objects.filter(body_id=actor.body_id, signature=signature).first() if actor.body_id else None
    return dict(found.mapping) if found else {}


@dataclass(frozen=True)
class DryRun:
    """What an import would do, as far as the first rows tell. `whole`: that was the whole file."""

    read: int
    accepted: int
    rejected: int
    warnings: int
    whole: bool
    preview: list[dict[str, Any]]
    problems: list[listings.RowProblem]


def dry_run(listing_import: Import, mapping: Mapping[str, str]) -> DryRun:
    """Read the first rows with this mapping and change nothing. Raises `Problem` when the file can't be read that way."""
    try:
        file = open_stored(listing_import, mapping)
        batches = list(itertools.islice(file.batches(size=1000), DRY_RUN_ROWS // 1000 + 1))
    except listings.Unreadable as error:
        raise Problem(error.code, error.message) from error
    whole = len(batches) <= DRY_RUN_ROWS // 1000
    used = batches[: DRY_RUN_ROWS // 1000]
    problems = [problem for batch in used for problem in batch.problems]
    rejected = sum(problem.rejected for problem in problems)
    accepted = sum(batch.table.num_rows for batch in used)
    preview = [row for batch in used[:1] for row in batch.table.slice(0, PREVIEW_ROWS).to_pylist()]
    return DryRun(accepted + rejected, accepted, rejected, len(problems) - rejected, whole, preview, problems)


def open_stored(listing_import: Import, mapping: Mapping[str, str]) -> listings.ListingFile:
    """The uploaded file, ready to be read with this mapping. Raises `listings.Unreadable`."""
    path = store.path_of(listing_import.sha256)
    return listings.open_file(path, mapping=mapping, encoding=listing_import.encoding or None, guess=False)

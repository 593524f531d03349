"""What follows an import (`imports.hooks.after_import`): its screening is recorded and the leads of its traders are opened."""

from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.imports.models import Import, ImportedRow
from chosach.desk.leads.services.open_leads import open_leads
from chosach.desk.screenings.services import record_run


def record_and_open(import_id: UUID, actor: Actor) -> None:
    """Called by the import's job, in the transaction that completes it."""
    found = Import.objects.get(pk=import_id)
    listings = ImportedRow.objects.filter(listing_import=found).count()
    record_run(source=f"import:{import_id}", listings=listings, label=found.file_name, actor=actor)
    open_leads(actor=actor, import_id=import_id)

"""Take a file in once more with another mapping, because the first one was wrong."""

from uuid import UUID

from django.db.models import Max

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.imports.models import Import
from chosach.desk.imports.selectors import import_for
from chosach.desk.ledger.services import in_turn, record


@in_turn
def remap(import_id: UUID, *, actor: Actor) -> Import:
    """Open a new draft of the same file. Listings that read differently then become new versions; the old ones are kept.

    A draft of this file that is open already is given back.
    """
    actor.require("imports.upload", **{"import": import_id})
    import_for(actor, import_id)
    found = Import.objects.select_for_update(of=("self",)).select_related("job").get(pk=import_id)
    if found.job is None or found.job.is_open:
        raise Problem("import.not_ended", "Lần nhập này chưa kết thúc. Hãy đợi hoặc dừng việc nhập trước.")
    same = Import.objects.filter(body_id=found.body_id, sha256=found.sha256)
    draft = same.filter(job__isnull=True).first()
    if draft is None:
        last = same.aggregate(last=Max("again"))["last"]
        copied = ("file_name", "sha256", "size", "format", "encoding", "header", "signature", "mapping", "body_id")
        values = {name: getattr(found, name) for name in copied}
        draft = Import.objects.create(**values, again=last + 1, user_id=actor.user_id)
        record("import.reopened", actor=actor, refs={"import": [found.id, draft.id]})
    return draft

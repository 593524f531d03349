"""Receive a ZIP with pictures of an import's listings."""

from dataclasses import dataclass
from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.imports import archive
from chosach.desk.imports.models import PictureFile
from chosach.desk.imports.selectors import import_for
from chosach.desk.imports.services.receive import plain_name
from chosach.desk.imports.store import Arrived
from chosach.desk.jobs.models import State
from chosach.desk.jobs.services import submit
from chosach.desk.ledger.services import in_turn, record


@dataclass(frozen=True)
class ReceivedPictures:
    """The file of pictures, and whether it had been sent before for the same import."""

    file: PictureFile
    again: bool


def receive_pictures(arrived: Arrived, import_id: UUID, *, actor: Actor) -> ReceivedPictures:
    """Keep the ZIP and give the workers its pictures to read. The same file again gives the first one.

    Raises `Problem` when it is no ZIP, holds too much, or the import has not been done; then nothing is kept.
    """
    try:
        actor.require("imports.upload", **{"import": import_id})
        found = import_for(actor, import_id)
        if found.job is None or found.job.state != State.DONE:
            raise Problem("pictures.import_not_done", "Hãy đợi nhập xong tin bán rồi gửi ảnh: ảnh được gắn vào tin theo tên.", where="file")
        with archive.opened(arrived.path) as opened:
            number = len(archive.entries(opened))
        if not number:
            raise Problem("pictures.none", "Tệp ZIP không có ảnh nào.", where="file")
    except BaseException:
        arrived.drop()
        raise
    return _take(arrived, import_id, number, actor)


@in_turn
def _take(arrived: Arrived, import_id: UUID, number: int, actor: Actor) -> ReceivedPictures:
    first = PictureFile.objects.filter(listing_import=import_id, sha256=arrived.sha256).first()
    if first is not None:
        arrived.drop()
        record("pictures.repeated", actor=actor, refs={"pictures": first.id, "import": import_id})
        return ReceivedPictures(first, again=True)
    arrived.keep()
    made = PictureFile(
        listing_import_id=import_id, file_name=plain_name(arrived.name), sha256=arrived.sha256, size=arrived.size, files=number,
        user_id=actor.user_id,
    )  # fmt: skip
    params = {"import": str(import_id), "pictures": str(made.id)}
    refs = {"pictures": made.id, "import": import_id}
    made.job = submit("imports.pictures", params=params, actor=actor, total=number, title=made.file_name, refs=refs)
    made.save(force_insert=True)
    payload = {"sha256": arrived.sha256, "size": arrived.size, "files": number}
    record("pictures.received", actor=actor, refs={**refs, "job": made.job.id}, payload=payload)
    return ReceivedPictures(made, again=False)

"""Receive an uploaded file."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.imports.models import Import
from chosach.desk.imports.selectors import remembered_mapping
from chosach.desk.imports.store import Arrived
from chosach.desk.ledger.services import in_turn, record
from chosach.formats import listings
from chosach.formats.listings.columns import recognise
from chosach.formats.listings.reader import open_source


@dataclass(frozen=True)
class Received:
    """The import of a file, and whether the file had been brought in before by the same body."""

    listing_import: Import
    again: bool


def receive(arrived: Arrived, *, actor: Actor, encoding: str = "") -> Received:
    """Keep the file and open a draft with a proposed mapping: as the body mapped this header last time, else by the names.

    The same file again gives its first import. Raises `Problem` when it is no file of listings; then nothing is kept.
    """
    try:
        actor.require("imports.upload")
        if actor.body_id is None:
            raise Refused("imports.upload")  # a file is always some body's
        recognised = _recognise(arrived, encoding)
    except BaseException:
        arrived.drop()
        raise
    return _take(arrived, recognised, actor.body_id, actor)


@dataclass(frozen=True)
class _Recognised:
    header: list[str]
    format: str
    encoding: str


def _recognise(arrived: Arrived, encoding: str) -> _Recognised:
    try:
        source, kind = open_source(arrived.path, encoding=encoding or None)
    except listings.Unreadable as error:
        raise Problem(error.code, error.message, where="file") from error
    return _Recognised(list(source.header), kind.label, encoding)


@in_turn
def _take(arrived: Arrived, recognised: _Recognised, body_id: UUID, actor: Actor) -> Received:
    first = Import.objects.filter(body_id=body_id, sha256=arrived.sha256).order_by("again").first()
    if first is not None:
        arrived.drop()
        record("import.repeated", actor=actor, refs={"import": first.id})
        return Received(first, again=True)
    arrived.keep()
    signature = signature_of(recognised.header)
    known = remembered_mapping(actor, signature)
    found = Import.objects.create(
        file_name=plain_name(arrived.name),
        sha256=arrived.sha256,
        size=arrived.size,
        format=recognised.format,
        encoding=recognised.encoding,
        header=recognised.header,
        signature=signature,
        mapping=known or {field: recognised.header[place] for field, place in recognise(recognised.header).items()},
        user_id=actor.user_id,
        body_id=body_id,
    )
    payload = {"sha256": arrived.sha256, "size": arrived.size, "format": recognised.format}
    record("import.received", actor=actor, refs={"import": found.id}, payload=payload)
    return Received(found, again=False)


def signature_of(header: list[str]) -> str:
    """The same for files with the same columns in the same order."""
    return hashlib.sha256(json.dumps(header, ensure_ascii=False).encode()).hexdigest()


def plain_name(name: str) -> str:
    """A file's name without folders and control characters: data to show, never a path."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    return "".join(char for char in last if char.isprintable())[:255] or "tep"

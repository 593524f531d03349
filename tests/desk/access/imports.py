"""Imports: enforcement bodies bring files in; each sees its own."""

from collections.abc import Mapping
from typing import Any

from chosach.desk.imports.models import Import
from chosach.desk.jobs.models import Job
from tests.desk.access import Row, bodies, permitted
from tests.people import Cast

OWN = bodies("market-surveillance")


def _make(cast: Cast, sha256: str, job: Job | None) -> Mapping[str, Any]:
    member = cast["qltt.can-bo"]
    header = ["Mã tin", "Tên"]
    found = Import.objects.create(
        file_name="tin.csv", sha256=sha256, size=1, format="CSV", header=header, signature="x", user=member.user, body=member.body, job=job
    )
    return {"import_id": found.pk}


def a_draft(cast: Cast) -> Mapping[str, Any]:
    return _make(cast, "0" * 64, None)


def an_import(cast: Cast) -> Mapping[str, Any]:
    member = cast["qltt.can-bo"]
    job = Job.objects.create(kind="imports.listings", title="tin.csv", actor=member.actor.id, user=member.user, body=member.body)
    return _make(cast, "1" * 64, job)


ROWS = [
    Row("imports:list", permitted("imports.read")),
    Row("imports:new", permitted("imports.upload")),
    Row("imports:new", permitted("imports.upload"), method="POST"),
    Row("imports:import", OWN, an_import),
    Row("imports:mapping", OWN, a_draft),
    Row("imports:mapping", OWN, a_draft, "POST", data={"listing_id": "Mã tin", "title": "Tên", "preview": "1"}),
    Row("imports:remap", OWN, an_import, "POST"),
    Row("imports:pictures", OWN, an_import),
    Row("imports:pictures", OWN, an_import, "POST"),
    Row("imports:discard", OWN, a_draft, "POST"),
]

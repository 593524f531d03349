"""What a worker does: read the registry, link it, take over what was found."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet

import pyarrow as pa
from django.urls import reverse

from chosach.desk.core.errors import Problem, Refused
from chosach.desk.jobs.handlers import register
from chosach.desk.jobs.models import Job
from chosach.desk.jobs.run import Run as Work
from chosach.desk.ledger.services import record
from chosach.desk.rings import records
from chosach.desk.rings.models import Run
from chosach.desk.rings.selectors import stamp
from chosach.desk.rings.services.applying import Found, apply
from chosach.desk.rings.services.linking import KIND
from chosach.linking import link

#: A run whose ground moved while it was linking begins again, so often at most.
ATTEMPTS = 3
#: Seconds between two signs of life while the engine works.
BEAT = 5.0


class GroundMoved(Exception):
    """Somebody judged, or an import came, while the registry was being linked."""


def link_registry(work: Work) -> None:
    """Link the whole registry. Nothing is written until all is found; then everything in one transaction, or nothing."""
    if not (work.actor.may("rings.link") or work.actor.may("registry.take")):
        raise Refused("rings.link")
    run = Run.objects.get(job=work.job)
    if work.is_done(0):
        return
    for _ in range(ATTEMPTS):
        before = stamp()
        read = records.read()
        work.set_total(read.channels)
        found = linked(work, read)
        try:
            with work.chunk(0, rows=read.channels) as counts:
                if stamp() != before:
                    raise GroundMoved
                counts.update(apply(found, run=run, actor=work.actor))
                run.complete, run.counts = True, {"channels": read.channels, **counts}
                run.save(update_fields=["complete", "counts"])
                record("rings.linked", actor=work.actor, refs={"run": run.id, "job": work.job.id}, payload=run.counts)
                return
        except GroundMoved:
            continue
    raise Problem("rings.ground_moves", "Sổ thương nhân thay đổi liên tục trong khi tìm liên kết. Hãy chạy lại sau.")


def linked(work: Work, read: records.Read) -> Found:
    """The engine's answer. It works in a thread that touches no database, so that this one can give signs of life."""
    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(link, read.records, judgements=read.judgements, previous=read.previous)
        while True:
            try:
                found = asked.result(timeout=BEAT)
            except NotYet:
                work.beat()
            else:
                # what a person cut counts for no ring, and stays to be seen
                ties = pa.concat_tables([found.ties, found.cut])
                return Found(found.clusters, found.edges, ties, found.rings, found.members)


def _link(job: Job) -> tuple[str, str] | None:
    return ("Đường dây", reverse("rings:rings")) if Run.objects.filter(job=job).exists() else None


register(KIND, "Tìm liên kết giữa các kênh bán", run=link_registry, link=_link)

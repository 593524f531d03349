"""What a worker does: read the registry, link it, take over what was found."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet

import pyarrow as pa

from chosach.desk.core.errors import Problem, Refused
from chosach.desk.jobs.run import Run as Work
from chosach.desk.ledger.services import record
from chosach.desk.registry.models import Trader
from chosach.desk.registry.places import reading
from chosach.desk.registry.services import place_again
from chosach.desk.rings import records
from chosach.desk.rings.models import Run
from chosach.desk.rings.selectors import stamp
from chosach.desk.rings.services.applying import Found, apply
from chosach.linking import link

#: A run whose ground moved while it was linking begins again, so often at most.
ATTEMPTS = 3
#: Traders of a chunk that are placed anew: one transaction of less than a second.
PLACED = 500
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
    place_anew(work)
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
                run.complete, run.counts, run.reading = True, {"channels": read.channels, **counts}, reading()
                run.save(update_fields=["complete", "counts", "reading"])
                record("rings.linked", actor=work.actor, refs={"run": run.id, "job": work.job.id}, payload=run.counts)
                return
        except GroundMoved:
            continue
    raise Problem("rings.ground_moves", "Sổ thương nhân thay đổi liên tục trong khi tìm liên kết. Hãy chạy lại sau.")


def place_anew(work: Work) -> None:
    """Place all traders by their listings again where places are read otherwise than the last linking read them: a new release knows more
    units or reads them better. Traders are only ever added behind the others, so an attempt that goes on has the same chunks."""
    last = Run.objects.filter(complete=True).order_by("-created_at").values_list("reading", flat=True).first()
    if last == reading():
        return
    traders = list(Trader.objects.order_by("created_at", "id").values_list("id", flat=True))
    for index, start in enumerate(range(0, len(traders), PLACED), 1):
        if not work.is_done(index):
            with work.chunk(index, rows=0) as counts:
                counts["placed_again"] = place_again(traders[start : start + PLACED], work.actor)


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

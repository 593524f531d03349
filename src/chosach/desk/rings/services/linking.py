"""Have the registry linked anew: by hand, after an import, after what people have judged."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor, system
from chosach.desk.core.errors import Problem
from chosach.desk.jobs.models import OPEN, Job, State
from chosach.desk.jobs.services import put_off, submit
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.registry.models import Channel
from chosach.desk.rings import hooks
from chosach.desk.rings.job_kinds import LINK
from chosach.desk.rings.models import Run

#: A linking that a judgement asks for waits until nobody has judged for so long: many in a row are one run's work.
QUIET = timedelta(minutes=2)
#: It waits no longer than this in all, however much is judged.
LONGEST = timedelta(minutes=15)


@in_turn
def start_linking(*, actor: Actor) -> Run:
    """Begin a linking of the whole registry. One at a time; one that only waits for further judgements begins now."""
    actor.require("rings.link")
    waiting = _waiting()
    if waiting is not None and waiting.put_off and put_off(waiting.id, until=None):
        run = Run.objects.get(job=waiting)
        record("rings.link_brought_forward", actor=actor, refs={"job": waiting.id, "run": run.id})
        return run
    if Job.objects.filter(kind=LINK, state__in=OPEN).exists():
        raise Problem("rings.running", "Đang có một lần tìm liên kết chưa xong.")
    if not Channel.objects.exists():
        raise Problem("rings.nothing", "Sổ thương nhân chưa có kênh bán nào. Hãy nhập tin bán trước.")
    return _begin(actor)


def link_again(actor: Actor) -> Run | None:
    """Part of an act that made the registry other than it was linked: begin a linking, unless one waits that will see it all. That one
    waits for no further judgements then."""
    waiting = _waiting()
    if waiting is not None and (not waiting.put_off or put_off(waiting.id, until=None)):
        return None
    return _begin(actor) if Channel.objects.exists() else None


def link_soon(actor: Actor) -> Run | None:
    """Part of a judgement: begin a linking once nobody has judged for `QUIET`. It is the system's work, for many may have judged by then;
    the body of the first sees it."""
    now = timezone.now()
    waiting = _waiting()
    if waiting is not None and (not waiting.put_off or put_off(waiting.id, until=min(now + QUIET, waiting.created_at + LONGEST))):
        return None
    if not Channel.objects.exists():
        return None
    return _begin(system("rings"), not_before=now + QUIET, of=actor)


def link_after_statement(traders: Collection[UUID], actor: Actor) -> None:
    """A body stated an identifier or took one back (`registry.hooks.after_stating`): what stands on these traders follows at once, what
    the value ties or no longer joins when the registry is linked."""
    hooks.after_regrouping.run(traders, actor)
    link_soon(actor)


def _waiting() -> Job | None:
    """The linking that no worker has taken up yet."""
    return Job.objects.filter(kind=LINK, state=State.WAITING).order_by("created_at").first()


def _begin(actor: Actor, *, not_before: datetime | None = None, of: Actor | None = None) -> Run:
    job = submit(
        LINK,
        params={},
        actor=actor,
        title="Tìm liên kết giữa các kênh bán",
        total=Channel.objects.count(),
        body_id=of.body_id if of else None,
        not_before=not_before,
    )
    run = Run.objects.create(job=job, on=businessdate.today())
    record("rings.link_started", actor=actor, refs={"job": job.id, "run": run.id})
    return run

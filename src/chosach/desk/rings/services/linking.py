"""Have the registry linked anew: by hand, after an import, after an undoing that a run came before."""

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.jobs.models import OPEN, Job, State
from chosach.desk.jobs.services import submit
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.registry.models import Channel
from chosach.desk.rings.models import Run

KIND = "rings.link"


@in_turn
def start_linking(*, actor: Actor) -> Run:
    """Begin a linking of the whole registry. One at a time."""
    actor.require("rings.link")
    if Job.objects.filter(kind=KIND, state__in=OPEN).exists():
        raise Problem("rings.running", "Đang có một lần tìm liên kết chưa xong.")
    if not Channel.objects.exists():
        raise Problem("rings.nothing", "Sổ thương nhân chưa có kênh bán nào. Hãy nhập tin bán trước.")
    return _begin(actor)


def link_again(actor: Actor) -> Run | None:
    """Part of an act that made the registry other than it was linked: begin a linking, unless one waits that will see it all."""
    if Job.objects.filter(kind=KIND, state=State.WAITING).exists() or not Channel.objects.exists():
        return None
    return _begin(actor)


def _begin(actor: Actor) -> Run:
    job = submit(KIND, params={}, actor=actor, title="Tìm liên kết giữa các kênh bán", total=Channel.objects.count())
    run = Run.objects.create(job=job, on=businessdate.today())
    record("rings.link_started", actor=actor, refs={"job": job.id, "run": run.id})
    return run

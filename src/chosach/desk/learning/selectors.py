"""What can be asked about labels and versions, filtered by who asks: a body sees its own labels, the standing office all of them, and
the listing behind a label only who may see the lead."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from chosach.desk.accounts.models import User
from chosach.desk.agencies.models import Body
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Refused
from chosach.desk.learning.models import Label, LabelChange, LabelState, Version, VersionState
from chosach.desk.registry.models import Finding, Listing
from chosach.desk.screenings import screener
from chosach.desk.screenings.models import ScreeningRun
from chosach.screening import SCREENER_VERSION


def labels_for(actor: Actor) -> QuerySet[Label]:
    """Labels of the actor's body; the standing office and the system see all."""
    actor.require("learning.read")
    query = Label.objects.select_related("listing", "lead", "by", "body", "dismissal", "outcome")
    return query if actor.is_system or actor.may("learning.oversee") else query.filter(body=actor.body_id)


def counted_everywhere() -> int:
    """How many labels a retraining would take, of all bodies: a number that everybody who may retrain is told by it anyway."""
    return Label.objects.filter(state=LabelState.COUNTED).count()


def label_for(actor: Actor, label_id: UUID | str, *, lock: bool = False) -> Label:
    """One label; raises `Refused`, as if it didn't exist, for any other. `lock` holds the row to the commit."""
    query = labels_for(actor)
    if lock:
        query = query.select_for_update(of=("self",))
    try:
        found = query.filter(id=label_id).first()
    except ValidationError:
        found = None
    if found is None:
        raise Refused("object.not_visible", refs={"label": str(label_id)})
    return found


def may_see_listing(actor: Actor, label: Label) -> bool:
    """True for those who may see the lead that the label comes from."""
    return actor.may("leads.read") and label.lead is not None and label.lead.body_id == actor.body_id


def may_correct(actor: Actor, label: Label) -> bool:
    """A head corrects labels of the own body, the standing office any."""
    return actor.may("learning.oversee") or (actor.may("learning.correct") and label.body_id == actor.body_id)


def may_train(actor: Actor) -> bool:
    return actor.may("learning.train") or actor.may("learning.train_as_analyst")


@dataclass(frozen=True)
class Mass:
    """False alarms of one person on one day, more than usual: they wait."""

    by: User
    body: Body
    on: dt.date
    dismissals: int
    labels: int
    terms: tuple[str, ...]


def masses_for(actor: Actor) -> list[Mass]:
    """What waits for the standing office because it came at once, the oldest first."""
    actor.require("learning.oversee")
    rows = (
        Label.objects.filter(state=LabelState.HELD)
        .order_by("on", "by")
        .values("by", "body", "on")
        .annotate(dismissals=Count("dismissal", distinct=True), labels=Count("id"))
    )
    people = User.objects.in_bulk([row["by"] for row in rows])
    bodies = Body.objects.in_bulk([row["body"] for row in rows])
    return [
        Mass(people[row["by"]], bodies[row["body"]], row["on"], row["dismissals"], row["labels"], _terms(row["by"], row["on"]))
        for row in rows
    ]


def held_for(actor: Actor, by: UUID, on: dt.date) -> QuerySet[Label]:
    """The labels of one mass, each with its listing and why the lead was dismissed: who judges it has to read the words. They are those
    that a screening run shows to the same people, so only who may read these gets them."""
    actor.require("learning.oversee")
    actor.require("screenings.read")
    found = Label.objects.filter(state=LabelState.HELD, by=by, on=on).select_related("listing", "by", "body", "dismissal")
    return found.order_by("dismissal", "kind", "id")


def waiting_changes(actor: Actor) -> list[tuple[User, dt.date, list[LabelChange]]]:
    """Corrections of labels that wait for a second person of the standing office, by person and day, the oldest first."""
    actor.require("learning.oversee")
    found = LabelChange.objects.filter(state=LabelChange.State.WAITING).select_related("label__listing", "by", "body")
    groups: dict[tuple[dt.date, str], list[LabelChange]] = {}
    for change in found.order_by("on", "by", "created_at"):
        groups.setdefault((change.on, str(change.by_id)), []).append(change)
    return [(changes[0].by, day, changes) for (day, _), changes in groups.items()]


def _terms(by: UUID, on: dt.date) -> tuple[str, ...]:
    """The words that most of a mass is about."""
    lists = Label.objects.filter(state=LabelState.HELD, by=by, on=on).values_list("terms", flat=True)
    words = [term for terms in lists for term in terms]
    return tuple(sorted(set(words), key=lambda term: (-words.count(term), term))[:5])


def versions_for(actor: Actor) -> QuerySet[Version]:
    """Every version, the newest first."""
    actor.require("learning.read")
    return Version.objects.select_related("by", "body", "job", "rescreening", "approved_by", "against", "correction")


def version_for(actor: Actor, version_id: UUID, *, lock: bool = False) -> Version:
    """One version."""
    query = versions_for(actor)
    if lock:
        query = query.select_for_update(of=("self",))
    found = query.filter(pk=version_id).first()
    if found is None:
        raise Refused("object.not_visible", refs={"version": str(version_id)})
    return found


@dataclass(frozen=True)
class Expected:
    """A finding that a version would take below the likely ones or above, and whether the seller says it himself."""

    listing: Listing
    kind: str
    before: float
    after: float
    declared: bool


def expected_changes(actor: Actor, rows: Iterable[Sequence[Any]]) -> list[Expected]:
    """Some rows of `effect["changes"]` of a version, with their listings, for who may see what screening runs change."""
    actor.require("screenings.read")
    listed = list(rows)
    known = Listing.objects.select_related("channel__trader").in_bulk([UUID(row[0]) for row in listed])
    return [Expected(known[UUID(pk)], kind, before, after, strong) for pk, kind, before, after, strong in listed if UUID(pk) in known]


def stale_listings(now: str = "") -> QuerySet[Listing]:
    """Listings that stand under another screener than this one ("": the one in force) and that it would read otherwise: under another
    engine all of them, under another correction those in whose present text something was ever found (a correction only moves what the
    engine finds)."""
    now = now or screener.version()
    engine = SCREENER_VERSION
    same_engine = Q(screener=engine) | Q(screener__startswith=f"{engine}+")
    found = Finding.objects.filter(listing=OuterRef("pk"), content_hash=OuterRef("content_hash"))
    return Listing.objects.exclude(screener=now).filter(~same_engine | Exists(found))


def rescreening_of(version: Version) -> ScreeningRun | None:
    """The run that read the registry again when this version was put in force, the last one."""
    return ScreeningRun.objects.select_related("job").filter(job=version.rescreening_id).first() if version.rescreening_id else None


def last_rescreening() -> ScreeningRun | None:
    """The newest run over listings that had been screened before."""
    return ScreeningRun.objects.select_related("job").filter(source__startswith="rescreen:").order_by("-created_at").first()


def version_in_force() -> Version | None:
    """The version that screening applies; None: the screener as it ships."""
    return Version.objects.filter(state=VersionState.IN_FORCE).first()


@dataclass(frozen=True)
class LabelFilter:
    """What a person looks for among labels. Empty fields don't narrow."""

    kind: str = ""
    verdict: str = ""
    state: str = ""
    body: str = ""

    def of(self, labels: QuerySet[Label]) -> QuerySet[Label]:
        wanted = Q()
        if self.kind:
            wanted &= Q(kind=self.kind)
        if self.verdict:
            wanted &= Q(right=self.verdict == "right")
        if self.state:
            wanted &= Q(state=self.state)
        if self.body:
            wanted &= Q(body__code=self.body)
        return labels.filter(wanted)

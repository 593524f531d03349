"""What can be asked of rings. Who reads the registry reads them; what nobody published is for named bodies (`registry.disclosure`)."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Refused
from chosach.desk.registry import disclosure
from chosach.desk.registry.folding import fold
from chosach.desk.registry.models import Channel, Join, Listing, ListingPicture, Trader
from chosach.desk.rings import undisclosed
from chosach.desk.rings.models import HOLDING, Ask, Change, Judged, Judgement, Link, Member, Moved, Ring, Role, Run, Tie, TieKind, Verdict

#: Verdicts that can't both be true of the same two channels.
OPPOSITE = {
    Verdict.SAME: (Verdict.DIFFERENT, Verdict.UNTIED), Verdict.DIFFERENT: (Verdict.SAME,), Verdict.UNTIED: (Verdict.SAME,),
}  # fmt: skip


def last_run() -> Run | None:
    """The last linking that was taken over."""
    return Run.objects.filter(complete=True).order_by("-created_at").first()


def open_run() -> Run | None:
    """The linking that waits or runs."""
    return Run.objects.filter(complete=False, job__state__in=("waiting", "running")).select_related("job").first()


def stamp() -> tuple[object, ...]:
    """Changes whenever a linking that was read before would not be true any more."""
    judged = tuple(sorted(Counter(Judgement.objects.values_list("state", flat=True)).items()))
    return Channel.objects.count(), Join.objects.count(), Moved.objects.count(), ListingPicture.objects.count(), judged


@dataclass(frozen=True)
class RingFilter:
    """What a person looks for among rings. Empty fields don't narrow."""

    q: str = ""
    district: str = ""
    kind: str = ""
    size: int = 0
    state: str = Ring.State.LIVE

    def of(self, rings: QuerySet[Ring]) -> QuerySet[Ring]:
        wanted = Q(state=self.state) if self.state else Q()
        for word in fold(self.q).split():
            wanted &= Q(search__contains=word)
        if self.district:
            wanted &= Q(districts__contains=f"|{self.district}|")
        if self.size:
            wanted &= Q(traders__gte=self.size)
        if self.kind in TieKind.values:
            tied = Tie.objects.filter(kind=self.kind, cut=False)
            wanted &= Q(members__trader__in=tied.values("left"))
        return rings.filter(wanted).distinct() if self.kind else rings.filter(wanted)


def rings_for(actor: Actor) -> QuerySet[Ring]:
    """Every ring, the largest first."""
    actor.require("rings.read")
    return Ring.objects.select_related("organiser", "merged_into")


def ring_for(actor: Actor, ring_id: UUID | str) -> Ring:
    """One ring; raises `Refused` if there is none or the actor may not read it."""
    found = rings_for(actor).filter(id=ring_id).first()
    if found is None:
        raise Refused("object.not_visible", refs={"ring": str(ring_id)})
    return found


def members_of(ring: Ring) -> list[Member]:
    """The traders of a ring: organiser first, then by role and by how clearly it shows."""
    order = {role: number for number, role in enumerate(Role.values)}
    members = list(ring.members.select_related("trader"))
    names = names_of(member.trader for member in members)
    for member in members:
        member.called = names[member.trader_id]
    return sorted(members, key=lambda one: (order.get(one.role, 9), -one.score, -one.channels, one.trader.name, str(one.id)))


def names_of(traders: Iterable[Trader]) -> dict[UUID, str]:
    """What each of these traders is called among them: one of several with one name also by what tells it from them, the platform of its
    channel and, where that is one too, the seller's key there or a number."""
    called = {trader.id: trader.name for trader in traders}
    several = Counter(called.values())
    same = sorted((pk for pk, name in called.items() if several[name] > 1), key=str)
    if not same:
        return called
    channels = Channel.objects.filter(trader__in=same).order_by("platform", "seller_key").values_list("trader", "platform", "seller_key")
    first: dict[UUID, tuple[str, str]] = {}
    for trader, platform, key in channels:
        # other keys are made of names and of values that nobody may have published
        first.setdefault(trader, (platform, key.removeprefix("id:") if key.startswith("id:") else ""))
    platforms = Counter((called[pk], first[pk][0]) for pk in same if pk in first)
    told = dict(called)
    for number, pk in enumerate(same, 1):
        platform, key = first.get(pk, ("", ""))
        alone = platform and platforms[called[pk], platform] == 1
        told[pk] = f"{called[pk]} ({platform if alone else f'{platform} {key or number}'.strip()})"
    return told


def memberships_of(traders: Collection[UUID]) -> list[Member]:
    """The places of these traders in their rings."""
    return list(Member.objects.filter(trader__in=list(traders)).select_related("ring").order_by("id"))


def ties_of(actor: Actor, ring: Ring) -> list[Tie]:
    """What ties the traders of a ring to each other, as far as the actor may read it."""
    actor.require("rings.read")
    found = Tie.objects.filter(left__membership__ring=ring, right__membership__ring=ring)
    return shown(actor, found.order_by("-weight", "id"))


def ties_of_trader(actor: Actor, trader_id: UUID) -> list[Tie]:
    """What ties a trader to others, the weightiest first."""
    actor.require("rings.read")
    ties = Tie.objects.filter(Q(left=trader_id) | Q(right=trader_id)).select_related("left", "right").order_by("cut", "-weight", "id")
    return shown(actor, ties)


def ties_between(actor: Actor, first: UUID, second: UUID) -> list[Tie]:
    """What ties two traders, the weightiest first."""
    actor.require("rings.read")
    left, right = sorted((first, second))
    ties = Tie.objects.filter(left=left, right=right).select_related("left_channel", "right_channel", "identifier")
    return shown(actor, ties.order_by("-weight", "id"))


def shown(actor: Actor, ties: Iterable[Tie]) -> list[Tie]:
    """The ties with values taken out that this actor may not read."""
    found = list(ties)
    hidden = undisclosed.untold(actor, found)
    for tie in found:
        if tie.id in hidden:
            tie.value = disclosure.HIDDEN
            tie.sentence = f"Cùng {TieKind(tie.kind).label.lower()} {disclosure.HIDDEN}. {tie.shared_by} thương nhân cùng có."
    return found


def links_of(actor: Actor, trader_id: UUID) -> list[Link]:
    """Why the channels of a trader are held to be one trader's, the strongest pairs first. Reasons that would tell a value that this actor
    may not read are left out."""
    actor.require("rings.read", trader=trader_id)
    links = list(Link.objects.filter(trader=trader_id).select_related("first", "second").order_by("-weight", "id"))
    undisclosed.without_untold(actor, links)
    return links


def changes_of(ring: Ring) -> QuerySet[Change]:
    return ring.changes.order_by("-created_at", "id")


def judgements_for(actor: Actor) -> QuerySet[Judgement]:
    """What was judged, by everybody: who reads rings reads why they are as they are."""
    actor.require("rings.read")
    return Judgement.objects.select_related("by", "body", "first", "second", "ring", "undo_by")


def judgements_of_ring(actor: Actor, ring: Ring, traders: Collection[UUID]) -> list[Judgement]:
    """Judgements about a ring or its traders, the newest first."""
    about = Q(ring=ring) | Q(first__in=list(traders)) | Q(second__in=list(traders))
    return list(judgements_for(actor).filter(about).prefetch_related("asks__body")[:50])


def judgements_of_trader(actor: Actor, trader_id: UUID) -> list[Judgement]:
    about = Q(first=trader_id) | Q(second=trader_id) | Q(channels__channel__trader=trader_id)
    return list(judgements_for(actor).filter(about).distinct().prefetch_related("asks__body")[:50])


def judgements_of_pair(actor: Actor, first: UUID, second: UUID) -> list[Judgement]:
    """What was judged of exactly these two."""
    about = Q(first=first, second=second) | Q(first=second, second=first)
    return list(judgements_for(actor).filter(about).prefetch_related("asks__body")[:20])


def judgement_for(actor: Actor, judgement_id: UUID | str, *, lock: bool = False) -> Judgement:
    """One judgement. `lock` holds the row to the commit."""
    query = judgements_for(actor)
    if lock:
        query = query.select_for_update(of=("self",))
    found = query.filter(id=judgement_id).first()
    if found is None:
        raise Refused("object.not_visible", refs={"judgement": str(judgement_id)})
    return found


def asks_for(actor: Actor) -> QuerySet[Ask]:
    """What other bodies ask the actor's body to agree to, the oldest first."""
    actor.require("rings.answer")
    waiting = Ask.objects.filter(state=Ask.State.WAITING, body=actor.body_id)
    return waiting.select_related("judgement__by", "judgement__body", "judgement__first", "judgement__second", "judgement__ring", "body")


def answers_to(actor: Actor, since: dt.date) -> list[Ask]:
    """What other bodies have answered since that day to what this person judged or wished to undo, the latest first."""
    actor.require("rings.judge")
    user, _ = actor.seat
    own = Q(undo=False, judgement__by=user) | Q(undo=True, judgement__undo_by=user)
    found = Ask.objects.filter(own, state__in=(Ask.State.AGREED, Ask.State.REFUSED), on__gte=since)
    return list(found.select_related("judgement__first", "body").order_by("-on", "-created_at", "id"))


def ask_for(actor: Actor, ask_id: UUID | str, *, lock: bool = False) -> Ask:
    """One of them; raises `Refused`, as if it didn't exist, for any other."""
    query = asks_for(actor)
    if lock:
        query = query.select_for_update(of=("self",))
    found = query.filter(id=ask_id).first()
    if found is None:
        raise Refused("object.not_visible", refs={"ask": str(ask_id)})
    return found


def sides_of(judgement: Judgement) -> tuple[set[UUID], set[UUID]]:
    """The channels of a judgement's two sides."""
    sides: tuple[set[UUID], set[UUID]] = (set(), set())
    for channel, second in judgement.channels.values_list("channel", "second_side"):
        sides[int(second)].add(channel)
    return sides


def channels_of_sides(judgement: Judgement) -> tuple[list[Channel], list[Channel]]:
    """The same as rows, with the trader that each is of now."""
    sides: tuple[list[Channel], list[Channel]] = ([], [])
    for one in judgement.channels.select_related("channel__trader").order_by("channel__name", "channel"):
        sides[int(one.second_side)].append(one.channel)
    return sides


def opposed_to(judgement: Judgement, first: Collection[UUID], second: Collection[UUID]) -> Sequence[Judgement]:
    """Judgements that hold and say the opposite of some pair of these channels."""
    wanted = Judgement.objects.filter(state__in=HOLDING, verdict__in=OPPOSITE[Verdict(judgement.verdict)]).exclude(id=judgement.id)
    touching = wanted.filter(channels__channel__in=list(first)).filter(channels__channel__in=list(second)).distinct()
    found = []
    for one in touching.order_by("created_at", "id"):
        a, b = sides_of(one)
        if (a & set(first) and b & set(second)) or (b & set(first) and a & set(second)):
            found.append(one)
    return found


def later_than(judgement: Judgement) -> QuerySet[Judgement]:
    """Judgements that hold, took effect after this one, and touch the same channels."""
    channels = list(judgement.before.get("channels", {}))
    later = Judgement.objects.filter(state__in=HOLDING, entry__gt=judgement.entry or 0)
    return later.filter(channels__channel__in=channels).distinct()


def waiting_on(traders: Collection[UUID]) -> QuerySet[Judgement]:
    """Judgements about these traders that wait for an answer."""
    waiting = Judgement.objects.filter(state__in=(Judgement.State.WAITING, Judgement.State.UNDOING))
    return waiting.filter(channels__channel__trader__in=list(traders)).distinct()


def judged_apart(first: UUID, second: UUID) -> bool:
    """True if a judgement that holds says of some channels of these two traders that they are different people's."""
    rows = Judged.objects.filter(judgement__state__in=HOLDING, judgement__verdict=Verdict.DIFFERENT, channel__trader__in=(first, second))
    seen = set(rows.values_list("judgement", "channel__trader", "second_side"))
    return any((judgement, second if trader == first else first, not side) in seen for judgement, trader, side in seen)


def rings_by_district(rings: QuerySet[Ring]) -> Counter[str]:
    """Unit code → how many of these rings have a trader there; under "" those with none whose place is known."""
    counts: Counter[str] = Counter()
    for told in rings.order_by().values_list("districts", flat=True):
        counts.update([code for code in told.split("|") if code] or [""])
    return counts


def first_seen(ring: Ring) -> list[dt.datetime]:
    """When each channel of a ring was first captured, in order; where no listing tells a time, when it came in."""
    channels = Channel.objects.filter(trader__membership__ring=ring).order_by()
    return sorted(channels.annotate(day=Coalesce(Min("listings__captured_at"), "created_at")).values_list("day", flat=True))


def flagged_by_trader(ring: Ring) -> dict[UUID, int]:
    """Trader of a ring → its listings with current findings."""
    flagged = Listing.objects.filter(channel__trader__membership__ring=ring, findings__current=True).order_by()
    return dict(flagged.values("channel__trader").annotate(n=Count("id", distinct=True)).values_list("channel__trader", "n"))

"""Write the rings that linking or a judgement gives: ids are kept, and what became of each ring is told to its time line and the ledger."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Max

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.ledger.services import record
from chosach.desk.registry.models import Channel, Trader
from chosach.desk.rings import drawing
from chosach.desk.rings.matching import claims
from chosach.desk.rings.models import Change, Member, Ring, Role, Run, Tie
from chosach.desk.rings.places import NOWHERE, where
from chosach.desk.rings.services.returning import returned

CHUNK = 500
#: Traders that one entry of the ledger names.
NAMED = 200
What = Change.What


@dataclass(frozen=True)
class Part:
    """A trader's part in a ring: role, how clearly it shows (0 to 1), and why."""

    role: str = Role.MEMBER
    score: float = 0.0
    sentence: str = ""


@dataclass(frozen=True)
class Group:
    """A ring to be written: its traders with their parts, bits of its weakest holding tie, and why it is one."""

    parts: Mapping[UUID, Part]
    strength: float = 0.0
    sentence: str = ""


@dataclass
class Written:
    """Numbers of rings by what became of them, and the group → ring."""

    counts: Counter[str] = field(default_factory=Counter)
    rings: dict[str, Ring] = field(default_factory=dict)


def channels_by_ring(rings: Iterable[UUID] | None = None) -> dict[UUID, set[UUID]]:
    """The channels of live rings, by ring: taken before channels move, so that a ring is known by what it was made of."""
    found = Channel.objects.filter(trader__membership__ring__state=Ring.State.LIVE)
    if rings is not None:
        found = found.filter(trader__membership__ring__in=list(rings))
    held: dict[UUID, set[UUID]] = {}
    for ring, channel in found.order_by().values_list("trader__membership__ring", "id"):
        held.setdefault(ring, set()).add(channel)
    return held


def write(groups: Mapping[str, Group], *, held: Mapping[UUID, set[UUID]], why: str, actor: Actor, refs: Mapping[str, object]) -> Written:
    """Put these groups in the place of the rings in `held` (ring → channels before the change). Part of an act.

    A group keeps the id of the ring that it shares most channels with; one that no ring goes on in may be a ring that was no more
    (`returning`). Groups go by any name; names that are equal in two runs give equal numbers to new rings.
    """
    work = _Writing(groups, held, why, actor, refs)
    work.assign()
    for key in sorted(groups, key=lambda key: (work.kept.get(key) is None, key)):
        work.one(key)
    work.end_the_rest()
    return work.result


class _Writing:
    """One writing: what stood before, what stands after."""

    def __init__(
        self, groups: Mapping[str, Group], held: Mapping[UUID, set[UUID]], why: str, actor: Actor, refs: Mapping[str, object]
    ) -> None:
        self.groups, self.held, self.why, self.actor, self.refs = groups, held, why, actor, refs
        self.on = businessdate.today()
        self.result = Written()
        self.before = {ring.id: ring for ring in Ring.objects.filter(id__in=list(held))}
        self.members: dict[UUID, dict[UUID, Member]] = {ring: {} for ring in held}
        for member in Member.objects.filter(ring__in=list(held)):
            self.members[member.ring_id][member.trader_id] = member
        traders = {trader for group in groups.values() for trader in group.parts}
        self.traders = _in_parts(traders, Trader.objects.in_bulk)
        self.channels: dict[UUID, set[UUID]] = {trader: set() for trader in traders}
        for start in _starts(traders):
            part = sorted(traders)[start : start + CHUNK]
            for channel, trader in Channel.objects.filter(trader__in=part).order_by().values_list("id", "trader"):
                self.channels[trader].add(channel)
        self.number = Ring.objects.aggregate(last=Max("number"))["last"] or 0
        self.kept: dict[str, UUID] = {}
        self.back: dict[str, Ring] = {}
        self.goes_to: dict[UUID, Counter[str]] = {}

    def assign(self) -> None:
        """Which group keeps which ring, and where the channels of each old ring went."""
        made_of = {key: set().union(*(self.channels[trader] for trader in group.parts)) for key, group in self.groups.items()}
        self.kept = claims(made_of, self.held, {ring.id: ring.number for ring in self.before.values()})
        self.back = returned({key: set(group.parts) for key, group in self.groups.items() if key not in self.kept})
        owner = {channel: ring for ring, channels in self.held.items() for channel in channels}
        for key, channels in made_of.items():
            for ring, number in Counter(owner[channel] for channel in channels if channel in owner).items():
                self.goes_to.setdefault(ring, Counter())[key] += number

    def one(self, key: str) -> None:
        """Write one group."""
        group, name = self.groups[key], self.kept.get(key)
        ring = self.before[name] if name else self.back.get(key) or self._new_ring()
        known = self.members.get(ring.id, {})
        came, left = set(group.parts) - set(known), set(known) - set(group.parts)
        channels = ring.channels
        self._fill(ring, group)
        ring.save()
        self.result.rings[key] = ring
        Member.objects.filter(ring=ring).delete()
        Member.objects.filter(trader__in=list(came)).delete()
        places = drawing.places(list(group.parts), _ties_among(group.parts), ring.organiser_id)
        Member.objects.bulk_create(
            (
                Member(
                    ring=ring, trader_id=trader, role=part.role, score=part.score, sentence=part.sentence,
                    channels=len(self.channels[trader]), on=known[trader].on if trader in known else self.on,
                    x=places[trader][0], y=places[trader][1],
                )
                for trader, part in sorted(group.parts.items())
            ),
            batch_size=CHUNK,
        )  # fmt: skip
        if name is None:
            self._tell_new(key, ring)
        elif came or left:
            still = f" Vẫn {channels} kênh bán." if ring.channels == channels else ""
            moved = f"{_moves(self._names(came), self._names(left))}{still} {self._why(ring)}"
            self._tell(ring, What.GREW if len(came) >= len(left) else What.SHRANK, "ring.changed", moved)
            self.result.counts["changed"] += 1
        elif ring.channels != channels:
            # the traders are the same, and have other channels: an import brought them
            what, words = (What.GREW, "Thêm") if ring.channels > channels else (What.SHRANK, "Bớt")
            said = f"{words} {abs(ring.channels - channels)} kênh bán của thương nhân trong đường dây, nay {ring.channels} kênh."
            self._tell(ring, what, "ring.changed", said)
            self.result.counts["changed"] += 1

    def _why(self, ring: Ring) -> str:
        """Why its traders are others: a linking finds them so also because of what was judged since the last one, and then says that."""
        if "run" not in self.refs:
            return self.why
        last = Run.objects.filter(complete=True).order_by("-created_at").first()
        noted = ring.changes.filter(what__in=(What.JUDGED, What.UNDONE))
        judged = (noted.filter(created_at__gt=last.created_at) if last else noted).order_by("-created_at", "id").first()
        if judged is None:
            return self.why
        after = "sau khi hoàn tác một nhận định" if judged.what == What.UNDONE else "sau nhận định của cán bộ"
        return f"{self.why.rstrip('.')}, {after} ({judged.sentence.rstrip('.')})."

    def _new_ring(self) -> Ring:
        self.number += 1
        return Ring(number=self.number, on=self.on)

    def _fill(self, ring: Ring, group: Group) -> None:
        traders = [self.traders[trader] for trader in group.parts]
        organisers = sorted((-part.score, str(trader), trader) for trader, part in group.parts.items() if part.role == Role.ORGANISER)
        ring.state, ring.merged_into = Ring.State.LIVE, None
        ring.traders, ring.channels = len(traders), sum(len(self.channels[trader.id]) for trader in traders)
        ring.strength, ring.sentence = group.strength, group.sentence
        ring.organiser_id = organisers[0][2] if organisers else None
        ring.districts = "|" + "|".join(sorted({code for trader in traders if (code := where(trader).code) != NOWHERE}))[:990] + "|"
        ring.search = " ".join(sorted(trader.search for trader in traders))[:20_000]

    def _tell_new(self, key: str, ring: Ring) -> None:
        origins = [self.before[name] for name, shares in self.goes_to.items() if key in shares]
        size = f"{ring.traders} thương nhân, {ring.channels} kênh bán"
        if not origins:
            back = key in self.back
            what, event = (What.RETURNED, "ring.returned") if back else (What.BORN, "ring.born")
            self._tell(ring, what, event, f"{f'Thấy lại: {size}' if back else size}. {self.why}")
            self.result.counts[what] += 1
            return
        origin = min(origins, key=lambda one: (-self.goes_to[one.id][key], one.number))
        if key in self.back:
            self._tell(ring, What.RETURNED, "ring.returned", f"Thấy lại: tách từ {origin}, {size}. {self.why}", origin.id)
        else:
            self._tell(ring, What.SPLIT, "ring.split", f"Tách từ {origin}. {self.why}", origin.id)
        kept = {self.result.rings[other].id for other in self.result.rings}
        if origin.id in kept:
            told = f"{ring} tách ra với {ring.traders} thương nhân. {self.why}"
            Change.objects.create(ring=origin, what=What.SPLIT, on=self.on, sentence=told, traders=origin.traders)
        self.result.counts["returned" if key in self.back else "split"] += 1

    def end_the_rest(self) -> None:
        """Old rings that no group keeps: merged into the one that took most of their channels, or gone."""
        for name in sorted(set(self.held) - set(self.kept.values()), key=lambda one: self.before[one].number):
            ring, shares = self.before[name], self.goes_to.get(name)
            Member.objects.filter(ring=ring).delete()
            if shares:
                key = min(shares, key=lambda one: (-shares[one], one))
                target = self.result.rings[key]
                ring.state, ring.merged_into = Ring.State.MERGED, target
                ring.save(update_fields=["state", "merged_into"])
                self._tell(ring, What.MERGED, "ring.merged", f"Nhập vào {target}. {self.why}", target.id)
                Change.objects.create(
                    ring=target, what=What.MERGED, on=self.on, sentence=f"Nhập thêm {ring}. {self.why}", traders=target.traders
                )
                self.result.counts["merged"] += 1
            else:
                ring.state = Ring.State.GONE
                ring.save(update_fields=["state"])
                self._tell(ring, What.GONE, "ring.gone", f"Không còn đủ mối liên kết. {self.why}")
                self.result.counts["gone"] += 1

    def _names(self, traders: set[UUID]) -> list[str]:
        missing = [trader for trader in traders if trader not in self.traders]
        self.traders |= _in_parts(missing, Trader.objects.in_bulk)
        return sorted(self.traders[trader].name for trader in traders)

    def _tell(self, ring: Ring, what: What, event: str, sentence: str, other: UUID | None = None) -> None:
        traders = sorted(self.members.get(ring.id, {})) if what in (What.GONE, What.MERGED) else []
        if not traders:
            traders = sorted(Member.objects.filter(ring=ring).values_list("trader", flat=True))
        refs = {**self.refs, "ring": [ring.id, other] if other else ring.id, "trader": traders[:NAMED]}
        payload = {"why": sentence, "traders": ring.traders, "channels": ring.channels, "number": ring.number}
        entry = record(event, actor=self.actor, refs=refs, payload=payload)
        Change.objects.create(ring=ring, what=what, on=self.on, sentence=sentence, traders=ring.traders, entry=entry.seq)


def _moves(came: list[str], left: list[str]) -> str:
    said = []
    for words, names in (("Thêm", came), ("Bớt", left)):
        if names:
            more = f" và {len(names) - 5} thương nhân khác" if len(names) > 5 else ""
            said.append(f"{words} {', '.join(names[:5])}{more}.")
    return " ".join(said)


def _ties_among(traders: Iterable[UUID]) -> dict[tuple[UUID, UUID], float]:
    known = set(traders)
    bits: dict[tuple[UUID, UUID], float] = defaultdict(float)
    for start in _starts(known):
        part = sorted(known)[start : start + CHUNK]
        for left, right, weight in Tie.objects.filter(left__in=part, cut=False).order_by().values_list("left", "right", "weight"):
            if right in known:
                bits[left, right] += weight
    return dict(bits)


def _starts(things: Iterable[object]) -> range:
    return range(0, len(list(things)), CHUNK)


def _in_parts(ids: Iterable[UUID], fetch: Callable[[list[UUID]], dict[UUID, Trader]]) -> dict[UUID, Trader]:
    ordered = sorted(ids)
    found: dict[UUID, Trader] = {}
    for start in range(0, len(ordered), CHUNK):
        found |= fetch(ordered[start : start + CHUNK])
    return found

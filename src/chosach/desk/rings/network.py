"""A ring as a drawing: where its traders and ties stand, ready for the template. Large rings are drawn in parts."""

import datetime as dt
import functools
import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from chosach.desk.rings import drawing
from chosach.desk.rings.models import Member, Role, Tie, TieKind

WIDTH, HEIGHT, MARGIN = 1000, 620, 60
SIDE = 130  #: room to the left and right for half a name in the letters of a phone
#: Above this number of traders only the weightiest are drawn, the others as one bubble beside whom they are tied to most.
WHOLE = drawing.MOST
DRAWN = 80
#: Names of all are written up to here; above it those of roles that stand out.
NAMED = 40
#: Up to so many lines each has a wider one under it, unseen, that takes the pointer; more would cover each other.
REACHED = 300
#: Above this number all signs are smaller.
CROWD = 120
_LONGEST_NAME = 22
#: Of these, letters that tell one of several with one name from the others.
_TOLD = 8
#: Half of a letter's width, in the letters of a phone: names beside the edge move in as far as they need.
HALF_LETTER = 7.5
#: Corners of a role's shape, in sizes: a star, a square, a diamond, a triangle. Members are circles.
SHAPES: Mapping[str, Sequence[tuple[float, float]]] = {
    Role.ORGANISER: (
        (0, -1.35), (0.4, -0.45), (1.3, -0.4), (0.62, 0.2), (0.85, 1.15), (0, 0.62), (-0.85, 1.15), (-0.62, 0.2), (-1.3, -0.4),
        (-0.4, -0.45),
    ),
    Role.SUPPLIER: ((-0.95, -0.95), (0.95, -0.95), (0.95, 0.95), (-0.95, 0.95)),
    Role.ACCOUNT_HOLDER: ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    Role.FRONT: ((0, -1.2), (1.15, 0.9), (-1.15, 0.9)),
}  # fmt: skip


@dataclass(frozen=True)
class Node:
    """One trader, or (`more`) as many as are drawn as one bubble."""

    trader: UUID | None
    name: str
    role: str
    role_label: str
    x: float
    y: float
    size: float
    label: str = ""
    more: int = 0

    @property
    def sign(self) -> str:
        """The corners of the role's shape around its place; "" for a circle."""
        corners = () if self.more else SHAPES.get(self.role, ())
        return " ".join(f"{self.x + across * self.size:.1f},{self.y + down * self.size:.1f}" for across, down in corners)

    @property
    def label_x(self) -> float:
        """The middle of its name: where it stands, unless the name would be cut by the edge."""
        half = len(self.label) * HALF_LETTER
        return round(min(max(self.x, half), WIDTH - half), 1)

    @property
    def label_y(self) -> float:
        return self.y + self.size + 18


@dataclass
class Pair:
    """Two traders and everything that ties them, the weightiest first."""

    first: UUID
    second: UUID
    ties: list[Tie] = field(default_factory=list)

    @property
    def cut(self) -> bool:
        return all(tie.cut for tie in self.ties)

    @property
    def bits(self) -> float:
        return sum(tie.weight for tie in self.ties if not tie.cut)

    @property
    def kinds(self) -> list[str]:
        """What they share, in words, each once."""
        return list(dict.fromkeys(TieKind(tie.kind).label.lower() for tie in self.ties))


@dataclass(frozen=True)
class Line:
    """One drawn pair: its address ("" where it leads nowhere), its way on the drawing, and what it says."""

    first: UUID | None
    second: UUID | None
    url: str
    way: str
    width: float
    cut: bool
    words: str


@dataclass(frozen=True)
class Drawing:
    nodes: Sequence[Node]
    lines: Sequence[Line]
    hidden: int = 0
    #: Of the hidden ones those that hang on nobody drawn, so they are in no bubble.
    loose: int = 0
    #: Whether the lines are few enough to be caught a little beside them.
    reach: bool = True
    width: int = WIDTH
    height: int = HEIGHT


def pairs_of(ties: Iterable[Tie]) -> list[Pair]:
    """Ties by pair of traders: what counts first, the weightiest first."""
    found: dict[tuple[UUID, UUID], Pair] = {}
    for tie in ties:
        found.setdefault((tie.left_id, tie.right_id), Pair(tie.left_id, tie.right_id)).ties.append(tie)
    return sorted(found.values(), key=lambda pair: (pair.cut, -pair.bits, str(pair.first), str(pair.second)))


def draw(members: Sequence[Member], pairs: Sequence[Pair]) -> Drawing:
    """The drawing of a ring. `members`: those that stand out first."""
    if len(members) <= WHOLE:
        places = {member.trader_id: (member.x, member.y) for member in members}
        nodes = {member.trader_id: _node(member, places, len(members)) for member in members}
        lines = [line for pair in pairs if (line := _line(pair, nodes))]
        return Drawing(list(nodes.values()), lines, reach=len(lines) <= REACHED)
    return _in_parts(members, pairs)


#: Roles that are drawn before everybody else, however large the ring: few by nature, while fronts may be hundreds.
_ALWAYS = frozenset({Role.ORGANISER, Role.SUPPLIER, Role.ACCOUNT_HOLDER})


def _in_parts(members: Sequence[Member], pairs: Sequence[Pair]) -> Drawing:
    bits: dict[UUID, float] = defaultdict(float)
    for pair in pairs:
        bits[pair.first] += pair.bits
        bits[pair.second] += pair.bits
    order = sorted(members, key=lambda one: (one.role not in _ALWAYS, -bits[one.trader_id], str(one.trader_id)))
    drawn = {member.trader_id: member for member in order[:DRAWN]}
    beside = Counter(_nearest(drawn, pairs).values())
    shown = [pair for pair in pairs if pair.first in drawn and pair.second in drawn]
    places = drawing.places(list(drawn), {(pair.first, pair.second): pair.bits for pair in shown}, order[0].trader_id)
    nodes = {pk: _node(member, places, DRAWN) for pk, member in drawn.items()}
    lines = [line for pair in shown if (line := _line(pair, nodes))]
    bubbles: list[Node] = []
    for there, number in sorted(beside.items(), key=lambda item: str(item[0])):
        near = nodes[there]
        across, down = near.x - WIDTH / 2, near.y - HEIGHT / 2
        length = max(1.0, (across**2 + down**2) ** 0.5)
        x, y = near.x + across / length * 34, near.y + down / length * 34
        bubble = Node(None, f"{number} thương nhân khác", Role.MEMBER, "", x, y, min(18.0, 7 + number**0.5), f"+{number}", number)
        bubbles.append(bubble)
        words = f"{number} thương nhân khác liên kết nhiều nhất với {near.name}"
        lines.append(Line(None, None, "", _way(near, bubble), 1.5, cut=False, words=words))
    hidden = len(members) - len(drawn)
    return Drawing([*bubbles, *nodes.values()], lines, hidden, hidden - beside.total())


def _nearest(drawn: Collection[UUID], pairs: Sequence[Pair]) -> dict[UUID, UUID]:
    """Who is not drawn → the drawn one that it hangs on: by its strongest tie, or by the strongest way over others that are not drawn."""
    ties: dict[UUID, list[tuple[float, UUID]]] = defaultdict(list)
    for pair in pairs:
        if not pair.cut:
            ties[pair.first].append((pair.bits, pair.second))
            ties[pair.second].append((pair.bits, pair.first))
    hangs: dict[UUID, UUID] = {}
    waiting = [(-bits, str(other), other, one) for one in drawn for bits, other in ties[one] if other not in drawn]
    heapq.heapify(waiting)
    while waiting:
        _, _, one, on = heapq.heappop(waiting)
        if one in hangs:
            continue
        hangs[one] = on
        for bits, other in ties[one]:
            if other not in drawn and other not in hangs:
                heapq.heappush(waiting, (-bits, str(other), other, on))
    return hangs


def _node(member: Member, places: Mapping[UUID, tuple[float, float]], total: int) -> Node:
    x, y = places[member.trader_id]
    size = (11.0 if total <= NAMED else 8.0 if total <= CROWD else 5.0) + min(6.0, member.channels**0.5)
    label = "" if total > NAMED and member.role == Role.MEMBER else _label(member.trader.name, member.called)
    return Node(
        member.trader_id, member.called or member.trader.name, member.role, Role(member.role).label,
        round(SIDE + x * (WIDTH - 2 * SIDE), 1), round(MARGIN / 2 + 12 + y * (HEIGHT - 2 * MARGIN), 1), round(size, 1), label,
    )  # fmt: skip


def _label(name: str, called: str) -> str:
    """The name as far as there is room; of one of several with one name the end of what tells it from them, under the start of the name."""
    if not called or called == name:
        return _cut(name, _LONGEST_NAME)
    told = called.removeprefix(name).strip(" ()")
    return f"{_cut(name, _LONGEST_NAME - _TOLD)} ({'…' + told[1 - _TOLD :] if len(told) > _TOLD else told})"


def _cut(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


def _line(pair: Pair, nodes: Mapping[UUID, Node]) -> Line | None:
    first, second = nodes.get(pair.first), nodes.get(pair.second)
    if first is None or second is None:
        return None
    words = f"{first.name} và {second.name}: cùng {', '.join(pair.kinds)}" + (" (đã cắt)" if pair.cut else "")
    url = _address().format(first=pair.first, second=pair.second)
    return Line(pair.first, pair.second, url, _way(first, second), round(1.2 + min(3.3, pair.bits / 12), 1), pair.cut, words)


def _way(first: Node, second: Node) -> str:
    return f"M{first.x:.1f} {first.y:.1f}L{second.x:.1f} {second.y:.1f}"


@functools.cache
def _address() -> str:
    """The address of a pair's page with two places to fill: looked up once, for a ring has thousands of pairs."""
    first, second = UUID(int=1), UUID(int=2)
    return reverse("rings:pair", args=[first, second]).replace(str(first), "{first}").replace(str(second), "{second}")


#: The drawing of growth: its plane, and up to how many days are told in words.
LEFT, RIGHT, TOP, BOTTOM, TOLD = 50.0, 620.0, 20.0, 150.0, 12


@dataclass(frozen=True)
class Growth:
    """How a ring grew: (day, channels so far) where it changed; the same as a way of steps up to `last`, and as dots; `lines`: numbers
    with their heights."""

    steps: Sequence[tuple[dt.date, int]]
    last: dt.date | None = None
    way: str = ""
    dots: Sequence[tuple[float, float]] = ()
    lines: Sequence[tuple[int, float]] = ()

    @property
    def first(self) -> dt.date | None:
        return self.steps[0][0] if self.steps else None

    @property
    def area(self) -> str:
        return f"{self.way}V{BOTTOM:.0f}H{LEFT:.0f}Z"

    @property
    def told(self) -> Sequence[tuple[dt.date, int]]:
        """The steps that are told in words: the first ones and the last."""
        return self.steps if len(self.steps) <= TOLD else [*self.steps[: TOLD - 1], self.steps[-1]]

    @property
    def untold(self) -> int:
        return len(self.steps) - len(self.told)


def growth(moments: Sequence[dt.datetime], today: dt.date) -> Growth:
    """From the moments at which its channels were first seen, in order."""
    counts = Counter(timezone.localdate(moment) for moment in moments)
    steps: list[tuple[dt.date, int]] = []
    for day in sorted(counts):
        steps.append((day, counts[day] + (steps[-1][1] if steps else 0)))
    if not steps:
        return Growth([])
    first, most = steps[0][0], steps[-1][1]
    last = max(steps[-1][0], today)
    span = max(1, (last - first).days)

    def height(number: float) -> float:
        return round(BOTTOM - number / most * (BOTTOM - TOP), 1)

    dots = [(round(LEFT + (day - first).days / span * (RIGHT - LEFT), 1), height(number)) for day, number in steps]
    way = f"M{LEFT:.0f} {BOTTOM:.0f}" + "".join(f"H{x}V{y}" for x, y in dots) + f"H{RIGHT:.0f}"
    return Growth(steps, last, way, dots, [(number, height(number)) for number in dict.fromkeys((most, most // 2)) if number])

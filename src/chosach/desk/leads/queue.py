"""The queue's filters: read from the address, applied to the body's leads, with the number of leads behind each choice."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.kinds import LEAD_ORDER, ViolationKind
from chosach.desk.leads.models import OPEN, Lead, LeadState
from chosach.desk.registry.folding import fold
from chosach.desk.registry.models import ChannelClass, PlaceState

OPEN_CHOICE, EXPIRED = "open", "watch_expired"
MINE, NOBODY = "me", "none"
MOST_CATEGORIES = 40


@dataclass(frozen=True)
class Filter:
    """What the queue shows. Unknown values are read as "any": an old address still opens. `q`, a name, never stands in an address; `tim` is
    the word for it there (`core.searches`)."""

    place: str = PlaceState.INSIDE
    kind: str = ""
    category: str = ""
    channel: str = ""
    state: str = OPEN_CHOICE
    assignee: str = ""
    tim: str = ""
    q: str = ""

    def query(self, **changed: str) -> str:
        """This filter as the query of an address, with some parts changed."""
        values = vars(replace(self, **changed))
        defaults = vars(Filter())
        return urlencode({name: value for name, value in values.items() if name != "q" and value and value != defaults[name]})

    def to_keep(self) -> str:
        """This filter as a saved view keeps it: with the name itself, which outlives the session."""
        query = self.query(tim="")
        return "&".join(part for part in (query, urlencode({"q": self.q}) if self.q else "") if part)


def read(given: Mapping[str, Any], *, q: str = "") -> Filter:
    """Read a filter from an address's query. `q`: the name that is looked for, from elsewhere."""

    def text(name: str) -> str:
        return str(given.get(name, "")).replace("\x00", "")

    def one_of(name: str, allowed: Any, default: str = "") -> str:
        value = text(name)
        return value if value in allowed else default

    assignee = text("assignee")
    if assignee not in {"", MINE, NOBODY}:
        try:
            assignee = str(UUID(assignee))
        except ValueError:
            assignee = ""
    return Filter(
        place=one_of("place", PlaceState.values, PlaceState.INSIDE),
        kind=one_of("kind", ViolationKind.values),
        category=text("category")[:300],
        channel=one_of("channel", ChannelClass.values),
        state=one_of("state", {*LeadState.values, OPEN_CHOICE, EXPIRED, "all"}, OPEN_CHOICE),
        assignee=assignee,
        tim=text("tim")[:20] if q else "",
        q=q,
    )


def read_kept(query: str) -> Filter:
    """Read what `Filter.to_keep` wrote."""
    given = dict(parse_qsl(query))
    return read(given, q=given.get("q", "").replace("\x00", "").strip()[:200])


def apply(leads: QuerySet[Lead], chosen: Filter, actor: Actor, *, without: str = "") -> QuerySet[Lead]:
    """The leads that pass. `without` leaves one filter out, to count what its other choices would show."""
    conditions: dict[str, Q] = {"place": Q(trader__place=chosen.place), "state": _state(chosen.state)}
    if chosen.kind:
        conditions["kind"] = Q(kinds__kind=chosen.kind)
    if chosen.category:
        conditions["category"] = Q(category=chosen.category)
    if chosen.channel:
        conditions["channel"] = Q(channel_classes__contains=f"|{chosen.channel}|")
    if chosen.assignee:
        conditions["assignee"] = _assignee(chosen.assignee, actor)
    for word in fold(chosen.q).split():
        conditions[f"q {word}"] = Q(search__contains=word)
    conditions.pop(without, None)
    for condition in conditions.values():
        leads = leads.filter(condition)
    return leads


def _state(state: str) -> Q:
    if state == "all":
        return ~Q(state=LeadState.JOINED)
    if state == OPEN_CHOICE:
        return Q(state__in=OPEN)
    if state == EXPIRED:
        return Q(state=LeadState.WATCHING, watch_until__lt=businessdate.today())
    return Q(state=state)


def _assignee(assignee: str, actor: Actor) -> Q:
    if assignee == NOBODY:
        return Q(assignee__isnull=True)
    return Q(assignee=actor.user_id if assignee == MINE else assignee)


@dataclass(frozen=True)
class Choice:
    """One choice of a filter and the number of leads that it would show."""

    value: str
    label: str
    count: int


def choices(leads: QuerySet[Lead], chosen: Filter, actor: Actor) -> dict[str, list[Choice]]:
    """For each filter its choices with numbers, the other filters as they are."""

    def counted(name: str, field: str) -> dict[str, int]:
        rows = apply(leads, chosen, actor, without=name).order_by().values_list(field).annotate(n=Count("id", distinct=True))
        return {str(value): n for value, n in rows if value}

    places, kinds, categories = counted("place", "trader__place"), counted("kind", "kinds__kind"), counted("category", "category")
    states, classes = counted("state", "state"), counted("channel", "channel_classes")
    watched = apply(leads, replace(chosen, state=EXPIRED), actor).count()
    biggest = sorted(categories.items(), key=lambda item: (-item[1], item[0]))[:MOST_CATEGORIES]
    return {
        "place": [
            Choice(place.value, str(place.label), places.get(place.value, 0))
            for place in (PlaceState.INSIDE, PlaceState.UNKNOWN, PlaceState.OUTSIDE)
        ],
        "kind": [Choice(kind.value, str(kind.label), kinds[kind.value]) for kind in LEAD_ORDER if kind.value in kinds],
        "category": [Choice(name, name, n) for name, n in biggest],
        "channel": [
            Choice(one.value, str(one.label), sum(n for key, n in classes.items() if f"|{one.value}|" in key)) for one in ChannelClass
        ],
        "state": [
            Choice(OPEN_CHOICE, "Đang mở", sum(states.get(state.value, 0) for state in OPEN)),
            Choice(EXPIRED, "Hết hạn theo dõi", watched),
            *(Choice(state.value, str(state.label), states.get(state.value, 0)) for state in LeadState if state != LeadState.JOINED),
            Choice("all", "Tất cả", sum(n for state, n in states.items() if state != LeadState.JOINED)),
        ],
    }

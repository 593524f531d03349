"""Where the traders of a ring are, district by district, as the plan counts: units of before July 2025.

An address of today names a ward and the province, and no district. The registry carries it to the district that all of the ward's
predecessors lay in (`registry.places`); where they lay in several it stays in the province alone. The province of today is larger: an
address in what was another province is counted there.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from chosach.desk.registry.models import PlaceState, Trader
from chosach.desk.registry.places import HOME_PROVINCE, locate, unit_name, units
from chosach.desk.rings.models import Member
from chosach.text.extract.tables import provinces

#: What stands in an address of the site for traders whose province is not known.
NOWHERE = "chua-ro"


@dataclass(frozen=True)
class Where:
    """Codes of units; `district` is one of the home province. "" where not known."""

    province: str = ""
    district: str = ""

    @property
    def code(self) -> str:
        """The narrowest unit that is known."""
        return self.district or self.province or NOWHERE


@dataclass(frozen=True)
class Row:
    """One line of the table beside the map: a unit (`code`, also of `Where.code`), its traders, channels, and their share in per cent."""

    code: str
    name: str
    traders: int
    channels: int
    share: int
    organiser: bool = False


def where(trader: Trader) -> Where:
    """Where a trader is, as far as its listings, addresses or an officer say."""
    if trader.place == PlaceState.OUTSIDE:
        return Where(trader.province)
    if trader.place != PlaceState.INSIDE:
        return Where()
    return Where(trader.province, trader.district) if trader.district else _carried(trader.place_text)


def _carried(text: str) -> Where:
    """What the words of the place tell today of a trader that was placed before the reader knew them."""
    place = locate(text)
    if place.state == PlaceState.UNKNOWN:
        return Where(HOME_PROVINCE)
    return Where(place.province, place.district if place.state == PlaceState.INSIDE else "")


def rows_of(members: Iterable[Member]) -> list[Row]:
    """The table: districts of the province, the province where no district is known, other provinces, what is not known. Each the most
    traders first."""
    counts: dict[Where, list[int]] = defaultdict(lambda: [0, 0, 0])
    for member in members:
        count = counts[where(member.trader)]
        count[0] += 1
        count[1] += member.channels
        count[2] += member.role == "organiser"
    total = sum(count[0] for count in counts.values())

    def order(item: tuple[Where, list[int]]) -> tuple[int, int, str]:
        place, count = item
        group = 0 if place.district else 1 if place.province == HOME_PROVINCE else 2 if place.province else 3
        return group, -count[0], place.code

    return [
        Row(place.code, name_of(place.code), count[0], count[1], round(100 * count[0] / total), bool(count[2]))
        for place, count in sorted(counts.items(), key=order)
    ]


def name_of(code: str) -> str:
    """A unit in words, as the table says it; "" for what is none."""
    if code == NOWHERE:
        return "Chưa rõ địa bàn"
    if code == HOME_PROVINCE:
        return f"{unit_name(code)}, chưa rõ huyện"
    unit = units().get(code)
    if unit is None:
        return ""
    if unit.level == "district":
        return unit.name
    now = {one.name: one.now for one in provinces()}.get(unit.short, "")
    return f"Ngoài tỉnh: {unit.name}" + (f" (nay thuộc {unit_name(HOME_PROVINCE)})" if now == units()[HOME_PROVINCE].short else "")

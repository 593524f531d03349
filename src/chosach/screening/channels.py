"""Where the listing stands: the channel against what may be sold there on that day, and the category that it was put in."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from chosach.screening.data import rows
from chosach.screening.evidence import DOUBTFUL, Evidence, Reading
from chosach.screening.lexicon import CATEGORY, SOLD_AS, Lexicon

#: Retail of medicines online is allowed by channel since this day, and never on social networks (Law 44/2024/QH15).
MEDICINES_BY_CHANNEL = date(2025, 7, 1)
#: The last day of the list of goods that may not be sold on e-commerce sites (circular 47/2014/TT-BCT).
LIST_ENDS = date(2026, 6, 30)
_LISTED = ("restricted.alcohol", "restricted.tobacco", "restricted.weapon", "restricted.wild")
_ENOUGH = 0.3  #: what else is said of the goods must be at least so likely
_BESIDES = re.compile(r"phụ kiện|dụng cụ|ly |cốc|kệ|tủ|giá đỡ|bật lửa|gạt tàn|mở nút|quà tặng|sách|đồ chơi", re.IGNORECASE)


@lru_cache(maxsize=1)
def _channels() -> dict[str, str]:
    return {row["platform"]: row["channel"] for row in rows("channels.csv")}


def channel(platform: str) -> str:
    """social, marketplace, or "" for one that is not known."""
    name = platform.strip().lower().removeprefix("https://").removeprefix("www.")
    return _channels().get(name) or _channels().get(name.partition(".")[0], "")


def from_channel(text: Mapping[str, str], found: Sequence[Evidence], on: date, lexicon: Lexicon) -> list[Evidence]:
    """Medicines on a social network; goods of the list on a marketplace while the list was in force."""
    platform = text.get("platform", "")
    where = channel(platform) if platform else ""
    if not where:
        return []
    likely = {e.rule for e in found if e.probability >= _ENOUGH}
    told = ""
    if where == "social" and "conditional.medicine" in likely and on >= MEDICINES_BY_CHANNEL:
        told = "conditional.medicine_channel"
    elif where == "marketplace" and on <= LIST_ENDS and not likely.isdisjoint(_LISTED):
        told = "restricted.channel"
    return [Evidence(told, lexicon.rules[told].strong, "platform", 0, len(platform), "nơi rao bán")] if told else []


def from_category(reading: Reading, text: Mapping[str, str], lexicon: Lexicon) -> list[Evidence]:
    """The category names goods that may not be sold, or not by everybody: its last part begins with their name."""
    named = [hit for hit in reading.contexts if hit.field == CATEGORY and hit.entry.name.startswith(SOLD_AS)]
    if not named:
        return []
    category = text["category"]
    begins = max(category.rfind(sign) for sign in ">/|") + 1
    leaf = category[begins:]
    found = []
    begin = begins + len(leaf) - len(leaf.lstrip())
    named = [hit for hit in named if hit.start == begin]
    longest = max((hit.end for hit in named), default=0)
    for hit in named:
        if hit.end < longest:  # "thuốc lá điện tử" is no "thuốc lá"
            continue
        if _BESIDES.search(leaf) or _BESIDES.search(text["title"]):
            continue
        rule = lexicon.rules[hit.entry.name.removeprefix(SOLD_AS)]
        worth = rule.weak if rule.unless.isdisjoint(reading.goods_context) else rule.weak * DOUBTFUL
        found.append(Evidence(rule.id, worth, "category", hit.start, hit.end, hit.entry.text))
    return found

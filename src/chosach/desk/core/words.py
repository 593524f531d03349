"""Numbers, money, dates, terms and likelihoods as Vietnamese read them. Plain functions, for pages and documents alike."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from django.utils import timezone

#: Shown where a value is not known.
NOTHING = "—"
#: A term that ends within so many days is shown as near.
NEAR_DAYS = 3
Number = int | float | Decimal
#: None, or the empty text that a template gives for what it does not find.
Nothing = Literal[""] | None


def number(value: Number | Nothing, places: int | None = None) -> str:
    """1250000 → "1.250.000"; 12.6 → "12,6". `places` fixes the decimals; without it trailing zeros fall away."""
    if value is None or value == "":
        return NOTHING
    exact = Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{exact:,f}"
    whole, _, part = text.partition(".")
    if places is None:
        part = part.rstrip("0")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def money(value: Number | Nothing) -> str:
    """1250000 → "1.250.000 đồng". Whole đồng."""
    return NOTHING if value is None or value == "" else f"{number(value, 0)} đồng"


def money_short(value: Number | Nothing) -> str:
    """12600000000 → "12,6 tỷ đồng"; 1250000 → "1,3 triệu đồng"; below a million in full. One decimal, half up."""
    if value is None or value == "":
        return NOTHING
    exact = Decimal(str(value))
    tenth = Decimal("0.1")
    millions = (exact / 10**6).quantize(tenth, ROUND_HALF_UP)
    if abs(exact) < 10**6:
        return money(value)
    if abs(millions) < 1000:
        return f"{number(millions)} triệu đồng"
    return f"{number((exact / 10**9).quantize(tenth, ROUND_HALF_UP))} tỷ đồng"


def date(value: dt.date | Nothing) -> str:
    """13/11/2020. A time is brought to Vietnamese time first."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%d/%m/%Y}"


def moment(value: dt.datetime | Nothing) -> str:
    """08:30 13/11/2020, in Vietnamese time."""
    if value is None or value == "":
        return NOTHING
    return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%H:%M %d/%m/%Y}"


def working_days(count: int) -> str:
    """3 → "3 ngày làm việc"."""
    return f"{number(count)} ngày làm việc"


def percent(share: float | Nothing) -> str:
    """0.824 → "82%". What is not certain is never shown as 0% or 100%."""
    if share is None or share == "":
        return NOTHING
    return f"{_whole(share)}%"


def _whole(share: float) -> int:
    whole = int(Decimal(str(share * 100)).quantize(Decimal(1), ROUND_HALF_UP))
    return min(max(whole, 1), 99) if 0 < share < 1 else whole


_LIKELIHOODS = ((95, "Gần như chắc chắn"), (80, "Khả năng cao"), (50, "Có khả năng"), (20, "Ít khả năng"))


def likelihood(probability: float) -> str:
    """A probability in words: 0.82 → "Khả năng cao". Of the whole percent that stands beside it, so that equal figures have equal words."""
    return next((words for least, words in _LIKELIHOODS if _whole(probability) >= least), "Khó có khả năng")


@dataclass(frozen=True)
class Term:
    """How a term stands: what to say, in which tone, with which sign (never colour alone)."""

    text: str
    tone: str
    icon: str


def term(due: dt.date, today: dt.date, *, left: int | None = None, unit: str = "ngày", done: dt.date | None = None) -> Term:
    """How a term stands on `today`. `left`: days left as the law counts them (negative: over); without it calendar days.

    `done`: the day on which the thing was done; then the term is met or was missed, and no longer runs.
    """
    if done is not None:
        late = (done - due).days
        if late <= 0:
            return Term("đúng hạn", "ok", "check-circle")
        return Term(f"trễ {late} {unit if left is None else 'ngày'}", "warn", "exclamation-circle")
    days = (due - today).days if left is None else left
    if days < 0:
        return Term(f"quá hạn {-days} {unit}", "danger", "exclamation-octagon")
    if days == 0:
        return Term("hạn hôm nay", "warn", "exclamation-circle")
    return Term(f"còn {days} {unit}", "warn" if days <= NEAR_DAYS else "neutral", "clock")

"""Vietnamese working days and legal periods.

State bodies work Monday to Friday. Days off come from the `holidays` package; what a year's decree changes (extra days off,
Saturdays worked in exchange) is data in `CalendarDay` and wins. Periods are counted as the Civil Code does: from the day after the
event; a period that ends on a day off ends with the next working day.
"""

import calendar as months
import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

import holidays

from chosach.desk.law.models import CalendarDay, CalendarYear, Unit

ONE_DAY = dt.timedelta(days=1)
_MANY_DAYS = 20_000


@functools.lru_cache(maxsize=64)
def _general(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=year, language="vi")


@dataclass(frozen=True)
class Calendar:
    """Working days with their exceptions (date → works or not). A plain value: no database behind it."""

    exceptions: Mapping[dt.date, bool] = field(default_factory=dict)

    def is_working(self, date: dt.date) -> bool:
        """True on a day that State bodies work."""
        decreed = self.exceptions.get(date)
        if decreed is not None:
            return decreed
        return bool(_general(date.year).is_working_day(date))

    def next_working(self, date: dt.date) -> dt.date:
        """This day if it is a working day, else the first one after it."""
        while not self.is_working(date):
            date += ONE_DAY
        return date

    def add(self, date: dt.date, days: int) -> dt.date:
        """The `days`-th working day after `date` (the day itself does not count). 0: the day itself, or the next working day."""
        if not 0 <= days <= _MANY_DAYS:
            raise ValueError("days is from 0 to 20,000")
        if days == 0:
            return self.next_working(date)
        while days:
            date += ONE_DAY
            days -= self.is_working(date)
        return date

    def count(self, start: dt.date, end: dt.date) -> int:
        """Working days after `start` up to and including `end`; 0 when `end` is not after `start`."""
        return sum(self.is_working(start + ONE_DAY * n) for n in range(1, (end - start).days + 1))

    def due(self, start: dt.date, length: int, unit: str) -> dt.date:
        """The last day of a period of days, working days, months or years that an event on `start` opens."""
        if unit == Unit.WORKING_DAY:
            return self.add(start, length)
        if unit == Unit.DAY:
            return self.next_working(start + ONE_DAY * length)
        if unit in {Unit.MONTH, Unit.YEAR}:
            return self.next_working(add_months(start, length * (12 if unit == Unit.YEAR else 1)))
        raise ValueError(f"{unit} is no unit of whole days")


def add_months(date: dt.date, count: int) -> dt.date:
    """The same day of the month `count` months later; the month's last day where it has no such day."""
    year, month = divmod(date.year * 12 + date.month - 1 + count, 12)
    return date.replace(year=year, month=month + 1, day=min(date.day, months.monthrange(year, month + 1)[1]))


def calendar() -> Calendar:
    """The calendar as it stands in the database now."""
    return Calendar(dict(CalendarDay.objects.filter(withdrawn=False).values_list("date", "working")))


def is_working(date: dt.date) -> bool:
    """True on a day that State bodies work."""
    return calendar().is_working(date)


def add(date: dt.date, days: int) -> dt.date:
    """The `days`-th working day after `date`."""
    return calendar().add(date, days)


def count(start: dt.date, end: dt.date) -> int:
    """Working days after `start` up to and including `end`."""
    return calendar().count(start, end)


def is_provisional(year: int) -> bool:
    """True while the year's days off are not decreed: its working days are an estimate."""
    return not CalendarYear.objects.filter(year=year, withdrawn=False).exists()


def name_of(date: dt.date) -> str:
    """The holiday's name in Vietnamese, empty on a plain day."""
    return str(_general(date.year).get(date) or "")


def holidays_of(year: int, days: Calendar) -> list[tuple[dt.date, str]]:
    """The named days of a year on which nobody works."""
    return [(date, str(name)) for date, name in sorted(_general(year).items()) if not days.is_working(date)]

"""The registry of events. Each app declares its own in its `events.py`; docs/ledger-events.md lists them all (a test)."""

from dataclasses import dataclass

from django.utils.module_loading import autodiscover_modules

from chosach.desk.ledger.chain import EVENT, LedgerMisuse


@dataclass(frozen=True)
class Event:
    """A kind of act. `figures`: reports are computed from its payload, which therefore holds amounts, codes and dates only,
    never personal data, and can't be redacted."""

    code: str
    label: str
    figures: bool = False


_events: dict[str, Event] = {}


def register(code: str, label: str, *, figures: bool = False) -> Event:
    """Declare an event. `label` is Vietnamese, for people. A code declared twice with another meaning is an error."""
    if not EVENT.fullmatch(code):
        raise ValueError(f"{code!r} is no event code (noun.past_participle, a-z, 0-9 and _)")
    event = Event(code, label, figures)
    if _events.setdefault(code, event) != event:
        raise ValueError(f"event {code} is declared twice")
    return event


def event_named(code: str) -> Event:
    """The event of this code; raises `LedgerMisuse` when no app declares it."""
    if code not in _events:
        raise LedgerMisuse(f"no app declares the event {code!r} (declare it in the app's events.py)")
    return _events[code]


def label_of(code: str) -> str:
    """The event's Vietnamese label; the code itself for an event that is declared no more."""
    return _events[code].label if code in _events else code


def is_figures(code: str) -> bool:
    """True for an event whose payload carries figures."""
    return code in _events and _events[code].figures


def all_events() -> list[Event]:
    """Every declared event, by code."""
    return [_events[code] for code in sorted(_events)]


def discover() -> None:
    """Import every app's `events` module. Called once when Django is ready."""
    autodiscover_modules("events")


register("access.refused", "Từ chối truy cập")
register("access.refusals_folded", "Gộp các lần từ chối truy cập tiếp theo")
register("ledger.redaction_ordered", "Ra lệnh xóa nội dung bút toán")
register("ledger.payload_redacted", "Xóa nội dung bút toán theo lệnh")
register("ledger.exported", "Xuất sổ cái để kiểm tra độc lập")
register("ledger.verified", "Kiểm tra tính toàn vẹn sổ cái")

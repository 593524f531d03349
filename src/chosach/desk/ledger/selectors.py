"""What can be asked of the ledger."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Refused
from chosach.desk.core.frame import LedgerHead
from chosach.desk.core.kinds import BodyKind
from chosach.desk.ledger.events import is_figures
from chosach.desk.ledger.models import Entry, Head, Payload

#: Events whose payloads hold no personal data and are the overseers' own business.
_OWN = {"access", "ledger"}
#: Of leads the standing office sees numbers only: which trader an entry is about is for the auditor and the body itself.
_OF_LEADS = frozenset({"lead", "trader", "listing", "dismissal", "passing"})


def entries_of(noun: str, id: object) -> QuerySet[Entry]:  # noqa: A002 - the name that every room uses
    """Entries that refer to this object, in order. The caller has asked already whether the actor may see the object."""
    return Entry.objects.filter(index__noun=noun, index__ref=str(id)).order_by("seq")


@dataclass(frozen=True)
class Search:
    """What an overseer looks for. Empty fields don't narrow. `before`, `after`: the page, by entry number."""

    event: str = ""
    body: str = ""
    actor: str = ""
    noun: str = ""
    ref: str = ""
    date_from: str = ""
    date_to: str = ""
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Found:
    """One page of entries, the newest first, and whether there are newer and older ones."""

    entries: list[Entry]
    newer: bool
    older: bool


def search_for(actor: Actor, search: Search, *, size: int = 50) -> Found:
    """Entries for those who oversee the ledger: ids, events and hashes. Paged by number, so that the millionth is as near as the first."""
    actor.require("ledger.read")
    entries = _narrowed(search)
    if search.ref and search.noun in hidden_nouns(actor):
        return Found([], newer=False, older=False)
    if search.after is not None:
        page = list(entries.filter(seq__gt=search.after).order_by("seq")[: size + 1])
        return Found(page[size - 1 :: -1] if len(page) > size else page[::-1], newer=len(page) > size, older=True)
    if search.before is not None:
        entries = entries.filter(seq__lt=search.before)
    page = list(entries.order_by("-seq")[: size + 1])
    return Found(page[:size], newer=search.before is not None, older=len(page) > size)


def hidden_nouns(actor: Actor) -> frozenset[str]:
    """Objects that this overseer does not learn from the ledger."""
    return frozenset() if actor.body_kind == BodyKind.AUDIT else _OF_LEADS


def _narrowed(search: Search) -> QuerySet[Entry]:
    exact = {"event": search.event, "body": search.body, "actor": search.actor}
    dates = {"business_date__gte": search.date_from, "business_date__lte": search.date_to}
    entries = Entry.objects.filter(**{name: value for name, value in (exact | dates).items() if value})
    if search.ref:
        entries = entries.filter(index__noun=search.noun, index__ref=search.ref)
    return entries


def entry_for(actor: Actor, seq: int) -> Entry:
    """One entry, for those who oversee the ledger."""
    actor.require("ledger.read")
    found = Entry.objects.filter(seq=seq).first()
    if found is None:
        raise Refused("object.not_visible", refs={"entry": str(seq)})
    return found


def neighbours_for(actor: Actor, entry: Entry) -> list[Entry]:
    """The entries before and after this one."""
    actor.require("ledger.read")
    return list(Entry.objects.filter(seq__in=[entry.seq - 1, entry.seq + 1]))


def heads_for(actor: Actor) -> QuerySet[Head]:
    """Signed heads, the newest first."""
    actor.require("ledger.heads")
    return Head.objects.order_by("-number")


def head_for(actor: Actor, number: int) -> Head:
    """One signed head."""
    found = heads_for(actor).filter(number=number).first()
    if found is None:
        raise Refused("object.not_visible", refs={"head": str(number)})
    return found


def head_covering(seq: int) -> Head | None:
    """The first signed head that vouches for this entry; None while there is none yet."""
    return Head.objects.filter(seq__gte=seq).order_by("number").first()


def payload_for(actor: Actor, entry: Entry) -> dict[str, Any] | None:
    """The payload, where it carries figures (never personal data) or the actor wrote it; else None: who may read the object
    reads it there, not here. None as well for an entry without payload, or redacted."""
    actor.require("ledger.read")
    if not (is_figures(entry.event) or entry.actor == actor.id or entry.event.partition(".")[0] in _OWN):
        return None
    payload = Payload.objects.filter(pk=entry.seq).first()
    if payload is None or payload.text is None:
        return None
    value: dict[str, Any] = json.loads(payload.text)
    return value


def redacted_by(entry: Entry) -> int | None:
    """The entry that redacted this entry's payload."""
    return Payload.objects.filter(pk=entry.seq).values_list("redacted_by", flat=True).first()


@dataclass(frozen=True)
class Verification:
    """The last verification that was written down."""

    entry: Entry
    result: dict[str, Any]


def last_verification() -> Verification | None:
    """The result of the last verification, whoever asked for it."""
    entry = Entry.objects.filter(event="ledger.verified").order_by("-seq").select_related("payload").first()
    return Verification(entry, json.loads(entry.payload.text or "{}")) if entry else None


@dataclass(frozen=True)
class Figure:
    """An entry that reports are computed from, with its payload."""

    seq: int
    business_date: str
    event: str
    body: str
    refs: dict[str, Any]
    payload: dict[str, Any]


def figure_entries(events: Collection[str], date_from: str, date_to: str, up_to_seq: int) -> Iterator[Figure]:
    """Entries of these events with a business date in [date_from, date_to] (ISO dates) and a number ≤ up_to_seq, in order."""
    rows = (
        Entry.objects.filter(event__in=events, business_date__gte=str(date_from), business_date__lte=str(date_to), seq__lte=up_to_seq)
        .order_by("seq")
        .values_list("seq", "business_date", "event", "body", "refs", "payload__text")
    )
    for seq, business_date, event, body, refs, text in rows.iterator():
        yield Figure(seq, business_date, event, body, json.loads(refs), json.loads(text) if text else {})


def last_seq() -> int:
    """The number of the newest entry; 0 for an empty ledger."""
    return Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def head() -> LedgerHead | None:
    """The newest entry's number and hash; None for an empty ledger."""
    row = Entry.objects.order_by("-seq").values_list("seq", "hash").first()
    return LedgerHead(*row) if row else None

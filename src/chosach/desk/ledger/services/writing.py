"""What can be done with the ledger. Entries are written by `record`, in the same transaction as the act."""

import functools
import secrets
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction
from django.utils import timezone

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.ledger import chain
from chosach.desk.ledger.chain import LedgerMisuse
from chosach.desk.ledger.events import event_named
from chosach.desk.ledger.models import Entry, Payload, Ref

#: The advisory lock of PostgreSQL that all writers of the ledger queue for ("ledger" in ASCII).
_LOCK = 0x6C6564676572
NO_REFS: Mapping[str, object] = MappingProxyType({})
P = ParamSpec("P")
R = TypeVar("R")


def in_turn(do: Callable[P, R]) -> Callable[P, R]:
    """One act, as a decorator: a transaction that queues for the ledger before it touches anything else.

    Every act ends in the ledger. One that held rows while it queued could be waited for by the act before it, and the database
    would break one of the two off. So the order is the same everywhere: the ledger, then rows (docs/adr/0012-one-act-at-a-time.md).
    """

    @functools.wraps(do)
    def queued(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            lock_writers()
            return do(*args, **kwargs)

    return queued


def lock_writers() -> None:
    """Queue for the ledger until the end of the transaction. `record` does it by itself, which is too late for a transaction that has
    changed or locked rows: such a one calls this first, or is declared with `in_turn`.

    SQLite needs no lock: its transactions are IMMEDIATE, one writer at a time.
    """
    if not connection.in_atomic_block:
        raise LedgerMisuse("the ledger is written inside transaction.atomic, together with the act")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def record(event: str, *, actor: Actor, refs: Mapping[str, object] = NO_REFS, payload: Mapping[str, Any] | None = None) -> Entry:
    """Write one entry. Call it last in the act: from here to the commit no other act can write an entry.

    `refs`: noun → id, or list of ids; ids and codes only, never personal data; a None is left out. `payload`: what changed, as
    plain JSON values (dates, UUIDs, decimals are turned into text). Raises `LedgerMisuse` outside a transaction, for an event
    that no app declares, and for refs or a payload that have no exact form.
    """
    event_named(event)
    if not chain.ACTOR.fullmatch(actor.id):
        raise LedgerMisuse("the actor's id has not the form user:<uuid>, system:<name> or nobody")
    named = chain.plain_refs(refs)
    text = None if payload is None else chain.canonical_payload(payload)
    lock_writers()
    last = Entry.objects.order_by("-seq").values_list("seq", "hash").first()
    last_seq, last_hash = last or (0, chain.GENESIS)
    salt = secrets.token_bytes(chain.SALT_BYTES)
    fields: dict[str, Any] = {
        "seq": last_seq + 1,
        "at": chain.stamp(timezone.now()),
        "business_date": businessdate.today().isoformat(),
        "event": event,
        "actor": actor.id,
        "body": actor.body_code,
        "refs": chain.canonical_refs(named),
        "payload_hash": "" if text is None else chain.payload_hash(salt, text),
        "prev_hash": last_hash,
    }
    entry = Entry(**fields, hash=chain.entry_hash(**fields))
    entry.save(force_insert=True)
    if text is not None:
        Payload(entry=entry, salt=salt, text=text).save(force_insert=True)
    Ref.objects.bulk_create([Ref(noun=noun, ref=ref, entry=entry) for noun, ids in named.items() for ref in ids])
    return entry

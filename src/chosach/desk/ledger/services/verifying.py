"""Verify the ledger from within the desk."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from chosach.desk.core.access import Actor
from chosach.desk.ledger import heads, triggers
from chosach.desk.ledger.models import Entry
from chosach.desk.ledger.services.writing import in_turn, record
from chosach.verifier import chosach_verify as verifier
from chosach.verifier.chosach_verify import Finding, Report


class DatabaseSource:
    """The ledger in Django's database, streamed. For PostgreSQL, and for SQLite within an open transaction."""

    has_payloads = True

    def last_seq(self) -> int:
        return int(self._all("SELECT COALESCE(MAX(seq), 0) FROM ledger_entry")[0][0])

    def heads(self) -> list[verifier.Head]:
        return [verifier.Head(*row) for row in self._all(verifier.HEADS_SQL)]

    def rows(self, first: int, last: int) -> Iterator[tuple[Any, ...]]:
        for row in self._stream(f"{verifier.ROWS_SQL} WHERE e.seq BETWEEN %s AND %s ORDER BY e.seq", [first, last]):
            salt = row[11]
            yield (*row[:11], bytes(salt), *row[12:]) if isinstance(salt, memoryview) else row

    def refs(self, first: int, last: int) -> Iterator[tuple[Any, Any, Any]]:
        yield from self._stream(f"{verifier.REFS_SQL} WHERE seq BETWEEN %s AND %s ORDER BY seq", [first, last])

    def oddities(self) -> list[Finding]:
        found = [Finding("trigger", None, {"name": name}) for name in triggers.missing(connection)]
        for table, sql in verifier.ORPHANS_SQL.items():
            found += [Finding("orphan", seq, {"table": table}) for (seq,) in self._all(sql)]
        return found

    @staticmethod
    def _all(sql: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())

    @staticmethod
    def _stream(sql: str, parameters: list[int]) -> Iterator[tuple[Any, ...]]:
        with connection.chunked_cursor() as cursor:
            cursor.execute(sql, parameters)
            while rows := cursor.fetchmany(5000):
                yield from rows


@contextmanager
def reading() -> Iterator[verifier.Source]:
    """The ledger as it stands at one moment, whatever others commit meanwhile, and without keeping them waiting."""
    if connection.in_atomic_block:
        yield DatabaseSource()
    elif connection.vendor == "sqlite":  # Django's own transactions are IMMEDIATE there: reading in one would stop all writers
        with closing(verifier.SqliteSource(Path(connection.settings_dict["NAME"]))) as source:
            yield source
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield DatabaseSource()


def verify(outside: Iterable[verifier.Head] = (), *, key: str = "", limit: int = 100, processes: int = 1) -> Report:
    """Verify the whole ledger, its heads, and those kept outside."""
    options: dict[str, Any] = {"key": key, "limit": limit, "check": heads.check_signature}
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        return verifier.verify_path(Path(connection.settings_dict["NAME"]), outside, processes=processes, **options)
    with reading() as source:
        return verifier.verify(source, outside, **options)


def exported_heads() -> list[verifier.Head]:
    """The heads that were brought outside, as far as they can be read from here."""
    return verifier.read_heads(heads.folder()) if heads.folder().is_dir() else []


def verify_and_record(*, actor: Actor, processes: int = 1) -> Report:
    """Verify the ledger with the exported heads and write the result down (reading is not part of that transaction)."""
    actor.require("ledger.verify")
    report = verify(exported_heads(), processes=processes)
    record_verification(report, actor=actor)
    return report


@in_turn
def record_verification(report: Report, *, actor: Actor) -> Entry:
    """Write down what a verification found: the entry is what pages show as the last result."""
    actor.require("ledger.verify")
    head = heads.current()
    payload = {
        "whole": report.whole,
        "count": report.count,
        "findings": [{"code": finding.code, "seq": finding.seq} for finding in report.findings[:20]],
        "entries": report.entries,
        "last_seq": report.last_seq,
        "proven_seq": report.proven_seq,
        "seconds": round(report.seconds, 3),
    }
    return record("ledger.verified", actor=actor, refs={"head": head.number if head else None}, payload=payload)

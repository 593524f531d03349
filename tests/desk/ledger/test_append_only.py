"""The database itself refuses to change the ledger, whatever program asks."""

import pytest
from django.db import DatabaseError, connection, transaction

from chosach.desk.core.access import system
from chosach.desk.ledger import triggers
from chosach.desk.ledger.models import Head
from chosach.desk.ledger.services import record

COPIED = "at, business_date, event, actor, body, refs, payload_hash, prev_hash, hash FROM ledger_entry WHERE seq = 2"
CHANGES = [
    "UPDATE ledger_entry SET actor = 'user:x' WHERE seq = 1",
    "UPDATE ledger_entry SET seq = 9 WHERE seq = 2",
    "DELETE FROM ledger_entry WHERE seq = 2",
    "DELETE FROM ledger_payload",
    "UPDATE ledger_payload SET text = '{}' WHERE seq = 1",
    "UPDATE ledger_payload SET salt = NULL, text = NULL WHERE seq = 1",
    "UPDATE ledger_payload SET salt = NULL, text = NULL, redacted_by = 2 WHERE seq = 1",
    "UPDATE ledger_payload SET redacted_by = 2 WHERE seq = 1",
    "UPDATE ledger_ref SET ref = 'other'",
    "DELETE FROM ledger_ref",
    "UPDATE ledger_head SET seq = 1",
    "DELETE FROM ledger_head",
    "INSERT INTO ledger_payload (seq, salt, text) SELECT 1, salt, text FROM ledger_payload WHERE seq = 2",
    "INSERT INTO ledger_ref (noun, ref, seq) VALUES ('case', 'z', 1)",
    f"INSERT INTO ledger_entry SELECT 4, {COPIED}",
    f"INSERT INTO ledger_entry SELECT 3, {COPIED}",
    "INSERT INTO ledger_head SELECT 3, at, seq, hash, entries, prev, public_key, signature FROM ledger_head",
]
SQLITE_ONLY = [
    f"INSERT OR REPLACE INTO ledger_entry SELECT 1, {COPIED}",
    "INSERT OR REPLACE INTO ledger_payload (seq, salt, text) VALUES (1, x'00', '{}')",
    "INSERT OR REPLACE INTO ledger_payload (seq, salt, text) VALUES (2, x'00', '{}')",
    "INSERT OR REPLACE INTO ledger_ref (rowid, noun, ref, seq) VALUES (1, 'case', 'z', 2)",
]
POSTGRESQL_ONLY = [f"TRUNCATE {table} CASCADE" for table in triggers.TABLES] + [
    "SET LOCAL session_replication_role = replica; DELETE FROM ledger_ref"
]


@pytest.fixture
def ledger(db: None) -> None:
    for number in (1, 2):
        record("test.acted", actor=system("test"), refs={"case": number}, payload={"number": number})
    Head.objects.create(number=1, at="x", seq=2, hash="x", entries=2, prev="x", public_key="x", signature="x")
    connection.check_constraints()


def contents() -> list[list[tuple[object, ...]]]:
    result = []
    for table in triggers.TABLES:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3")
            result.append([tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in cursor.fetchall()])
    return result


@pytest.mark.parametrize("sql", CHANGES + SQLITE_ONLY + POSTGRESQL_ONLY)
def test_the_database_refuses(ledger: None, sql: str) -> None:
    if sql in {"sqlite": POSTGRESQL_ONLY, "postgresql": SQLITE_ONLY}[connection.vendor]:
        pytest.skip("said only to the other database")
    before = contents()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert contents() == before


def test_a_payload_can_be_redacted_by_a_redacting_entry(ledger: None) -> None:
    entry = record("ledger.payload_redacted", actor=system("test"), refs={"entry": 1})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_payload SET salt = NULL, text = NULL, redacted_by = %s WHERE seq = 1", [entry.seq])
        cursor.execute("SELECT text, salt FROM ledger_payload WHERE seq = 1")
        assert cursor.fetchone() == (None, None)


def test_the_migration_installed_every_trigger_and_a_missing_one_is_noticed(db: None) -> None:
    assert triggers.missing(connection) == []
    name = "ledger_entry_update" if connection.vendor == "sqlite" else "ledger_entry_row"
    triggers.remove(connection, [name])
    assert triggers.missing(connection) == [name]
    triggers.install(connection)
    assert triggers.missing(connection) == []

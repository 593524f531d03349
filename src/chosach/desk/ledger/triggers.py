"""Triggers that keep the ledger append-only, on both databases. Installed by the migration.

They guard against mistakes and ordinary SQL. Who owns the database can remove them; the hash chain and the heads kept outside
make that visible, and `missing` makes the removal itself visible.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

ENTRY, PAYLOAD, REF, HEAD = "ledger_entry", "ledger_payload", "ledger_ref", "ledger_head"

#: Per table: when is an INSERT refused, when an UPDATE. NEW, OLD: the row.
_INSERT = {
    ENTRY: """
        NEW.seq IS NULL OR NEW.seq <> COALESCE((SELECT MAX(seq) FROM ledger_entry), 0) + 1
        OR NEW.prev_hash <> COALESCE((SELECT hash FROM ledger_entry ORDER BY seq DESC LIMIT 1),
            '0000000000000000000000000000000000000000000000000000000000000000')""",
    PAYLOAD: """
        NEW.seq <> (SELECT MAX(seq) FROM ledger_entry) OR EXISTS (SELECT 1 FROM ledger_payload WHERE seq = NEW.seq)
        OR NEW.redacted_by IS NOT NULL OR NEW.salt IS NULL OR NEW.text IS NULL""",
    REF: "NEW.seq <> (SELECT MAX(seq) FROM ledger_entry)",
    HEAD: "NEW.number IS NULL OR NEW.number <> COALESCE((SELECT MAX(number) FROM ledger_head), 0) + 1",
}
_UPDATE = {
    PAYLOAD: """
        NEW.seq <> OLD.seq OR OLD.text IS NULL OR NEW.text IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.redacted_by IS NULL
        OR NOT EXISTS (SELECT 1 FROM ledger_entry WHERE seq = NEW.redacted_by AND event = 'ledger.payload_redacted')""",
}
# SQLite's INSERT OR REPLACE removes the row it replaces without asking a DELETE trigger: an explicit rowid must be a new one.
_SQLITE_INSERT = {REF: " OR EXISTS (SELECT 1 FROM ledger_ref WHERE rowid = NEW.rowid)"}
TABLES = (ENTRY, PAYLOAD, REF, HEAD)


def _sqlite(table: str) -> dict[str, str]:
    insert = _INSERT[table] + _SQLITE_INSERT.get(table, "")
    update = _UPDATE.get(table, "1")
    conditions = {"insert": insert, "update": update, "delete": "1"}
    return {
        f"{table}_{act}": f"CREATE TRIGGER {table}_{act} BEFORE {act.upper()} ON {table} WHEN {condition}"
        f" BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: {act} on {table} is refused'); END"
        for act, condition in conditions.items()
    }


def _postgresql(table: str) -> dict[str, str]:
    insert, update = _INSERT[table], _UPDATE.get(table, "TRUE")
    refuse = "RAISE EXCEPTION 'the ledger is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = '23514';"
    return {
        f"{table}_row": f"CREATE OR REPLACE FUNCTION {table}_row() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN"
        f" IF TG_OP = 'INSERT' THEN IF {insert} THEN {refuse} END IF; RETURN NEW; END IF;"
        f" IF TG_OP = 'UPDATE' THEN IF {update} THEN {refuse} END IF; RETURN NEW; END IF;"
        f" {refuse} END $body$;"
        f" CREATE TRIGGER {table}_row BEFORE INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_row();"
        f" ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_row",
        f"{table}_truncate": f"CREATE OR REPLACE FUNCTION {table}_truncate() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN"
        f" {refuse} END $body$;"
        f" CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_truncate();"
        f" ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_truncate",
    }


def _statements(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Trigger → (its table, the SQL that makes it)."""
    make = _sqlite if connection.vendor == "sqlite" else _postgresql
    return {name: (table, sql) for table in TABLES for name, sql in make(table).items()}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that should stand in the database and don't."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            # Schema first: a trigger of another schema's ledger is not ours. 'A': fires always.
            cursor.execute(
                "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
                " WHERE relnamespace = current_schema()::regnamespace AND tgenabled = 'A'"
            )
        present = {row[0] for row in cursor.fetchall()}
    return sorted(set(_statements(connection)) - present)


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers that are missing."""
    statements = _statements(connection)
    remove(connection, missing(connection))
    with connection.cursor() as cursor:
        for name in missing(connection):
            cursor.execute(statements[name][1])


def remove(connection: BaseDatabaseWrapper, names: list[str] | None = None) -> None:
    """Take the triggers away. Only for undoing the migration, for moving a whole ledger, and for emptying a test database."""
    statements = _statements(connection)
    with connection.cursor() as cursor:
        for name in statements if names is None else names:
            suffix = "" if connection.vendor == "sqlite" else f" ON {statements[name][0]}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")

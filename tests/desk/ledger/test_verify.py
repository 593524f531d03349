"""Whatever is changed behind the ledger's back is found, and where. On the database, and on an export by the stand-alone verifier."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from chosach.desk.core.access import Actor, system
from chosach.desk.ledger import chain, heads, triggers
from chosach.desk.ledger.models import Entry, Head
from chosach.desk.ledger.services import export_lines, record, sign_head
from chosach.desk.ledger.services.verifying import verify
from chosach.verifier import chosach_verify
from chosach.verifier.chosach_verify import Finding, Report
from tests.examples import examples

OFFICER = Actor(id="user:7b0e", body_code="tax")
LAST = 14
COLUMNS = {
    "ledger_entry": ("seq", "at", "business_date", "event", "actor", "body", "refs", "payload_hash", "prev_hash", "hash"),
    "ledger_payload": ("seq", "salt", "text", "redacted_by"),
    "ledger_ref": ("seq", "noun", "ref"),
    "ledger_head": ("number", "at", "seq", "hash", "entries", "prev", "public_key", "signature"),
}


@pytest.fixture
def ledger(db: None, settings: Any, tmp_path: Path) -> None:
    """Fourteen entries, three heads, a redacted payload; and no trigger in the way."""
    settings.KEYS_DIR, settings.HEADS_DIR = tmp_path / "keys", tmp_path / "heads"
    for number in range(1, 6):
        record("test.acted", actor=OFFICER, refs={"case": number // 2, "lead": [number, 99]}, payload={"tên": f"Hà {number}"})
    sign_head()
    for number in range(6, 11):
        record("test.acted", actor=system("test"), refs={"case": number}, payload={"n": number} if number % 2 else None)
    sign_head()
    record("test.acted", actor=OFFICER)
    redacting = record("ledger.payload_redacted", actor=OFFICER, refs={"entry": [2, 3], "order": 11})
    sql("UPDATE ledger_payload SET salt = NULL, text = NULL, redacted_by = %s WHERE seq IN (2, 3)", redacting.seq)
    record("test.acted", actor=OFFICER, payload={"a": 1})
    sign_head()
    record("test.acted", actor=OFFICER, refs={"case": 1}, payload={"a": 2})
    connection.check_constraints()
    triggers.remove(connection)


def sql(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall()) if cursor.description else []


def found(report: Report) -> list[Finding]:
    """Findings but for the triggers that this test took away itself."""
    return [finding for finding in report.findings if finding.code != "trigger"]


def after(change: Callable[[], Any], outside: list[chosach_verify.Head] | None = None) -> list[Finding]:
    """What the verifier finds after a change, which is undone again."""
    with transaction.atomic():
        change()
        findings = found(verify(outside or [], limit=1000))
        transaction.set_rollback(True)
    return findings


def codes(findings: list[Finding]) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.seq) for finding in findings]


def outside_heads() -> list[chosach_verify.Head]:
    return [chosach_verify.Head(**{name: getattr(head, name) for name in heads.FIELDS}) for head in Head.objects.all()]


def test_an_untouched_ledger_is_whole(ledger: None) -> None:
    report = verify(outside_heads())
    assert found(report) == []
    assert (report.entries, report.redacted, report.heads, report.proven_seq) == (LAST, 2, 3, 13)


@examples(75, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_single_change_of_any_stored_field_is_found_and_located(ledger: None, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(sorted(COLUMNS)), label="table")
    columns = COLUMNS[table]
    rows = sql(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2, 3")
    row = data.draw(st.sampled_from(rows), label="row")
    place = data.draw(st.integers(0, len(columns) - 1), label="column")
    old = bytes(row[place]) if isinstance(row[place], memoryview) else row[place]
    new = data.draw(other_than(old, columns[place]), label="new value")
    key = " AND ".join(f"{column} = %s" for column in (columns if table == "ledger_ref" else columns[:1]))
    values = row if table == "ledger_ref" else row[:1]

    findings = after(lambda: sql(f"UPDATE {table} SET {columns[place]} = %s WHERE {key}", new, *values))
    assert findings
    if table == "ledger_head":
        named = {finding.details.get("number") for finding in findings}
        assert named & {row[0], row[0] + 1, new}
    else:
        assert any(covers(finding, row[0]) for finding in findings)
        if columns[place] != "seq":
            assert len(findings) <= 4, "one change must not look like many"


def other_than(old: Any, column: str) -> st.SearchStrategy[Any]:
    """Another value that the column can hold."""
    if isinstance(old, int):
        return st.integers(1000, 2**40)
    if isinstance(old, bytes):
        return st.binary(min_size=32, max_size=32).filter(lambda value: value != old) | st.none()
    if old is None:
        return st.integers(1, 20) if column == "redacted_by" else st.just({"salt": b"x" * 32, "text": "{}"}[column])
    if old == "":
        return st.sampled_from(["0", "tax", "é"])
    replaced = st.tuples(st.integers(0, len(old) - 1), st.sampled_from("0aZé ,:\n"))
    changed = replaced.map(lambda at: old[: at[0]] + at[1] + old[at[0] + 1 :]).filter(lambda value: value != old)
    return changed | st.just(old[:-1]) | (st.none() if column == "text" else st.nothing())


def covers(finding: Finding, seq: int) -> bool:
    last = finding.details.get("last", finding.seq) if finding.code in {"removed", "moved"} else finding.seq
    return finding.seq is not None and finding.seq <= seq <= last


@pytest.mark.parametrize("seq", range(1, LAST))
def test_a_removed_entry_is_found(ledger: None, seq: int) -> None:
    assert ("removed", seq) in codes(after(lambda: remove(seq)))


def test_removed_and_closed_up_is_found(ledger: None) -> None:
    def change() -> None:
        remove(6)
        renumber(range(7, LAST + 1), -1)

    findings = [finding for finding in after(change) if finding.code == "moved"]
    assert codes(findings) == [("moved", 6)]
    assert findings[0].details == {"last": 13, "was": 7}


def test_swapped_entries_are_found(ledger: None) -> None:
    def change() -> None:
        for old, new in ((7, 100), (8, 7), (100, 8)):
            for table in ("ledger_ref", "ledger_payload", "ledger_entry"):
                sql(f"UPDATE {table} SET seq = %s WHERE seq = %s", new, old)

    assert codes(after(change)) == [("moved", 7), ("moved", 8)]


def test_an_entry_slipped_in_is_found(ledger: None) -> None:
    def change() -> None:
        renumber(reversed(range(6, LAST + 1)), 1)
        forge(6, prev=Entry.objects.get(seq=5).hash)

    assert ("moved", 7) in codes(after(change))


def test_an_entry_rewritten_with_a_right_hash_is_found(ledger: None) -> None:
    def change() -> None:
        remove(9)
        forge(9, prev=Entry.objects.get(seq=8).hash)

    assert ("rewritten", 9) in codes(after(change))


def test_a_ledger_computed_anew_from_some_entry_on_is_found_by_the_heads(ledger: None) -> None:
    findings = after(lambda: rewrite_from(8))
    assert codes(findings) == [("head_mismatch", 10), ("head_mismatch", 13)]
    assert findings[0].details["first"] == 6


def test_who_rewrites_the_heads_too_is_found_by_a_head_kept_outside(ledger: None, settings: Any, tmp_path: Path) -> None:
    kept = outside_heads()

    def change() -> None:
        rewrite_from(8)
        sql("DELETE FROM ledger_head")
        settings.KEYS_DIR = tmp_path / "stolen"
        sign_head()

    assert after(change) == []
    found_outside = codes(after(change, kept[1:2]))
    assert ("head_mismatch", 10) in found_outside
    assert ("head_removed", None) in found_outside


@pytest.mark.parametrize("last", [12, 9, 0])
def test_a_ledger_cut_off_is_found_by_a_head(ledger: None, last: int) -> None:
    def change() -> None:
        for seq in range(LAST, last, -1):
            remove(seq)

    assert ("truncated", 13) in codes(after(change))


def test_a_head_removed_is_found(ledger: None) -> None:
    assert "head_chain" in dict(codes(after(lambda: sql("DELETE FROM ledger_head WHERE number = 2"))))


def test_a_head_of_another_key_is_found(ledger: None) -> None:
    assert {code for code, _ in codes(found(verify(key="00" * 32)))} == {"head_key"}


def test_a_payload_taken_away_without_an_order_is_found(ledger: None) -> None:
    def change() -> None:
        sql("UPDATE ledger_payload SET salt = NULL, text = NULL, redacted_by = 12 WHERE seq = 1")

    assert codes(after(change)) == [("redaction", 1)]
    assert codes(after(lambda: sql("DELETE FROM ledger_payload WHERE seq = 4"))) == [("payload_removed", 4)]


def test_missing_triggers_are_found(ledger: None) -> None:
    assert {finding.details["name"] for finding in verify().findings} == set(triggers.missing(connection))


# --- the export, verified without the desk --------------------------------------------------------------------------------------


@pytest.fixture
def export(ledger: None, tmp_path: Path) -> Path:
    path = tmp_path / "ledger.jsonl"
    path.write_text("".join(export_lines(payloads=True)), encoding="utf-8")
    return path


def test_an_export_is_whole_with_the_verifiers_own_arithmetic(export: Path, capsys: Any) -> None:
    heads.export_missing()
    assert chosach_verify.main([str(export), "--head", str(heads.folder()), "--key", heads.public_key()]) == 0
    assert "NGUYÊN VẸN: 14 bút toán" in capsys.readouterr().out


def test_an_export_without_payloads_holds_none_and_is_whole(ledger: None, tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text("".join(export_lines(payloads=False)), encoding="utf-8")
    assert "Hà" not in path.read_text(encoding="utf-8")
    assert chosach_verify.verify_path(path).whole


@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_single_change_of_an_export_is_found(export: Path, tmp_path: Path, data: st.DataObject) -> None:
    lines = export.read_text(encoding="utf-8").splitlines()
    number = data.draw(st.integers(1, len(lines) - 2), label="line")
    entry = json.loads(lines[number])
    holder, name = data.draw(st.sampled_from(sorted(fields(entry), key=lambda pair: pair[1])), label="field")
    target = entry if holder == "" else entry[holder]
    old = target[name]
    target[name] = data.draw(other_than(old, name).filter(lambda value: value is not None and value != old))
    lines[number] = json.dumps(entry, ensure_ascii=False)
    assert not whole_or_unreadable(tmp_path, lines)


def fields(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in entry.items():
        if isinstance(value, dict):
            yield from ((name, inner) for inner in value)
        else:
            yield "", name


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[:-1],
        lambda lines: [*lines[:5], *lines[6:]],
        lambda lines: [*lines[:-2], lines[-1]],
        lambda lines: [*lines[:5], lines[6], lines[5], *lines[7:]],
        lambda lines: [*lines[:5], lines[4], *lines[5:]],
        lambda lines: [*lines, lines[4]],
        lambda lines: [lines[0], lines[-1]],
    ],
    ids=["cut off", "line removed", "last entry removed", "lines swapped", "line doubled", "line after the end", "emptied"],
)
def test_a_tampered_export_is_found(export: Path, tmp_path: Path, change: Callable[[list[str]], list[str]]) -> None:
    assert not whole_or_unreadable(tmp_path, change(export.read_text(encoding="utf-8").splitlines()))


def whole_or_unreadable(folder: Path, lines: list[str]) -> bool:
    path = folder / "changed.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", errors="surrogatepass")
    return chosach_verify.main([str(path), "--json"]) == 0


def test_what_is_no_ledger_is_said_to_be_unreadable(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "x").write_text("{}")
    (tmp_path / "y").write_bytes(b"SQLite format 3\0" + b"x" * 100)
    assert [chosach_verify.main([str(tmp_path / name)]) for name in ("x", "y", "none")] == [2, 2, 2]
    assert "Không đọc được" in capsys.readouterr().err


# --- ways to tamper -------------------------------------------------------------------------------------------------------------


def remove(seq: int) -> None:
    for table in ("ledger_ref", "ledger_payload", "ledger_entry"):
        sql(f"DELETE FROM {table} WHERE seq = %s", seq)


def renumber(seqs: Any, shift: int) -> None:
    for seq in seqs:
        for table in ("ledger_ref", "ledger_payload", "ledger_entry"):
            sql(f"UPDATE {table} SET seq = %s WHERE seq = %s", seq + shift, seq)


def forge(seq: int, *, prev: str) -> str:
    """Insert an entry that is right in itself."""
    fields = {"at": "2026-01-01T00:00:00.000000Z", "business_date": "2026-01-01", "event": "test.acted", "actor": "nobody", "body": "x"}
    entry: dict[str, Any] = {"seq": seq, **fields, "refs": "{}", "payload_hash": "", "prev_hash": prev}
    Entry(**entry, hash=(digest := chain.entry_hash(**entry))).save(force_insert=True)
    return digest


def rewrite_from(first: int) -> None:
    """Change an entry and compute every hash after it anew, as one with all rights over the database could."""
    prev = Entry.objects.get(seq=first - 1).hash
    for entry in Entry.objects.filter(seq__gte=first):
        actor = "user:other" if entry.seq == first else entry.actor
        values = {name: getattr(entry, name) for name in COLUMNS["ledger_entry"][:-2]} | {"actor": actor, "prev_hash": prev}
        digest = chain.entry_hash(**values)
        sql("UPDATE ledger_entry SET actor = %s, prev_hash = %s, hash = %s WHERE seq = %s", actor, prev, digest, entry.seq)
        prev = digest

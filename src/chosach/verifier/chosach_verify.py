#!/usr/bin/env python3
"""Verify a chosach ledger without chosach: one file, Python 3.10 or newer, standard library only.

    python3 chosach_verify.py LEDGER [--head FILE_OR_FOLDER]... [--key HEX] [--lang vi|en] [--json] [--limit N]

LEDGER is the desk's SQLite file or a file that `chosach ledger export` wrote. A head is a signed statement that was kept outside
the database (`head-00000042.json`): back to the newest head given, truncation and rewriting are found even if every hash in the
ledger was computed anew. Without a head only the ledger's own consistency can be shown.

Exit codes: 0 whole; 1 something is wrong (each finding is printed with its place); 2 the input can't be read.
The format is specified in docs/ledger.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

ENTRY_FORMAT = "chosach-entry-1"
HEAD_FORMAT = "chosach-head-1"
EXPORT_FORMAT = "chosach-ledger-export-1"
GENESIS = "0" * 64
REDACTED = "ledger.payload_redacted"
#: How far around its place a misplaced entry is looked for.
REACH = 64

#: Code, then the finding in Vietnamese and in English. {seq}: the place; the rest is the finding's own.
_TABLE = """
changed
  Bút toán {seq}: nội dung không khớp mã băm, đã bị sửa
  Entry {seq}: changed, its fields do not match its hash
removed
  Bút toán {seq} đến {last}: đã bị xóa
  Entries {seq} to {last}: removed
moved
  Bút toán {seq} đến {last}: sai chỗ, vốn là bút toán {was} trở đi (bị đảo, chèn hoặc xóa)
  Entries {seq} to {last}: out of place, were entries {was} onwards (reordered, inserted or removed)
disordered
  Bút toán {seq}: đứng sau bút toán {after}, sai thứ tự hoặc bị chèn
  Entry {seq}: stands after entry {after}, out of order or inserted
rewritten
  Bút toán {seq}: đã bị viết lại hoặc chèn vào, bút toán sau nó ghi mã băm khác
  Entry {seq}: rewritten or inserted, the entry after it remembers another hash
payload_changed
  Bút toán {seq}: nội dung kèm theo đã bị sửa
  Entry {seq}: its payload was changed
payload_removed
  Bút toán {seq}: nội dung kèm theo bị xóa không theo lệnh
  Entry {seq}: its payload was removed without an order
payload_added
  Bút toán {seq}: nội dung kèm theo bị thêm vào sau
  Entry {seq}: a payload was added to it
redaction
  Bút toán {seq}: nội dung bị xóa, nhưng bút toán {by} không phải lệnh xóa nội dung này
  Entry {seq}: payload redacted, but entry {by} is no redaction of it
index
  Bút toán {seq}: bảng tra cứu đối tượng không khớp
  Entry {seq}: the index of what it refers to does not match
orphan
  {table}: có dòng của bút toán {seq} không tồn tại
  {table}: holds a row of entry {seq}, which does not exist
truncated
  Sổ cái bị cắt: đầu sổ {number} ghi nhận {seq} bút toán, nay chỉ còn đến bút toán {last}
  Truncated: head {number} knows {seq} entries, the ledger ends at entry {last}
head_mismatch
  Sổ cái bị viết lại trong khoảng bút toán {first} đến {seq}: đầu sổ {number} ghi mã băm khác
  Rewritten between entries {first} and {seq}: head {number} states another hash
head_signature
  Đầu sổ {number}: chữ ký không đúng
  Head {number}: the signature is wrong
head_key
  Đầu sổ {number}: ký bằng khóa khác với khóa được yêu cầu
  Head {number}: signed with another key than the one given
head_chain
  Đầu sổ {number}: bị sửa, xóa hoặc thay thế
  Head {number}: changed, removed or replaced
head_replaced
  Đầu sổ {number}: bản lưu bên ngoài khác bản trong sổ
  Head {number}: the copy kept outside differs from the ledger's
head_removed
  Đầu sổ {number}: có bản lưu bên ngoài, trong sổ không còn
  Head {number}: kept outside, gone from the ledger
trigger
  Cơ sở dữ liệu thiếu chốt chặn {name}
  The database lacks the trigger {name}
cut_file
  Tệp xuất bị cắt giữa chừng (thiếu dòng kết thúc)
  The export is cut off (its closing line is missing)
"""
_LINES = [line.strip() for line in _TABLE.strip().splitlines()]
MESSAGES = {code: (vi, en) for code, vi, en in zip(_LINES[::3], _LINES[1::3], _LINES[2::3], strict=True)}


class Finding(NamedTuple):
    """Something wrong, and where."""

    code: str
    seq: int | None
    details: dict[str, Any]

    def text(self, lang: str = "vi") -> str:
        return MESSAGES[self.code][lang == "en"].format(seq=self.seq, **self.details)


class Row(NamedTuple):
    """An entry with its payload, as stored."""

    seq: Any
    at: Any
    business_date: Any
    event: Any
    actor: Any
    body: Any
    refs: Any
    payload_hash: Any
    prev_hash: Any
    hash: Any
    payload_seq: Any = None
    salt: Any = None
    text: Any = None
    redacted_by: Any = None


class Head(NamedTuple):
    """A signed head, from the ledger or from a file."""

    number: Any
    at: Any
    seq: Any
    hash: Any
    entries: Any
    prev: Any
    public_key: Any
    signature: Any


class Source(Protocol):
    """Where a ledger is read from. Rows are plain tuples in the order of `Row`."""

    has_payloads: bool

    def last_seq(self) -> int: ...
    def heads(self) -> list[Head]: ...
    def rows(self, first: int, last: int) -> Iterable[tuple[Any, ...]]: ...
    def refs(self, first: int, last: int) -> Iterable[tuple[Any, Any, Any]] | None: ...
    def oddities(self) -> list[Finding]: ...


class Report:
    """What a verification found."""

    def __init__(self, limit: int = 100) -> None:
        self.limit = limit
        self.findings: list[Finding] = []
        self.count = 0
        self.entries = self.payloads = self.redacted = self.heads = self.last_seq = self.clock_back = 0
        self.last_hash = GENESIS
        self.proven_seq = 0
        self.seconds = 0.0

    @property
    def whole(self) -> bool:
        return self.count == 0

    def add(self, code: str, seq: int | None = None, **details: Any) -> Finding:
        return self.take(Finding(code, seq, details))

    def take(self, finding: Finding) -> Finding:
        self.count += 1
        if len(self.findings) < self.limit:
            self.findings.append(finding)
        return finding

    def merge(self, later: Report) -> None:
        """Add what the pass over the next entries found."""
        self.findings += later.findings[: max(0, self.limit - len(self.findings))]
        for name in ("count", "entries", "payloads", "redacted", "clock_back"):
            setattr(self, name, getattr(self, name) + getattr(later, name))
        self.last_seq, self.last_hash = later.last_seq, later.last_hash

    def as_dict(self) -> dict[str, Any]:
        found = [{"code": f.code, "seq": f.seq, **f.details, "vi": f.text("vi"), "en": f.text("en")} for f in self.findings]
        names = ("entries", "payloads", "redacted", "heads", "last_seq", "last_hash", "proven_seq", "clock_back", "seconds")
        return {"whole": self.whole, "count": self.count, "findings": found, **{name: getattr(self, name) for name in names}}


# --- exact byte forms -----------------------------------------------------------------------------------------------------------


def framed(*fields: str) -> bytes:
    """Each field as `<length in bytes>:<UTF-8 bytes>,`."""
    return b"".join(b"%d:%b," % (len(data), data) for data in (field.encode() for field in fields))


def entry_digest(row: tuple[Any, ...], seq: int) -> str:
    """The hash that this row would have as entry `seq`; empty for a row that holds something else than text."""
    if not all(isinstance(field, str) for field in row[1:9]):
        return ""
    try:
        return hashlib.sha256(framed(ENTRY_FORMAT, str(seq), *row[1:9])).hexdigest()
    except UnicodeEncodeError:
        return ""


def head_form(head: Head) -> bytes:
    """What is signed."""
    return framed(HEAD_FORMAT, *(str(field) for field in head[:7]))


def head_digest(head: Head) -> str:
    """How the next head names this one."""
    return hashlib.sha256(head_form(head) + str(head.signature).encode("utf-8", "surrogatepass")).hexdigest()


def key_id(public_key: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the raw public key."""
    return hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:16]


def index_text(pairs: list[tuple[Any, Any]]) -> str:
    """The refs of an entry as its index tells them, in the canonical form."""
    try:
        pairs.sort()
    except TypeError:  # something that is no text stands there
        pairs = sorted((str(noun), str(ref)) for noun, ref in pairs)
    if len(pairs) == 1:
        return f'{{"{pairs[0][0]}":"{pairs[0][1]}"}}'
    if len(pairs) == 2 and pairs[0][0] != pairs[1][0]:
        return f'{{"{pairs[0][0]}":"{pairs[0][1]}","{pairs[1][0]}":"{pairs[1][1]}"}}'
    nouns: dict[str, list[str]] = {}
    for noun, ref in pairs:
        nouns.setdefault(str(noun), []).append(str(ref))
    return json.dumps({n: r[0] if len(r) == 1 else r for n, r in nouns.items()}, separators=(",", ":"))


# --- the verification -----------------------------------------------------------------------------------------------------------


class Walk:
    """One pass over the entries first..last. Fast where all is well; what differs is looked at closely."""

    def __init__(self, source: Source, first: int, last: int, wanted: Iterable[int], limit: int) -> None:
        self.source, self.first, self.last, self.report = source, first, last, Report(limit)
        self.wanted = set(wanted)
        self.seq, self.hash, self.blamed, self.at = first - 1, GENESIS, False, ""
        self.moved: Finding | None = None
        #: hash of the entries that heads speak of; payload → the entry said to have redacted it; redacting entry → its refs
        self.seen: dict[int, str] = {}
        self.redactions: dict[int, int] = {}
        self.orders: dict[int, Any] = {}
        if first > 1:
            before = next(iter(source.rows(first - 1, first - 1)), None)
            self.hash = before[9] if before else ""
            self.blamed = before is None or entry_digest(before, first - 1) != before[9]

    def run(self) -> Walk:
        source, report, wanted, orders = self.source, self.report, self.wanted, self.orders
        refs = source.refs(self.first, self.last)
        index = None if refs is None else _Index(refs)
        sha256, has_payloads = hashlib.sha256, source.has_payloads
        head = f"{len(ENTRY_FORMAT)}:{ENTRY_FORMAT},"
        count = 0
        for row in source.rows(self.first, self.last):
            seq, at, date, event, actor, body, named, payload_hash, prev, digest, payload_seq, salt, text, redacted_by = row
            count += 1
            number = str(seq)
            try:
                form = (
                    f"{head}{len(number)}:{number},{len(at)}:{at},{len(date)}:{date},{len(event)}:{event},{len(actor)}:{actor},"
                    f"{len(body)}:{body},{len(named)}:{named},{len(payload_hash)}:{payload_hash},{len(prev)}:{prev},"
                )
                good = form.isascii() and sha256(form.encode()).hexdigest() == digest
            except (TypeError, AttributeError):
                good = False
            if good and prev == self.hash and seq == self.seq + 1:
                self.seq, self.hash, self.blamed, self.moved = seq, digest, False, None
                if at < self.at:
                    report.clock_back += 1
                self.at = at
            else:
                self.look_closely(row)
            if has_payloads and (payload_seq is not None or payload_hash != ""):
                if redacted_by is None and _paid(payload_hash, salt, text):
                    report.payloads += 1
                else:
                    self.look_at_payload(Row(*row))
            if index is not None and index.text_of(seq) != named:
                report.add("index", seq)
            if seq in wanted:
                self.seen[seq] = digest
            if event == REDACTED:
                orders[seq] = named
        report.entries, report.last_seq, report.last_hash = count, self.seq, self.hash
        return self

    def look_closely(self, row: tuple[Any, ...]) -> None:
        seq, prev, digest = row[0], row[8], row[9]
        expected, report = self.seq + 1, self.report
        blamed = self.blamed
        if seq > expected:
            report.add("removed", expected, last=seq - 1)
            blamed = True
        elif seq < expected:
            report.add("disordered", seq, after=self.seq)
            blamed = True
        own = entry_digest(row, seq) == digest
        if not own:
            self.misplaced_or_changed(row)
        elif prev != self.hash and not blamed:
            # A first entry that names a predecessor has none to blame but itself.
            report.add("rewritten", seq - 1 or seq)
        if own:
            self.moved = None
        self.seq, self.hash, self.blamed = seq, digest, not own
        self.at = str(row[1])

    def misplaced_or_changed(self, row: tuple[Any, ...]) -> None:
        seq = row[0]
        shifts = [shift for step in range(1, REACH + 1) for shift in (step, -step) if seq + shift > 0]
        was = next((seq + shift for shift in shifts if entry_digest(row, seq + shift) == row[9]), None)
        before = self.moved
        if was is None:
            self.moved = None
            self.report.add("changed", seq)
        elif before and before.details["last"] == seq - 1 and before.details["was"] - (before.seq or 0) == was - seq:
            before.details["last"] = seq
        else:
            self.moved = self.report.add("moved", seq, last=seq, was=was)

    def look_at_payload(self, entry: Row) -> None:
        add = self.report.add
        if entry.payload_hash == "":
            add("payload_added", entry.seq)
        elif entry.payload_seq is None or (entry.text is None) != (entry.salt is None):
            add("payload_removed", entry.seq)
        elif entry.text is not None:
            add("payload_changed", entry.seq)
        elif not isinstance(entry.redacted_by, int) or entry.redacted_by <= entry.seq:
            add("payload_removed", entry.seq)
        else:
            self.report.redacted += 1
            self.redactions[entry.seq] = entry.redacted_by


def _paid(payload_hash: Any, salt: Any, text: Any) -> bool:
    try:
        return bool(hashlib.sha256(salt + text.encode()).hexdigest() == payload_hash)
    except (TypeError, AttributeError, UnicodeEncodeError):
        return False


def _names(refs: Any, seq: int) -> bool:
    """True if these refs of a redacting entry name the entry `seq`."""
    try:
        named = json.loads(refs).get("entry", [])
    except (TypeError, ValueError, AttributeError):
        return False
    return str(seq) in ([named] if isinstance(named, str) else named)


class _Index:
    """The index of refs, read along with the entries."""

    def __init__(self, refs: Iterable[tuple[Any, Any, Any]]) -> None:
        # A row whose number is no number has been reported as an orphan.
        self.rows = (row for row in refs if type(row[0]) is int)
        self.row = next(self.rows, None)

    def text_of(self, seq: int) -> str:
        """The canonical refs of this entry. Asked in rising order."""
        row, pairs = self.row, []
        while row is not None and row[0] <= seq:
            if row[0] == seq:
                pairs.append(row[1:])
            row = next(self.rows, None)
        self.row = row
        return index_text(pairs) if pairs else "{}"


Check = Callable[[bytes, bytes, bytes], bool]


def verify(
    source: Source, outside: Iterable[Head] = (), *, key: str = "", limit: int = 100, check: Check | None = None, processes: int = 1
) -> Report:
    """Verify a ledger, with the heads it holds and those kept outside. `check(public_key, message, signature)`: Ed25519."""
    started = time.perf_counter()
    report = Report(limit)
    for finding in source.oddities():
        report.take(finding)
    inside, kept = source.heads(), sorted(outside, key=lambda head: str(head.number).zfill(20))
    heads: dict[int, list[Head]] = {}
    for head in _trusted_heads(inside, kept, report, key, check or ed25519_verify):
        heads.setdefault(head.seq, []).append(head)
    walks = _walks(source, list(heads), limit, processes)
    seen = {0: GENESIS}
    for walk in walks:
        report.merge(walk.report)
        if walk.report.last_seq < walk.last:
            report.add("removed", walk.report.last_seq + 1, last=walk.last)
        seen |= walk.seen
    _settle_redactions(source, walks, report)
    report.heads = len({*inside, *kept})
    for seq in sorted(heads):
        if seq > report.last_seq:
            report.add("truncated", seq, number=heads[seq][0].number, last=report.last_seq)
        elif any(seen.get(seq) != head.hash for head in heads[seq]):
            report.add("head_mismatch", seq, number=heads[seq][0].number, first=report.proven_seq + 1)
        else:
            report.proven_seq = seq
    report.seconds = time.perf_counter() - started
    return report


def _walks(source: Source, wanted: list[int], limit: int, processes: int) -> list[Walk]:
    """The passes, in order: one, or several side by side over a large file."""
    last = source.last_seq()
    if processes < 2 or last < 20_000 or not isinstance(source, SqliteSource):
        return [Walk(source, 1, last, wanted, limit).run()]
    size = -(-last // (processes * 4))
    parts = [(source.path, first, min(first + size - 1, last), wanted, limit) for first in range(1, last + 1, size)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return list(pool.map(_walk_part, parts))


def _walk_part(part: tuple[Path, int, int, list[int], int]) -> Walk:
    path, first, last, wanted, limit = part
    source = SqliteSource(path)
    walk = Walk(source, first, last, wanted, limit).run()
    source.close()
    walk.source = cast("Source", None)  # a connection can't travel between processes
    return walk


def _settle_redactions(source: Source, walks: list[Walk], report: Report) -> None:
    """Every redacted payload must be named by the entry that is said to have redacted it."""
    orders = {by: refs for walk in walks for by, refs in walk.orders.items()}
    for walk in walks:
        for seq, by in walk.redactions.items():
            if by > report.last_seq:  # redacted while we were reading
                orders |= {row[0]: row[6] for row in source.rows(by, by) if row[3] == REDACTED}
            if not _names(orders.get(by), seq):
                report.add("redaction", seq, by=by)


def _trusted_heads(inside: list[Head], outside: list[Head], report: Report, key: str, check: Check) -> list[Head]:
    """The heads whose word counts, after a look at numbers, chain and signatures.

    A right signature on a head vouches for the heads before it, through the chain: only where the chain is broken, or the key
    changes, must earlier signatures be verified too.
    """
    stored = {head.number: head for head in inside}
    prev, number, before = GENESIS, 1, None
    doubtful: set[Any] = {inside[-1].number} if inside else set()
    for head in inside:
        if before and before.public_key != head.public_key:
            doubtful.add(before.number)
        if head.number != number or head.prev != prev:
            doubtful |= {head.number, before.number} if before else {head.number}
            if before is None or _signed(before, check):
                report.add("head_chain", None, number=head.number)
        before, prev, number = head, head_digest(head), head.number + 1
    liars: list[Head] = []
    for head in [*(stored[n] for n in sorted(doubtful)), *outside]:
        if not _signed(head, check):
            report.add("head_signature", None, number=head.number)
            liars.append(head)
        elif key and head.public_key != key:
            report.add("head_key", None, number=head.number)
    for head in outside:
        if head.number not in stored:
            report.add("head_removed", None, number=head.number)
        elif stored[head.number] != head:
            report.add("head_replaced", None, number=head.number)
    return [head for head in [*inside, *outside] if head not in liars]


def _signed(head: Head, check: Check) -> bool:
    try:
        key, signature = bytes.fromhex(head.public_key), bytes.fromhex(head.signature)
        exact = head.entries == head.seq and signature.hex() == head.signature
        return exact and check(key, head_form(head), signature)
    except (TypeError, ValueError):
        return False


# --- Ed25519 (RFC 8032), verification only -------------------------------------------------------------------------------------

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_I = pow(2, (_P - 1) // 4, _P)
_Point = tuple[int, int, int, int]


def _add(p: _Point, q: _Point) -> _Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % _P, (p[1] + p[0]) * (q[1] + q[0]) % _P
    c, d = 2 * p[3] * q[3] * _D % _P, 2 * p[2] * q[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(scalar: int, point: _Point) -> _Point:
    total: _Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = _add(total, point)
        point, scalar = _add(point, point), scalar >> 1
    return total


def _decode(data: bytes) -> _Point | None:
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if len(data) != 32 or y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _I % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    x = _P - x if x & 1 != sign else x
    return x, y, 1, x * y % _P


_BASE = _decode((4 * pow(5, _P - 2, _P) % _P).to_bytes(32, "little"))


def ed25519_verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """True if the signature is right (RFC 8032 §5.1.7, without cofactor)."""
    if len(signature) != 64 or _BASE is None:
        return False
    a, r, s = _decode(public_key), _decode(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= _L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % _L
    left, right = _times(s, _BASE), _add(r, _times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % _P == 0 and (left[1] * right[2] - right[1] * left[2]) % _P == 0


# --- where a ledger is read from -----------------------------------------------------------------------------------------------

ROWS_SQL = (
    "SELECT e.seq, e.at, e.business_date, e.event, e.actor, e.body, e.refs, e.payload_hash, e.prev_hash, e.hash,"
    " p.seq, p.salt, p.text, p.redacted_by FROM ledger_entry e LEFT JOIN ledger_payload p ON p.seq = e.seq"
)
REFS_SQL = "SELECT seq, noun, ref FROM ledger_ref"
HEADS_SQL = "SELECT number, at, seq, hash, entries, prev, public_key, signature FROM ledger_head ORDER BY number"
ORPHANS_SQL = {
    "ledger_payload": "SELECT p.seq FROM ledger_payload p LEFT JOIN ledger_entry e ON e.seq = p.seq WHERE e.seq IS NULL",
    "ledger_ref": "SELECT r.seq FROM ledger_ref r LEFT JOIN ledger_entry e ON e.seq = r.seq WHERE e.seq IS NULL",
}
SQLITE_TRIGGERS = tuple(
    f"{table}_{act}" for table in ("ledger_entry", "ledger_payload", "ledger_ref", "ledger_head") for act in ("insert", "update", "delete")
)


class Unreadable(Exception):
    """The input is no ledger, or can't be read."""


class SqliteSource:
    """The desk's SQLite file, opened for reading only, as it stood at one moment."""

    has_payloads = True

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
            # What is no UTF-8 any more must be reported as changed, not stop the reading.
            self.db.text_factory = str
            self.db.execute("BEGIN")
            for sql in (ROWS_SQL, REFS_SQL, HEADS_SQL):
                self.db.execute(sql).fetchone()
        except sqlite3.Error as error:
            raise Unreadable(f"{path}: {error}") from error

    def lenient(self) -> None:
        """Read texts that are no UTF-8 too (slower)."""
        self.db.text_factory = lambda data: data.decode("utf-8", "surrogateescape")

    def close(self) -> None:
        self.db.close()

    def heads(self) -> list[Head]:
        return [Head(*row) for row in self.db.execute(HEADS_SQL)]

    def last_seq(self) -> int:
        return int(self.db.execute("SELECT COALESCE(MAX(seq), 0) FROM ledger_entry").fetchone()[0])

    def rows(self, first: int, last: int) -> Iterable[tuple[Any, ...]]:
        return self.db.execute(f"{ROWS_SQL} WHERE e.seq BETWEEN ? AND ? ORDER BY e.seq", (first, last))

    def refs(self, first: int, last: int) -> Iterable[tuple[Any, Any, Any]]:
        return self.db.execute(f"{REFS_SQL} WHERE seq BETWEEN ? AND ? ORDER BY seq", (first, last))

    def oddities(self) -> list[Finding]:
        present = {name for (name,) in self.db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
        found = [Finding("trigger", None, {"name": name}) for name in SQLITE_TRIGGERS if name not in present]
        for table, sql in ORPHANS_SQL.items():
            found += [Finding("orphan", seq, {"table": table}) for (seq,) in self.db.execute(sql)]
        return found


class ExportSource:
    """A file of JSON lines that `chosach ledger export` wrote."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open(encoding="utf-8") as file:
                first = json.loads(file.readline())
        except (OSError, ValueError) as error:
            raise Unreadable(f"{path}: {error}") from error
        if not isinstance(first, dict) or first.get("format") != EXPORT_FORMAT:
            raise Unreadable(f"{path}: not an export of a ledger ({EXPORT_FORMAT})")
        self.has_payloads = bool(first.get("payloads"))
        self._heads = [Head(**value) for value in first.get("heads", [])]
        self.closed = False
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 400))
            last = file.read().rstrip(b"\n").rsplit(b"\n", 1)[-1]
        try:
            self.end: int | None = int(json.loads(last)["end"]["last_seq"])
        except (ValueError, KeyError, TypeError):
            self.end = None

    def heads(self) -> list[Head]:
        return self._heads

    def last_seq(self) -> int:
        return self.end or 0

    def rows(self, first: int, last: int) -> Iterator[tuple[Any, ...]]:
        """All lines, in the order of the file: an export is read through once."""
        with self.path.open(encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            next(file)
            for number, line in enumerate(file, 2):
                if self.closed:
                    raise Unreadable(f"{self.path}:{number}: something stands after the closing line")
                try:
                    value = json.loads(line)
                    if type(value.get("seq", 0)) is not int:
                        raise TypeError(value["seq"])
                    if "end" in value:
                        self.closed = True
                        continue
                    payload = value.get("payload") or {}
                    salt = payload.get("salt")
                    own = (value.get("seq") if payload else None, None if salt is None else bytes.fromhex(salt))
                    yield (*(value[name] for name in Row._fields[:10]), *own, payload.get("text"), payload.get("redacted_by"))
                except (ValueError, KeyError, AttributeError, TypeError) as error:
                    raise Unreadable(f"{self.path}:{number}: {error!r}") from error

    def refs(self, first: int, last: int) -> None:
        return None

    def oddities(self) -> list[Finding]:
        return [Finding("cut_file", None, {})] if self.end is None else []


def read_heads(path: Path) -> list[Head]:
    """The head in a file, or all heads in a folder."""
    files = sorted(path.glob("head-*.json")) if path.is_dir() else [path]
    heads = []
    for file in files:
        try:
            value = json.loads(file.read_text(encoding="utf-8"))
            heads.append(Head(**{name: value[name] for name in Head._fields}))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Unreadable(f"{file}: not a head ({error!r})") from error
    return heads


def open_source(path: Path) -> SqliteSource | ExportSource:
    try:
        with path.open("rb") as file:
            magic = file.read(16)
    except OSError as error:
        raise Unreadable(f"{path}: {error}") from error
    return SqliteSource(path) if magic.startswith(b"SQLite format 3") else ExportSource(path)


def verify_path(path: Path, outside: Iterable[Head] = (), **options: Any) -> Report:
    """Verify a file, whichever kind it is."""
    source, heads = open_source(path), list(outside)
    try:
        return verify(source, heads, **options)
    except sqlite3.OperationalError as error:
        if not isinstance(source, SqliteSource) or "decode" not in str(error):
            raise Unreadable(f"{path}: {error}") from error
        source.lenient()
        return verify(source, heads, **{**options, "processes": 1})
    except sqlite3.DatabaseError as error:
        raise Unreadable(f"{path}: {error}") from error


# --- the command ---------------------------------------------------------------------------------------------------------------


def summary(report: Report, lang: str = "vi") -> str:
    """The report in sentences."""
    english = lang == "en"
    lines = [finding.text(lang) for finding in report.findings]
    if report.count > len(report.findings):
        more = report.count - len(report.findings)
        lines.append(f"… and {more} more" if english else f"… và {more} điểm khác")
    speed = report.entries / report.seconds if report.seconds else 0
    if english:
        lines.append(
            f"{'WHOLE' if report.whole else 'BROKEN'}: {report.entries} entries, {report.payloads} payloads, {report.redacted} redacted,"
            f" {report.heads} heads; proven up to entry {report.proven_seq} by a signed head."
            f" {report.seconds:.2f} s, {speed:.0f} entries/s."
        )
        lines.append(f"Last entry {report.last_seq}, hash {report.last_hash}.")
    else:
        lines.append(
            f"{'NGUYÊN VẸN' if report.whole else 'CÓ SAI LỆCH'}: {report.entries} bút toán, {report.payloads} nội dung,"
            f" {report.redacted} đã xóa theo lệnh, {report.heads} đầu sổ; đầu sổ có chữ ký chứng minh đến bút toán {report.proven_seq}."
            f" {report.seconds:.2f} giây, {speed:.0f} bút toán/giây."
        )
        lines.append(f"Bút toán cuối {report.last_seq}, mã băm {report.last_hash}.")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Kiểm tra sổ cái chosach / verify a chosach ledger")
    parser.add_argument("ledger", type=Path, help="SQLite file, or a file from `chosach ledger export`")
    parser.add_argument("--head", type=Path, action="append", default=[], help="a head file, or a folder of them; may be repeated")
    parser.add_argument("--key", default="", help="public key (hex) that every head must be signed with")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi")
    parser.add_argument("--limit", type=int, default=100, help="how many findings to print")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many processes read a large SQLite file")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    options = parser.parse_args(arguments)
    try:
        outside = [head for path in options.head for head in read_heads(path)]
        report = verify_path(options.ledger, outside, key=options.key, limit=options.limit, processes=options.processes)
    except Unreadable as error:
        print(("Cannot read: " if options.lang == "en" else "Không đọc được: ") + str(error), file=sys.stderr)
        return 2
    print(json.dumps(report.as_dict(), ensure_ascii=False) if options.json else summary(report, options.lang))
    return 0 if report.whole else 1


if __name__ == "__main__":
    sys.exit(main())

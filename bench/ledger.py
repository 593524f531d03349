"""Verify a large ledger: how long, how much memory. Run by hand: `python bench/ledger.py [--entries 1000000] [--keep FILE]`.

Makes a SQLite ledger of the desk's own tables and triggers in a scratch folder, with entries shaped like real ones (one or two
refs, a payload of about 120 characters on four of five), then verifies it with the stand-alone verifier in a process of its own.
"""

import argparse
import hashlib
import os
import resource
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
BATCH = 20_000


def entries(count: int) -> Iterator[tuple[dict[str, Any], tuple[bytes, str] | None, list[tuple[str, str]]]]:
    """Entries, payloads and refs, chained."""
    from chosach.desk.ledger import chain

    prev = chain.GENESIS
    actors = [f"user:{uuid.uuid4()}" for _ in range(40)]
    for seq in range(1, count + 1):
        case = str(uuid.UUID(bytes=hashlib.md5(b"%d" % (seq // 7)).digest()))
        refs = {"case": [case], "lead": [str(uuid.UUID(bytes=hashlib.md5(b"l%d" % seq).digest()))]} if seq % 2 else {"case": [case]}
        payload = None
        payload_hash = ""
        if seq % 5:
            text = chain.canonical_payload(
                {"stage": "verifying", "reason": "Đủ căn cứ chuyển bước xác minh", "amount": seq * 1000, "by": case}
            )
            salt = secrets.token_bytes(32)
            payload, payload_hash = (salt, text), chain.payload_hash(salt, text)
        fields = {
            "seq": seq,
            "at": f"2026-01-01T{seq // 3600000 % 24:02d}:{seq // 60000 % 60:02d}:{seq // 1000 % 60:02d}.{seq % 1000:03d}000Z",
            "business_date": "2026-01-01",
            "event": "case.moved",
            "actor": actors[seq % 40],
            "body": "market-surveillance",
            "refs": chain.canonical_refs(refs),
            "payload_hash": payload_hash,
            "prev_hash": prev,
        }
        prev = chain.entry_hash(**fields)
        yield fields | {"hash": prev}, payload, [(noun, ref) for noun, ids in refs.items() for ref in ids]


def make(path: Path, count: int) -> None:
    os.environ.update(CHOSACH_HOME=str(path.parent), DJANGO_SETTINGS_MODULE="chosach.desk.settings", CHOSACH_SECRET_KEY="bench")
    os.environ["CHOSACH_DATABASE_URL"] = f"sqlite:///{path}"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from chosach.desk.ledger import triggers

    call_command("migrate", "ledger", verbosity=0)
    triggers.remove(connection)
    connection.close()
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA synchronous=OFF")
    batch = []
    for item in entries(count):
        batch.append(item)
        if len(batch) == BATCH or item[0]["seq"] == count:
            database.execute("BEGIN")
            database.executemany(
                f"INSERT INTO ledger_entry VALUES ({','.join('?' * 10)})", [tuple(entry.values()) for entry, _, _ in batch]
            )
            database.executemany(
                "INSERT INTO ledger_payload (seq, salt, text) VALUES (?, ?, ?)", [(e["seq"], *p) for e, p, _ in batch if p is not None]
            )
            database.executemany(
                "INSERT INTO ledger_ref (noun, ref, seq) VALUES (?, ?, ?)", [(*ref, e["seq"]) for e, _, r in batch for ref in r]
            )
            database.execute("COMMIT")
            batch = []
    database.close()
    triggers.install(connection)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="keep the ledger here (and use it if it is there)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        path = options.keep or Path(scratch) / "ledger.sqlite3"
        if not path.exists():
            started = time.perf_counter()
            make(path, options.entries)
            print(f"made {options.entries} entries in {time.perf_counter() - started:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
        started = time.perf_counter()
        subprocess.run([sys.executable, str(ROOT / "tools" / "chosach_verify.py"), str(path), "--lang", "en"], check=True)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"whole process {time.perf_counter() - started:.2f} s, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()

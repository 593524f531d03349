"""The seal of a transferred file: a list of its evidence and of its ledger entries, and the hash of that list."""

import hashlib
import json
from typing import Any

from chosach.desk.cases.models import Case, Transfer
from chosach.desk.evidence import store
from chosach.desk.evidence.selectors import manifest_of
from chosach.desk.ledger.selectors import entries_of

Manifest = dict[str, Any]


def manifest(case: Case) -> Manifest:
    """What the file holds now: evidence (number, id, SHA-256, size) and ledger entries (number, hash), in order."""
    entries = [[entry.seq, entry.hash] for entry in entries_of("case", case.id)]
    return {"case": str(case.id), "number": case.number, "evidence": manifest_of("case", case.id), "entries": entries}


def seal(listed: Manifest) -> str:
    """SHA-256 of the list as canonical JSON (sorted keys, no blanks, UTF-8)."""
    return hashlib.sha256(json.dumps(listed, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def broken(transfer: Transfer) -> list[str]:
    """What no longer agrees with the seal, in sentences; empty when the file is as it was sent."""
    listed: Manifest = transfer.manifest
    problems = []
    if seal(listed) != transfer.seal:
        problems.append("Danh mục niêm phong đã bị sửa: mã niêm phong không còn khớp.")
    now = {row["id"]: row for row in manifest_of("case", transfer.case_id)}
    for row in listed.get("evidence", []):
        if now.get(row["id"]) != row:
            problems.append(f"Bút lục {row['number']:02d} không còn như trong danh mục.")
        elif not store.intact(row["sha256"]):
            problems.append(f"Tệp của bút lục {row['number']:02d} bị thiếu hoặc không còn khớp mã SHA-256.")
    hashes = dict(entries_of("case", transfer.case_id).values_list("seq", "hash"))
    problems += [f"Bút toán số {seq} của sổ cái không còn khớp." for seq, hash_ in listed.get("entries", []) if hashes.get(seq) != hash_]
    return problems

"""The ledger's exact byte forms: what is hashed, and how. Specified for third parties in docs/ledger.md; never changed, only
followed by a new format tag. Pure functions of plain values: no database, no clock but the one passed in.
"""

import datetime as dt
import enum
import hashlib
import json
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

ENTRY_FORMAT = "chosach-entry-1"
HEAD_FORMAT = "chosach-head-1"
#: What the first entry and the first head name as their predecessor.
GENESIS = "0" * 64
SALT_BYTES = 32
MAX_PAYLOAD = 1_000_000
MAX_REFS = 10_000

EVENT = re.compile(r"[a-z][a-z0-9_]{0,39}\.[a-z][a-z0-9_]{0,59}")
ACTOR = re.compile(r"[a-z]+(:[A-Za-z0-9._-]{1,80})?")
NOUN = re.compile(r"[a-z][a-z0-9_]{0,39}")
REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}")


class LedgerMisuse(Exception):
    """An act tried to write an entry that the ledger can't take. A fault of the calling code, never of a person's input."""


def framed(tag: str, *fields: str) -> bytes:
    """The tag and the fields, each as `<length in bytes>:<UTF-8 bytes>,` (netstrings): no two lists share a form."""
    parts = []
    for field in (tag, *fields):
        encoded = field.encode()
        parts.append(b"%d:%b," % (len(encoded), encoded))
    return b"".join(parts)


def entry_hash(
    *, seq: int, at: str, business_date: str, event: str, actor: str, body: str, refs: str, payload_hash: str, prev_hash: str
) -> str:
    """SHA-256 (hex) over the framed fields of an entry, in this order."""
    form = framed(ENTRY_FORMAT, str(seq), at, business_date, event, actor, body, refs, payload_hash, prev_hash)
    return hashlib.sha256(form).hexdigest()


def payload_hash(salt: bytes, text: str) -> str:
    """SHA-256 (hex) of salt ‖ UTF-8 text. The salt keeps a redacted payload from being guessed back from its hash."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def stamp(moment: dt.datetime) -> str:
    """A moment as the ledger keeps it: UTC, microseconds, always 27 characters, so that text order is time order."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(text: str) -> dt.datetime:
    """The moment that a stamp names."""
    return dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=dt.UTC)


def canonical_payload(payload: Mapping[str, Any]) -> str:
    """The payload as JSON text with sorted keys and no spaces. Raises `LedgerMisuse` for what JSON can't say exactly."""
    text = json.dumps(_plain(payload, "payload"), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    if len(text) > MAX_PAYLOAD:
        raise LedgerMisuse(f"the payload has {len(text)} characters; at most {MAX_PAYLOAD} are taken")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise LedgerMisuse("the payload holds half a surrogate pair, which is no text") from error
    return text


def _plain(value: Any, where: str) -> Any:
    """The value in types that JSON knows; dates, UUIDs, decimals and enums as text."""
    if isinstance(value, enum.Enum):
        value = value.value
    if value is None or isinstance(value, bool | str | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, Mapping):
        for key in value:
            if type(key) is not str:
                raise LedgerMisuse(f"{where}: the key {key!r} is not a plain string")
        return {key: _plain(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, f"{where}[{place}]") for place, item in enumerate(value)]
    return _as_text(value, where)


def _as_text(value: Any, where: str) -> str:
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            raise LedgerMisuse(f"{where}: a time without a zone")
        return stamp(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise LedgerMisuse(f"{where}: {type(value).__name__} has no exact JSON form")


def plain_refs(refs: Mapping[str, object]) -> dict[str, list[str]]:
    """Refs as noun → ids, sorted, each once. A None is left out; a list names several objects of one noun."""
    result: dict[str, list[str]] = {}
    for noun in sorted(refs):
        if not NOUN.fullmatch(noun):
            raise LedgerMisuse(f"refs: {noun!r} is no noun (a-z, 0-9 and _)")
        value = refs[noun]
        values = value if isinstance(value, list | tuple | set | frozenset) else [value]
        ids = sorted({_ref(noun, item) for item in values if item is not None})
        if ids:
            result[noun] = ids
    if sum(map(len, result.values())) > MAX_REFS:
        raise LedgerMisuse(f"more than {MAX_REFS} refs in one entry")
    return result


def _ref(noun: str, value: object) -> str:
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, bool) or not isinstance(value, str | int | UUID):
        raise LedgerMisuse(f"refs: {noun} is a {type(value).__name__}; only ids and codes can be referred to")
    text = str(value)
    if not REF.fullmatch(text):
        raise LedgerMisuse(f"refs: {noun} holds something that is no id or code")
    return text


def canonical_refs(refs: Mapping[str, list[str]]) -> str:
    """Refs as JSON text: nouns sorted; one id as a string, several as a sorted list. ASCII only."""
    single_or_list = {noun: ids[0] if len(ids) == 1 else ids for noun, ids in refs.items()}
    return json.dumps(single_or_list, sort_keys=True, separators=(",", ":"))

"""The form of a key, and what of it is kept: `cs_` + name + `_` + secret + check. Only the name and a hash are stored.

The secret has 200 random bits, so one plain SHA-256 keeps it: there is nothing to guess, and slow hashes are for what people think of.
"""

import base64
import hashlib
import re
import secrets
import zlib
from typing import NamedTuple

_FORM = re.compile(r"cs_([a-z2-7]{8})_([a-z2-7]{40})([a-z2-7]{7})")


class Made(NamedTuple):
    """A new key: its name (public), its whole text (shown once), the hash that is kept."""

    prefix: str
    text: str
    digest: str


def make() -> Made:
    prefix, secret = _letters(secrets.token_bytes(5)), _letters(secrets.token_bytes(25))
    text = f"cs_{prefix}_{secret}{_check(prefix + secret)}"
    return Made(prefix, text, digest(text))


def prefix_of(text: str) -> str | None:
    """The name in a key's text; None for what can't be one of ours (a slip of copying is seen here, without asking the database)."""
    found = _FORM.fullmatch(text)
    return found[1] if found and secrets.compare_digest(_check(found[1] + found[2]), found[3]) else None


def digest(text: str) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Compared in constant time."""
    return secrets.compare_digest(one, other)


def _letters(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()


def _check(text: str) -> str:
    return _letters(zlib.crc32(text.encode()).to_bytes(4, "big"))

"""The content-addressed store: bytes lie under the hash of what they are, written whole or not at all, never overwritten."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import Storage, default_storage

from chosach.desk.evidence.recognise import HEAD, REFUSED, media_type

CHUNK = 1 << 20


class TooLarge(Exception):
    """More bytes than the limit."""


@dataclass(frozen=True)
class Stored:
    """What was kept. `size` in bytes; `media_type` recognised from the content."""

    sha256: str
    size: int
    media_type: str


def key(sha256: str) -> str:
    """Where bytes with this hash lie, below the storage's root."""
    return f"evidence/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def put(chunks: Iterable[bytes], *, limit: int) -> Stored:
    """Keep the bytes of `chunks`. Raises `TooLarge` beyond `limit` bytes. Too large, empty or a refused type: nothing is kept."""
    digest, size, head = hashlib.sha256(), 0, b""
    with tempfile.NamedTemporaryFile(dir=_near(default_storage), prefix="incoming-", delete=False) as file:
        path = Path(file.name)
        try:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise TooLarge
                digest.update(chunk)
                head = head if len(head) >= HEAD else (head + chunk)[:HEAD]
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            stored = Stored(digest.hexdigest(), size, media_type(head))
            if size and stored.media_type not in REFUSED:
                _settle(path, key(stored.sha256))
        finally:
            path.unlink(missing_ok=True)
    return stored


def open_checked(sha256: str) -> IO[bytes] | None:
    """The bytes under this hash, opened at their beginning, or None when they are missing or are no longer what the hash says."""
    name = key(sha256)
    if not default_storage.exists(name):
        return None
    file: IO[bytes] = default_storage.open(name, "rb")
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    if digest.hexdigest() != sha256:
        file.close()
        return None
    file.seek(0)
    return file


def intact(sha256: str) -> bool:
    """True when the bytes are there and are still what their hash says."""
    file = open_checked(sha256)
    if file is None:
        return False
    file.close()
    return True


def _near(storage: Storage) -> str | None:
    """A folder on the same disk as the store (so that settling is one atomic rename), or None for a remote store."""
    root = _root(storage)
    if root is None:
        return None
    folder = root / "evidence"
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)


def _root(storage: Any) -> Path | None:
    """The storage's folder on this machine; None for a storage that has none."""
    try:
        return Path(storage.path(""))
    except NotImplementedError:
        return None


def _settle(path: Path, name: str) -> None:
    """Put the finished file in its place by one rename. The same bytes already there stay; damaged ones are healed."""
    root = _root(default_storage)
    if root is None:
        if not default_storage.exists(name):
            with path.open("rb") as file:
                default_storage.save(name, File(file))
        return
    final = root / name
    final.parent.mkdir(parents=True, exist_ok=True)
    path.chmod(0o440)
    if not final.exists() or not intact(final.name):
        path.replace(final)
        folder = os.open(final.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

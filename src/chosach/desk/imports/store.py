"""Where uploaded files lie: `HOME/imports/<first two letters>/<sha256>`, written once and never changed.

While a file arrives it lies in `HOME/imports/incoming/`. What an upload that broke off leaves there is cleared away after a day.
"""

import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

_KEEP_BROKEN = 24 * 3600


def folder() -> Path:
    """The store's folder."""
    return Path(settings.HOME) / "imports"


def path_of(sha256: str) -> Path:
    """Where the file of this hash lies."""
    return folder() / sha256[:2] / sha256


def lake_folder() -> Path:
    """Where the lake of listings and findings lies."""
    return Path(settings.HOME) / "lake"


@dataclass
class Arrived:
    """A file that has arrived whole, not yet in its place."""

    path: Path
    name: str
    size: int
    sha256: str

    def keep(self) -> Path:
        """Put it in its place. The same bytes again change nothing."""
        target = path_of(self.sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        self.path.replace(target)
        return target

    def drop(self) -> None:
        """Forget it."""
        self.path.unlink(missing_ok=True)


if TYPE_CHECKING:
    _Uploaded = UploadedFile[Any]
else:
    _Uploaded = UploadedFile


class ArrivedFile(_Uploaded):
    """What the form gets instead of the bytes."""

    def __init__(self, arrived: Arrived) -> None:
        super().__init__(file=None, name=arrived.name, size=arrived.size)
        self.arrived = arrived


class Incoming(FileUploadHandler):
    """Writes an upload straight into the store while counting and hashing it; stops it above the limit."""

    def __init__(self, request: HttpRequest | None = None, *, limit: int | None = None) -> None:
        super().__init__(request)
        self._limit = settings.IMPORT_MAX_BYTES if limit is None else limit
        self.too_large = False
        self._file: IO[bytes] | None = None
        self._path = Path()

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        incoming = folder() / "incoming"
        incoming.mkdir(parents=True, exist_ok=True)
        clear_broken(incoming)
        self._path = incoming / f"{uuid4().hex}.part"
        self._file = self._path.open("wb")
        self._hash, self._size = hashlib.sha256(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size > self._limit:
            self.too_large = True
            self.upload_interrupted()
            raise StopUpload(connection_reset=True)
        if self._file is not None:
            self._file.write(raw_data)
            self._hash.update(raw_data)

    def file_complete(self, file_size: int) -> ArrivedFile | None:
        if self._file is None:
            return None
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._file = None
        return ArrivedFile(Arrived(self._path, self.file_name or "", self._size, self._hash.hexdigest()))

    def upload_interrupted(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
            self._path.unlink(missing_ok=True)


def clear_broken(incoming: Path) -> None:
    """Remove what uploads that broke off have left."""
    for path in incoming.glob("*.part"):
        if time.time() - path.stat().st_mtime > _KEEP_BROKEN:
            path.unlink(missing_ok=True)

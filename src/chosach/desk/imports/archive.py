"""A ZIP of pictures that anybody may have made: looked at before it is unpacked, unpacked picture by picture, never to a disk."""

import contextlib
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from chosach.desk.core.errors import Problem
from chosach.linking.joints.pictures import MOST_BYTES, Unusable

#: How many times its own size a ZIP may unpack to: pictures are packed already, and hardly shrink.
MOST_TIMES = 2
#: Bytes of the directory for each file that is allowed: a longer name is none that anybody gave a picture.
_ENTRY_BYTES = 1024
_END, _END_BYTES, _COMMENT = b"PK\x05\x06", 22, 65_535
#: What stands before the end where ZIP64 is used: the same numbers, larger, and where they are. `zipfile` believes them, not the end.
_END_64, _LOCATOR_64, _END_64_BYTES, _BOTH_64_BYTES = b"PK\x06\x06", b"PK\x06\x07", 56, 76
#: What systems leave beside pictures.
_JUNK = re.compile(r"(?:^|/)(?:__MACOSX/.*|\.[^/]*|Thumbs\.db|desktop\.ini)$", re.IGNORECASE)
_UTF8, _ENCRYPTED = 0x800, 0x1


@dataclass(frozen=True)
class Entry:
    """One file of the ZIP: its number from 1, its name with `/` between folders, and its bytes as the ZIP tells them."""

    number: int
    name: str
    info: zipfile.ZipInfo

    @property
    def size(self) -> int:
        return self.info.file_size


def opened(path: Path) -> zipfile.ZipFile:
    """The ZIP, to be closed by the caller. Raises `Problem` where it is none, or holds more than the settings allow."""
    most = settings.PICTURES_MAX_FILES
    too_many = Problem("pictures.too_many", f"Tệp ZIP có quá {most:,} tệp. Hãy chia thành nhiều tệp ZIP.".replace(",", "."), where="file")
    number, directory = _end(path)
    if number > most or directory > most * _ENTRY_BYTES:
        raise too_many
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError) as error:
        raise _no_zip() from error
    infos = archive.infolist()
    if len(infos) > most:
        archive.close()
        raise too_many
    if sum(info.file_size for info in infos) > MOST_TIMES * settings.PICTURES_MAX_BYTES:
        archive.close()
        raise Problem("pictures.too_large_unpacked", "Tệp ZIP khi mở ra quá lớn. Hãy chia thành nhiều tệp ZIP.", where="file")
    return archive


def _end(path: Path) -> tuple[int, int]:
    """How many files the ZIP says that it has, and the bytes of its directory: told by its last bytes, before the directory is read."""
    with path.open("rb") as file:
        length = file.seek(0, 2)
        file.seek(max(0, length - _END_BYTES - _COMMENT - _BOTH_64_BYTES))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_BYTES:
        raise _no_zip()
    number, directory = struct.unpack("<HI", tail[at + 10 : at + 16])
    larger = tail[max(0, at - _BOTH_64_BYTES) : at]
    if len(larger) == _BOTH_64_BYTES and larger.startswith(_END_64) and larger[_END_64_BYTES:].startswith(_LOCATOR_64):
        number, directory = struct.unpack("<QQ", larger[32:48])
    return number, directory


def _no_zip() -> Problem:
    return Problem("pictures.not_zip", "Tệp không phải ZIP, hoặc đã hỏng. Hãy nén các ảnh thành một tệp ZIP.", where="file")


def entries(archive: zipfile.ZipFile) -> list[Entry]:
    """The files of the ZIP in their order, without folders and what systems leave behind."""
    named = ((info, _name(info)) for info in archive.infolist() if not info.is_dir())
    return [Entry(number, name, info) for number, (info, name) in enumerate(((i, n) for i, n in named if not _JUNK.search(n)), 1)]


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was written: programs that are not of today write UTF-8 without saying so."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def read(archive: zipfile.ZipFile, entry: Entry) -> bytes:
    """A file's bytes, never more than a picture may have. Raises `Unusable` with a code of pictures."""
    if _leads_out(entry.name):
        raise Unusable("picture.outside", "Tên ảnh dẫn ra ngoài tệp ZIP.")
    if entry.info.flag_bits & _ENCRYPTED:
        raise Unusable("picture.encrypted", "Ảnh được đặt mật khẩu.")
    if entry.info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unusable("picture.packed", "Ảnh được nén theo cách lạ.")  # others may ask for gigabytes before the first byte
    if entry.size > MOST_BYTES:
        raise Unusable("picture.too_many_bytes", "Tệp ảnh quá lớn.")
    try:
        with archive.open(entry.info) as file:
            return file.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise Unusable("picture.broken", "Ảnh trong tệp ZIP bị hỏng.") from error


def _leads_out(name: str) -> bool:
    return name.startswith("/") or ".." in name.split("/") or bool(re.match(r"[A-Za-z]:", name)) or not name.isprintable()


def chunks(found: list[Entry], *, most: int, most_bytes: int) -> Iterator[list[Entry]]:
    """The files in parts of so many and so many bytes at most (one that is larger is a part of its own): the same for the same ZIP."""
    part: list[Entry] = []
    size = 0
    for entry in found:
        if part and (len(part) == most or size + entry.size > most_bytes):
            yield part
            part, size = [], 0
        part.append(entry)
        size += entry.size
    if part:
        yield part

"""What a picture on disk says for linking: its hashes and its codes; and records with the pictures' facts in their columns."""

import logging
import unicodedata
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from chosach.linking.joints import images, pictures, qr
from chosach.linking.schema import RECORDS

log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())  # who sets up no logging, as the command, gets no traceback among what people read
#: A code as it stands in the column `codes`. `bank`: code of the bank, null where the code is no payment; `valid`: check sum and form hold.
CODE = pa.struct(
    [
        pa.field("kind", pa.string(), nullable=False),
        pa.field("value", pa.string(), nullable=False),
        pa.field("bank", pa.string()),
        pa.field("valid", pa.bool_(), nullable=False),
    ]
)
CODES = pa.field("codes", pa.list_(CODE))
#: Endings of names that are taken for pictures when a folder is gone through.
ENDINGS = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".bmp"})
#: Endings of pictures that are not read, such as those that telephones make.
UNREAD_ENDINGS = frozenset({".heic", ".heif", ".hif", ".avif", ".tif", ".tiff", ".jxl", ".jp2", ".svg", ".dng", ".ico", ".psd"})
_OF_SYSTEMS = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class Facts:
    """`hashes`: for the column `images`. `codes`: see `qr`. `error`: why the picture could not be read, None otherwise."""

    hashes: tuple[str, ...] = ()
    codes: tuple[qr.Code, ...] = ()
    error: pictures.Unusable | None = None


def of_file(path: Path) -> Facts:
    """The facts of one file. What can't be read is told in `error` (`picture.…`), never raised."""
    try:
        with path.open("rb") as file:
            content = file.read(pictures.MOST_BYTES + 1)
    except (OSError, ValueError):
        return Facts(error=pictures.Unusable("picture.not_found", "Không có tệp ảnh này, hoặc không đọc được."))
    return of_bytes(content)


def of_bytes(content: bytes) -> Facts:
    """The same of a picture's bytes, which nobody vouches for. One that upsets what looks at it costs itself alone, not those beside it."""
    try:
        picture = pictures.opened(content)
        return Facts(tuple(images.hashes_of(picture)), tuple(qr.codes_of(picture)))
    except pictures.Unusable as error:
        return Facts(error=error)
    except MemoryError:  # the machine's lack, not the picture's
        raise
    except Exception:
        log.exception("a picture of %d bytes could not be looked at", len(content))
        return Facts(error=pictures.Unusable("picture.unexpected", "Lỗi ngoài dự kiến khi đọc ảnh này."))


def of_files(paths: Iterable[Path], threads: int = 2) -> dict[Path, Facts]:
    """The facts of many files, each read once; decoding runs beside other decoding."""
    wanted = list(dict.fromkeys(paths))
    with ThreadPoolExecutor(threads) as pool:
        return dict(zip(wanted, pool.map(of_file, wanted), strict=True))


def found_in(folder: Path) -> dict[str, list[Path]]:
    """Record → its pictures: those below a folder's sub-folder belong to the record of that name; one directly in it is a record itself."""
    found: dict[str, list[Path]] = {}  # ids as lists write them: some systems keep names in pieces, a letter and its marks apart
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in ENDINGS and path.is_file():
            inside = path.relative_to(folder)
            found.setdefault(unicodedata.normalize("NFC", inside.parts[0] if len(inside.parts) > 1 else path.stem), []).append(path)
    return found


def passed_over(folder: Path) -> list[Path]:
    """Files below a folder that `found_in` doesn't take for pictures, but for those that systems put there by themselves."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() not in ENDINGS
        and path.name.lower() not in _OF_SYSTEMS
        and not any(part.startswith((".", "__MACOSX")) for part in path.relative_to(folder).parts)
        and path.is_file()
    ]


def joined(records: pa.Table, facts: Sequence[Sequence[Facts]]) -> pa.Table:
    """Records (`record_id` and any columns of `schema.RECORDS`) with their pictures' facts: `images` are the hashes, `codes` all codes.

    A sheet with a payment code is the bank's, alike for all its customers: it counts by its account, not as a picture that two share. A
    record without an account gets `bank_account` and `bank` of its first sound payment code (a card is none). Rows as they were.
    """
    rows: list[dict[str, Any]] = records.select([name for name in RECORDS.names if name in records.column_names]).to_pylist()
    for row, mine in zip(rows, facts, strict=True):
        codes = list(dict.fromkeys(code for one in mine for code in one.codes))
        row["images"] = list(dict.fromkeys(told for one in mine if not _sheet(one) for told in one.hashes))
        row["codes"] = [_code(code) for code in codes]
        payment = next((code.payment for code in codes if code.payment and code.payment.valid and not code.payment.card), None)
        if payment and not row.get("bank_account"):
            row["bank_account"], row["bank"] = payment.account, payment.bank
    return pa.Table.from_pylist(rows, schema=_schema(records.column_names))


def _sheet(one: Facts) -> bool:
    return any(code.payment or code.merchant for code in one.codes)


def _schema(columns: Sequence[str]) -> pa.Schema:
    always = {"images", "bank_account", "bank"}
    return pa.schema([field for field in RECORDS if field.name in columns or field.name in always]).append(CODES)


def _code(code: qr.Code) -> dict[str, Any]:
    sound = code.payment.valid if code.payment else code.merchant.valid if code.merchant else True
    return {"kind": code.kind, "value": code.value, "bank": (code.payment.bank or None) if code.payment else None, "valid": sound}

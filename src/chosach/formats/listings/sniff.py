"""What a file is, by its content: format, encoding, delimiter. The ending of its name decides nothing."""

import csv
import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from chosach.formats.listings.columns import plain, recognise
from chosach.formats.listings.problems import Unreadable, spoken

Format = Literal["csv", "jsonl", "xlsx", "parquet"]
FORMAT_LABELS: dict[str, str] = {"csv": "CSV", "jsonl": "JSON từng dòng", "xlsx": "bảng tính XLSX", "parquet": "Parquet"}

#: Encodings that may be declared. Without a declaration: UTF-8 and UTF-16 only, found by content.
ENCODINGS: tuple[str, ...] = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "windows-1258")
DELIMITERS = (",", ";", "\t", "|")
DELIMITER_LABELS = {",": "dấu phẩy", ";": "dấu chấm phẩy", "\t": "tab", "|": "gạch đứng"}

_SAMPLE = 1 << 20
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r")
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "xls.old", "Tệp là Excel đời cũ (.xls) hoặc bảng tính có mật khẩu. Hãy lưu lại dạng .xlsx không mật khẩu."),
    (b"\x1f\x8b", "file.compressed", "Tệp đang nén (gzip). Hãy giải nén trước."),
    (b"\x28\xb5\x2f\xfd", "file.compressed", "Tệp đang nén (zstd). Hãy giải nén trước."),
    (b"BZh", "file.compressed", "Tệp đang nén (bzip2). Hãy giải nén trước."),
    (b"7z\xbc\xaf\x27\x1c", "file.compressed", "Tệp đang nén (7z). Hãy giải nén trước."),
    (b"Rar!", "file.compressed", "Tệp đang nén (rar). Hãy giải nén trước."),
    (b"%PDF", "file.unknown", "Tệp là PDF, không phải bảng dữ liệu."),
)


@dataclass(frozen=True)
class Kind:
    """What was found. `encoding` and `delimiter` are empty where they mean nothing."""

    format: Format
    encoding: str = ""
    delimiter: str = ""

    @property
    def label(self) -> str:
        """In words, for people."""
        parts = [FORMAT_LABELS[self.format]]
        if self.delimiter:
            parts.append(DELIMITER_LABELS[self.delimiter])
        if self.encoding:
            parts.append(self.encoding.upper().replace("UTF-8-SIG", "UTF-8 (BOM)"))
        return ", ".join(parts)


def sniff(path: Path, *, encoding: str | None = None, names: Collection[str] = ()) -> Kind:
    """Recognise the file. `encoding`: as declared; `names`: column names that the caller expects. Raises `Unreadable`."""
    try:
        with path.open("rb") as file:
            start = file.read(_SAMPLE)
    except FileNotFoundError as error:
        raise Unreadable("file.not_found", "Không có tệp này.") from error
    except OSError as error:
        raise Unreadable("file.unreadable", f"Không mở được tệp: {spoken(error)}.") from error
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise Unreadable("file.empty", "Tệp trống.")
    if start.startswith(b"PAR1"):
        return Kind("parquet")
    if start.startswith(b"PK\x03\x04"):
        return _zip(path)
    for magic, code, message in _REFUSED:
        if start.startswith(magic):
            raise Unreadable(code, message)
    found = _declared(encoding) if encoding else _encoding(start)
    return _text_kind(start.decode(found, "replace"), found, names)


def _zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            if "xl/workbook.xml" in archive.namelist():
                return Kind("xlsx")
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable("xlsx.damaged", "Tệp bảng tính bị hỏng hoặc bị cắt cụt.") from error
    raise Unreadable("file.unknown", "Tệp nén không phải bảng tính XLSX. Hãy giải nén trước.")


def _declared(encoding: str) -> str:
    name = encoding.strip().lower().replace("_", "-")
    name = {"utf8": "utf-8", "utf16": "utf-16", "cp1258": "windows-1258"}.get(name, name)
    if name not in ENCODINGS:
        raise Unreadable("encoding.unsupported", f"Bảng mã “{encoding}” không được hỗ trợ. Các bảng mã: {', '.join(ENCODINGS)}.")
    return {"utf-8": "utf-8-sig"}.get(name, name)


def _encoding(start: bytes) -> str:
    if start.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if start.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        raise Unreadable("encoding.unknown", "Tệp viết bằng UTF-32. Hãy lưu lại dạng UTF-8.")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = start[0:4096:2].count(0), start[1:4096:2].count(0)
    half = max(1, len(start[:4096]) // 2)
    if max(even, odd) > half * 0.3 and min(even, odd) < half * 0.1:
        return "utf-16-be" if even > odd else "utf-16-le"
    if start.count(0) > len(start) // 100 or sum(byte in _CONTROLS for byte in start[:4096]) > 40:
        raise Unreadable("file.unknown", "Tệp không phải CSV, XLSX, JSON từng dòng hay Parquet.")
    _require_utf8(start)
    return "utf-8"


def _require_utf8(start: bytes) -> None:
    """A few broken characters are a matter of their rows. Many mean another encoding."""
    text = start.decode("utf-8", "replace")
    bad = text.count("\ufffd") - start.count(b"\xef\xbf\xbd")
    foreign = len(text) - sum(map(str.isascii, text)) if bad > 1 else 0
    if bad > 1 and bad > max(3, foreign // 20):
        raise Unreadable(
            "encoding.unknown",
            "Tệp không phải UTF-8 hay UTF-16. Hãy lưu lại dạng UTF-8; nếu là bảng mã Windows tiếng Việt cũ, khai báo windows-1258.",
        )


def _text_kind(text: str, encoding: str, names: Collection[str]) -> Kind:
    body = text.lstrip("\ufeff \t\r\n")
    if body.startswith("{"):
        return Kind("jsonl", encoding)
    if body.startswith("["):
        raise Unreadable("json.array", "Tệp là một mảng JSON. Hãy ghi mỗi tin một dòng: {…} xuống dòng {…}.")
    if body.startswith("<"):
        raise Unreadable("file.markup", "Tệp là HTML hoặc XML, không phải bảng dữ liệu. Hãy lưu lại dạng .xlsx hoặc .csv.")
    return Kind("csv", encoding, delimiter_of(text, names))


def delimiter_of(text: str, names: Collection[str] = ()) -> str:
    """The delimiter under which the header names most fields, then under which most rows agree with the header."""
    first = text.lstrip("\ufeff")[:6].lower()
    if first.startswith("sep=") and first[4:5] in DELIMITERS:
        return first[4]
    wanted = {plain(name) for name in names}
    best, best_score = ",", (-1, -1.0, -1)
    for delimiter in DELIMITERS:
        rows = _first_rows(text[:200_000], delimiter)
        if not rows:
            continue
        header = rows[0]
        known = len(recognise(header)) + sum(plain(name) in wanted for name in header)
        agreeing = sum(len(row) == len(header) for row in rows) / len(rows)
        score = (known, agreeing if len(header) > 1 else -0.5, len(header))
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if any(row):
                rows.append(row)
            if len(rows) == 21:
                break
    except csv.Error:
        pass
    return rows[:-1] if len(rows) > 1 and len(rows) < 21 and not text.endswith(("\n", "\r")) else rows

"""XLSX, row by row, with limits: a spreadsheet is a zip of XML, so it can be a bomb or reach for files outside."""

import datetime as dt
import re
import warnings
import zipfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, Final

from defusedxml.common import DefusedXmlException

from chosach.formats.listings.columns import Mapping, plain, recognise
from chosach.formats.listings.problems import RowProblem, Unreadable
from chosach.formats.listings.schema import REQUIRED
from chosach.formats.listings.source import RawBatch

MAX_COLUMNS: Final = 1000
MAX_ROWS: Final = 1_048_576
MAX_PARTS: Final = 5000
MAX_UNPACKED: Final = 1_500_000_000
MAX_SHARED_STRINGS: Final = 250_000_000
MAX_RATIO: Final = 200
RATIO_COUNTS_FROM: Final = 20_000_000
_HEADER_WITHIN: Final = 20
_TOO_BIG = "Bảng tính quá lớn khi giải nén. Hãy lưu lại dạng CSV hoặc chia thành nhiều tệp."
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)|<\0!\0[DE]\0|\0<\0!\0[DE]", re.IGNORECASE)


def check_parts(path: Path) -> None:
    """Refuse a zip bomb and any XML that declares entities, by reading every part through once. Raises `Unreadable`."""
    packed = max(1, path.stat().st_size)
    unpacked = 0
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS:
                raise Unreadable("xlsx.bomb", "Bảng tính có quá nhiều phần bên trong.")
            for part in parts:
                if part.flag_bits & 1:
                    raise Unreadable("xlsx.password", "Bảng tính có mật khẩu. Hãy lưu lại không mật khẩu.")
                unpacked += _read_through(archive, part, packed, unpacked)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise Unreadable("xlsx.damaged", "Tệp bảng tính bị hỏng hoặc bị cắt cụt.") from error


def _read_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo, packed: int, before: int) -> int:
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    limit = MAX_SHARED_STRINGS if part.filename.lower().endswith("sharedstrings.xml") else MAX_UNPACKED
    size, tail = 0, b""
    with archive.open(part) as stream:
        while block := stream.read(1 << 20):
            size += len(block)
            whole = before + size
            if size > limit or whole > MAX_UNPACKED or (whole > RATIO_COUNTS_FROM and whole / packed > MAX_RATIO):
                raise Unreadable("xlsx.bomb", _TOO_BIG)
            if is_xml and b"!" in block and _DECLARATION.search(tail + block):
                raise Unreadable("xlsx.entity", "Bảng tính chứa khai báo thực thể XML, không được nhận vì lý do an toàn.")
            tail = block[-32:]
    return size


class XlsxSource:
    """The first sheet that has the needed columns in its first twenty rows, else the first sheet. Lines are the sheet's row numbers."""

    def __init__(
        self, path: Path, sheet: str | None = None, told: Collection[str] = (), needed: Callable[[list[str]], bool] | None = None
    ) -> None:
        """`told`: names of columns that the caller maps itself; they help to find the header. `needed`: does a row name what must be there
        (columns of listings, if nothing else is said)?"""
        import openpyxl

        check_parts(path)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._book = openpyxl.load_workbook(path.open("rb"), read_only=True, data_only=True, keep_links=False)
        except DefusedXmlException as error:
            raise Unreadable("xlsx.entity", "Bảng tính chứa khai báo thực thể XML, không được nhận vì lý do an toàn.") from error
        except Exception as error:  # the library raises whatever its parsers raise
            raise Unreadable("xlsx.damaged", "Tệp bảng tính bị hỏng hoặc bị cắt cụt.") from error
        self._needed = needed or (lambda header: set(REQUIRED) <= set(recognise(header)))
        self._sheet, self._header_row, self.header = self._find_header(sheet, {plain(name) for name in told})
        self.sheet_name: str = self._sheet.title
        stated = self._sheet.max_row or 0
        self._sheet.reset_dimensions()
        self.total = min(max(stated, 1), MAX_ROWS)

    def _find_header(self, wanted: str | None, told: set[str]) -> tuple[Any, int, list[str]]:
        sheets = list(self._book.worksheets)
        if wanted is not None:
            sheets = [sheet for sheet in sheets if sheet.title == wanted]
            if not sheets:
                raise Unreadable("xlsx.no_sheet", f"Bảng tính không có trang “{wanted}”. Các trang: {', '.join(self._book.sheetnames)}.")
        first: tuple[Any, int, list[str]] | None = None
        for sheet in sheets:
            for number, row in self._rows(sheet, 1, _HEADER_WITHIN):
                header = ["" if cell is None else str(cell).strip() for cell in row]
                while header and not header[-1]:
                    header.pop()
                if not header:
                    continue
                if len(header) > MAX_COLUMNS:
                    raise Unreadable("columns.too_many", f"Trang “{sheet.title}” có hơn {MAX_COLUMNS} cột.")
                found = (sheet, number, header)
                first = first or found
                if self._needed(header) or (told and told <= {plain(name) for name in header}):
                    return found
        if first is None:
            raise Unreadable("file.empty", "Bảng tính trống.")
        return first

    def _rows(self, sheet: Any, start: int, end: int, width: int | None = None) -> Iterator[tuple[int, tuple[Any, ...]]]:
        sheet.reset_dimensions()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                rows = sheet.iter_rows(min_row=start, max_row=end, max_col=width, values_only=True)
                yield from enumerate(rows, start)
        except DefusedXmlException as error:
            raise Unreadable("xlsx.entity", "Bảng tính chứa khai báo thực thể XML, không được nhận vì lý do an toàn.") from error
        except Unreadable:
            raise
        except Exception as error:  # see above
            raise Unreadable("xlsx.damaged", f"Trang “{sheet.title}” bị hỏng.") from error

    def batches(self, mapping: Mapping, size: int) -> Iterator[RawBatch]:
        """All rows below the header; empty rows are skipped."""
        places = mapping.columns
        width = max(places.values()) + 1
        row, kept, lines, rows = 0, [], [], []
        problems: list[RowProblem] = []
        for number, cells in self._rows(self._sheet, self._header_row + 1, MAX_ROWS, width):
            if not any(cell is not None and cell != "" for cell in cells):
                continue
            row += 1
            kept.append(cells)
            lines.append(number)
            rows.append(row)
            if len(kept) >= size:
                yield RawBatch(_columns(kept, places), lines, rows, problems, min(number, self.total))
                kept, lines, rows, problems = [], [], [], []
        yield RawBatch(_columns(kept, places), lines, rows, problems, self.total)


def _columns(kept: list[tuple[Any, ...]], places: dict[str, int]) -> dict[str, list[Any]]:
    return {field: [_cell(cells[place]) for cells in kept] for field, place in places.items()}


_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _cell(value: Any) -> Any:
    """Characters that XML can't hold stand as _x0008_ in a sheet: turned back. A time of day alone is text."""
    if isinstance(value, str):
        return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value) if "_x" in value else value
    return str(value) if isinstance(value, dt.time | dt.timedelta) else value

"""Spreadsheets to give out: deterministic bytes, cells that can't run anything."""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import xlsxwriter

from chosach.formats.listings.rejects import FORMULA as DANGEROUS
from chosach.formats.zips import repack


@dataclass(frozen=True)
class Percent:
    """A change as a part of one (0.125 is shown as +12,5%): a number to the spreadsheet, so that its sign is no formula."""

    value: float


Cell = str | int | float | Percent | None


@dataclass(frozen=True)
class Sheet:
    """One sheet: a title over a header row over rows. `notes` stand below. Numbers are written as numbers."""

    name: str
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = field(default=())
    widths: Sequence[int] = field(default=())


def neutral(value: Cell) -> Cell:
    """The value as it may stand in a cell: a text that would be taken for a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return "'" + value
    return value


def workbook(sheets: Sequence[Sheet], *, created: dt.datetime, title: str = "") -> bytes:
    """An .xlsx file. The same sheets and `created` give the same bytes under the same version of the writer.

    Texts are never written as formulas or links. Sheet names are cut to the 31 characters that the format allows.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": title, "created": created.replace(tzinfo=None), "author": "", "company": ""})
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
    heading = book.add_format({**base, "bold": True, "font_size": 14})
    head = book.add_format({**base, "bold": True, "border": 1, "text_wrap": True, "align": "center", "bg_color": "#EDEFF2"})
    text = book.add_format({**base, "border": 1, "text_wrap": True})
    number = book.add_format({**base, "border": 1, "num_format": "#,##0"})
    percent = book.add_format({**base, "border": 1, "num_format": "+0.0%;-0.0%;0.0%", "align": "right"})
    plain = book.add_format({**base, "italic": True})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name[:31])
        page.set_paper(9)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.write_string(0, 0, str(neutral(sheet.title)), heading)
        for column, label in enumerate(sheet.header):
            width = sheet.widths[column] if column < len(sheet.widths) else 16
            page.set_column(column, column, width)
            page.write_string(2, column, str(neutral(label)), head)
        for line, row in enumerate(sheet.rows, start=3):
            for column, value in enumerate(row):
                if isinstance(value, Percent):
                    page.write_number(line, column, value.value, percent)
                elif isinstance(value, int | float):
                    page.write_number(line, column, value, number)
                else:
                    page.write_string(line, column, str(neutral(value) or ""), text)
        page.freeze_panes(3, 1)
        for offset, note in enumerate(sheet.notes):
            page.write_string(4 + len(sheet.rows) + offset, 0, str(neutral(note)), plain)
    book.close()
    return repack(out.getvalue())

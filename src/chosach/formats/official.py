"""Official documents laid out by Annex I of Decree 30/2020/NĐ-CP: reports, letters.

Everything that comes out is a draft: number, date and signature are human acts and stay open unless they are given.
Source of the measures: fact sheet of the decree's Annex I (paper, margins, font, positions of the components).
"""

import copy
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table as DocxTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from chosach.formats.zips import repack

FONT = "Times New Roman"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class Table:
    """A table in the text. The first row is the header; a cell is text, already formatted for people."""

    rows: Sequence[Sequence[str]]
    #: Widths in millimetres; their sum should not pass the text's width (160 mm upright, 247 mm across).
    widths: Sequence[float]
    caption: str = ""


Block = str | Table


@dataclass(frozen=True)
class Part:
    """A part of the document: heading ("I. TÌNH HÌNH") and what stands below it."""

    heading: str
    blocks: Sequence[Block]
    level: int = 1


@dataclass(frozen=True)
class OfficialDocument:
    """One official document. `number` and `date` None: left open, as a draft."""

    parent: str
    issuer: str
    symbol: str
    place: str
    kind: str
    subject: str
    parts: Sequence[Part]
    recipients: Sequence[str]
    signature: Sequence[str]
    signer: str = ""
    number: str | None = None
    date: dt.date | None = None
    grounds: Sequence[str] = field(default=())
    annexes: Sequence[Part] = field(default=())
    footer: str = ""


def render(document: OfficialDocument, *, created: dt.datetime) -> bytes:
    """The document as .docx. The same document and `created` give the same bytes under the same version of the writer."""
    out = Document()
    _base_style(out)
    _page(out.sections[0])
    _letterhead(out, document)
    _title(out, document)
    for ground in document.grounds:
        _body(out, ground, italic=True)
    for part in document.parts:
        _part(out, part)
    _signature(out, document)
    for annex in document.annexes:
        _annex(out, annex)
    stamp = created.replace(tzinfo=None)
    properties = out.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.title = document.subject
    properties.created = properties.modified = stamp
    properties.revision = 1
    buffer = io.BytesIO()
    out.save(buffer)
    return repack(buffer.getvalue())


def _font(run: Run, size: float = 14, *, bold: bool = False, italic: bool = False) -> Run:
    """Give a new run its letters."""
    # A copy: a report has a thousand runs and half a dozen forms of them, and the writer takes its time over each property.
    run._element.insert(0, copy.deepcopy(_form_of_letters(size, bold=bold, italic=italic)))
    return run


@lru_cache(maxsize=64)
def _form_of_letters(size: float, *, bold: bool, italic: bool) -> Any:
    element: Any = OxmlElement("w:r")
    run = Run(element, Document())
    run.font.name = FONT
    run.font.size = Pt(size)
    run.bold, run.italic = bold, italic
    # Word picks a font per script; all four must be named or Vietnamese letters fall back to another face.
    form = run._element.get_or_add_rPr()
    fonts = form.get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    return form


def _base_style(out: DocumentType) -> None:
    style = out.styles["Normal"]
    style.font.name = FONT
    style.font.size = Pt(14)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def _page(section: Section, *, across: bool = False) -> None:
    width, height = (Mm(297), Mm(210)) if across else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = not across
    paragraph = section.header.paragraphs[0]
    if not paragraph.runs:
        section.header.is_linked_to_previous = False
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _field(_font(paragraph.add_run(), 13), "PAGE")


def _field(run: Run, code: str) -> None:
    for kind, text in (("begin", None), (None, code), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._element.append(element)


def _line(
    cell: _Cell, text: str, size: float, *, bold: bool = False, italic: bool = False, first: bool = False, rule: bool = False
) -> None:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    _font(paragraph.add_run(text), size, bold=bold, italic=italic)
    if rule:
        _rule(paragraph)


def _rule(above: Paragraph) -> None:
    """A rule under a line, about as long as the motto: an empty paragraph with a top border, drawn in from both sides."""
    paragraph: Any = OxmlElement("w:p")
    above._element.addnext(paragraph)
    line = Paragraph(paragraph, above._parent)
    form = line.paragraph_format
    form.left_indent = form.right_indent = Mm(19)
    form.space_after = form.space_before = Pt(0)
    form.line_spacing = Pt(4)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("w:val", "single"), ("w:sz", "6"), ("w:space", "1"), ("w:color", "000000")):
        top.set(qn(name), value)
    border.append(top)
    line._element.get_or_add_pPr().append(border)


def _letterhead(out: DocumentType, document: OfficialDocument) -> None:
    # The motto needs about 60 % of the width or it wraps at 13 pt.
    table = _bare_table(out, 2, 2, (62, 98))
    left, right = table.rows[0].cells
    _line(left, document.parent, 12, first=True)
    _line(left, document.issuer, 12, bold=True, rule=True)
    _line(right, NATION, 12, bold=True, first=True)
    _line(right, MOTTO, 13, bold=True, rule=True)
    left, right = table.rows[1].cells
    _line(left, f"Số: {document.number or '      '}/{document.symbol}", 13, first=True)
    date = document.date
    when = f"ngày {date.day:02d} tháng {_month(date)} năm {date.year}" if date else "ngày      tháng      năm         "
    _line(right, f"{document.place}, {when}", 13, italic=True, first=True)


def _month(date: dt.date) -> str:
    return f"{date.month:02d}" if date.month < 3 else str(date.month)


def _bare_table(out: DocumentType, rows: int, columns: int, widths: Sequence[float]) -> DocxTable:
    table: DocxTable = out.add_table(rows, columns)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    # Word goes by the cells' widths, other programs by the grid's: both are set.
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def _title(out: DocumentType, document: OfficialDocument) -> None:
    for text, before in ((document.kind.upper(), 18), (document.subject, 0)):
        paragraph = out.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(before)
        paragraph.paragraph_format.space_after = Pt(0)
        _font(paragraph.add_run(text), 14, bold=True)
    _rule(paragraph)
    out.add_paragraph().paragraph_format.space_after = Pt(0)


def _body(out: DocumentType, text: str, *, italic: bool = False) -> None:
    paragraph = out.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_after = Pt(6)
    _font(paragraph.add_run(text), 14, italic=italic)


def _part(out: DocumentType, part: Part) -> None:
    paragraph = out.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.keep_with_next = True
    _font(paragraph.add_run(part.heading), 14, bold=True)
    for block in part.blocks:
        if isinstance(block, Table):
            _table(out, block)
        else:
            _body(out, block)


def _alignment(text: str, row: int, column: int) -> WD_ALIGN_PARAGRAPH:
    """Headers in the middle, figures to the right, words (and the running number in the first column) to the left."""
    if row == 0:
        return WD_ALIGN_PARAGRAPH.CENTER
    figure = column > 0 and text.replace(".", "").replace(",", "").lstrip("-").isdigit()
    return WD_ALIGN_PARAGRAPH.RIGHT if figure else WD_ALIGN_PARAGRAPH.LEFT


def _table(out: DocumentType, block: Table, size: float = 11) -> None:
    if block.caption:
        paragraph = out.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        _font(paragraph.add_run(block.caption), 13, bold=True)
    table = _bare_table(out, len(block.rows), len(block.widths), block.widths)
    table.style = "Table Grid"
    # Row by row: asking the table for one cell makes it list all its cells anew.
    for number, (row, texts) in enumerate(zip(table.rows, block.rows, strict=True)):
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.alignment = _alignment(text, number, column)
            _font(paragraph.add_run(text), size, bold=number == 0)
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for row in table.rows:
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)
    out.add_paragraph().paragraph_format.space_after = Pt(0)


def _signature(out: DocumentType, document: OfficialDocument) -> None:
    table = _bare_table(out, 1, 2, (72, 88))
    left, right = table.rows[0].cells
    first = left.paragraphs[0]
    first.paragraph_format.space_after = Pt(0)
    _font(first.add_run("Nơi nhận:"), 12, bold=True, italic=True)
    for recipient in document.recipients:
        paragraph = left.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        _font(paragraph.add_run(f"- {recipient}"), 11)
    for number, line in enumerate(document.signature):
        _line(right, line, 13, bold=True, first=number == 0)
    for _ in range(4):
        _line(right, "", 14)
    _line(right, document.signer, 14, bold=True)
    if document.footer:
        paragraph = out.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(12)
        _font(paragraph.add_run(document.footer), 9, italic=True)


def _annex(out: DocumentType, annex: Part) -> None:
    section = out.add_section()
    _page(section, across=True)
    paragraph = out.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(paragraph.add_run(annex.heading), 14, bold=True)
    for block in annex.blocks:
        if isinstance(block, Table):
            _table(out, block)
        else:
            paragraph = out.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _font(paragraph.add_run(block), 13, italic=True)

"""Rows as read → an Arrow table of the canonical columns, and what was wrong with them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import pyarrow as pa

from chosach.formats.listings import figures, texts, values
from chosach.formats.listings.columns import Mapping
from chosach.formats.listings.problems import RowProblem, shorten
from chosach.formats.listings.schema import FIELDS, SCHEMA
from chosach.formats.listings.seen import SeenIds
from chosach.formats.listings.source import RawBatch

#: Longest texts kept, in characters. What is cut is cut before screening, so places in the text stay true.
MAX_TEXT: dict[str, int] = {"description": 500_000, "title": 5_000, "url": 4_000}
MAX_OTHER_TEXT = 2_000
MAX_ID = 200
#: Ids and codes: blanks around them mean nothing. All other texts stay exactly as read.
_TRIMMED = frozenset({"listing_id", "platform", "seller_id", "url"})

_PARSED: dict[str, Callable[[object], object]] = {
    "price": values.money,
    "original_price": lambda value: values.money(value, old=True) or None,  # 0 is every marketplace's way to say "none"
    "sold": values.count,
    "captured_at": values.moment,
    "images": values.image_list,
}

#: Fields that may come as one column of text. Of ids each one is looked at anyway.
TEXTS = frozenset(field.name for field in SCHEMA if field.type == pa.string()) - {"listing_id"}


@dataclass(frozen=True)
class Batch:
    """Rows that can be screened. `lines`, `rows`: where each stands in the file; `consumed`: how far the file is read."""

    table: pa.Table
    lines: list[int]
    rows: list[int]
    problems: list[RowProblem]
    consumed: int

    @property
    def rejected(self) -> int:
        """How many rows were left out."""
        return sum(problem.rejected for problem in self.problems)


def build(raw: RawBatch, mapping: Mapping, seen: SeenIds, *, sheet: bool = False) -> Batch:
    """Check and convert one batch. `seen` holds the ids of everything read before, and is added to. `sheet`: it is a spreadsheet's."""
    problems = list(raw.problems)
    figures.lost(raw, "listing_id", mapping.column("listing_id"), problems, sheet=sheet, is_id=True)
    columns = {field: _convert(raw, field, mapping.column(field), problems) for field in mapping.columns}
    keep = _accepted(raw, columns, mapping, seen, problems)
    if len(keep) < len(raw.rows):
        columns = {field: _taken(column, keep) for field, column in columns.items()}
    arrays = [
        _array(columns[field], SCHEMA.field(field).type) if field in columns else pa.nulls(len(keep), SCHEMA.field(field).type)
        for field in FIELDS
    ]
    problems.sort(key=lambda problem: (problem.row, problem.line))
    return Batch(
        pa.table(arrays, schema=SCHEMA),
        [raw.lines[at] for at in keep],
        [raw.rows[at] for at in keep],
        problems,
        raw.consumed,
    )


#: Values in Python, or texts as Arrow has them.
_Column: TypeAlias = list[Any] | pa.Array


def _taken(column: _Column, keep: list[int]) -> _Column:
    return column.take(pa.array(keep, pa.int64())) if isinstance(column, pa.Array) else [column[at] for at in keep]


def _array(column: _Column, kind: pa.DataType) -> pa.Array:
    return column.cast(kind) if isinstance(column, pa.Array) else pa.array(column, type=kind)


def _convert(raw: RawBatch, field: str, name: str, problems: list[RowProblem]) -> _Column:
    if field in raw.texts:
        return _text_column(raw, field, name, problems)
    column = raw.columns[field]
    parse = _PARSED.get(field)
    if parse is None:
        return _texts(raw, field, name, problems)
    result: list[Any] = []
    for at, value in enumerate(column):
        try:
            result.append(parse(value) if value is not None and value != "" else None)
        except values.Bad as bad:
            result.append(None)
            problems.append(RowProblem(raw.lines[at], raw.rows[at], name, bad.code, shorten(value)))
    if field == "images":
        return [None if item is None else [_storable(image) for image in item] for item in result]
    return result


def _texts(raw: RawBatch, field: str, name: str, problems: list[RowProblem]) -> list[str | None]:
    limit = MAX_TEXT.get(field, MAX_OTHER_TEXT)
    trimmed = field in _TRIMMED
    result: list[str | None] = []
    for at, value in enumerate(raw.columns[field]):
        text = (value or None) if value.__class__ is str else _as_text(value)
        if text is not None:
            if trimmed:
                text = text.strip() or None
            if text and (len(text) > limit or not text.isascii() or "\0" in text):
                text, found = _mended(text, limit)
                problems += [RowProblem(raw.lines[at], raw.rows[at], name, code, shorten(text)) for code in found]
        result.append(text)
    return result


def _text_column(raw: RawBatch, field: str, name: str, problems: list[RowProblem]) -> pa.Array:
    """As ``_texts``, of texts that came as one column."""
    limit, trimmed = MAX_TEXT.get(field, MAX_OTHER_TEXT), field in _TRIMMED

    def mend(at: int, text: str) -> str | None:
        text = text.strip() if trimmed else text
        if not text:
            return None
        text, found = _mended(text, limit)
        problems.extend(RowProblem(raw.lines[at], raw.rows[at], name, code, shorten(text)) for code in found)
        return text

    return texts.mended(raw.texts[field], limit, trimmed=trimmed, mend=mend)


def _as_text(value: object) -> str | None:
    return value.isoformat() if isinstance(value, dt.date) else values.text(value)


def _mended(text: str, limit: int) -> tuple[str, list[str]]:
    """Text that a database and an Arrow column can hold, and the codes of what was changed."""
    found = []
    if "\0" in text:
        text = text.replace("\0", "")
        found.append("text.nul")
    stored = _storable(text)
    if stored != text or "\ufffd" in text:
        text = stored
        found.append("text.undecodable")
    if len(text) > limit:
        text = text[:limit]
        found.append("text.too_long")
    return text, found


def _storable(text: str) -> str:
    """Half surrogates (broken JSON escapes) become U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        # a proper pair written as two escapes is one character; what is left over is broken
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _accepted(raw: RawBatch, columns: dict[str, _Column], mapping: Mapping, seen: SeenIds, problems: list[RowProblem]) -> list[int]:
    """Places of the rows that go through: with an id not seen before and a title."""
    ids, titles = columns["listing_id"], columns["title"]
    good: list[int] = []

    def reject(at: int, field: str, code: str, value: object = "") -> None:
        problems.append(RowProblem(raw.lines[at], raw.rows[at], mapping.column(field), code, shorten(value)))

    untitled = texts.blank(titles) if isinstance(titles, pa.Array) else [not title or title.isspace() for title in titles]
    for at, (listing_id, missing) in enumerate(zip(ids, untitled, strict=True)):
        if not listing_id:
            reject(at, "listing_id", "id.empty")
        elif len(listing_id) > MAX_ID:
            reject(at, "listing_id", "id.too_long", listing_id)
        elif missing:
            reject(at, "title", "title.empty")
        else:
            good.append(at)
    doubled = seen.add([ids[at] for at in good])
    for at, again in zip(good, doubled, strict=True):
        if again:
            reject(at, "listing_id", "id.doubled", ids[at])
    return [at for at, again in zip(good, doubled, strict=True) if not again]

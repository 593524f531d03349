"""Open a file of records of any format and read it in batches."""

import contextlib
import json
from collections.abc import Iterator
from collections.abc import Mapping as Pairs
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from chosach.formats.listings import figures, values
from chosach.formats.listings.columns import Mapping
from chosach.formats.listings.delimited import DelimitedSource
from chosach.formats.listings.jsonl import JsonLinesSource
from chosach.formats.listings.parquet import ParquetSource
from chosach.formats.listings.problems import RowProblem, Unreadable, shorten, spoken
from chosach.formats.listings.seen import SeenIds
from chosach.formats.listings.sniff import Kind, sniff
from chosach.formats.listings.source import RawBatch, Source
from chosach.formats.listings.xlsx import XlsxSource
from chosach.formats.records.columns import LABELS, SYNONYMS, propose, useful
from chosach.formats.records.nothing import refers, says, silent

BATCH_ROWS = 16_384
MAX_TEXT = 2_000
MAX_ID = 200
#: Characters of one of a record's `texts`, and how many of them are kept.
MAX_LISTED_TEXT, MAX_TEXTS = 20_000, 200
_LISTS = frozenset({"images", "texts"})
#: Fields of figures that no spreadsheet should have taken for a quantity.
_FIGURES = frozenset({"record_id", "phone", "bank_account", "tax_code"})


@dataclass(frozen=True)
class Batch:
    """Rows that can be linked. `lines`, `rows`: where each stands in the file; `consumed`: how far it is read, see `RecordFile.total`."""

    table: pa.Table
    lines: list[int]
    rows: list[int]
    problems: list[RowProblem]
    consumed: int

    @property
    def rejected(self) -> int:
        """How many rows were left out."""
        return sum(problem.rejected for problem in self.problems)


class RecordFile:
    """A file that can be read, with the mapping of its columns."""

    def __init__(self, path: Path, kind: Kind, source: Source, mapping: Mapping) -> None:
        self.path = path
        self.kind = kind
        self.mapping = mapping
        self._source = source

    @property
    def total(self) -> int:
        """What `Batch.consumed` counts up to (bytes or rows, by format)."""
        return max(1, self._source.total)

    def batches(self, *, seen: SeenIds | None = None) -> Iterator[Batch]:
        """Every row, in order. `seen`: ids read before from other files; ids met there or here twice are rejected."""
        known = SeenIds() if seen is None else seen
        for raw in self._source.batches(self.mapping, BATCH_ROWS):
            if raw.rows or raw.problems:
                yield _built(raw, self.mapping, known, sheet=self.kind.format == "xlsx")


def open_file(path: Path, *, mapping: Pairs[str, str] | None = None, encoding: str | None = None, sheet: str | None = None) -> RecordFile:
    """Recognise the file by its content and propose its mapping. `mapping`: field → column name. Raises `Unreadable` with a stable code."""
    told = dict(mapping or {})
    names = [*told.values(), *LABELS, *LABELS.values(), *(name for others in SYNONYMS.values() for name in others)]
    kind = sniff(path, encoding=encoding, names=names)
    try:
        source = _source(path, kind, sheet, list(told.values()))
    except OSError as error:
        raise Unreadable("file.unreadable", f"Không đọc được tệp: {spoken(error)}.") from error
    return RecordFile(path, kind, source, propose(source.header, told))


def _source(path: Path, kind: Kind, sheet: str | None, told: list[str]) -> Source:
    if kind.format == "parquet":
        return ParquetSource(path)
    if kind.format == "xlsx":
        return XlsxSource(path, sheet, told, useful)
    if kind.format == "jsonl":
        return JsonLinesSource(path, kind.encoding)
    return DelimitedSource(path, kind.encoding, kind.delimiter)


def _built(raw: RawBatch, mapping: Mapping, seen: SeenIds, *, sheet: bool) -> Batch:
    """`sheet`: numbers are a spreadsheet's, which keeps fifteen figures of them."""
    problems = list(raw.problems)
    for field in _FIGURES.intersection(mapping.columns):
        figures.lost(raw, field, mapping.column(field), problems, sheet=sheet, is_id=field == "record_id")
    columns = {field: _column(raw, field, mapping.column(field), problems) for field in mapping.columns}
    keep = _accepted(raw, columns, mapping, seen, problems)
    told = set(keep)
    for field, column in columns.items():
        if field != "record_id" and field not in _LISTS:
            problems += _emptied(raw, field, mapping.column(field), column, told)
    if len(keep) < len(raw.rows):
        columns = {field: [column[at] for at in keep] for field, column in columns.items()}
    arrays = {field: pa.array(column, pa.list_(pa.string()) if field in _LISTS else pa.string()) for field, column in columns.items()}
    problems.sort(key=lambda problem: (problem.row, problem.line))
    return Batch(pa.table(arrays), [raw.lines[at] for at in keep], [raw.rows[at] for at in keep], problems, raw.consumed)


def _column(raw: RawBatch, field: str, name: str, problems: list[RowProblem]) -> list[Any]:
    if field == "texts":
        return [_texts(value) for value in raw.columns[field]]
    if field in _LISTS:
        return [values.image_list(value) for value in raw.columns[field]]
    result = [(value.strip() or None) if value.__class__ is str else values.text(value) for value in raw.columns[field]]
    if _sound([text for text in result if text]):
        return result
    for at, text in enumerate(result):
        if text is not None and not _sound([text]):
            result[at], codes = _mended(text)
            problems += [RowProblem(raw.lines[at], raw.rows[at], name, code, shorten(text)) for code in codes]
    return result


def _emptied(raw: RawBatch, field: str, name: str, column: list[Any], told: set[int]) -> list[RowProblem]:
    """Take out of a column what says nothing (*không có*): two who write it share nothing. Tells of those that mean a value elsewhere.

    `told`: rows that go through.
    """
    problems = []
    for at in silent(field, column):
        text, column[at] = column[at], None
        if at in told and refers(text):
            problems.append(RowProblem(raw.lines[at], raw.rows[at], name, "record.unread", shorten(text)))
    return problems


def _texts(value: object) -> list[str] | None:
    """A list of texts, or one as a JSON array. Any other text is one text: its lines and semicolons are its own."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        with contextlib.suppress(ValueError, RecursionError):
            value = json.loads(value)
    parts = value if isinstance(value, list | tuple) else [value]
    sound = [values.whole(part) for part in map(values.text, parts) if part]
    return [part[:MAX_LISTED_TEXT].strip() for part in sound if part.strip()][:MAX_TEXTS] or None


def _sound(texts: list[str]) -> bool:
    """Nothing in these texts has to be mended. All at once, because hardly a batch needs a look at each."""
    if not texts:
        return True
    together = "".join(texts)
    if "\0" in together or "\ufffd" in together or max(map(len, texts)) > MAX_TEXT:
        return False
    try:
        together.encode()
    except UnicodeEncodeError:
        return False
    return True


def _mended(text: str) -> tuple[str, list[str]]:
    """Text that an Arrow column can hold, and the codes of what was changed."""
    codes = []
    if "\0" in text:
        text, codes = text.replace("\0", ""), ["text.nul"]
    try:
        text.encode()
        broken = "\ufffd" in text
    except UnicodeEncodeError:
        text, broken = values.whole(text), True
    if broken:
        codes.append("text.undecodable")
    if len(text) > MAX_TEXT:
        text = text[:MAX_TEXT]
        codes.append("text.too_long")
    return text, codes


def _accepted(raw: RawBatch, columns: dict[str, list[Any]], mapping: Mapping, seen: SeenIds, problems: list[RowProblem]) -> list[int]:
    """Places of the rows that go through: with an id not seen before and something to compare."""
    ids = columns["record_id"]
    others = [(field, column) for field, column in columns.items() if field != "record_id"]
    name = mapping.column("record_id")
    good: list[int] = []

    def reject(at: int, column: str, code: str, value: object = "") -> None:
        problems.append(RowProblem(raw.lines[at], raw.rows[at], column, code, shorten(value)))

    for at, record_id in enumerate(ids):
        if not record_id:
            reject(at, name, "record.id_empty")
        elif len(record_id) > MAX_ID:
            reject(at, name, "record.id_too_long", record_id)
        elif not any(says(field, column[at]) for field, column in others):
            reject(at, "", "record.empty", record_id)
        else:
            good.append(at)
    doubled = seen.add([ids[at] for at in good])
    for at, again in zip(good, doubled, strict=True):
        if again:
            reject(at, name, "record.id_doubled", ids[at])
    return [at for at, again in zip(good, doubled, strict=True) if not again]

"""Texts that come as one Arrow column, as a Parquet file has them: most need no change, and those are never made Python strings."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

#: Bytes of a column that is kept as it is: far more would not fit the type of the canonical columns.
_MOST_BYTES = 1 << 30
_NUL, _REPLACED = b"\0", "\ufffd".encode()


def as_text(column: Any) -> pa.Array | None:
    """The column as ``large_string``, None where it holds anything but UTF-8 text."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)) or column.nbytes >= _MOST_BYTES:
        return None
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        return None
    return column.cast(pa.large_string())


def mended(column: pa.Array, limit: int, *, trimmed: bool, mend: Callable[[int, str], str | None]) -> pa.Array:
    """The column with ``mend`` of those texts that may need it: longer than ``limit`` characters, with a NUL or U+FFFD or, where blanks
    around them mean nothing (``trimmed``), with other signs than ASCII's at an end. ``mend`` is told the row. Empty texts become null."""
    data, offsets = _bytes(column)
    lengths = np.diff(offsets)
    doubtful = lengths > limit
    if doubtful.any():
        doubtful &= np.asarray(pc.utf8_length(column).fill_null(0)) > limit
    whole = data.tobytes()
    for sign in (_NUL, _REPLACED):
        doubtful[_holding(whole, offsets, sign)] = True
    if trimmed:
        doubtful |= ~_plain_ends(data, offsets)
    given = np.asarray(column.is_valid())
    rows = np.flatnonzero(doubtful & given & (lengths > 0)).tolist()
    made = [mend(row, column[row].as_py()) for row in rows]
    empty = given & (lengths == 0)
    if empty.any():
        column = pc.if_else(pa.array(empty), None, column)
    if rows:
        which = np.zeros(len(column), np.bool_)
        which[rows] = True
        column = pc.replace_with_mask(column, pa.array(which), pa.array(made, pa.large_string()))
    return column


def blank(column: pa.Array) -> list[bool]:
    """Per text: is it missing, empty or nothing but blanks?"""
    data, offsets = _bytes(column)
    told = np.diff(offsets) == 0
    for row in np.flatnonzero(~told & ~_plain_ends(data, offsets)).tolist():
        told[row] = column[row].as_py().isspace()
    result: list[bool] = told.tolist()
    return result


def _holding(whole: bytes, offsets: NDArray[np.int64], sign: bytes) -> list[int]:
    """The texts in which the sign stands: few in most files."""
    rows: list[int] = []
    at = whole.find(sign)
    while at >= 0:
        rows.append(int(np.searchsorted(offsets, at, side="right")) - 1)
        at = whole.find(sign, int(offsets[rows[-1] + 1]))
    return rows


def _bytes(column: pa.Array) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The bytes of the column, and where each text begins in them (one more than texts); of a null nothing."""
    if column.null_count:
        column = column.fill_null("")
    _, offsets, data = column.buffers()
    if not len(column) or offsets is None:
        return np.zeros(0, np.uint8), np.zeros(1, np.int64)
    places = np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1]
    text = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(0, np.uint8)
    return text[places[0] : places[-1]], places - places[0]


def _plain_ends(data: NDArray[np.uint8], offsets: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Per text: is it empty, or begins and ends with a sign of ASCII that is no blank?"""
    plain = np.ones(len(offsets) - 1, np.bool_)
    some = np.flatnonzero(np.diff(offsets))
    for ends in (data[offsets[:-1][some]], data[offsets[1:][some] - 1]):
        plain[some] &= (ends > 0x20) & (ends < 0x7F)
    return plain

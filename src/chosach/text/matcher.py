"""Patterns compiled once; all their places in columns of text.

    matcher = Matcher([Pattern("hàng giả"), Pattern("gucci", any_marks=True)])
    hits = matcher.find([column_of_titles, column_of_descriptions])

Places are code-point offsets, half-open, into the text as given: ``text[start:end]`` is what was read as the pattern.
"""

import os
import tempfile
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from chosach.text import letters

FOLDED, ODD, JOINED, LEETED, MARKED = 1, 2, 4, 8, 16
DISGUISED = ODD | JOINED | LEETED | MARKED

ALL_FIELDS = 0xFFFF


@dataclass(frozen=True, slots=True)
class Pattern:
    """What to look for.

    ``any_marks``: names from other languages, found whatever marks the text puts on them (then flagged MARKED).
    ``needs_marks``: not found in a text written without marks. (Others are, flagged FOLDED; and none where the text around them
    has marks: there an unmarked word means itself.)
    ``compact``: also find it written without its blanks. ``fields``: bit mask of the columns in which it is looked for.
    """

    text: str
    any_marks: bool = False
    needs_marks: bool = False
    compact: bool = False
    fields: int = ALL_FIELDS


@dataclass(frozen=True, slots=True)
class Hits:
    """One row a hit, ordered by text, field, start. All arrays are int32 of equal length.

    ``sentence`` counts within the field: what is said in one sentence does not reach into the next. ``first_letter`` and
    ``last_letter`` (half-open) count letters and digits within the field: distances that no way of writing changes.
    """

    row: NDArray[np.int32]
    field: NDArray[np.int32]
    pattern: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    sentence: NDArray[np.int32]
    first_letter: NDArray[np.int32]
    last_letter: NDArray[np.int32]
    flags: NDArray[np.int32]


def _cache_folder() -> Path:
    """Where compiled code may be kept if not beside the package: a folder that only this user can write, since it is trusted."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chosach"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="chosach-"))
    return home if os.access(home, os.W_OK) else Path(tempfile.mkdtemp(prefix="chosach-"))


@lru_cache(maxsize=1)
def _kernel() -> Any:
    """The compiled loop. Compiling takes some seconds once; the result is kept beside the package, else in the user's cache."""
    if "NUMBA_CACHE_DIR" not in os.environ and not os.access(Path(__file__).parent, os.W_OK):
        os.environ["NUMBA_CACHE_DIR"] = str(_cache_folder())
    from chosach.text import kernel

    return kernel


def _buffers(column: pa.Array | pa.ChunkedArray) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Bytes and offsets of a string column; nulls become empty strings."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], pa.large_string())
    if array.type != pa.large_string():
        array = array.cast(pa.large_string())
    if array.null_count:
        array = array.fill_null("")
    _, offsets, data = array.buffers()
    if offsets is None or len(array) == 0:
        return np.zeros(1, np.uint8), np.zeros(1, np.int64)
    places = np.frombuffer(offsets, np.int64)[array.offset : array.offset + len(array) + 1]
    text = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)
    return text, places


class Matcher:
    """An automaton over the normal form. Building takes some 50 ms a thousand patterns; keep it."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._origin: list[int] = []  # automaton pattern -> index in patterns
        cores: list[tuple[list[int], list[int], list[bool]]] = []
        modes: list[int] = []
        fields: list[int] = []
        for index, pattern in enumerate(self.patterns):
            symbols, marks = letters.spell(pattern.text)
            if not symbols:
                raise ValueError(f"a pattern without letters: {pattern.text!r}")
            breaks = [k + 1 == len(symbols) or symbols[k + 1] == letters.SPACE for k in range(len(symbols))]
            spellings = [(symbols, marks, breaks)]
            if pattern.compact and letters.SPACE in symbols:
                kept = [k for k, symbol in enumerate(symbols) if symbol != letters.SPACE]
                spellings.append(([symbols[k] for k in kept], [marks[k] for k in kept], [breaks[k] for k in kept]))
            for spelling in spellings:
                cores.append(spelling)
                modes.append(int(pattern.any_marks) | int(pattern.needs_marks) << 1)
                fields.append(pattern.fields)
                self._origin.append(index)
        self._origins = np.array(self._origin, np.int32)
        self._mode = np.array(modes, np.uint8)
        self._fields = np.array(fields, np.int64)
        lengths = [len(symbols) for symbols, _, _ in cores]
        self._begin = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        self._marks = np.array([mark for _, marks, _ in cores for mark in marks], np.uint8)
        self._breaks = np.array([flag for _, _, breaks in cores for flag in breaks], np.bool_)
        self._min = np.full(len(cores), 3, np.int32)
        self._build([symbols for symbols, _, _ in cores])

    def _build(self, words: Sequence[list[int]]) -> None:
        """Aho-Corasick as a full table, with a blank before and after every word."""
        children: list[dict[int, int]] = [{}]
        ends: list[list[int]] = [[]]
        for index, word in enumerate(words):
            state = 0
            for symbol in [letters.SPACE, *word, letters.SPACE]:
                following = children[state].get(symbol)
                if following is None:
                    following = len(children)
                    children.append({})
                    ends.append([])
                    children[state][symbol] = following
                state = following
            ends[state].append(index)
        # The narrow table is read faster, since more of it stays in the processor's cache.
        narrow = len(children) <= np.iinfo(np.uint16).max
        goto = np.zeros((len(children), letters.ALPHABET), np.uint16 if narrow else np.uint32)
        fail = np.zeros(len(children), np.int64)
        order: deque[int] = deque([0])
        while order:
            state = order.popleft()
            if state:
                goto[state] = goto[fail[state]]
                ends[state] = ends[state] + ends[int(fail[state])]
            for symbol, child in children[state].items():
                fail[child] = goto[fail[state], symbol] if state else 0
                goto[state, symbol] = child
                order.append(child)
        first = np.full(len(children), -1, np.int32)
        following_out: list[int] = []
        patterns: list[int] = []
        for state, found in enumerate(ends):
            for pattern in found:
                following_out.append(int(first[state]))
                patterns.append(pattern)
                first[state] = len(patterns) - 1
        self._goto, self._first = goto, first
        self._next = np.array(following_out, np.int32)
        self._out = np.array(patterns, np.int32)

    def find(self, columns: Sequence[pa.Array | pa.ChunkedArray]) -> Hits:
        """All hits in columns of equal length; the n-th column is field n."""
        rows = len(columns[0])
        kernel = _kernel()
        symbols_of, marks_of, odd_of = letters.table()
        buffers = [_buffers(column) for column in columns]
        room = 4096 + rows * 32
        while True:
            hits = np.empty((room, kernel.HIT_COLUMNS), np.int32)
            count = 0
            for field, (data, offsets) in enumerate(buffers):
                count = kernel.match(
                    data, offsets, 0, field, symbols_of, marks_of, odd_of,
                    self._goto, self._first, self._next, self._out,
                    self._begin, self._marks, self._breaks, self._mode, self._fields, self._min,
                    hits, count,
                )  # fmt: skip
            if count <= room:
                break
            room = count
        found = hits[:count]
        found[:, 2] = self._origins[found[:, 2]]
        found = found[np.lexsort((-found[:, 4], found[:, 3], found[:, 1], found[:, 0]))]
        row, field, pattern, start, end, sentence, first, last, flags = np.ascontiguousarray(found.T)
        return Hits(row, field, pattern, start, end, sentence, first, last, flags)


def normalise(text: str, *, bare: bool = False) -> str:
    """The folded normal form, for people and tests: letters a–z, digits, one blank between words, ``|`` at a sentence's end."""
    data = text.encode("utf-8", "surrogatepass")
    symbols_of, marks_of, odd_of = letters.table()
    view = np.frombuffer(data, np.uint8) if data else np.zeros(1, np.uint8)
    symbols = _kernel().fold(view, 0, len(data), bare, symbols_of, marks_of, odd_of)[0]
    return "".join("abcdefghijklmnopqrstuvwxyz0123456789 |"[s] for s in symbols).strip()

"""Patterns compiled once; all their places in columns of text.

    matcher = Matcher([Pattern("hàng giả"), Pattern("gucci", any_marks=True)])
    hits = matcher.find([column_of_titles, column_of_descriptions])

Places are code-point offsets, half-open, into the text as given: ``text[start:end]`` is what was read as the pattern.
"""

import dataclasses
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from chosach.text import letters, phrases, spellings
from chosach.text.spellings import DOUBLED, GAPPED, KEYED, TEEN

FOLDED, ODD, JOINED, LEETED, MARKED, ALONE = 1, 2, 4, 8, 16, 1024
#: Written as it was not meant to be read: words run together are a habit (of hashtags), the rest is a disguise.
DISGUISED = ODD | JOINED | LEETED | MARKED | KEYED | TEEN | DOUBLED | GAPPED

CHUNK = 1 << 18  #: code points of text that are read again together

ALL_FIELDS = 0xFFFF


@dataclass(frozen=True, slots=True)
class Pattern:
    """What to look for.

    ``any_marks``: names from other languages, found whatever marks the text puts on them (then flagged MARKED).
    ``needs_marks``: not found in a text written without marks. (Others are, flagged FOLDED; and none where the text around them
    has marks: there an unmarked word means itself.)
    ``by_context``: flagged FOLDED also there, for those who look at the words around.
    ``compact``: also find it written without its blanks. ``fields``: bit mask of the columns in which it is looked for.
    ``hidden``: its words are looked for in their dear forms too (``chosach.text.spellings``); words that nobody has cause to hide cost
    time and find typing errors.
    """

    text: str
    any_marks: bool = False
    needs_marks: bool = False
    by_context: bool = False
    compact: bool = False
    fields: int = ALL_FIELDS
    hidden: bool = True


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


Choice: TypeAlias = Callable[[Hits], NDArray[np.bool_]]


def _cache_folder() -> Path:
    """Where compiled code may be kept if not beside the package: a folder that only this user can write, since it is trusted."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chosach"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="chosach-"))
    return home if os.access(home, os.W_OK) else Path(tempfile.mkdtemp(prefix="chosach-"))


def prepare_compiler() -> None:
    """To be called before numba is imported anywhere: plain code, kept beside the package, else in the user's cache."""
    if "numba" not in sys.modules:
        # plain code for the kind of processor: it gains nothing from the special instructions of one, and a kept copy runs on the next
        os.environ.setdefault("NUMBA_CPU_NAME", "generic")
    if "NUMBA_CACHE_DIR" not in os.environ and not os.access(Path(__file__).parent, os.W_OK):
        os.environ["NUMBA_CACHE_DIR"] = str(_cache_folder())


@lru_cache(maxsize=1)
def _kernel() -> Any:
    """The compiled loop. Compiling takes some seconds once; the result is kept."""
    prepare_compiler()
    from chosach.text import kernel

    return kernel


@lru_cache(maxsize=1)
def _mend() -> Any:
    """The compiled dear forms."""
    _kernel()
    from chosach.text import mend

    return mend


def bytes_of(column: pa.Array | pa.ChunkedArray) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
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
    """The patterns as a tree over words of the normal form. Building takes some 60 ms a thousand patterns; keep it.

    ``lines``: bit mask of the columns in which the end of a line ends a sentence; in the others it is a blank.
    """

    def __init__(self, patterns: Sequence[Pattern], *, lines: int = ALL_FIELDS) -> None:
        self.patterns = tuple(patterns)
        self.lines = lines
        origins: list[int] = []  # automaton pattern -> index in patterns
        spelled = [letters.spell(pattern.text) for pattern in self.patterns]
        cores: list[tuple[list[int], list[int], list[bool]]] = []
        modes: list[int] = []
        fields: list[int] = []
        for index, (pattern, (symbols, marks)) in enumerate(zip(self.patterns, spelled, strict=True)):
            if not symbols:
                raise ValueError(f"a pattern without letters: {pattern.text!r}")
            breaks = phrases.breaks_of(symbols)
            ways = [(symbols, marks, breaks)]
            if pattern.compact and letters.SPACE in symbols:
                kept = [k for k, symbol in enumerate(symbols) if symbol != letters.SPACE]
                ways.append(([symbols[k] for k in kept], [marks[k] for k in kept], [breaks[k] for k in kept]))
            short = phrases.shortened(symbols, marks)
            ways += [(*spelling, phrases.breaks_of(spelling[0])) for spelling in short]
            for spelling in ways:
                cores.append(spelling)
                modes.append(int(pattern.any_marks) | int(pattern.needs_marks) << 1 | int(pattern.by_context) << 2)
                fields.append(pattern.fields)
                origins.append(index)
        self._origins = np.array(origins, np.int32)
        lengths = [len(symbols) for symbols, _, _ in cores]
        begin = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        all_marks = np.array([mark for _, marks, _ in cores for mark in marks] + [0] * 8, np.uint8)
        all_breaks = np.array([flag for _, _, breaks in cores for flag in breaks], np.bool_)
        worded = [phrases.words_of(symbols) for symbols, _, _ in cores]
        hidden = [spelling for pattern, spelling in zip(self.patterns, spelled, strict=True) if pattern.hidden]
        self._spellings = spellings.build(hidden, {word for words in worded for word in words})
        tree = phrases.build(
            [
                phrases.Phrase(words, phrases.signature(symbols, marks), mode, where)
                for words, (symbols, marks, _), mode, where in zip(worded, cores, modes, fields, strict=True)
            ],
            self._spellings.known_keys.tolist(),
        )
        self._seen: list[NDArray[np.int64]] = []  # words that were read: one array for each call at a time
        self._automaton: tuple[NDArray[Any], ...] = (*tree, begin, all_marks, all_breaks)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What was laid out, by name: plain arrays, for ``of_arrays``."""
        spelled = {f"spellings.{one.name}": getattr(self._spellings, one.name) for one in dataclasses.fields(self._spellings)}
        return {"origins": self._origins, **{f"automaton.{n}": part for n, part in enumerate(self._automaton)}, **spelled}

    @classmethod
    def of_arrays(cls, patterns: Sequence[Pattern], arrays: Mapping[str, NDArray[Any]], *, lines: int = ALL_FIELDS) -> "Matcher":
        """The matcher whose ``arrays`` these are, of the same patterns."""
        made = cls.__new__(cls)
        made.patterns, made.lines, made._origins, made._seen = tuple(patterns), lines, arrays["origins"], []
        made._automaton = tuple(arrays[f"automaton.{n}"] for n in range(sum(name.startswith("automaton.") for name in arrays)))
        made._spellings = spellings.Spellings(
            **{name.removeprefix("spellings."): array for name, array in arrays.items() if name.startswith("spellings.")}
        )
        return made

    def find(self, columns: Sequence[pa.Array | pa.ChunkedArray], *, thorough: bool = False, choose: Choice | None = None) -> Hits:
        """All hits in columns of equal length; the n-th column is field n.

        ``choose``: asked which hits matter (a mask), before they are put in order: its ``Hits`` have none. ``thorough``: read every text
        in the dear forms, whatever the gate says (a test shows that this finds nothing more).
        """
        kernel = _kernel()
        table = kernel.Letters(*letters.codes())
        automaton = kernel.Automaton(*self._automaton)
        gate = self._spellings.gate_of(kernel.Gate)
        buffers = [bytes_of(column) for column in columns]
        seen = self._seen.pop() if self._seen else np.zeros(kernel.SEEN_SIZE, np.int64)
        rows = len(columns[0])
        room, wide = 4096 + rows * 64, 4096 + rows * 2
        while True:
            hits = np.empty((room, kernel.HIT_COLUMNS), np.int32)
            windows = np.empty((wide, kernel.WINDOW_COLUMNS), np.int32)
            count = again = widest = 0
            for field, (data, offsets) in enumerate(buffers):
                lines = bool(self.lines >> field & 1)
                count, windowed = kernel.match(
                    data, offsets, 0, field, lines, table, automaton, gate, hits, count, windows, thorough, seen
                )  # fmt: skip
                widest = max(widest, windowed)
                for chosen in _chunks(windows[:windowed]):
                    before = count
                    count = self._find_again(field, (data, offsets), chosen, hits, count)
                    again += count - before
            if count <= room and widest <= wide:
                break
            room, wide = max(room, count), max(wide, widest)
        self._seen.append(seen)
        found = hits[:count]
        found[:, 2] = self._origins[found[:, 2]]
        if choose is not None:
            found = found[choose(_hits(found))]
        return _sorted(found, bool(again))

    def compile_dear_forms(self, texts: Sequence[str]) -> None:
        """Compile, and keep, what ``find`` first needs at a text that the gate flags; ``texts``: with every dear form among them."""
        whole = [[k, reading, 0, len(text), 0, 0, 1] for k, text in enumerate(texts) for reading in (1, 2)]
        hits = np.empty((4096, _kernel().HIT_COLUMNS), np.int32)
        self._find_again(0, bytes_of(pa.array(texts, pa.string())), np.array(whole, np.int32), hits, 0)

    def _find_again(
        self,
        field: int,
        buffer: tuple[NDArray[np.uint8], NDArray[np.int64]],
        windows: NDArray[np.int32],
        hits: NDArray[np.int32],
        count: int,
    ) -> int:
        """Hits of the dear forms in these windows."""
        data, offsets = buffer
        kernel, mend = _kernel(), _mend()
        table = kernel.Letters(*letters.codes())
        automaton = kernel.Automaton(*self._automaton)
        tables = self._spellings.tables_of(mend.Tables)
        gate = self._spellings.gate_of(kernel.Gate)
        lines = bool(self.lines >> field & 1)
        begins, *plain = kernel.streams(data, offsets, windows, False, lines, table)
        before = count
        for reading in (1, 2):
            chosen = np.flatnonzero(windows[:, 1] == reading)
            if not len(chosen):
                continue
            if reading == 1 and len(chosen) == len(windows):
                origin, stream = begins, plain
            else:
                origin, *stream = kernel.streams(data, offsets, windows[chosen], reading == 2, lines, table)
            which = np.arange(len(chosen))
            for gaps_first in (False, True):
                to, *mended, unsure = mend.mend(
                    origin, *stream, which, gaps_first, self._spellings.gate, self._spellings.powers, tables
                )  # fmt: skip
                count = kernel.rescan(windows, chosen[which], field, to, *mended, automaton, gate, hits, count)
                which = which[unsure]
                if not len(which):
                    break
        if before < count <= len(hits):
            _place(hits[before:count], windows, begins, *plain[:3])
        return count


def _hits(found: NDArray[np.int32]) -> Hits:
    return Hits(*found.T)


def _sorted(found: NDArray[np.int32], repeated: bool) -> Hits:
    """By text, field, start, the longest first; ``repeated``: some may be there twice."""
    where = found[:, 0].astype(np.int64) << 4 | found[:, 1]
    length = (1 << 24) - 1 - (found[:, 4] - found[:, 3]).astype(np.int64)
    what = found[:, 2].astype(np.int64) << 16 | found[:, 8]
    found = found[np.lexsort((what, found[:, 3].astype(np.int64) << 24 | length, where))]
    if repeated and len(found):
        same = (found[1:, :5] == found[:-1, :5]).all(axis=1)
        found = found[np.concatenate([[True], ~same])]
    return _hits(np.asfortranarray(found))


def _chunks(windows: NDArray[np.int32]) -> Iterator[NDArray[np.int32]]:
    """These windows in runs of about ``CHUNK`` code points."""
    if len(windows):
        sizes = np.cumsum(windows[:, 3] - windows[:, 2])
        yield from np.split(windows, np.flatnonzero(np.diff(sizes // CHUNK)) + 1)


def _place(  # noqa: PLR0917 - what the compiled loops take
    hits: NDArray[np.int32],
    windows: NDArray[np.int32],
    begins: NDArray[np.int64],
    symbols: NDArray[np.uint8],
    marks: NDArray[np.uint8],
    start: NDArray[np.int32],
) -> None:
    """Sentence and letters of the hits counted as in the plain reading, which has other letters than the mended one."""
    letter = np.concatenate([[0], np.cumsum(symbols < letters.SPACE)])
    hard = np.concatenate([[0], np.cumsum((symbols == letters.HARD) & (marks == 0))])
    for place, window in enumerate(hits[:, 5].tolist()):
        begin, end = begins[window], begins[window + 1] - 1
        first = begin + np.searchsorted(start[begin:end], hits[place, 3], side="right") - 1
        last = begin + np.searchsorted(start[begin:end], hits[place, 4], side="left")
        hits[place, 5] = windows[window, 4] + hard[first] - hard[begin]
        hits[place, 6] = windows[window, 5] + letter[first] - letter[begin]
        hits[place, 7] = windows[window, 5] + letter[last] - letter[begin]


def normalise(text: str, *, bare: bool = False) -> str:
    """The folded normal form, for people and tests: letters a–z, digits, one blank between words, ``|`` at a sentence's end."""
    data = np.frombuffer(text.encode("utf-8", "surrogatepass") or b"\0", np.uint8)
    kernel = _kernel()
    offsets = np.array([0, len(data)], np.int64)
    window = np.array([[0, 0, 0, len(data), 0, 0, 0]], np.int32)
    symbols = kernel.streams(data, offsets, window, bare, True, kernel.Letters(*letters.codes()))[1]
    return "".join("abcdefghijklmnopqrstuvwxyz0123456789 |"[s] for s in symbols).strip()


def folded(column: pa.Array | pa.ChunkedArray) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """A column's texts in the bared normal form, one after the other: where each begins (one more than texts), symbols (``letters``).

    Below ``letters.SPACE`` are letters and digits. Disguise is taken off as far as ``normalise(text, bare=True)`` takes it off.
    """
    kernel = _kernel()
    data, offsets = bytes_of(column)
    windows = np.zeros((len(offsets) - 1, kernel.WINDOW_COLUMNS), np.int32)
    windows[:, 0] = np.arange(len(windows))
    windows[:, 3] = np.minimum(np.diff(offsets), np.iinfo(np.int32).max)
    begins, symbols, *_ = kernel.streams(data, offsets, windows, True, True, kernel.Letters(*letters.codes()))
    return begins, symbols

"""What people write in a cell where they have nothing to write."""

import re
import unicodedata
from collections.abc import Sequence

#: In lower case, with blanks for whatever is neither letter nor figure.
NOTHING: tuple[str, ...] = (
    "", "không", "không có", "không rõ", "chưa có", "chưa rõ", "khong", "khong co", "khong ro", "chua co", "chua ro", "trống", "trong",
    "n a", "na", "none", "null", "nan", "x",
)  # fmt: skip
#: "As above": the value stands in another row, and which one nobody can tell for sure. Two such rows share nothing.
DITTO: tuple[str, ...] = ("nt", "n t", "như trên", "nhu tren")
#: Those that are also people's and shops' names: *Na*, *X*, *NT*.
_NAMES = frozenset({"na", "nan", "x", "trong", "nt", "n t"})
_ALWAYS = frozenset((*NOTHING, *DITTO)) - _NAMES
_NAMED = frozenset({"name", "seller_name"})
#: A longer text says something: it isn't looked at closer.
_LONGEST = 16
_SIGNS = re.compile(r"[\W_]+")
#: How a cell begins that says something for sure, and how one may that does not: nearly all cells need no closer look.
_SAYS = frozenset("0123456789abdeghilmopqrsuvyABDEGHILMOPQRSUVYĐđ")
_MAY_BE = re.compile(r"[\W_]*(?:kh[oô]|ch[uư]|tr[oôố]|n(?:[^g]|$)|x(?:[\W_]|$)|$)", re.IGNORECASE)


def says(field: str, value: object) -> bool:
    """Whether a cell of a field (or a list of such) says anything at all. *Không có*, *N/A*, *-* don't."""
    if not value or not isinstance(value, str):
        return any(says(field, one) for one in value) if isinstance(value, list) else bool(value)
    if len(value) > _LONGEST:
        return True
    said = _plain(value)
    return said not in _ALWAYS and (field in _NAMED or said not in _NAMES)


def silent(field: str, column: Sequence[str | None]) -> list[int]:
    """Places of the cells of a column of texts in which nothing is said, empty ones left out."""
    short = ((at, text) for at, text in enumerate(column) if text and text[0] not in _SAYS and len(text) <= _LONGEST)
    return [at for at, text in short if _MAY_BE.match(text) and not says(field, text)]


def refers(value: str) -> bool:
    """Whether a cell of which `says` is false points at another one (*nt*, *như trên*)."""
    return _plain(value) in DITTO


def _plain(value: str) -> str:
    return _SIGNS.sub(" ", unicodedata.normalize("NFC", value).lower()).strip()

"""What people write in a cell where they have nothing to write."""

import re
import unicodedata

#: In lower case, with blanks for whatever is neither letter nor figure.
NOTHING: tuple[str, ...] = (
    "", "không", "không có", "không rõ", "chưa có", "chưa rõ", "khong", "khong co", "khong ro", "chua co", "chua ro", "trống", "trong",
    "n a", "na", "none", "null", "nan", "x",
)  # fmt: skip
#: Those that are also people's and shops' names: *Na*, *X*.
_NAMES = frozenset({"na", "nan", "x", "trong"})
_ALWAYS = frozenset(NOTHING) - _NAMES
_NAMED = frozenset({"name", "seller_name"})
#: A longer text says something: it isn't looked at closer.
_LONGEST = 16
_SIGNS = re.compile(r"[\W_]+")


def says(field: str, value: object) -> bool:
    """Whether a cell of a field (or a list of such) says anything at all. *Không có*, *N/A*, *-* don't."""
    if not value or not isinstance(value, str):
        return any(says(field, one) for one in value) if isinstance(value, list) else bool(value)
    if len(value) > _LONGEST:
        return True
    said = _SIGNS.sub(" ", unicodedata.normalize("NFC", value).lower()).strip()
    return said not in _ALWAYS and (field in _NAMED or said not in _NAMES)

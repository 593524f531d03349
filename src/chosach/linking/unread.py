"""Values that a record has, but in which nothing to compare can be read: a phone without enough figures, 0123456789, a mail without @."""

from collections.abc import Iterator

import polars as pl
import pyarrow as pa

from chosach.formats.records.nothing import NOTHING
from chosach.linking.letters import composed
from chosach.linking.normal.identifiers import SOURCES, identifiers

#: Field → its normal column.
_NORMAL = {"phone": "phone", "bank_account": "account", "tax_code": "tax", "email": "email", "handle": "handle"}
_NUMBERS = ("phone", "bank_account", "tax_code")
#: What all that stand for no number hold.
_IN_A_ROW = "|".join(["(?i)[0o][1il]2345", "[1il]23456", "98765", *(f"{figure}{{4}}" for figure in ("[0o]", "[1il]", *"23456789"))])
FIELDS: tuple[str, ...] = tuple(_NORMAL)
#: Field → what most values look like, all of which can be read: the others alone are read, for reading all of a million takes seconds.
_PLAIN = {
    "phone": r"^[\s+(]*(?:[0-9][\s().-]?){9,13}$",
    "bank_account": r"[0-9A-Za-z]",
    "tax_code": r"^\W*(?:[0-9]\W*){6,}$",
    "email": r"^\s*[^@\s]+@[^@\s]+\s*$",
    "handle": r"^@?[0-9A-Za-z][^/?#:]*$",
}


def unread(records: pa.Table) -> Iterator[tuple[int, str, str]]:
    """Row, field and value of what can't be read, field by field, of a batch of records (`schema.RECORDS`, any subset)."""
    for field in FIELDS:
        if field not in records.column_names:
            continue
        column = pl.Series(field, records[field]).cast(pl.String)
        odd = column.is_not_null() & ~column.str.contains(_PLAIN[field])
        if field in _NUMBERS:
            odd |= column.str.replace_all(r"[^0-9A-Za-z]", "").str.contains(_IN_A_ROW).fill_null(False)
        at = odd.arg_true()
        if not len(at):
            continue
        asked = column.gather(at)
        nothing = pl.Series(field, [None] * len(asked), dtype=pl.String)
        read = identifiers({name: asked if name == field else nothing for name in SOURCES})[_NORMAL[field]]
        said = composed(asked).str.to_lowercase().str.replace_all(r"[^\pL\pN]+", " ").str.strip_chars(" ")
        bad = read.is_null() & ~said.is_in(NOTHING)
        yield from ((row, field, value) for row, value in zip(at.filter(bad), asked.filter(bad), strict=True))

"""Long numbers whose last figures a spreadsheet program has lost."""

import re

from chosach.formats.listings.problems import RowProblem, shorten
from chosach.formats.listings.source import RawBatch

#: How a spreadsheet shows a long number; from where it keeps no figure.
_SCIENTIFIC = re.compile(r"\s*\d+(?:[.,]\d+)?[eE]\+\d+\s*")
_EXACT = 10**15


def lost(raw: RawBatch, field: str, name: str, problems: list[RowProblem], *, sheet: bool, is_id: bool) -> None:
    """Tell of such numbers in a column, called `name` in the file, and mend it. `sheet`: numbers are a spreadsheet's, with fifteen figures.

    What is left of one written as 1.9E+16 is nobody's number, and would tie all who have one: it goes; but an id (`is_id`) that stands so
    stays, or its row would be lost.
    """
    column = raw.columns[field]
    for at, value in enumerate(column):
        if value.__class__ is str:
            if ("E+" not in value and "e+" not in value) or not _SCIENTIFIC.fullmatch(value):
                continue
            code, left = ("id.scientific", value) if is_id else ("number.scientific", None)
        elif isinstance(value, int | float) and abs(value) >= _EXACT and (isinstance(value, int) or value.is_integer()):
            left = str(int(value))
            code = "number.figures" if sheet or isinstance(value, float) else ""
        else:
            continue
        column[at] = left
        if code:
            problems.append(RowProblem(raw.lines[at], raw.rows[at], name, code, shorten(value)))

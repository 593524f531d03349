"""HTML that was left in a text (``h&agrave;ng gi&#7843;``, ``super <b>fake</b>``): the text as a browser shows it, and where it stands.

Only what is sure is read: character references that end with a semicolon, and tags of HTML with well-formed attributes. Sellers write
angle brackets of their own (*<Trắng, Đỏ>*, *<giá sỉ>*), which stay.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from chosach.text.matcher import bytes_of

_REFERENCE = r"(?<=&)(?:amp;){0,3}(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_WITHIN = "a|abbr|b|bdi|bdo|big|cite|code|del|em|font|i|ins|kbd|mark|s|samp|small|span|strike|strong|sub|sup|tt|u|wbr"  #: a line
_BETWEEN = (
    "address|article|aside|blockquote|br|center|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|img|li|main|nav|ol|p|pre|section|"
    "table|tbody|td|tfoot|th|thead|tr|ul"
)  #: lines or cells
_ATTRIBUTES = r"(?:\s+[a-zA-Z][a-zA-Z0-9:-]{0,30}\s*=\s*(?:\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'|[^\s\"'<>=]{1,500}))*+\s*"
#: One of two signs, then what stands behind it: searched far faster than two patterns.
_MARKUP = re.compile(
    rf"[&<](?:(?P<reference>{_REFERENCE})|(?<=<)(?:(?:/?(?P<within>{_WITHIN})|/?(?:{_BETWEEN})){_ATTRIBUTES}/?>|(?P<comment>!--[^<>]{{0,2000}}-->)))",
    re.IGNORECASE,
)
_LETTERS = np.zeros(256, np.bool_)
_LETTERS[[*range(ord("a"), ord("z") + 1), *range(ord("A"), ord("Z") + 1)]] = True
_BEHIND_AND, _BEHIND_LESS = _LETTERS.copy(), _LETTERS.copy()
_BEHIND_AND[ord("#")] = True
_BEHIND_LESS[[ord("/"), ord("!")]] = True


@dataclass(frozen=True, slots=True)
class Plain:
    """``text`` without markup; ``place(start, end)`` of it in the original, in code points."""

    text: str
    #: of each piece of ``text`` that is a piece of the original, and of each character that stands for markup: where it begins in ``text``,
    #: where in the original, and where that ends there
    _begins: Sequence[int]
    _origins: Sequence[int]
    _ends: Sequence[int]
    _copied: Sequence[bool]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` (not empty) stands in the original: half-open, whole references."""
        first = bisect_right(self._begins, start) - 1
        last = bisect_right(self._begins, end - 1) - 1
        low = self._origins[first] + (start - self._begins[first] if self._copied[first] else 0)
        high = self._origins[last] + (end - self._begins[last]) if self._copied[last] else self._ends[last]
        return low, high


def plain(text: str) -> Plain | None:
    """The text without markup, None where it has none. Time grows with the text linearly."""
    if not ("&" in text or "<" in text):
        return None
    parts: list[str] = []
    begins: list[int] = []
    origins: list[int] = []
    ends: list[int] = []
    copied: list[bool] = []
    length = reached = 0

    def add(part: str, low: int, high: int, copy: bool) -> None:
        nonlocal length
        if part:
            parts.append(part)
            begins.append(length)
            origins.append(low)
            ends.append(high)
            copied.append(copy)
            length += len(part)

    found = False
    for match in _MARKUP.finditer(text):
        said = _said(match)
        if said is None:
            continue
        found = True
        add(text[reached : match.start()], reached, match.start(), True)
        add(said, match.start(), match.end(), False)
        reached = match.end()
    if not found:
        return None
    add(text[reached:], reached, len(text), True)
    return Plain("".join(parts), begins, origins, ends, copied)


def may_hold(column: pa.Array) -> list[int]:
    """The rows of a column of texts in which a sign of markup stands before what may be some: most texts have none, and are not read."""
    data, offsets = bytes_of(column)
    data = data[offsets[0] : offsets[-1]]
    found = [
        place[behind[data[place + 1]]]
        for sign, behind in ((ord("&"), _BEHIND_AND), (ord("<"), _BEHIND_LESS))
        for place in [np.flatnonzero(data[:-1] == sign)]
    ]
    rows: list[int] = np.unique(np.searchsorted(offsets, np.concatenate(found) + offsets[0], side="right") - 1).tolist()
    return rows


def _said(match: re.Match[str]) -> str | None:
    """What a browser shows of it; None: the characters themselves."""
    if match["reference"] is None:
        return "" if match["within"] or match["comment"] else "\n"
    written = match[0]
    shown = html.unescape(written)
    while shown.startswith("&") and shown.endswith(";") and html.unescape(shown) != shown:  # "&amp;agrave;" was escaped twice
        shown = html.unescape(shown)
    return None if shown == written else shown


__all__ = ["Plain", "may_hold", "plain"]

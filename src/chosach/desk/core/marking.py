"""Given text (a listing, a tip) as safe HTML with words marked. What stands in such text is hostile until shown otherwise.

Places are Unicode code-point offsets, half-open, into the text exactly as given: `text[start:end]` is the marked word. Everything
is escaped; a place that does not fit the text is left out rather than guessed at.
"""

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Not characters of HTML (control characters, lone surrogates): shown as the replacement character, one for one, so that places hold.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Characters that nobody sees, used to disguise words or to turn the reading direction round: made visible. The joiner within an
# emoji is none of them.
_HIDDEN = re.compile(
    "((?<![\u2190-\U0001faff\ufe0f])\u200d|[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e0fff])"
)


@dataclass(frozen=True)
class Span:
    """One marked place and what to say about it."""

    start: int
    end: int
    note: str = ""


def spans_of(text: str, given: Iterable[object]) -> list[Span]:
    """Read spans from mappings or objects with start, end and, where known, text, term, rule, note. What does not fit is left out."""
    spans = []
    for item in given:
        start, end = _part(item, "start"), _part(item, "end")
        if not isinstance(start, int) or not isinstance(end, int) or isinstance(start, bool) or isinstance(end, bool):
            continue
        if not 0 <= start < end <= len(text):
            continue
        expected = _part(item, "text")
        if isinstance(expected, str) and expected and text[start:end] != expected:
            continue
        note = _part(item, "note") or " · ".join(str(part) for part in (_part(item, "term"), _part(item, "rule")) if part)
        spans.append(Span(start, end, str(note)))
    return spans


def marked(text: str, given: Iterable[object] = ()) -> SafeString:
    """The text, escaped, with the places marked. Overlapping places are cut where they meet; each piece names all that cover it."""
    spans = spans_of(text, given)
    edges = sorted({0, len(text)} | {span.start for span in spans} | {span.end for span in spans})
    pieces: list[SafeString] = []
    for start, end in itertools.pairwise(edges):
        shown = _shown(text[start:end])
        covering = [span for span in spans if span.start <= start and end <= span.end]
        pieces.append(_mark(shown, covering, start) if covering else shown)
    return format_html('<bdi class="given">{}</bdi>', _joined(pieces))


def _mark(shown: SafeString, covering: list[Span], start: int) -> SafeString:
    kind = "mark-word mark-joined" if any(span.start < start for span in covering) else "mark-word"
    notes = "; ".join(dict.fromkeys(span.note for span in covering if span.note))
    if not notes:
        return format_html('<mark class="{}">{}</mark>', kind, shown)
    return format_html('<mark class="{}" title="{}">{}</mark>', kind, _UNFIT.sub("\ufffd", notes), shown)


def _shown(text: str) -> SafeString:
    """Escape; make hidden characters visible."""
    parts = _HIDDEN.split(_UNFIT.sub("\ufffd", text))
    return _joined(
        format_html('<span class="hidden-sign" title="U+{}">·</span>', f"{ord(part):04X}") if hidden % 2 else part
        for hidden, part in enumerate(parts)
    )


def _joined(parts: Iterable[str]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _part(item: object, name: str) -> object:
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)

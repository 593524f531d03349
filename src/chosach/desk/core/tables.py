"""Tables that stack on a phone: each cell learns its column's heading (`data-label`), which the style sheet then shows before it."""

import re

from django.utils.html import strip_tags

_TAG = re.compile(r"<(/?)(table|thead|tbody|tfoot|tr|td|th)\b([^>]*)>", re.I)
_SPAN = re.compile(r'\bcolspan\s*=\s*["\']?(\d+)', re.I)


def label_cells(rows: str) -> str:
    """Give every `<td>` and row heading of a table's body its column's heading. Cells that already carry a label keep it.

    `rows` is the inside of one table as a template rendered it (already escaped). Tables within cells are left alone.
    """
    headings: list[str] = []
    out: list[str] = []
    place, depth, column, in_head, heading_from = 0, 0, 0, False, -1
    for tag in _TAG.finditer(rows):
        closing, name, attributes = bool(tag[1]), tag[2].lower(), tag[3]
        out.append(rows[place : tag.start()])
        place = tag.end()
        shown = tag[0]
        if name == "table":
            depth += -1 if closing else 1
        elif depth == 0:
            if name == "thead":
                in_head = not closing
            elif name == "tr" and not closing:
                column = 0
            elif name in {"td", "th"}:
                width = int(found[1]) if (found := _SPAN.search(attributes)) else 1
                if in_head and closing and heading_from >= 0:
                    headings.append(" ".join(strip_tags(rows[heading_from : tag.start()]).split()))
                    heading_from = -1
                elif in_head and not closing:
                    heading_from = tag.end()
                    headings += [""] * (width - 1)
                elif not closing:
                    if column < len(headings) and headings[column] and "data-label" not in attributes:
                        shown = f'<{tag[2]} data-label="{_once_escaped(headings[column])}"{attributes}>'
                    column += width
        out.append(shown)
    out.append(rows[place:])
    return "".join(out)


def _once_escaped(text: str) -> str:
    """The heading comes from rendered HTML: its entities stay, only what could end the attribute is escaped."""
    return text.replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")

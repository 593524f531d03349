"""Compiles what is compiled at first use and keeps it: `python -m chosach.screening.warm`, once after installing.

Without it the first screening on a machine takes so much longer; nothing else changes. Compiling takes one core: the dear forms of
disguise are compiled in a process of their own meanwhile.
"""

import multiprocessing

import pyarrow as pa

from chosach.screening.engine import screen
from chosach.screening.lexicon import lexicon

_PLAIN = ["túi da thật", "Giày thể thao nam"]
#: One word in each way of writing that has a compiled reading of its own.
_DISGUISED = ["túi g.u.c.c.i siêu cấp", "hafng giar re", "h@ng gi@", "sup er fake", "jả ko hoá đơn", "HÀNG GIẢ"]
#: And one whose marks are left out: what it may mean is read from tables that are laid out at their first use.
_UNMARKED = ["tui gucci sieu cap, hang gia re"]


def warm() -> None:
    """Run every compiled loop on a handful of made-up listings."""
    beside = multiprocessing.get_context("spawn").Process(target=_dear_forms)
    beside.start()
    _screened(_PLAIN + _UNMARKED)
    beside.join()
    _screened(_DISGUISED)  # what the other process could not do is done here


def _dear_forms() -> None:
    lexicon().matcher.compile_dear_forms(_DISGUISED)


def _screened(titles: list[str]) -> None:
    count = len(titles)
    screen(pa.table({"listing_id": [str(n) for n in range(count)], "title": titles, "description": titles, "price": [1] * count}))


if __name__ == "__main__":
    warm()

"""Compiles what is compiled at first use and keeps it: `python -m chosach.screening.warm`, once after installing.

Without it the first screening on a machine takes so much longer; nothing else changes.
"""

import pyarrow as pa

from chosach.screening.engine import screen

#: One word in each way of writing that has a compiled reading of its own.
_TITLES = ["túi g.u.c.c.i siêu cấp", "hafng giar re", "h@ng gi@", "sup er fake", "jả ko hoá đơn", "HÀNG GIẢ"]


def warm() -> None:
    """Run every compiled loop on a handful of made-up listings."""
    screen(
        pa.table(
            {"listing_id": [str(n) for n in range(len(_TITLES))], "title": _TITLES, "description": _TITLES, "price": [1] * len(_TITLES)}
        )
    )


if __name__ == "__main__":
    warm()

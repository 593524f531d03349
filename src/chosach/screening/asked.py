"""What a listing asks for its goods: the price of the column, else the one that its words name."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from chosach.text import extract

_LEAST = 10_000  #: VND; less is no price of goods that are compared
_OPENING = 600  #: code points of a title or description in which the price is looked for
#: What an amount is besides a price: taken off, to be spent, for the delivery, in advance, of a voucher.
_NO_PRICE = re.compile(
    r"(?:giảm|giam|off|đơn|từ|trên|ship|cọc|voucher|mã|tặng|hoàn|thêm|phí|gốc|bù)\W{0,3}(?:tới|đến|ngay|hàng|giá)?\W{0,2}$", re.IGNORECASE
)
#: Of a description only what is called the price.
_CALLED = re.compile(r"(?<![^\W_])(?:giá|gia|price|còn|chỉ)\W{0,3}(?:bán|lẻ|chỉ|sale|còn|là|hôm nay)?\W{0,3}$", re.IGNORECASE)


class Asked(NamedTuple):
    """VND, and where the listing says so: code points into ``field`` (of the column: into its digits)."""

    amount: int
    field: str
    start: int
    end: int


def asked(text: Mapping[str, str], price: int | None) -> Asked | None:
    """The price of the column, whatever it is; without one the only price that the title names, else the only one that the opening of the
    description calls the price. Of several nobody knows which is asked."""
    if price is not None:
        return Asked(price, "price", 0, len(str(price)))
    for field, called in (("title", False), ("description", True)):
        words = text[field][:_OPENING]
        found = {
            one.amount: Asked(one.amount, field, one.start, one.end)
            for one in (extract.prices(words) if any(char.isdigit() for char in words) else ())
            if one.amount is not None and one.amount >= _LEAST and not _NO_PRICE.search(words, max(0, one.start - 16), one.start)
            if not called or _CALLED.search(words, max(0, one.start - 20), one.start)
        }
        if found:
            return found.popitem()[1] if len(found) == 1 else None
    return None

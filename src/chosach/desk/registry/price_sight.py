"""A price beside what it was compared with, as a small graphic: places on a line, and the same in words for who does not see it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chosach.desk.core.words import date, money, money_short, number
from chosach.text import extract

WIDTH, EDGE = 320.0, 12.0  #: units of the drawing
QUANTILES = ("p5", "p25", "p50", "p75", "p90")


@dataclass(frozen=True)
class PriceSight:
    """Places (x, in the drawing's units, on a logarithmic line) of the price, of the floor of genuine goods and of the quantiles of
    what is asked; the latter are empty where too few listings were seen. The labels are the figures beside the keys; `words` says all."""

    price: float
    floor: float
    quantiles: Mapping[str, float] = field(hash=False)
    price_label: str
    floor_label: str
    asked_label: str
    words: str

    @property
    def ask_width(self) -> float:
        """Between the twentieth and the last tenth."""
        return round(self.quantiles["p90"] - self.quantiles["p5"], 1)

    @property
    def middle_width(self) -> float:
        """The middle half."""
        return round(self.quantiles["p75"] - self.quantiles["p25"], 1)


def price_sights(reasons: Sequence[Mapping[str, Any]]) -> list[PriceSight]:
    """One for each comparison among the reasons of a finding."""
    seen: dict[tuple[Any, ...], PriceSight] = {}
    for reason in reasons:
        reference = reason.get("reference")
        asked = _asked(reason) if reference and reference.get("floor") else 0
        if reference and asked > 0:
            seen.setdefault((reference["brand"], reference["group"]), _sight(asked, reference))
    return list(seen.values())


def _asked(reason: Mapping[str, Any]) -> int:
    """The price in VND that a reason marks: the digits of the column, or an amount in words (*1tr2*); 0 = none."""
    text = str(reason.get("text", ""))
    if reason.get("field") == "price":
        return int(text) if text.isdigit() else 0
    amounts = {one.amount for one in extract.prices(text) + extract.prices(f"giá {text}") if one.amount}
    return amounts.pop() if len(amounts) == 1 else 0


def _sight(price: int, reference: Mapping[str, Any]) -> PriceSight:
    known = all(reference.get(name) for name in QUANTILES)
    asked = {name: int(reference[name]) for name in QUANTILES} if known else {}
    values = [price, int(reference["floor"]), *asked.values()]
    low, high = math.log(min(values)), math.log(max(values))

    def place(value: int) -> float:
        share = (math.log(value) - low) / (high - low) if high > low else 0.5
        return round(EDGE + share * (WIDTH - 2 * EDGE), 1)

    words = f"Giá tin này {money(price)}; hàng chính hãng hiếm khi dưới {money(reference['floor'])}."
    if asked:
        day = ".".join(reversed(str(reference["date"]).split("-"))) if isinstance(reference["date"], str) else date(reference["date"])
        words += (
            f" Giá rao của {number(reference['n'])} tin cùng nhãn hiệu và nhóm hàng ({day}): 5% thấp nhất dưới {money(asked['p5'])}, "
            f"một nửa ở giữa từ {money(asked['p25'])} đến {money(asked['p75'])}, trung vị {money(asked['p50'])}, "
            f"10% cao nhất trên {money(asked['p90'])}. Có thể gồm cả hàng giả."
        )
    return PriceSight(
        price=place(price),
        floor=place(int(reference["floor"])),
        quantiles={name: place(value) for name, value in asked.items()},
        price_label=money_short(price),
        floor_label=money_short(int(reference["floor"])),
        asked_label=_range(asked) if asked else "",
        words=words,
    )


def _range(asked: Mapping[str, int]) -> str:
    """Where nine tenths of what is asked lie, and the middle of it."""
    return f"{money_short(asked['p5'])} đến {money_short(asked['p90'])}, trung vị {money_short(asked['p50'])}"

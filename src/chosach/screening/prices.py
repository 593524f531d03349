"""What goods of a brand are offered for: quantiles by brand and product group, built from listings, no listing kept.

    table = build(listings)                  # or a Builder fed batch by batch
    table.of("Converse", "shoes").quantile(50)

A marketplace price is not the price of genuine goods: where most listings are copies, the median is the price of copies. The table is
therefore quoted beside what is known of genuine goods (``data/floors.csv``) and never takes its place.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from chosach.screening.columns import as_table, price_column, text_column
from chosach.screening.data import read as read_data
from chosach.screening.evidence import Hit, read
from chosach.screening.facts import brand_names, head_group
from chosach.screening.lexicon import BRAND, FIELDS, GROUP, NAME, TITLE, lexicon

QUANTILES = (1, 5, 10, 25, 50, 75, 90)  #: per cent
LEAST_LISTINGS = 20  #: a cell of fewer is not kept: too few to tell a distribution, and too near to single listings
SENSIBLE = (1_000, 200_000_000)  #: VND; prices outside are placeholders or typing errors
PER_SELLER = 10  #: one seller counts at most so many times in a cell, so that no shop sets a brand's price
SAMPLE = 4096  #: listings kept per cell while building, drawn by hash: memory does not grow with the input
_BATCH = 8192
_COLUMNS = ("brand", "group", "n", *(f"p{q}" for q in QUANTILES), "date")
_NOT_THE_GOODS = frozenset({"", "accessory", "used", "books"})


class Reference(NamedTuple):
    """One cell: ``brand`` ("" = any), ``group``, number of listings, prices in VND at ``QUANTILES``, the day it was made."""

    brand: str
    group: str
    n: int
    prices: tuple[int, ...]
    made: date

    def quantile(self, per_cent: int) -> int:
        """The price in VND at one of ``QUANTILES``."""
        return self.prices[QUANTILES.index(per_cent)]


@dataclass(frozen=True)
class PriceTable:
    """Cells by (brand, group). ``id`` changes with every figure in it."""

    cells: Mapping[tuple[str, str], Reference] = field(default_factory=dict)

    def of(self, brand: str, group: str) -> Reference | None:
        """The brand's own cell; None where too few listings were seen."""
        return self.cells.get((brand, group))

    def of_group(self, group: str) -> Reference | None:
        """All brands, known or not, of the group together."""
        return self.cells.get(("", group))

    def quoted(self, brand: str, group: str, floor: int | None) -> dict[str, Any]:
        """``schema.REFERENCE`` as a mapping: the floor, and the brand's cell where there is one."""
        cell = self.of(brand, group)
        told: dict[str, Any] = {"brand": brand, "group": group, "floor": floor, "n": None, "date": None}
        told |= {f"p{q}": None if cell is None else cell.quantile(q) for q in (5, 25, 50, 75, 90)}
        return told if cell is None else told | {"n": cell.n, "date": cell.made.isoformat()}

    @cached_property
    def id(self) -> str:
        """Twelve hex digits of the SHA-256 of what ``save`` writes."""
        return hashlib.sha256(self._text().encode()).hexdigest()[:12]

    def _text(self) -> str:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for key in sorted(self.cells):
            cell = self.cells[key]
            writer.writerow([cell.brand, cell.group, cell.n, *cell.prices, cell.made.isoformat()])
        return out.getvalue()

    def save(self, path: str | Path) -> None:
        """Write CSV (UTF-8): brand, group, n, p1 … p90 in VND, date."""
        Path(path).write_text(self._text(), encoding="utf-8")

    @classmethod
    def load(cls, path: str | Path) -> "PriceTable":
        """Read what ``save`` wrote. Raises ``OSError``; ``ValueError`` for what is no price table."""
        return cls._parsed(Path(path).read_text(encoding="utf-8"))

    @classmethod
    def shipped(cls) -> "PriceTable":
        """The table inside the package."""
        return _shipped()

    @classmethod
    def _parsed(cls, text: str) -> "PriceTable":
        reader = csv.DictReader(text.splitlines())
        if tuple(reader.fieldnames or ()) != _COLUMNS:
            raise ValueError(f"a price table has the columns {', '.join(_COLUMNS)}")
        cells = {}
        for row in reader:
            try:
                prices = tuple(int(row[f"p{q}"]) for q in QUANTILES)
                cell = Reference(row["brand"], row["group"], int(row["n"]), prices, date.fromisoformat(row["date"]))
            except (TypeError, ValueError) as error:
                raise ValueError(f"line {reader.line_num} of the price table can't be read: {error}") from error
            if cell.n < LEAST_LISTINGS or list(prices) != sorted(prices) or prices[0] < 0:
                raise ValueError(f"line {reader.line_num} of the price table: n below {LEAST_LISTINGS}, or prices out of order")
            cells[cell.brand, cell.group] = cell
        return cls(cells)


@lru_cache(maxsize=1)
def _shipped() -> PriceTable:
    return PriceTable._parsed(read_data("prices.csv"))


class Builder:
    """Takes listings batch by batch. The order of batches and rows does not matter: each cell keeps the listings of least hash."""

    def __init__(self) -> None:
        self._cells: dict[tuple[str, str], dict[int, tuple[int, int]]] = {}

    def add(self, listings: Any) -> None:
        """Listings as ``screen`` takes them. Those without a sensible price, of used goods, accessories, or several brands are left out.

        Raises what ``screen`` raises for a table that can't be read.
        """
        table = as_table(listings)
        for begin in range(0, table.num_rows, _BATCH):
            self._add(table.slice(begin, _BATCH))

    def _add(self, table: Any) -> None:
        known = lexicon()
        columns = [text_column(table, name) for name in FIELDS]
        prices, titles, sellers = price_column(table), columns[TITLE].to_pylist(), text_column(table, "seller_id").to_pylist()
        hits = known.matcher.find(columns)
        told = [[entry for entry in found if entry.part in (NAME, GROUP) or entry.name == "style"] for found in known.read_as]
        wanted = np.array([bool(entries) for entries in told])[hits.pattern]
        by_row: dict[int, list[Hit]] = {}
        for k in np.flatnonzero(wanted).tolist():
            row = int(hits.row[k])
            by_row.setdefault(row, []).append(
                Hit(told[hits.pattern[k]][0], int(hits.field[k]), int(hits.start[k]), int(hits.end[k]), int(hits.sentence[k]),
                    int(hits.first_letter[k]), int(hits.last_letter[k]), int(hits.flags[k]))
            )  # fmt: skip
        for row, found in by_row.items():
            price = prices[row]
            if price is None or not SENSIBLE[0] <= price <= SENSIBLE[1]:
                continue
            reading = read(found)
            title = titles[row] or ""
            group = head_group(reading, title)
            if group in _NOT_THE_GOODS or any(hit.entry.name in ("used", "accessory") and hit.field == TITLE for hit in reading.groups):
                continue
            brands = {hit.entry.name for hit in brand_names(reading)} or {
                hit.entry.name for hit in reading.names if hit.field == BRAND and hit.entry.rule != "character"
            }
            seller = sellers[row]
            key = _hash(f"{seller}\0{' '.join(title.lower().split())}")
            who = _hash(seller) if seller else 0
            self._keep(("", group), key, price, who)
            if len(brands) == 1:
                self._keep((brands.pop(), group), key, price, who)

    def _keep(self, cell: tuple[str, str], key: int, price: int, who: int) -> None:
        kept = self._cells.setdefault(cell, {})
        kept[key] = min(kept.get(key, (price, who)), (price, who))
        if len(kept) >= 2 * SAMPLE:
            self._prune(cell)

    def _prune(self, cell: tuple[str, str]) -> None:
        kept = self._cells[cell]
        least = sorted(kept)[:SAMPLE]
        self._cells[cell] = {key: kept[key] for key in least}

    def table(self, *, made: date | None = None) -> PriceTable:
        """The cells of at least ``LEAST_LISTINGS``. ``made``: the day that is told with them (today)."""
        day = made or datetime.now(UTC).date()
        cells = {}
        for cell in sorted(self._cells):
            counted: dict[int, int] = {}
            prices = []
            for key in sorted(self._cells[cell])[:SAMPLE]:
                price, who = self._cells[cell][key]
                counted[who] = counted.get(who, 0) + 1
                if not who or counted[who] <= PER_SELLER:
                    prices.append(price)
            if len(prices) >= LEAST_LISTINGS:
                values = np.percentile(prices, QUANTILES, method="lower").astype(np.int64).tolist()
                cells[cell] = Reference(*cell, len(prices), tuple(values), day)
        return PriceTable(cells)


def build(listings: Any | Iterable[Any], *, made: date | None = None) -> PriceTable:
    """A table from listings: an Arrow table or frame, or an iterable of them."""
    builder = Builder()
    for part in listings if isinstance(listings, (list, tuple)) else [listings]:
        builder.add(part)
    return builder.table(made=made)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())

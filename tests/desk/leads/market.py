"""Makes leads for tests: shops with listings and findings."""

from typing import Any

from chosach.desk.core.access import system
from chosach.desk.leads.models import Lead
from chosach.desk.leads.services import open_leads
from chosach.desk.leads.services.open_leads import LeadCounts
from chosach.desk.registry.services import BatchCounts, take_batch
from tests.desk.registry.tables import SCREENER, finding, findings, listing, listings

LOADER = system("test")


class Market:
    """Shops by number. `shop(1)` sells one fake; `open()` opens leads of what was sold so far."""

    def __init__(self) -> None:
        self._next = 0

    def sell(self, shop: str = "hoasen", *, kind: str | None = "counterfeit", probability: float = 0.9, **values: Any) -> BatchCounts:
        """One listing of a shop, with one finding unless `kind` is None. Dear enough that one piece is no small case for the district."""
        return self._take({shop: values}, kind, probability)

    def _take(self, shops: dict[str, dict[str, Any]], kind: str | None, probability: float) -> BatchCounts:
        """One listing of each of these shops, all in one batch."""
        rows, found = [], []
        for shop, values in shops.items():
            self._next += 1
            listing_id = f"T{self._next}"
            rows.append(listing(listing_id, **{"seller_id": shop, "seller_name": f"Shop {shop}", "price": 12_000_000, **values}))
            found += [finding(listing_id, kind, probability)] if kind else []
        return take_batch(listings=listings(*rows), findings=findings(*found), source="import:1", actor=LOADER, screener=SCREENER)

    def open(self, **values: Any) -> LeadCounts:
        return open_leads(actor=LOADER, **values)

    def lead(self, shop: str = "hoasen", **values: Any) -> Lead:
        """The lead of a shop that sells one more thing."""
        self.sell(shop, **values)
        self.open()
        return self.of(shop)

    def of(self, shop: str) -> Lead:
        """The lead of this shop's trader."""
        return Lead.objects.select_related("trader", "body").get(trader__channels__seller_key=f"id:{shop}")

    def many(self, number: int, *, kind: str | None = "counterfeit", probability: float = 0.9, **values: Any) -> list[Lead]:
        """This many shops, each with one lead; the later ones sell more, so that they rank higher. Best rank first."""
        self._take({f"nhieu{at:03d}": {"sold": 10 + 10 * at, **values} for at in range(number)}, kind, probability)
        self.open()
        return list(Lead.objects.filter(trader__name__startswith="Shop nhieu").order_by("rank"))

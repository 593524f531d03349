"""Makes leads for tests of learning: real texts, screened as an import screens them, each by a shop of its own."""

from typing import Any

from chosach.desk.core.access import Actor, system
from chosach.desk.leads.models import Lead
from chosach.desk.leads.services import dismiss, open_leads
from chosach.desk.registry.services import take_batch
from chosach.desk.screenings.screener import screened
from tests.desk.registry.tables import listing, listings

LOADER = system("test")
TOY = "Mô hình lắp ráp tàu lửa rep 1:1 theo bản vẽ nhà máy"
SHOE = "Giày chạy bộ nam rep 1:1 full box"


def sell(shop: str, title: str, listing: str = "", **values: Any) -> None:
    """One listing of this shop, read by the screener in force. `listing`: its id where the shop has several."""
    sell_many({shop: title}, ids={shop: listing} if listing else {}, **values)


def sell_many(titles: dict[str, str], *, ids: dict[str, str] | None = None, **values: Any) -> None:
    """Shop → title: one listing of each, taken in together. `ids`: of listings that are not named after their shop."""
    given = {"description": "", "price": 90_000, "sold": 200, **values}
    table = listings(
        *(
            listing((ids or {}).get(shop, f"tin-{shop}"), title=title, **{"seller_id": shop, "seller_name": f"Shop {shop}", **given})
            for shop, title in titles.items()
        )
    )
    found, screener = screened(table)
    take_batch(listings=table, findings=found, source="import:hoc", actor=LOADER, screener=screener)


def lead_of(shop: str) -> Lead | None:
    return Lead.objects.select_related("body", "trader").filter(trader__channels__seller_key=f"id:{shop}").first()


def leads(title: str, number: int, *, start: int = 0, prefix: str = "s", **values: Any) -> list[Lead]:
    """So many shops that say nearly the same, each with one lead."""
    names = [f"{prefix}{at}" for at in range(start, start + number)]
    sell_many({name: f"{title} số {at}" for at, name in enumerate(names, start)}, **values)
    open_leads(actor=LOADER)
    return [found for name in names if (found := lead_of(name)) is not None]


def background() -> None:
    """Shops whose harm is far above, so that the small ones can be dismissed by one person."""
    sell_many({f"lon{at}": f"Nước hoa siêu cấp rep 1:1 mẫu {at}" for at in range(30)}, sold=5000, price=900_000)
    open_leads(actor=LOADER)


def false_alarm(lead: Lead, actor: Actor, text: str = "Đồ chơi, tỷ lệ mô hình") -> Any:
    return dismiss(lead.id, reason="innocent", text=text, actor=actor)

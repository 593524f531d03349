"""Makes the marketplace: sellers first (honest, mixed, offenders, rings), then their listings."""

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from chosach.demo.market import words
from chosach.demo.market.disguise import disguise

#: platform, kind of channel, weight. Sites and social accounts carry their own address.
PLATFORMS: tuple[tuple[str, str, int], ...] = (
    ("chodon.example", "marketplace", 50),
    ("banbe.example", "social", 24),
    ("xomlive.example", "live", 8),
    ("site", "site", 18),
)
SCHEMA = pa.schema(
    [
        ("listing_id", pa.string()),
        ("platform", pa.string()),
        ("url", pa.string()),
        ("seller_id", pa.string()),
        ("seller_name", pa.string()),
        ("title", pa.string()),
        ("description", pa.string()),
        ("price", pa.int64()),
        ("original_price", pa.int64()),
        ("brand", pa.string()),
        ("category", pa.string()),
        ("origin", pa.string()),
        ("sold", pa.int64()),
        ("location", pa.string()),
        ("images", pa.list_(pa.string())),
        ("captured_at", pa.timestamp("us", "UTC")),
    ]
)

#: Where the traders of the second network sit: in four districts and outside the province. So many shops each that what they share is held
#: to be a hotline (more than twenty), which joins nobody to one trader.
SHOPS_EACH = 4
SPREAD = (
    "Long Thành, Đồng Nai", "Nhơn Trạch, Đồng Nai", "Long Khánh, Đồng Nai", "Long Thành, Đồng Nai", "Xuân Lộc, Đồng Nai",
    "Thủ Đức, TP. Hồ Chí Minh",
)  # fmt: skip
#: Shops of the network, and where their goods lie (a street that is, a house that is made up).
#: Honest shops whose toys ring an alarm, and where they are.
TOY_SHOPS, TOY_PLACE = 26, "Long Khánh, Đồng Nai"
NETWORK, WAREHOUSE = 27, "1045/9 Đồng Khởi, phường Tam Hiệp, Biên Hòa, Đồng Nai"


@dataclass
class Seller:
    """One made-up shop. `bad` is the share of its offers that violate; `kinds` what it deals in; `ring` its ring, if any.

    The shops of a `ring` share phone or account, so they are one trader's. Those of a `network` are several traders' who share a hotline,
    an account (`collects`) and a warehouse, which all their texts name (`notice`).
    """

    id: str
    name: str
    platform: str
    url: str
    place: str
    phone: str
    account: str
    bad: float = 0.0
    kinds: tuple[str, ...] = ()
    ring: str | None = None
    network: str | None = None
    notice: str = ""
    collects: str = ""
    toys: bool = False


@dataclass
class Market:
    """The made-up marketplace: canonical listings, and the truth about them (never an input to the engine)."""

    listings: pa.Table
    sellers: list[Seller]
    #: listing_id → planted kind, only for violations
    truth: dict[str, str] = field(default_factory=dict)

    def kinds(self) -> set[str]:
        """The kinds that were planted."""
        return set(self.truth.values())

    def rings(self) -> dict[str, list[str]]:
        """Ring → the ids of its shops."""
        found: dict[str, list[str]] = {}
        for seller in self.sellers:
            if seller.ring:
                found.setdefault(seller.ring, []).append(seller.id)
        return found

    def network(self, name: str = "N01") -> dict[str, list[str]]:
        """Phone of a trader of a network → the ids of its shops."""
        found: dict[str, list[str]] = {}
        for seller in self.sellers:
            if seller.network == name:
                found.setdefault(seller.phone, []).append(seller.id)
        return found


def make_market(seed: int = 389, *, sellers: int = 1500, listings: int = 20_000, start: dt.date = dt.date(2020, 11, 13)) -> Market:
    """Make the marketplace. The same seed and sizes give the same market.

    Every one of the ten kinds is planted when `listings` is 2,000 or more. Listings are captured on the three days
    before `start`, on which they are brought in.
    """
    rng = random.Random(seed)
    shops = [_seller(number, rng) for number in range(sellers)]
    _make_offenders(shops, rng)
    _plant_rings(shops, rng)
    _plant_network(shops, random.Random(seed + 1))
    _plant_spread_network(shops, random.Random(seed + 2))
    _plant_toy_shops(shops, random.Random(seed + 3))
    counts = [rng.paretovariate(1.3) for _ in shops]
    scale = listings / sum(counts)
    rows: list[dict[str, Any]] = []
    truth: dict[str, str] = {}
    owed = 0.0
    for shop, count in zip(shops, counts, strict=True):
        owed += count * scale
        while len(rows) < min(listings, round(owed)):
            row, kind = _listing(len(rows), shop, rng, start)
            rows.append(row)
            if kind:
                truth[row["listing_id"]] = kind
    while len(rows) < listings:
        row, kind = _listing(len(rows), rng.choice(shops), rng, start)
        rows.append(row)
        if kind:
            truth[row["listing_id"]] = kind
    return Market(pa.Table.from_pylist(rows, schema=SCHEMA), shops, truth)


def _phone(rng: random.Random) -> str:
    return f"095{rng.randrange(10**7):07d}"


def _seller(number: int, rng: random.Random) -> Seller:
    platform, _, _ = rng.choices(PLATFORMS, weights=[weight for *_, weight in PLATFORMS])[0]
    name = f"{rng.choice(words.SHOP_FIRST)} {rng.choice(words.SHOP_LAST)} {number % 97 or ''}".strip()
    slug = f"shop{number:05d}"
    if platform == "site":
        platform = f"{slug}.example"
        url = f"https://{platform}/"
    else:
        url = f"https://{platform}/{slug}"
    place = rng.choices([place for place, _ in words.PLACES], weights=[weight for _, weight in words.PLACES])[0]
    account = f"{rng.randrange(10**9, 10**10)}"
    return Seller(slug, name, platform, url, place, _phone(rng), account)


def _make_offenders(shops: list[Seller], rng: random.Random) -> None:
    """One shop in seven sells some forbidden things, one in twenty little else."""
    kinds = list(words.VIOLATIONS)
    for number, shop in enumerate(shops):
        draw = rng.random()
        if draw < 0.05:
            shop.bad, shop.kinds = 0.7, (kinds[number % len(kinds)],)
        elif draw < 0.19:
            shop.bad, shop.kinds = 0.15, tuple(rng.sample(kinds, 2))


def _plant_rings(shops: list[Seller], rng: random.Random) -> None:
    """Rings of three to eight shops on several platforms that share phone or account, all in the province."""
    free = rng.sample(shops, k=max(3, len(shops) // 25))
    number = 0
    while len(free) >= 3:
        size = min(len(free), rng.randint(3, 8))
        number += 1
        members = [free.pop() for _ in range(size)]
        phone, account = _phone(rng), f"{rng.randrange(10**9, 10**10)}"
        kinds = tuple(rng.sample(["counterfeit", "smuggled", "banned", "ip_infringing", "unknown_origin"], 2))
        for place, shop in enumerate(members):
            shop.ring, shop.bad, shop.kinds = f"R{number:02d}", 0.5, kinds
            shop.place = rng.choice(["Biên Hòa, Đồng Nai", "Trảng Bom, Đồng Nai", "Long Thành, Đồng Nai"])
            if place % 2 == 0:
                shop.phone = phone
            if place % 3 != 1:
                shop.account = account


def _plant_network(shops: list[Seller], rng: random.Random) -> None:
    """Nine traders with three shops each, on every kind of platform, behind one hotline, one account and one warehouse. Only in a market
    that is large enough. Draws of its own, and shops that deal in something anyway: the rest of the market is the same without it."""
    free = [shop for shop in shops if shop.kinds and not shop.ring]
    if len(free) < NETWORK * 4:
        return
    chosen = rng.sample(free, k=NETWORK)
    hotline, account = _phone(rng), f"{rng.randrange(10**9, 10**10)}"
    for place, shop in enumerate(chosen):
        if place % 3:
            shop.phone = chosen[place - place % 3].phone
        shop.network, shop.place, shop.collects = "N01", "Biên Hòa, Đồng Nai", account
        shop.notice = f" Liên hệ {shop.phone}, tổng đài {hotline}. Nhận tiền STK {account}. Kho hàng: {WAREHOUSE}."


def _plant_spread_network(shops: list[Seller], rng: random.Random) -> None:
    """Six traders with four shops each behind one hotline and one account, in several districts and outside the province."""
    free = [shop for shop in shops if shop.kinds and not shop.ring and not shop.network]
    if len(free) < SHOPS_EACH * len(SPREAD) * 2:
        return
    chosen = rng.sample(free, k=SHOPS_EACH * len(SPREAD))
    hotline, account = _phone(rng), f"{rng.randrange(10**9, 10**10)}"
    for place, shop in enumerate(chosen):
        shop.phone = chosen[place - place % SHOPS_EACH].phone
        shop.network, shop.place = "N02", SPREAD[place // SHOPS_EACH]
        shop.notice = f" Đặt hàng {shop.phone}, tổng đài {hotline}. Chuyển khoản STK {account}."


def _plant_toy_shops(shops: list[Seller], rng: random.Random) -> None:
    """Honest shops that sell nothing but model toys, in words that screening takes for fakes. Only in a market that is large enough; the
    rest of the market is the same without them."""
    free = [shop for shop in shops if not (shop.kinds or shop.ring or shop.network)]
    if len(free) >= TOY_SHOPS * 4:
        for shop in rng.sample(free, k=TOY_SHOPS):
            shop.toys, shop.place = True, TOY_PLACE


def _toy(number: int, row: dict[str, Any]) -> None:
    """A toy in the place of what was made."""
    offer = words.MISREAD[number % len(words.MISREAD)]
    price = offer.low + number * 7_000 % (offer.high - offer.low)
    row |= {"title": offer.title, "description": offer.description, "price": price, "category": offer.category, "brand": None}


def _listing(number: int, shop: Seller, rng: random.Random, start: dt.date) -> tuple[dict[str, Any], str | None]:
    kind = rng.choice(shop.kinds) if shop.kinds and rng.random() < shop.bad else None
    offer = rng.choice(words.VIOLATIONS[kind] if kind else words.HONEST)
    brand = {"lux": rng.choice(words.LUXURY), "sport": rng.choice(words.SPORT), "watch": rng.choice(words.WATCH)}
    fill = {
        "color": rng.choice(words.COLORS),
        "animal": rng.choice(words.ANIMALS),
        "cigarette": rng.choice(words.CIGARETTES),
        "n": rng.randint(2, 30),
        **brand,
    }
    title, text = offer.title.format(**fill), offer.description.format(**fill)
    if kind and rng.random() < 0.35:
        title, text = disguise(title, rng), disguise(text, rng)
    if rng.random() < 0.3:
        text += f" Liên hệ {shop.phone} (Zalo)."
    if kind and rng.random() < 0.25:
        text += f" Chuyển khoản STK {shop.account} chủ TK {rng.choice(words.FAMILY)} {rng.choice(words.GIVEN)}."
    text += shop.notice
    price = round(rng.randint(offer.low, offer.high), -3)
    captured = dt.datetime.combine(start - dt.timedelta(days=1 + rng.randrange(3)), dt.time(hour=rng.randrange(24)), dt.UTC)
    used = next((name for key, name in brand.items() if "{" + key + "}" in offer.title), None)
    row: dict[str, Any] = {
        "listing_id": f"L{number:06d}",
        "platform": shop.platform,
        "url": f"{shop.url.rstrip('/')}/{number:06d}",
        "seller_id": shop.id,
        "seller_name": shop.name,
        "title": title,
        "description": text,
        "price": price,
        "original_price": price * 2 if rng.random() < 0.2 else None,
        "brand": used,
        "category": offer.category,
        "origin": "Việt Nam" if kind is None and rng.random() < 0.4 else None,
        "sold": min(5000, int(rng.paretovariate(0.9)) - 1),
        "location": shop.place or None,
        "images": [f"anh-{number:06d}.jpg"],
        "captured_at": captured,
    }
    if shop.toys:
        _toy(number, row)
    return row, kind

"""Tables → entities, in an order and with ids that depend on what the rows say alone."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa

from chosach.formats.followthemoney import values
from chosach.formats.followthemoney.entity import Entity, hashed_id, told_id
from chosach.formats.followthemoney.model import LONGEST, MODEL
from chosach.formats.followthemoney.tables import RECORDS, Tables, shaped

_SIGN = "Dấu hiệu để kiểm tra, chưa phải kết luận."
#: What two traders share, and what a member of a ring seems to be, as people read it.
TIE_ROLES: dict[str, str] = {
    "phone": "Chung số điện thoại",
    "account": "Chung tài khoản ngân hàng",
    "tax_code": "Chung mã số thuế",
    "email": "Chung thư điện tử",
    "handle": "Chung tài khoản mạng",
    "url": "Chung đường dẫn",
    "address": "Chung địa chỉ",
    "warehouse": "Chung kho hàng",
    "image": "Ảnh gần giống nhau",
    "text": "Lời rao gần giống nhau",
}
RING_ROLES: dict[str, str] = {
    "organiser": "Có vẻ là người tổ chức",
    "supplier": "Có vẻ là nguồn hàng",
    "account_holder": "Có vẻ là chủ tài khoản nhận tiền",
    "front": "Có vẻ là gian hàng bình phong",
    "member": "Thành viên nhóm",
}


#: What a trader takes over from its shops.
_SAID = {"operatorName": "name", "name": "weakAlias", **{name: name for name in ("phone", "email", "taxNumber", "address")}}


@dataclass
class Cut:
    """`values`: how many texts were cut because FollowTheMoney's longest is 65,000 characters."""

    values: int = 0


@dataclass
class _Trader:
    """What a trader's records say together."""

    shops: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    said: Entity = field(default_factory=lambda: Entity("", ""))
    accounts: dict[str, list[str]] = field(default_factory=dict)


def entities(tables: Tables, *, plain: bool = False, cut: Cut | None = None) -> Iterator[Entity]:
    """Every row as entities, each once. `plain`: in FollowTheMoney's own schemata alone, as far as those hold them.

    `ValueError` names the table and column that is missing or of a wrong type.
    """
    shapes = {name: _shaped(tables, name) for name in Tables.__dataclass_fields__}
    made = _Export(shapes, cut or Cut()).all()
    return _plain(made) if plain else made


def _shaped(tables: Tables, name: str) -> pa.Table:
    try:
        return shaped(getattr(tables, name), name)
    except ValueError as error:
        raise ValueError(f"{name}.{error}") from error


def _plain(made: Iterator[Entity]) -> Iterator[Entity]:
    """Without our extension. What leads to an entity that has no plain form is left out with it."""
    gone: set[str] = set()
    for entity in made:
        other = MODEL.plain(entity)
        links = MODEL.schemata[other.schema].required if other else ()
        if other is None or any(value in gone for name in links for value in other.all(name)):
            gone.add(entity.id)
            continue
        if entity.schema == "MarketShop":
            other.add("name", *([] if other.all("name") else [entity.first("handle") or entity.first("recordId")]))
        yield other


def shop_id(record_id: str) -> str:
    """The entity of a record."""
    return hashed_id("shop", [record_id])


def trader_id(cluster_id: str) -> str:
    """The entity of a trader."""
    return told_id("trader", cluster_id)


def ring_id(own: str) -> str:
    """The entity of a ring."""
    return told_id("ring", own)


class _Export:
    def __init__(self, tables: Mapping[str, pa.Table], cut: Cut) -> None:
        self._tables = tables
        self._cut = cut
        self._of_record = _pairs(tables["clusters"], "record_id", "cluster_id")
        self._traders: dict[str, _Trader] = {}
        self._seen: set[str] = set()

    def all(self) -> Iterator[Entity]:
        """Things before the links between them."""
        ids = dict.fromkeys(self._tables["clusters"]["cluster_id"].to_pylist())
        for table, column in (("ties", "cluster_id_l"), ("ties", "cluster_id_r"), ("members", "cluster_id")):
            ids |= dict.fromkeys(self._tables[table][column].to_pylist())
        self._traders = {one: _Trader() for one in sorted(ids)}
        yield from self._shops()
        for cluster, trader in self._traders.items():
            yield _trader(cluster, trader)
        for cluster, trader in self._traders.items():
            yield from _holdings(cluster, trader)
        for row in _rows(self._tables["listings"]):
            yield self._listing(row)
        for row in _rows(self._tables["edges"]):
            yield _match(row)
        for row in _rows(self._tables["ties"]):
            yield _tie(row)
        yield from self._rings()

    def _shops(self) -> Iterator[Entity]:
        sites = _pairs(self._tables["domains"], "record_id", "domain", several=True)
        known = set()
        for row in _rows(self._tables["records"]):
            known.add(row["record_id"])
            yield from self._shop(row, sites.get(row["record_id"], []))
        named = {one for table, columns in _NAMED.items() for column in columns for one in self._tables[table][column].to_pylist()}
        for record in sorted(named - known):
            yield from self._shop({**dict.fromkeys(RECORDS.names), "record_id": record}, sites.get(record, []))

    def _shop(self, row: dict[str, Any], sites: list[str]) -> Iterator[Entity]:
        """The shop of a record, behind its account and its sites where they come for the first time."""
        shop = Entity(shop_id(row["record_id"]), "MarketShop")
        shop.add("recordId", row["record_id"])
        self._put(shop, row, values.SHOP)
        account = _account(row, shop)
        own = values.domain(row["url"]) if row["url"] else None
        domains = [Entity(hashed_id("domain", [site]), "InternetDomain", {"name": [site]}) for site in dict.fromkeys([*sites, own]) if site]
        shop.add("domain", *(one.id for one in domains))
        shop.add("imageHash", *(row["images"] or ()))
        shop.add("text", *(row["texts"] or ()))
        for one in [*([account] if account else []), *domains]:
            if one.id not in self._seen:
                self._seen.add(one.id)
                yield one
        yield shop
        self._seen.add(shop.id)
        cluster = self._of_record.get(row["record_id"])
        if cluster is not None:
            self._gather(self._traders[cluster], shop, row["record_id"], own)

    def _gather(self, trader: _Trader, shop: Entity, record: str, site: str | None) -> None:
        trader.shops.append(shop.id)
        trader.records.append(record)
        for name, to in _SAID.items():
            trader.said.add(to, *shop.all(name))
        trader.said.add("website", *(shop.all("sourceUrl") if site else ()))
        for account in shop.all("paymentAccount"):
            trader.accounts.setdefault(account, []).append(record)

    def _put(self, entity: Entity, row: dict[str, Any], into: Mapping[str, tuple[str, Callable[[str], str | None]]]) -> None:
        """Texts of a row as FollowTheMoney keeps them, and as read where that is something else."""
        for name, (target, make) in into.items():
            value = row[name]
            if not value:
                continue
            kept = make(value)
            entity.add(target, kept)
            if kept == value:
                continue
            if len(value) > LONGEST["text"] - len(name) - 1:
                self._cut.values += 1
                entity.add(target, value[: LONGEST["text"]])
            else:
                entity.add("asRead", f"{name}={value}")

    def _listing(self, row: dict[str, Any]) -> Entity:
        listing = Entity(hashed_id("listing", [row["listing_id"]]), "MarketListing")
        listing.add("listingId", row["listing_id"])
        self._put(listing, row, values.LISTING)
        for name, target in (("price", "amount"), ("original_price", "originalPrice"), ("sold", "sold")):
            listing.add(target, None if row[name] is None else values.number(row[name]))
        listing.add("currency", None if row["price"] is None else "VND")
        listing.add("image", *(row["images"] or ()))
        captured: datetime | None = row["captured_at"]
        if captured is not None:
            listing.add("retrievedAt", captured.strftime("%Y-%m-%dT%H:%M:%S"))
            if captured.microsecond:
                listing.add("asRead", f"captured_at={captured.isoformat()}")
        if row["seller_id"]:
            shop = shop_id(row["seller_id"])
            listing.add("shop", shop if shop in self._seen else None)
        return listing

    def _rings(self) -> Iterator[Entity]:
        rings = {row["ring_id"]: row for row in _rows(self._tables["rings"])}
        members = {(row["ring_id"], row["cluster_id"]): row for row in _rows(self._tables["members"])}
        clusters = self._tables["clusters"]
        for ring, cluster in zip(clusters["ring_id"].to_pylist(), clusters["cluster_id"].to_pylist(), strict=True):
            if ring is not None:
                members.setdefault((ring, cluster), {})
        for ring in sorted({*rings, *(one for one, _ in members)}):
            yield _ring(ring, rings.get(ring))
        for (ring, cluster), row in sorted(members.items(), key=lambda item: item[0]):
            yield _membership(ring, cluster, row)


#: Where ids of records stand besides RECORDS.
_NAMED: dict[str, tuple[str, ...]] = {
    "clusters": ("record_id",),
    "edges": ("record_id_l", "record_id_r"),
    "ties": ("record_id_l", "record_id_r"),
    "domains": ("record_id",),
}


def _account(row: dict[str, Any], shop: Entity) -> Entity | None:
    """The account that a record names; the shop leads to it."""
    number = values.account(row["bank_account"]) if row["bank_account"] else None
    bank = values.line(values.bank(row["bank"])) if row["bank"] and number else None
    for name, kept in (("bank_account", number), ("bank", bank)):
        if row[name] and row[name] != kept:
            shop.add("asRead", f"{name}={row[name]}")
    if number is None:
        return None
    account = Entity(hashed_id("account", [bank, number]), "BankAccount")
    account.add("accountNumber", number)
    account.add("bankName", bank)
    shop.add("paymentAccount", account.id)
    return account


def _trader(cluster: str, trader: _Trader) -> Entity:
    said = trader.said
    entity = Entity(trader_id(cluster), values.schema_of(said.all("name")))
    names = said.all("name") or said.all("weakAlias")[:1] or [f"Thương nhân {cluster}"]
    entity.add("name", *names)
    for name in ("weakAlias", "phone", "email", "taxNumber", "address", "website"):
        entity.add(name, *(value for value in said.all(name) if name != "weakAlias" or value not in names))
    entity.add("summary", f"Thương nhân gộp từ {len(trader.records)} hồ sơ người bán. {_SIGN}")
    return entity


def _holdings(cluster: str, trader: _Trader) -> Iterator[Entity]:
    """The trader's shops, and the accounts that its records name."""
    for record, shop in zip(trader.records, trader.shops, strict=True):
        entity = Entity(hashed_id("owns", [cluster, record]), "Ownership")
        entity.add("owner", trader_id(cluster))
        entity.add("asset", shop)
        entity.add("role", "Gian hàng có vẻ của thương nhân này")
        entity.add("summary", f"Hồ sơ được gộp vào thương nhân. {_SIGN}")
        yield entity
    for account, records in sorted(trader.accounts.items()):
        entity = Entity(hashed_id("pays", [cluster, account]), "UnknownLink")
        entity.add("subject", trader_id(cluster))
        entity.add("object", account)
        entity.add("role", "Nhận tiền qua tài khoản")
        entity.add("recordId", *records)
        entity.add("summary", f"Tài khoản ghi trong {len(records)} hồ sơ của thương nhân; chủ tài khoản chưa được xác minh.")
        yield entity


def _match(row: dict[str, Any]) -> Entity:
    entity = Entity(hashed_id("match", [row["record_id_l"], row["record_id_r"]]), "SellerMatch")
    entity.add("candidate", shop_id(row["record_id_l"]))
    entity.add("match", shop_id(row["record_id_r"]))
    entity.add("criteria", row["kind"])
    entity.add("matcher", "chosach")
    entity.add("confidenceScore", values.number(row["probability"]))
    entity.add("weight", _short(row["weight"]))
    entity.add("agreement", _short(row["agreement"]))
    entity.add("summary", _SIGN)
    for reason in row["reasons"]:
        entity.add("description", reason["sentence"])
        told = {name: float(np.float32(value)) if isinstance(value, float) else value for name, value in reason.items()}
        entity.add("reasonData", json.dumps(told, ensure_ascii=False, sort_keys=True))
    return entity


def _tie(row: dict[str, Any]) -> Entity:
    parts = [row[name] for name in ("cluster_id_l", "cluster_id_r", "kind", "value", "record_id_l", "record_id_r")]
    entity = Entity(hashed_id("tie", parts), "SellerTie")
    entity.add("subject", trader_id(row["cluster_id_l"]))
    entity.add("object", trader_id(row["cluster_id_r"]))
    entity.add("role", TIE_ROLES.get(row["kind"], row["kind"]))
    entity.add("summary", row["sentence"])
    entity.add("recordId", row["record_id_l"], row["record_id_r"])
    entity.add("tieKind", row["kind"])
    entity.add("sharedValue", row["value"])
    entity.add("sharedBy", values.number(row["shared_by"]))
    entity.add("weight", _short(row["weight"]))
    entity.add("subjectShop", shop_id(row["record_id_l"]))
    entity.add("objectShop", shop_id(row["record_id_r"]))
    return entity


def _ring(ring: str, row: dict[str, Any] | None) -> Entity:
    entity = Entity(ring_id(ring), "SellerRing")
    entity.add("name", f"Nhóm {ring}")
    if row:
        entity.add("traderCount", values.number(row["traders"]))
        entity.add("recordCount", values.number(row["records"]))
        entity.add("strength", _short(row["strength"]))
        entity.add("summary", row["sentence"])
    entity.add("description", _SIGN)
    return entity


def _membership(ring: str, cluster: str, row: dict[str, Any]) -> Entity:
    entity = Entity(hashed_id("member", [ring, cluster]), "RingMembership")
    entity.add("subject", trader_id(cluster))
    entity.add("object", ring_id(ring))
    entity.add("role", RING_ROLES.get(row.get("role", ""), RING_ROLES["member"]))
    if row:
        entity.add("ringRole", row["role"])
        entity.add("score", _short(row["score"]))
        entity.add("summary", row["sentence"])
    return entity


def _short(value: float) -> str:
    """A number of 32 bits, as short as it can be told."""
    return values.number(str(np.float32(value)))


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches(max_chunksize=8_192):
        yield from batch.to_pylist()


def _pairs(table: pa.Table, key: str, value: str, *, several: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one, other in zip(table[key].to_pylist(), table[value].to_pylist(), strict=True):
        if several:
            found.setdefault(one, []).append(other)
        else:
            found[one] = other
    return found

"""Entities → tables: our own as they went out, and persons, firms and accounts of other tools as records that can be linked."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from chosach.formats.followthemoney import values
from chosach.formats.followthemoney.entity import Entity, is_ours, own_id
from chosach.formats.followthemoney.reader import Entities, entities_of
from chosach.formats.followthemoney.tables import SCHEMAS, TEXTS, Tables, shaped
from chosach.formats.listings.problems import RowProblem

Row = dict[str, Any]
_PARTIES = ("LegalEntity",)


@dataclass(frozen=True)
class Read:
    """`problems`: by file. `others`: how many lines of which further schemata were passed over. `rows`: lines read."""

    tables: Tables
    problems: Mapping[Path, list[RowProblem]]
    others: Mapping[str, int]
    rows: int


def read(*paths: Path) -> Read:
    """The tables of one or several files. Raises `Unreadable`; what is wrong with a line stands in `problems`, with a stable code."""
    found = entities_of(paths)
    made = _Import(found).tables()
    for problems in found.problems.values():
        problems.sort(key=lambda one: (one.line, one.row, one.code, one.column))
    return Read(made, found.problems, dict(sorted(found.others.items())), found.rows)


class _Import:
    def __init__(self, found: Entities) -> None:
        self._found = found
        self._by_id = found.by_id
        self._records: dict[str, str] = {one.id: one.first("recordId") or one.id for one in found.of("MarketShop")}
        self._owners: dict[str, str] = {}

    def tables(self) -> Tables:
        """All eight."""
        members = list(self._members())
        rings = {row["cluster_id"]: row["ring_id"] for row in members}
        rows: dict[str, list[Row]] = {
            "clusters": [{**row, "ring_id": rings.get(row["cluster_id"])} for row in self._clusters()],
            "records": [*self._shops(), *self._parties()],
            "edges": list(self._matches()),
            "ties": list(self._ties()),
            "rings": list(self._rings()),
            "members": [row for row in members if row["role"]],
            "listings": [self._listing(one) for one in self._found.of("MarketListing")],
            "domains": list(self._domains()),
        }
        return Tables(**{name: _table(name, some) for name, some in rows.items()})

    def _linked(self, entity: Entity, name: str) -> Entity | None:
        """What a property leads to. None where there is nothing; noted where it is not in the file."""
        target = entity.first(name)
        if target is None:
            return None
        if target not in self._by_id:
            self._found.note(entity.id, "ftm.reference_missing", name, target)
        return self._by_id.get(target)

    def _both(self, entity: Entity, left: str, right: str) -> tuple[Entity, Entity] | None:
        missing = next((name for name in (left, right) if not entity.all(name)), None)
        if missing:
            self._found.note(entity.id, "ftm.required_missing", missing)
            return None
        one, other = self._linked(entity, left), self._linked(entity, right)
        return (one, other) if one and other else None

    def _shops(self) -> Iterator[Row]:
        for shop in self._found.of("MarketShop"):
            account = self._linked(shop, "paymentAccount")
            row = _texts(shop, values.SHOP)
            row |= _account_of(account, _as_read(shop))
            yield {**row, "record_id": self._records[shop.id], "images": shop.all("imageHash") or None, "texts": shop.all("text") or None}

    def _clusters(self) -> Iterator[Row]:
        """Whose each shop is. An account on a network with an owner makes one trader of the two."""
        for link in self._found.of("Ownership"):
            ends = self._both(link, "owner", "asset")
            if ends is None or ends[1].schema != "MarketShop":
                continue
            owner, shop = ends
            if self._owners.setdefault(shop.id, owner.id) != owner.id:
                self._found.note(link.id, "ftm.two_owners", "owner", owner.id)
        for shop_id, owner_id in self._owners.items():
            yield {"record_id": self._records[shop_id], "cluster_id": _cluster(owner_id)}
        owned = [(one, self._linked(one, "owner")) for one in self._found.of("UserAccount")]
        for owner_id in dict.fromkeys(owner.id for _, owner in owned if owner):
            if not is_ours("trader", owner_id) and owner_id not in self._owners.values():
                yield {"record_id": owner_id, "cluster_id": owner_id}
        for one, holder in owned:
            if holder:
                yield {"record_id": one.id, "cluster_id": _cluster(holder.id)}

    def _parties(self) -> Iterator[Row]:
        """Persons, firms and accounts on networks that others wrote: a record each."""
        accounts: dict[str, Entity] = {}
        for link in self._found.of("Ownership", "UnknownLink"):
            left, right = ("owner", "asset") if link.schema == "Ownership" else ("subject", "object")
            for one, other in ((left, right), (right, left)):
                target = self._by_id.get(link.first(other) or "")
                if target is not None and target.schema == "BankAccount":
                    accounts.setdefault(link.first(one) or "", target)
        owners = set(self._owners.values())
        for entity in self._found.of(*_PARTIES):
            if entity.id not in owners and not is_ours("trader", entity.id):
                yield {**_party(entity), **_account_of(accounts.get(entity.id), {})}
        for entity in self._found.of("UserAccount"):
            owner = self._by_id.get(entity.first("owner") or "")
            yield {
                "record_id": entity.id,
                "name": owner.first("name") if owner else None,
                "seller_name": entity.first("name"),
                "phone": _several(entity, "phone"),
                "email": entity.first("email"),
                "handle": entity.first("username"),
                "url": entity.first("sourceUrl"),
            }

    def _matches(self) -> Iterator[Row]:
        for entity in self._found.of("SellerMatch"):
            ends = self._both(entity, "candidate", "match")
            if ends is None or not all(end.id in self._records for end in ends):
                continue
            yield {
                "record_id_l": self._records[ends[0].id],
                "record_id_r": self._records[ends[1].id],
                "kind": entity.first("criteria") or "identity",
                "probability": self._number(entity, "confidenceScore") or 0.0,
                "weight": self._number(entity, "weight") or 0.0,
                "agreement": self._number(entity, "agreement") or 0.0,
                "reasons": [reason for told in entity.all("reasonData") if (reason := self._reason(entity, told))],
            }

    def _reason(self, entity: Entity, told: str) -> Row | None:
        try:
            reason = json.loads(told)
            made: Row = {name: str(reason[name]) for name in ("field", "level", "sentence")}
            made |= {name: float(reason[name]) for name in ("agreement", "weight")}
            made["shared_by"] = None if reason.get("shared_by") is None else int(reason["shared_by"])
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            self._found.note(entity.id, "ftm.value_form", "reasonData", told)
            return None
        return made

    def _ties(self) -> Iterator[Row]:
        for entity in self._found.of("SellerTie"):
            ends, shops = self._both(entity, "subject", "object"), self._both(entity, "subjectShop", "objectShop")
            if ends is None or shops is None:
                continue
            yield {
                "cluster_id_l": _cluster(ends[0].id),
                "cluster_id_r": _cluster(ends[1].id),
                "kind": entity.first("tieKind") or "",
                "weight": self._number(entity, "weight") or 0.0,
                "value": entity.first("sharedValue"),
                "shared_by": self._whole(entity, "sharedBy") or 0,
                "record_id_l": self._records.get(shops[0].id, shops[0].id),
                "record_id_r": self._records.get(shops[1].id, shops[1].id),
                "sentence": entity.first("summary") or "",
            }

    def _rings(self) -> Iterator[Row]:
        for entity in self._found.of("SellerRing"):
            sentence = entity.first("summary")
            if sentence is not None:
                yield {
                    "ring_id": _ring(entity.id),
                    "traders": self._whole(entity, "traderCount") or 0,
                    "records": self._whole(entity, "recordCount") or 0,
                    "strength": self._number(entity, "strength") or 0.0,
                    "sentence": sentence,
                }

    def _members(self) -> Iterator[Row]:
        for entity in self._found.of("RingMembership"):
            ends = self._both(entity, "subject", "object")
            if ends:
                yield {
                    "ring_id": _ring(ends[1].id),
                    "cluster_id": _cluster(ends[0].id),
                    "role": entity.first("ringRole"),
                    "score": self._number(entity, "score") or 0.0,
                    "sentence": entity.first("summary") or "",
                }

    def _domains(self) -> Iterator[Row]:
        for shop in self._found.of("MarketShop"):
            for target in shop.all("domain"):
                domain = self._by_id.get(target)
                if domain is None:
                    self._found.note(shop.id, "ftm.reference_missing", "domain", target)
                elif name := domain.first("name"):
                    yield {"domain": name, "record_id": self._records[shop.id]}

    def _listing(self, entity: Entity) -> Row:
        row: Row = {**_texts(entity, values.LISTING), "listing_id": entity.first("listingId") or entity.id}
        row["title"] = row["title"] or ""
        shop = self._linked(entity, "shop")
        if shop is not None and row["seller_id"] is None:
            row["seller_id"] = self._records.get(shop.id)
        for name, source in (("price", "amount"), ("original_price", "originalPrice"), ("sold", "sold")):
            row[name] = self._whole(entity, source)
        row["images"] = entity.all("image") or None
        row["captured_at"] = self._captured(entity)
        return row

    def _captured(self, entity: Entity) -> datetime | None:
        kept = entity.first("retrievedAt")
        if kept is None:
            return None
        try:
            exact = _as_read(entity).get("captured_at")
            if exact and exact.startswith(kept):
                return datetime.fromisoformat(exact).astimezone(UTC)
            return datetime.fromisoformat(kept).replace(tzinfo=UTC)
        except ValueError:
            self._found.note(entity.id, "date.unclear", "retrievedAt", kept)
            return None

    def _number(self, entity: Entity, name: str) -> float | None:
        value = entity.first(name)
        try:
            number = None if value is None else float(value)
        except ValueError:
            number = math.nan
        if number is not None and math.isnan(number):
            self._found.note(entity.id, "number.unclear", name, value)
            return None
        return number

    def _whole(self, entity: Entity, name: str) -> int | None:
        number = self._number(entity, name)
        if number is None or abs(number) < 2**53:
            return None if number is None else int(number)
        self._found.note(entity.id, "number.too_large", name, entity.first(name))
        return None


def _as_read(entity: Entity) -> dict[str, str]:
    return {name: value for name, sign, value in (one.partition("=") for one in entity.all("asRead")) if sign}


def _texts(entity: Entity, into: Mapping[str, tuple[str, Callable[[str], str | None]]]) -> Row:
    """Texts of a row: as read, as long as nobody changed what FollowTheMoney kept of it since."""
    told = _as_read(entity)
    row: Row = {}
    for name, (source, make) in into.items():
        kept, exact = entity.first(source), told.get(name)
        row[name] = exact if exact is not None and make(exact) == kept else kept
    return row


def _account_of(account: Entity | None, told: Mapping[str, str]) -> Row:
    number = account.first("accountNumber") or account.first("iban") if account else None
    bank = account.first("bankName") if account else None
    exact, named = told.get("bank_account"), told.get("bank")
    row = {"bank_account": exact if exact is not None and values.account(exact) == number else number}
    row["bank"] = named if named is not None and (bank is None or values.bank(named) == bank) else bank
    return row


def _party(entity: Entity) -> Row:
    row: Row = dict.fromkeys(TEXTS)
    row |= {"record_id": entity.id, "name": entity.first("name") or entity.first("alias"), "seller_name": entity.first("weakAlias")}
    row |= {"phone": _several(entity, "phone"), "email": entity.first("email"), "address": entity.first("address")}
    row["tax_code"] = entity.first("taxNumber") or entity.first("registrationNumber") or entity.first("idNumber")
    row["url"] = entity.first("website") or entity.first("sourceUrl")
    return row


def _several(entity: Entity, name: str) -> str | None:
    return "; ".join(entity.all(name)) or None


def _cluster(entity_id: str) -> str:
    return own_id("trader", entity_id) or entity_id


def _ring(entity_id: str) -> str:
    return own_id("ring", entity_id) or entity_id


def _table(name: str, rows: list[Row]) -> pa.Table:
    schema = SCHEMAS[name]
    columns = [pa.array([row.get(one.name) for row in rows], one.type) for one in schema]
    return shaped(pa.table(columns, schema=schema), name)

"""Makes rings for tests: shops with listings, and what a linking might find among them."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import pyarrow as pa
from django.db import transaction

from chosach.desk.core import businessdate
from chosach.desk.core.access import system
from chosach.desk.ledger.services import lock_writers
from chosach.desk.registry.models import Channel, Trader
from chosach.desk.registry.services import take_batch
from chosach.desk.rings.models import Ring, Run
from chosach.desk.rings.services.applying import Found, apply
from chosach.linking.schema import CLUSTERS, EDGES, MEMBERS, RINGS, TIES
from tests.desk.registry.tables import SCREENER, finding, findings, listing, listings

LINKER = system("test")
WAREHOUSE = "45 Đồng Khởi, phường Tam Hiệp, Biên Hòa"


def shop(name: str, text: str = "Hàng đẹp, giao tận nơi.", *, kind: str | None = None, **values: Any) -> Channel:
    """A shop with one listing; the same name again is another listing of the same shop."""
    _open([(name, values.pop("listing_id", f"tin-{name}"), text)], kind, values)
    return channel(name)


def _open(shops: Sequence[tuple[str, str, str]], kind: str | None, values: dict[str, Any]) -> None:
    """Shops by name, each with one listing (its id, its text), all in one batch."""
    take_batch(
        listings=listings(
            *(
                listing(id_, **{"seller_id": name, "seller_name": f"Shop {name}", "description": text, "price": 12_000_000, **values})
                for name, id_, text in shops
            )
        ),
        findings=findings(*(finding(id_, kind) for _, id_, _ in shops if kind)),
        source="import:1",
        actor=LINKER,
        screener=SCREENER,
    )


def channel(name: str) -> Channel:
    return Channel.objects.select_related("trader").get(seller_key=f"id:{name}")


def trader(name: str) -> Trader:
    """The trader that this shop is of now."""
    return channel(name).trader


def market(*names: str, ring: Sequence[str] = (), same: Sequence[Sequence[str]] = (), kind: str | None = None, **values: Any) -> Run:
    """Shops that share a warehouse, and a linking that found some of them to be one trader (`same`) and some to be a ring."""
    _open([(name, f"tin-{name}", f"Hàng có sẵn. Kho hàng: {WAREHOUSE}. Giao tận nơi.") for name in names], kind, values)
    return linked(same=same, rings={"R1": list(ring)} if ring else {})


def linked(
    *,
    same: Sequence[Sequence[str]] = (),
    rings: Mapping[str, Sequence[str]] | None = None,
    ties: Sequence[tuple[str, str]] | None = None,
    roles: Mapping[str, str] | None = None,
    kind: str = "warehouse",
    value: str | None = None,
    edges: Sequence[dict[str, Any]] = (),
    cluster: Sequence[Sequence[str]] = (),
) -> Run:
    """Take over a linking that found this. Shops are named; `ties` are pairs of shops (else all pairs of a ring); `edges`: see `edge`;
    `value`: what a tie by another kind than a store is by;
    `cluster`: shops that are one trader, whose pairs are among those."""
    rings = rings or {}
    names = [one.seller_key.removeprefix("id:") for one in Channel.objects.order_by("seller_key")]
    of = {name: f"T-{name}" for name in names}
    for group in (*same, *cluster):
        of |= dict.fromkeys(group, of[group[0]])
    held = {name: str(channel(name).id) for name in names}
    pairs = ties if ties is not None else [pair for members in rings.values() for pair in combinations(members, 2)]
    run = Run.objects.create(on=businessdate.today())
    with transaction.atomic():
        lock_writers()
        run.counts = apply(
            Found(
                _table(CLUSTERS, ({"record_id": held[name], "cluster_id": of[name], "ring_id": None} for name in names)),
                _table(EDGES, [*edges, *(edge(held[a], held[b]) for group in same for a, b in combinations(group, 2))]),
                _table(TIES, (_tie(held, of, a, b, kind, value) for a, b in pairs)),
                _table(RINGS, (_ring(name, len(members)) for name, members in rings.items())),
                _table(MEMBERS, (_member(name, of[one], one, roles or {}) for name, members in rings.items() for one in members)),
            ),
            run=run,
            actor=LINKER,
        )  # fmt: skip
        run.complete = True
        run.save()
    return run


def ring() -> Ring:
    """The only live ring."""
    return Ring.objects.get(state=Ring.State.LIVE)


def members(of: Ring) -> set[str]:
    """The shops of a ring."""
    found = Channel.objects.filter(trader__membership__ring=of)
    return {one.seller_key.removeprefix("id:") for one in found}


def _ring(name: str, size: int) -> dict[str, Any]:
    return {"ring_id": name, "traders": size, "records": size, "strength": 9.0, "sentence": "Dùng chung một kho hàng."}


def edge(a: str, b: str, weight: float = 8.0, *, judged: bool = False) -> dict[str, Any]:
    """A pair of records of one trader, by their ids: what their names say, and with `judged` what linking was told besides."""
    first, second = sorted((a, b))
    name = "gần giống nhau" if weight > 0 else "khác nhau"
    reasons = [
        {
            "field": "seller_name",
            "level": "near",
            "agreement": 0.9,
            "weight": weight,
            "shared_by": None,
            "sentence": f"Tên gian hàng {name}.",
        }
    ]
    if judged:
        said = "Cán bộ đã kết luận hai hồ sơ này là của cùng một thương nhân."
        reasons.insert(0, {"field": "judgement", "level": "same", "agreement": 1.0, "weight": 0.0, "shared_by": None, "sentence": said})
    return {
        "record_id_l": first, "record_id_r": second, "kind": "judgement" if judged else "identity", "probability": 0.99, "weight": weight,
        "agreement": 0.9, "reasons": reasons,
    }  # fmt: skip


def _tie(held: Mapping[str, str], cluster: Mapping[str, str], a: str, b: str, kind: str, value: str | None) -> dict[str, Any]:
    (left, first), (right, second) = sorted([(cluster[a], held[a]), (cluster[b], held[b])])
    return {
        "cluster_id_l": left, "cluster_id_r": right, "kind": kind, "weight": 9.0, "value": WAREHOUSE if kind == "warehouse" else value,
        "shared_by": 3, "record_id_l": first, "record_id_r": second, "sentence": "Cùng kho hàng. Ba thương nhân cùng có.",
    }  # fmt: skip


def _member(name: str, cluster: str, shop_name: str, roles: Mapping[str, str]) -> dict[str, Any]:
    role = roles.get(shop_name, "member")
    sentence = "Nối với mọi thương nhân khác của đường dây." if role == "organiser" else ""
    return {"ring_id": name, "cluster_id": cluster, "role": role, "score": 0.8 if role != "member" else 0.1, "sentence": sentence}


def _table(schema: pa.Schema, rows: Any) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=schema)

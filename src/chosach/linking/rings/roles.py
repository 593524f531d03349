"""What each trader of a ring seems to be, from what others use of it.

A value that several of a ring carry has an owner where one shows it in most of its records, while the others show it beside their own; a
warehouse belongs to the one that lives there; a near value is another's only where it is a slip for it (`slips`). So money, contacts and
goods flow along the values, from those who use them to those who own them:

* organiser: most of the ring use its phone or mail, sell with its pictures and texts, pay into its account, and it stands in the middle;
  who is only copied is none;
* account holder: others are paid into its account, and of little else of it is made use;
* supplier: others ship from its address;
* front: sells, but the phone that it gives or the account that it is paid into is another's, and so is something more; nobody uses its own;
* member: all others.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import duckdb
import polars as pl
import pyarrow as pa

from chosach.linking.letters import composed, folded, lowered
from chosach.linking.rings import slips
from chosach.linking.rings.carried import CONTACT, CONTENT, KINDS, MONEY, PLACE, PLACES, WEB
from chosach.linking.rings.groups import Grouped
from chosach.linking.rings.slips import SLIP

#: What a record that shows a value says for its being the trader's own, and one that shows another against; in bits.
_SHOWN, _OTHER = 0.3, 1.5
#: What it says that one is the likeliest owner of all else, in bits.
_LEADS = 2.0
#: What it says that a mail, handle or link is made of the trader's own name or shop, in bits; names have so many letters at least.
_NAMED, _LETTERS = 5.0, 6
#: Letters of a shop's name besides what decorates it: *Official Store 88* is many shops' name.
_PROPER = 3
#: So much more than all others makes an owner, in bits.
_CLEARLY = 0.4
#: Shares of the others of a ring.
_SOME, _MANY, _MOST = 0.2, 0.3, 0.4
_FAR_MORE = 2


@dataclass(frozen=True)
class _Carrier:
    """A trader that carries a value: in how many records it `shows` it, or a slip of it, and in how many `others` of the kind.

    `named`: the value is made of its name or its shop's.
    """

    trader: int
    shows: int
    others: int
    lives: bool
    named: bool


@dataclass
class Standing:
    """One trader in its ring. `users`: group → those who use what is its own; `uses`: group → those whose own it uses; `near`: group →
    those that it shares values without an owner with; `kinds`: kinds of its own that are used; `bits`: of all its ties in the ring.
    """

    users: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    uses: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    near: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    kinds: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    used_kinds: set[int] = field(default_factory=set)
    shared_kinds: set[int] = field(default_factory=set)
    bits: int = 0
    sells: bool = False

    def reach(self, *groups: int) -> set[int]:
        """Those who use anything of these groups that is its own."""
        return set().union(*(self.users[group] for group in groups))


@dataclass(frozen=True)
class Role:
    """`score`: 0 to 1. `others`: how many of the ring; `count`: how many of them the role is told by; `kinds`: by what."""

    role: str
    score: float
    count: int
    others: int
    kinds: tuple[int, ...]


#: Pairs of traders, the lower first.
Pairs = Collection[tuple[int, int]]


def roles(con: duckdb.DuckDBPyConnection, raw: pa.Table, grouped: Grouped, cut: Pairs = ()) -> dict[int, Role]:
    """Role of each trader of rings. Tables `ring_of` (`trader`, `ring`) and `idle` (`trader`: those who sell nothing) are read.

    `raw`: the records as read, for `seller_name` where it is there.
    `cut`: whose ties a person cut. What the two share is still theirs, but neither uses it as the other's.
    """
    standing = {int(trader): Standing() for trader in grouped.trader}
    _ties(con, standing)
    for (trader,) in con.execute("SELECT trader FROM ring_of WHERE trader NOT IN (SELECT trader FROM idle)").fetchall():
        standing[trader].sells = True
    _values(con, raw, standing, _apart(cut))
    told: dict[int, Role] = {}
    for members in grouped.members():
        told |= _of_ring({one: standing[one] for one in members})
    return told


def _apart(cut: Pairs) -> dict[int, set[int]]:
    """Trader → those whose ties to it were cut."""
    apart: dict[int, set[int]] = defaultdict(set)
    for one, other in cut:
        apart[one].add(other)
        apart[other].add(one)
    return dict(apart)


def _ties(con: duckdb.DuckDBPyConnection, standing: dict[int, Standing]) -> None:
    """Bits of the ties inside the rings."""
    for trader, bits in con.execute(
        "SELECT trader, sum(w) FROM (SELECT unnest([l, r]) AS trader, w FROM ties JOIN ring_of a ON l = a.trader "
        "JOIN ring_of b ON r = b.trader WHERE a.ring = b.ring) GROUP BY trader"
    ).fetchall():
        standing[trader].bits = int(bits)


def _values(con: duckdb.DuckDBPyConnection, raw: pa.Table, standing: dict[int, Standing], apart: Mapping[int, set[int]]) -> None:
    """Owners and users of each value of a ring."""
    numbers = ", ".join(str(at) for at, kind in enumerate(KINDS) if kind.sql)
    address, warehouse = PLACES["address"], PLACES["warehouse"]
    own = f"s.value = v.value OR (v.kind IN ({numbers}) AND levenshtein(s.value, v.value) <= {SLIP})"
    rows = con.execute(
        "WITH ring_shown AS (SELECT ring, kind, value, trader, id FROM shown JOIN trader_of USING (id) JOIN ring_of USING (trader)), "  # noqa: S608
        f"inner_ties AS (SELECT a.ring, CASE kind WHEN {address} THEN {warehouse} ELSE kind END AS kind, value, l, r, lives_l, lives_r "
        "FROM ties JOIN ring_of a ON l = a.trader JOIN ring_of b ON r = b.trader WHERE a.ring = b.ring), "
        "carriers AS (SELECT ring, kind, value, trader, bool_or(lives) AS lives FROM ("
        "SELECT ring, kind, value, l AS trader, lives_l AS lives FROM inner_ties "
        "UNION ALL SELECT ring, kind, value, r, lives_r FROM inner_ties) GROUP BY ALL) "
        f"SELECT v.ring, v.kind, v.value, v.trader, count(DISTINCT s.id) FILTER ({own}), count(DISTINCT s.id), any_value(v.lives) "
        "FROM carriers v LEFT JOIN ring_shown s ON s.trader = v.trader AND s.kind = v.kind AND s.ring = v.ring "
        "GROUP BY v.ring, v.kind, v.value, v.trader ORDER BY ALL"
    ).fetchall()
    carried: dict[tuple[int, int, str], list[_Carrier]] = defaultdict(list)
    named, beside = _named(con, raw), slips.own(con)
    for ring, kind, value, trader, shows, of, lives in rows:
        if trader not in beside.get((ring, kind, value), ()):
            carried[ring, kind, value].append(_Carrier(trader, shows, of - shows, lives, (trader, kind, value) in named))
    by_value = {value: carriers for value, carriers in carried.items() if len(carriers) > 1}
    leads = _first_look(by_value, standing, apart)
    for (_, kind, _), carriers in by_value.items():
        if kind == PLACES["warehouse"]:
            owner = _lives_there(carriers)
        else:
            looks = sorted(
                ((_looks(KINDS[kind].group, one, standing) + leads[one.trader], -one.trader) for one in _may_own(kind, carriers, standing)),
                reverse=True,
            )
            owner = -looks[0][1] if len(looks) == 1 or looks[0][0] >= looks[1][0] + _CLEARLY else None
        _share(kind, [carrier.trader for carrier in carriers], owner, standing, apart)
    for (ring, kind, value), traders in beside.items():
        _near(kind, traders, {carrier.trader for carrier in carried[ring, kind, value]}, standing, apart)


def _named(con: duckdb.DuckDBPyConnection, raw: pa.Table) -> set[tuple[int, int, str]]:
    """Mails, handles and links of rings with a trader whose name or shop they are made of: trader, kind, value.

    Whoever made an address put his own name into it; who only uses it has another. A shop must stand in it whole ("giaydep" is half of many
    shops' names), with or without what decorates it (*Hùng Auth Store*), of a person's name a part is enough. Figures, marks and what
    stands behind the @ are left out.
    """
    kinds = ", ".join(str(PLACES[name]) for name in ("email", "handle", "url"))
    made, person, shop = (
        f"regexp_replace({text}, '[^a-z]', '', 'g')" for text in ("split_part(value, '@', 1)", "name_folded", "shop_joined")
    )
    con.register("whole_shops", _whole_shops(con, raw))
    rows = con.execute(
        f"WITH worn AS (SELECT DISTINCT trader, kind, value, {made} AS made FROM ("  # noqa: S608
        f"SELECT unnest([l, r]) AS trader, kind, value FROM ties WHERE kind IN ({kinds})) JOIN ring_of USING (trader)), "
        f"called AS (SELECT DISTINCT trader, {person} AS person, {shop} AS shop, whole "
        "FROM records JOIN trader_of USING (id) JOIN ring_of USING (trader) LEFT JOIN whole_shops USING (record_id)) "
        "SELECT DISTINCT trader, kind, value FROM worn JOIN called USING (trader) "
        f"WHERE (length(shop) >= {_LETTERS} AND contains(made, shop)) "
        f"OR (length(shop) >= {_PROPER} AND length(whole) >= {_LETTERS} AND contains(made, whole)) "
        f"OR (least(length(person), length(made)) >= {_LETTERS} AND (contains(made, person) OR contains(person, made)))"
    ).fetchall()
    con.unregister("whole_shops")
    return {(trader, kind, value) for trader, kind, value in rows}


def _whole_shops(con: duckdb.DuckDBPyConnection, raw: pa.Table) -> pa.Table:
    """`record_id`, `whole`: the letters of a shop's name as it was written, for the records of rings."""
    if "seller_name" not in raw.column_names:
        return pa.table({"record_id": pa.array([], pa.string()), "whole": pa.array([], pa.string())})
    ids = con.sql("SELECT record_id FROM records JOIN trader_of USING (id) JOIN ring_of USING (trader)").to_arrow_table()
    told = pl.DataFrame(raw.select(["record_id", "seller_name"])).join(pl.DataFrame(ids), "record_id", how="semi")
    told = told.with_columns(composed(told["seller_name"].cast(pl.String)))
    whole = folded(lowered(pl.col("seller_name"))).str.replace_all("[^a-z]", "").alias("whole")
    return told.select("record_id", whole).to_arrow()


def _first_look(
    by_value: dict[tuple[int, int, str], list[_Carrier]], standing: dict[int, Standing], apart: Mapping[int, set[int]]
) -> dict[int, float]:
    """For each trader, in bits, how much it looks like the owner of all that it shares: an owner of several values is likelier one of more.

    Every value is shared out among its carriers by how much each looks like its owner, and counts by how many carry it.
    """
    owns: dict[int, float] = dict.fromkeys(standing, 0.0)
    most: dict[int, float] = defaultdict(float)
    ring_of: dict[int, int] = {}
    for (ring, kind, _), carriers in by_value.items():
        if kind == PLACES["warehouse"]:
            continue
        owners = _may_own(kind, carriers, standing)
        looks = [2 ** _looks(KINDS[kind].group, one, standing) for one in owners]
        others = {carrier.trader for carrier in carriers}
        for one, look in zip(owners, looks, strict=True):
            owns[one.trader] += len(others - apart.get(one.trader, set()) - {one.trader}) * look / sum(looks)
            ring_of[one.trader] = ring
    for trader, ring in ring_of.items():
        most[ring] = max(most[ring], owns[trader])
    return {trader: _LEADS * owned / most[ring_of[trader]] if trader in ring_of else 0.0 for trader, owned in owns.items()}


def _looks(group: int, carrier: _Carrier, standing: dict[int, Standing]) -> float:
    """How much a carrier looks like the owner of a value, in bits.

    Who owns a number shows no other; who uses another's shows its own beside it. Who stands in the middle owns more than who does not.
    """
    its = standing[carrier.trader]
    shown = 0.0 if group == CONTENT else _SHOWN * carrier.shows - _OTHER * carrier.others
    return shown + _NAMED * carrier.named + 2 * math.log2(max(its.bits, 1) / 1000)


def _may_own(kind: int, carriers: list[_Carrier], standing: dict[int, Standing]) -> list[_Carrier]:
    """Those among whom the owner is: of an account those who sell nothing, where there are any, for why else would they show it; of all
    else those who sell, for whoever lends an account takes nobody's calls."""
    if KINDS[kind].group != MONEY:
        return [one for one in carriers if standing[one.trader].sells] or carriers
    return [one for one in carriers if not standing[one.trader].sells and one.shows >= one.others] or carriers


def _lives_there(carriers: list[_Carrier]) -> int | None:
    """The one whose address a warehouse is."""
    at_home = [carrier.trader for carrier in carriers if carrier.lives]
    return at_home[0] if len(at_home) == 1 else None


def _share(kind: int, carriers: list[int], owner: int | None, standing: dict[int, Standing], apart: Mapping[int, set[int]]) -> None:
    group = KINDS[kind].group
    for one in carriers:
        standing[one].shared_kinds.add(kind)
        if owner is None or owner in apart.get(one, ()):  # who was cut from the owner still shares the value with the others
            standing[one].near[group] |= set(carriers) - {one, owner} - apart.get(one, set())
        elif one != owner:
            standing[owner].users[group].add(one)
            standing[owner].kinds[group].add(kind)
            standing[one].uses[group].add(owner)
            standing[one].used_kinds.add(kind)


def _near(kind: int, own: set[int], others: set[int], standing: dict[int, Standing], apart: Mapping[int, set[int]]) -> None:
    """Those with a near value of their own share it with all, and all with them; it is nobody else's."""
    for one in own | others if own else ():
        standing[one].shared_kinds.add(kind)
        standing[one].near[KINDS[kind].group] |= (own | others if one in own else own) - {one} - apart.get(one, set())


def _of_ring(ring: dict[int, Standing]) -> dict[int, Role]:
    """Roles of one ring's traders."""
    others = len(ring) - 1
    holders = {one for one, its in ring.items() if _holds_accounts(its, others)}
    middle = max(1, *(its.bits for its in ring.values()))
    leads = {one: _leads(its, others, middle) for one, its in ring.items() if one not in holders and not _supplies(its)}
    best = max(leads, key=lambda one: (leads[one], -one)) if leads else None
    if best is not None and not _organises(ring[best], others):
        best = None
    told: dict[int, Role] = {}
    for one, its in ring.items():
        if one == best:
            reached = its.reach(CONTACT, WEB, MONEY, CONTENT, PLACE)
            told[one] = Role("organiser", leads[one], len(reached), others, _sorted(*its.kinds.values()))
        elif one in holders:
            told[one] = Role("account_holder", len(its.users[MONEY]) / others, len(its.users[MONEY]), others, _sorted(its.kinds[MONEY]))
        else:
            told[one] = _of_other(its, others)
    return told


def _of_other(its: Standing, others: int) -> Role:
    """One who neither leads nor only lends an account."""
    if its.users[PLACE]:
        count = len(its.users[PLACE])
        return Role("supplier", min(1.0, 0.4 + 0.6 * count / others), count, others, (PLACES["warehouse"],))
    owners = set().union(*its.uses.values())
    not_its_own = its.uses[CONTACT] | its.uses[WEB] | its.uses[MONEY]
    if its.sells and not_its_own and sum(map(bool, its.uses.values())) > 1 and not its.reach(CONTACT, WEB, MONEY):
        return Role("front", min(1.0, len(its.used_kinds) / 4), len(owners), others, _sorted(its.used_kinds))
    tied = owners.union(*its.near.values(), *its.users.values())
    return Role("member", min(1.0, len(tied) / others), len(tied), others, _sorted(its.shared_kinds))


def _sorted(*kinds: set[int]) -> tuple[int, ...]:
    return tuple(sorted(set().union(*kinds)))


def _holds_accounts(its: Standing, others: int) -> bool:
    """Paid for others, and selling nothing, or of little use else."""
    paid = len(its.users[MONEY])
    else_ = its.reach(CONTACT, WEB, PLACE, CONTENT).union(*(its.near[group] for group in (CONTACT, WEB, CONTENT)))
    return paid >= max(2, _MANY * others) and (not its.sells or len(else_) * 2 < paid)


def _supplies(its: Standing) -> bool:
    """Far more ship from its address than use its phone, mail or account: goods come from it, and hardly anything else."""
    return len(its.users[PLACE]) > _FAR_MORE * len(its.reach(CONTACT, WEB, MONEY))


def _organises(its: Standing, others: int) -> bool:
    """Much of the ring uses what is its own, and some of it its phone, mail, name or account: pictures and texts alone are copied from
    strangers, too."""
    some = its.reach(CONTACT, WEB, MONEY)
    return len(some) >= max(2, _SOME * others) and len(some | its.users[CONTENT]) >= max(2, _MOST * others)


def _leads(its: Standing, others: int, middle: int) -> float:
    """How much a trader looks like the one behind the others, 0 to 1."""
    shares = {group: len(its.users[group]) / others for group in (MONEY, PLACE, CONTENT)}
    contact = len(its.reach(CONTACT, WEB)) / others
    content = shares[CONTENT] + len(its.near[CONTENT] - its.users[CONTENT]) / others / 2
    said = 0.35 * contact + 0.2 * shares[MONEY] + 0.1 * shares[PLACE] + 0.15 * min(1, content) + 0.2 * its.bits / middle
    # of an owner whom half the ring calls, nobody needs more to be sure
    return min(1.0, 1.5 * said)

"""Take over what linking found: traders and rings keep their ids, and everything else stands in the place of what was found before."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pyarrow as pa

from chosach.desk.core.access import Actor
from chosach.desk.ledger.services import record
from chosach.desk.registry import identifiers
from chosach.desk.registry.folding import fold
from chosach.desk.registry.models import Channel, Identifier, Sighting, Trader
from chosach.desk.registry.services import Regrouped, regroup
from chosach.desk.rings import hooks
from chosach.desk.rings.matching import claims, components
from chosach.desk.rings.models import Link, Moved, Run, Tie, Verdict
from chosach.desk.rings.records import channel_of, judged_sides
from chosach.desk.rings.services.sharing import tell_what_both_have
from chosach.desk.rings.services.writing import Group, Part, channels_by_ring, write
from chosach.desk.rings.undisclosed import KINDS, bare

CHUNK = 500
#: Pairs of one trader that are kept, for each of its channels: the strongest, enough to see what holds it together.
KEPT_PAIRS = 3
#: Pairs of traders that one entry of the ledger names.
TOLD = 100
#: Kind of tie → kind of identifier whose value it shares.
_KINDS = {
    "phone": "phone", "account": "account", "tax_code": "tax_code", "email": "email", "handle": "social", "url": "domain",
    "address": "address", "warehouse": "address",
}  # fmt: skip
WHY = "Theo lần tìm liên kết mới nhất."
#: The engine is told of the registry's joins as of what people judged; of those nobody has judged.
JOINED = "Sổ thương nhân đã gộp các kênh này vì dùng chung một thông tin của riêng một người bán."


@dataclass(frozen=True)
class Found:
    """What linking found, as its tables (`linking.schema`): CLUSTERS, EDGES, TIES, RINGS, MEMBERS."""

    clusters: pa.Table
    edges: pa.Table
    ties: pa.Table
    rings: pa.Table
    members: pa.Table


@dataclass
class _Traders:
    """Cluster → trader, and what came of it."""

    of: dict[str, UUID] = field(default_factory=dict)
    moves: dict[UUID, UUID] = field(default_factory=dict)


def apply(found: Found, *, run: Run, actor: Actor) -> dict[str, int]:
    """Take over a linking in one transaction (the caller's, which is queued for the ledger). Channels that the linking didn't read stay as
    they are. Gives numbers: traders merged, parted; rings; ties."""
    held = channels_by_ring()
    traders = _traders(found.clusters)
    done = regroup(traders.moves)
    note_moves(done, traders.moves)
    links = _links(found.edges)
    parted = _tell_traders(done, traders, found.edges, run, actor)
    ties = _ties(found.ties, traders)
    groups = _groups(found, traders, ties)
    written = write(groups, held=held, why=WHY, actor=actor, refs={"run": run.id})
    touched = set(done.origin.values()) | {traders.moves[channel] for channel in done.origin}
    if touched:
        hooks.after_regrouping.run(touched, actor)
    return {
        "merged": len(done.merged), "parted": parted, "links": links, "ties": len(ties), "rings": len(groups),
        **{f"rings_{name}": number for name, number in written.counts.items()},
    }  # fmt: skip


def note_moves(done: Regrouped, moves: Mapping[UUID, UUID]) -> None:
    """Keep where each channel came from."""
    Moved.objects.bulk_create(
        (Moved(channel_id=channel, origin_id=origin, target_id=moves[channel]) for channel, origin in sorted(done.origin.items())),
        batch_size=CHUNK,
    )


def _traders(clusters: pa.Table) -> _Traders:
    """The trader of each cluster: the one that it shares most channels with, else one that once had these channels, else a new one."""
    at: dict[UUID, str] = {}
    for record_id, cluster in zip(clusters["record_id"].to_pylist(), clusters["cluster_id"].to_pylist(), strict=True):
        channel = channel_of(record_id)
        at[channel] = cluster if "+" not in record_id else at.get(channel, cluster)
    now = {pk: (trader, born) for pk, trader, born in Channel.objects.order_by().values_list("id", "trader", "trader__created_at")}
    groups: dict[str, set[UUID]] = defaultdict(set)
    held: dict[UUID, set[UUID]] = defaultdict(set)
    older: dict[UUID, object] = {}
    for channel, cluster in at.items():
        if channel in now:
            groups[cluster].add(channel)
            held[now[channel][0]].add(channel)
            older[now[channel][0]] = now[channel][1].isoformat()
    result = _Traders(dict(claims(groups, held, older)))
    rest = {cluster: channels for cluster, channels in groups.items() if cluster not in result.of}
    result.of |= former_traders(rest) if rest else {}
    new = {cluster: Trader(name=UNNAMED) for cluster in rest if cluster not in result.of}
    if new:
        names = _names(channel for cluster in new for channel in rest[cluster])
        for cluster, trader in new.items():
            trader.name = next((names[channel] for channel in sorted(rest[cluster]) if names[channel]), UNNAMED)
            trader.search = fold(trader.name)
        Trader.objects.bulk_create(new.values(), batch_size=CHUNK)
        result.of |= {cluster: trader.id for cluster, trader in new.items()}
    for cluster, channels in groups.items():
        result.moves |= {channel: result.of[cluster] for channel in channels if now[channel][0] != result.of[cluster]}
    return result


UNNAMED = "Chưa rõ người bán"


def former_traders(groups: Mapping[str, set[UUID]]) -> dict[str, UUID]:
    """Of groups that are parted from their trader: the trader that they were before they were joined to it, if it stands empty."""
    wanted = sorted(channel for channels in groups.values() for channel in channels)
    held: dict[UUID, set[UUID]] = defaultdict(set)
    seen: set[UUID] = set()
    for start in range(0, len(wanted), CHUNK):
        moved = Moved.objects.filter(channel__in=wanted[start : start + CHUNK], origin__channels__isnull=True)
        for channel, origin in moved.order_by("-created_at", "id").values_list("channel", "origin"):
            if channel not in seen:
                seen.add(channel)
                held[origin].add(channel)
    return claims(groups, held, {})


def _names(channels: Iterable[UUID]) -> dict[UUID, str]:
    wanted = sorted(channels)
    names: dict[UUID, str] = {}
    for start in range(0, len(wanted), CHUNK):
        names.update(Channel.objects.filter(id__in=wanted[start : start + CHUNK]).values_list("id", "name"))
    return names


def _links(edges: pa.Table) -> int:
    """The strongest pairs of each trader, with their reasons, in the place of the earlier ones; first those that a person judged."""
    now = dict(Channel.objects.order_by().values_list("id", "trader"))
    judged = [(first, second) for _, first, second in judged_sides(Verdict.SAME)]

    def order(row: Mapping[str, Any]) -> tuple[bool, float, str, str]:
        pair = channel_of(row["record_id_l"]), channel_of(row["record_id_r"])
        return not (_is_judged(row) and _between(*pair, judged)), -row["weight"], row["record_id_l"], row["record_id_r"]

    rows = sorted(edges.to_pylist(), key=order)
    kept: dict[UUID, int] = defaultdict(int)
    told: set[frozenset[UUID]] = set()
    made: list[Link] = []
    for row in rows:
        first, second = channel_of(row["record_id_l"]), channel_of(row["record_id_r"])
        if first == second or first not in now or now[first] != now.get(second) or max(kept[first], kept[second]) >= KEPT_PAIRS * 2:
            continue
        if frozenset((first, second)) in told:
            continue  # of two channels with several records each, the pair that says most
        told.add(frozenset((first, second)))
        kept[first] += 1
        kept[second] += 1
        reasons = [
            {name: reason[name] for name in ("field", "level", "agreement", "weight", "shared_by", "sentence")} for reason in row["reasons"]
        ]
        if not _between(first, second, judged):
            reasons = [reason | {"sentence": JOINED} if reason["field"] == "judgement" else reason for reason in reasons]
        made.append(
            Link(
                trader_id=now[first], first_id=first, second_id=second, probability=row["probability"], weight=row["weight"],
                agreement=row["agreement"], reasons=reasons,
            )
        )  # fmt: skip
    tell_what_both_have(made)
    Link.objects.all().delete()
    Link.objects.bulk_create(made, batch_size=CHUNK)
    return len(made)


def _is_judged(row: Mapping[str, Any]) -> bool:
    return any(reason["field"] == "judgement" for reason in row["reasons"])


def _between(first: UUID, second: UUID, judged: Iterable[tuple[set[UUID], set[UUID]]]) -> bool:
    """A person judged of two sides (channels each) between which these two channels lie."""
    return any((first in a and second in b) or (first in b and second in a) for a, b in judged)


def _ties(ties: pa.Table, traders: _Traders) -> list[Tie]:
    """What ties traders, in the place of the earlier ones; what people have cut is cut again."""
    now = dict(Channel.objects.order_by().values_list("id", "trader"))
    rows = [(channel_of(row["record_id_l"]), channel_of(row["record_id_r"]), row) for row in ties.to_pylist()]
    rows = [(left, right, row) for left, right, row in rows if left in now and right in now and now[left] != now[right]]
    known = _identifiers(row for _, _, row in rows)
    carried = _carried([(left, right, row) for left, right, row in rows if _digest(row) not in known])
    made = [_tie(now, left, right, row, known.get(_digest(row)) or _of_either(left, right, row, carried)) for left, right, row in rows]
    mark_cut(made)
    Tie.objects.all().delete()
    Tie.objects.bulk_create(made, batch_size=CHUNK)
    return made


def _tie(now: Mapping[UUID, UUID], left: UUID, right: UUID, row: Mapping[str, Any], identifier: UUID | None) -> Tie:
    if now[right] < now[left]:
        left, right = right, left
    return Tie(
        left_id=now[left], right_id=now[right], left_channel_id=left, right_channel_id=right, kind=row["kind"],
        value=(row["value"] or "")[:300], identifier_id=identifier, weight=row["weight"], shared_by=row["shared_by"],
        sentence=row["sentence"],
    )  # fmt: skip


def _digest(row: Mapping[str, Any]) -> str:
    kind, value = _KINDS.get(row["kind"], ""), row["value"]
    return identifiers.digest(kind, identifiers.normal(kind, value)) if kind and value else ""


def _carried(rows: Sequence[tuple[UUID, UUID, Mapping[str, Any]]]) -> dict[tuple[UUID, str, str], UUID]:
    """Channel, kind, and value as linking holds it for one with others → identifier, of channels that these ties are between."""
    asked = sorted({channel for left, right, row in rows if row["kind"] in KINDS for channel in (left, right)})
    found: dict[tuple[UUID, str, str], UUID] = {}
    for start in range(0, len(asked), CHUNK):
        seen = Sighting.objects.filter(channel__in=asked[start : start + CHUNK]).order_by("identifier__digest")
        for channel, kind, value, identifier in seen.values_list("channel", "identifier__kind", "identifier__value", "identifier"):
            found.setdefault((channel, kind, bare(kind, value)), identifier)
    return found


def _of_either(left: UUID, right: UUID, row: Mapping[str, Any], carried: Mapping[tuple[UUID, str, str], UUID]) -> UUID | None:
    """The registry's identifier of a value that linking writes otherwise: a mail without its dots, an account without its network."""
    if row["kind"] not in KINDS or not row["value"]:
        return None
    kind = KINDS[row["kind"]]
    wanted = bare(kind, row["value"])
    return carried.get((left, kind, wanted)) or carried.get((right, kind, wanted))


def _identifiers(rows: Iterable[Mapping[str, Any]]) -> dict[str, UUID]:
    digests = sorted({_digest(row) for row in rows} - {""})
    found: dict[str, UUID] = {}
    for start in range(0, len(digests), CHUNK):
        found.update(Identifier.objects.filter(digest__in=digests[start : start + CHUNK]).values_list("digest", "id"))
    return found


def mark_cut(ties: Sequence[Tie]) -> None:
    """Mark what people have cut: ties between the traders that the two sides of such a judgement are now."""
    now: dict[UUID, UUID] = {}
    sides = judged_sides(Verdict.UNTIED)
    channels = {channel for _, first, second in sides for channel in first | second}
    now.update(Channel.objects.filter(id__in=channels).values_list("id", "trader"))
    cut = {frozenset((now[a], now[b])) for _, first, second in sides for a in first for b in second}
    for tie in ties:
        tie.cut = frozenset((tie.left_id, tie.right_id)) in cut


def _groups(found: Found, traders: _Traders, ties: Sequence[Tie]) -> dict[str, Group]:
    """Rings by their engine's id; one that falls apart where people have cut is several."""
    said = {row["ring_id"]: row for row in found.rings.to_pylist()}
    channels = Counter(Channel.objects.order_by().values_list("trader", flat=True))
    parts: dict[str, dict[UUID, Part]] = defaultdict(dict)
    for row in found.members.to_pylist():
        trader = traders.of.get(row["cluster_id"])
        if trader is not None and row["ring_id"] in said:
            parts[row["ring_id"]][trader] = Part(row["role"], row["score"], row["sentence"])
    pairs = [(tie.left_id, tie.right_id) for tie in ties if not tie.cut]
    # only a cut can part what the engine holds together: where nothing is cut, its own word stands
    cut = {trader for tie in ties if tie.cut for trader in (tie.left_id, tie.right_id)}
    groups: dict[str, Group] = {}
    for name, members in parts.items():
        whole = [set(members)] if not cut & set(members) else components(set(members), pairs)
        for number, some in enumerate(group for group in whole if len(group) > 1):
            key = f"{name}.{number}" if number else name
            # the engine counts records, of which a channel may have several; people count channels
            sentence = said[name]["sentence"].replace(
                f"{said[name]['records']} hồ sơ", f"{sum(channels[trader] for trader in some)} kênh bán"
            )
            groups[key] = Group({trader: members[trader] for trader in some}, said[name]["strength"], sentence)
    return groups


def _tell_traders(done: Regrouped, traders: _Traders, edges: pa.Table, run: Run, actor: Actor) -> int:
    """The ledger is told of every trader that was joined or parted, with the strongest reason. Gives how many were parted."""
    why = _reasons(done, edges) if done.origin else {}
    merged = [
        {"gone": str(gone), "kept": str(kept), "why": why[frozenset((gone, kept))][1] if frozenset((gone, kept)) in why else WHY}
        for gone, kept in done.merged
    ]
    gone = {gone for gone, _ in done.merged}
    parted = sorted({(origin, traders.moves[channel]) for channel, origin in done.origin.items() if origin not in gone})
    for start in range(0, len(merged), TOLD):
        part = merged[start : start + TOLD]
        refs = {"run": run.id, "trader": [pair[name] for pair in part for name in ("gone", "kept")]}
        record("traders.linked", actor=actor, refs=refs, payload={"pairs": part})
    for start in range(0, len(parted), TOLD):
        pairs = [{"from": str(a), "to": str(b), "why": WHY} for a, b in parted[start : start + TOLD]]
        refs = {"run": run.id, "trader": [pair[name] for pair in pairs for name in ("from", "to")]}
        record("traders.parted", actor=actor, refs=refs, payload={"pairs": pairs})
    return len(parted)


def _reasons(done: Regrouped, edges: pa.Table) -> dict[frozenset[UUID], tuple[tuple[int, float], str]]:
    """Two traders of before → what joined them: how strong it is, and what it rests on. What a person said of them goes before all
    evidence, whatever the evidence says; then the pair with most bits; then what the registry joined."""
    before = dict(Channel.objects.order_by().values_list("id", "trader")) | done.origin
    judged = [(first, second) for _, first, second in judged_sides(Verdict.SAME)]
    why: dict[frozenset[UUID], tuple[tuple[int, float], str]] = {}
    for row in edges.to_pylist():
        first, second = (channel_of(row[name]) for name in ("record_id_l", "record_id_r"))
        pair = frozenset(before[channel] for channel in (first, second) if channel in before)
        if len(pair) != 2:
            continue
        said = [reason["sentence"] for reason in row["reasons"] if reason["field"] == "judgement"]
        telling = sorted((reason for reason in row["reasons"] if reason["weight"] > 0), key=lambda reason: -reason["weight"])
        told = [reason["sentence"] for reason in telling[:3]]
        if said and _between(first, second, judged):
            rank, told = 2, [*said[:1], *told[:2]]
        elif row["weight"] > 0:
            rank = 1
        elif said:
            rank, told = 0, [JOINED]
        else:
            continue
        if pair not in why or why[pair][0] < (rank, row["weight"]):
            why[pair] = ((rank, row["weight"]), " ".join(told) or WHY)
    return why

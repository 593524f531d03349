"""What a judgement does at once, without waiting for the next linking; and how that is undone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from django.db.models import Q

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.ledger.services import record
from chosach.desk.registry.folding import fold
from chosach.desk.registry.models import Channel, Join, Trader
from chosach.desk.registry.services import regroup
from chosach.desk.rings import hooks, selectors
from chosach.desk.rings.matching import components
from chosach.desk.rings.models import Change, Judgement, Link, Member, Ring, Role, Tie, TieKind, Verdict
from chosach.desk.rings.records import nobodys
from chosach.desk.rings.services import snapshot
from chosach.desk.rings.services.applying import UNNAMED, former_traders, mark_cut, note_moves
from chosach.desk.rings.services.writing import Group, Part, channels_by_ring, write

#: Said of who has no role yet.
FRESH = "Vai trò được xét lại ở lần tìm liên kết tới."
#: Said after a role that was told before a judgement which may make it another.
STALE = "Vai trò được tính trước nhận định mới nhất; sẽ được xét lại ở lần tìm liên kết tới."
#: Said before what was said of a whole ring: its numbers may be others by now.
OLDER = "Trước nhận định mới nhất (sẽ được tính lại ở lần tìm liên kết tới): "
#: Bits of a shared identifier until the next linking weighs it.
BITS = 10.0
TIE_OF = {
    "phone": TieKind.PHONE, "account": TieKind.ACCOUNT, "tax_code": TieKind.TAX_CODE, "email": TieKind.EMAIL, "social": TieKind.HANDLE,
    "domain": TieKind.URL, "address": TieKind.ADDRESS,
}  # fmt: skip


def take_effect(judgement: Judgement, actor: Actor) -> None:
    """Carry the judgement out: move channels, re-tie, and let the rings that it touches keep their ids. Part of the act."""
    first, second = selectors.sides_of(judgement)
    traders = set(Channel.objects.filter(id__in=first | second).values_list("trader", flat=True))
    rings = set(Member.objects.filter(trader__in=traders, ring__state=Ring.State.LIVE).values_list("ring", flat=True))
    before = snapshot.take(traders, rings)
    before["replaced"] = [str(one.id) for one in selectors.opposed_to(judgement, first, second)]
    Judgement.objects.filter(id__in=before["replaced"]).update(state=Judgement.State.REPLACED)
    last = selectors.last_run()
    judgement.before, judgement.run, judgement.state = before, last, Judgement.State.IN_FORCE
    judgement.save(update_fields=["before", "run", "state"])
    held = channels_by_ring(rings)
    parts = {member.trader_id: Part(member.role, member.score, member.sentence) for member in Member.objects.filter(ring__in=rings)}
    moves = _moves(judgement, first, second, traders)
    done = regroup(moves)
    note_moves(done, moves)
    after = traders | set(moves.values())
    _retie(after)
    if judgement.verdict == Verdict.DIFFERENT:
        _tie_by_joins(after)
    _mark(after)
    refs = _refs(judgement, after, rings)
    if rings:
        _rewrite(parts, after, held, judgement=judgement, actor=actor, refs=refs)
    payload = {"verdict": judgement.verdict, "reason": judgement.reason, "channels": [len(first), len(second)]}
    entry = record("judgement.made", actor=actor, refs=refs, payload=payload)
    Judgement.objects.filter(id=judgement.id).update(entry=entry.seq)
    _note(rings, Change.What.JUDGED, f"{judgement.get_verdict_display()}: {judgement.reason}", entry.seq)
    if done.origin:
        hooks.after_regrouping.run(after, actor)


def revert(judgement: Judgement, actor: Actor) -> bool:
    """Undo it: exactly what was before, if no linking came between. True if one did, so that another is needed for the rings."""
    before = judgement.before
    last = selectors.last_run()
    stale = (last.id if last else None) != judgement.run_id
    rings = {UUID(ring["id"]) for ring in before["rings"]}
    judgement.state = Judgement.State.UNDONE
    judgement.save(update_fields=["state"])
    Judgement.objects.filter(id__in=before["replaced"], state=Judgement.State.REPLACED).update(state=Judgement.State.IN_FORCE)
    done = snapshot.put_channels_back(before) if stale else snapshot.put_back(before)
    traders = {UUID(pk) for pk in before["traders"]} | set(done.origin.values())
    if stale:
        _retie(traders)
        _mark(traders)
    entry = record("judgement.undone", actor=actor, refs=_refs(judgement, traders, rings), payload={"reason": judgement.undo_reason})
    _note(rings, Change.What.UNDONE, f"{judgement.get_verdict_display()}: {judgement.undo_reason}", entry.seq)
    if done.origin:
        hooks.after_regrouping.run(traders, actor)
    return stale


def _moves(judgement: Judgement, first: set[UUID], second: set[UUID], traders: set[UUID]) -> dict[UUID, UUID]:
    if judgement.verdict == Verdict.SAME:
        kept = Trader.objects.filter(id__in=traders).order_by("created_at", "id")[0]
        return dict.fromkeys(Channel.objects.filter(trader__in=traders).values_list("id", flat=True), kept.id)
    if judgement.verdict == Verdict.UNTIED:
        return {}
    at = dict(Channel.objects.filter(id__in=first | second).values_list("id", "trader"))
    shared = {at[channel] for channel in first} & {at[channel] for channel in second}
    away = {channel for channel in second if at[channel] in shared}
    if not away:
        return {}
    found = former_traders({"away": away}).get("away")
    return dict.fromkeys(away, found or _new_trader(away).id)


def _new_trader(channels: set[UUID]) -> Trader:
    name = next((name for name in Channel.objects.filter(id__in=channels).order_by("id").values_list("name", flat=True) if name), UNNAMED)
    return Trader.objects.create(name=name, search=fold(name))


def _retie(traders: Iterable[UUID]) -> None:
    """Ties and links go with their channels: within one trader a tie is none, and between two traders a link is none."""
    ties = list(Tie.objects.filter(Q(left__in=traders) | Q(right__in=traders)).order_by("-weight", "id"))
    links = list(Link.objects.filter(trader__in=traders))
    wanted = {pk for tie in ties for pk in (tie.left_channel_id, tie.right_channel_id)} | {
        pk for one in links for pk in (one.first_id, one.second_id)
    }
    at = dict(Channel.objects.filter(id__in=wanted).values_list("id", "trader"))
    seen: set[tuple[UUID, UUID, str, str]] = set()
    gone: list[UUID] = []
    for tie in ties:
        left, right = sorted((at[tie.left_channel_id], at[tie.right_channel_id]))
        key = (left, right, tie.kind, tie.value or str(tie.id))
        if left == right or key in seen:
            gone.append(tie.id)
        elif (left, right) != (tie.left_id, tie.right_id):
            if at[tie.left_channel_id] != left:
                tie.left_channel_id, tie.right_channel_id = tie.right_channel_id, tie.left_channel_id
            tie.left_id, tie.right_id = left, right
            tie.save(update_fields=["left", "right", "left_channel", "right_channel"])
        seen.add(key)
    Tie.objects.filter(id__in=gone).delete()
    for link in links:
        if at[link.first_id] != at[link.second_id]:
            link.delete()
        elif at[link.first_id] != link.trader_id:
            link.trader_id = at[link.first_id]
            link.save(update_fields=["trader"])


def _tie_by_joins(traders: set[UUID]) -> None:
    """What had joined two traders that are apart now ties them."""
    joins = Join.objects.filter(identifier__isnull=False, first__trader__in=traders, second__trader__in=traders).select_related(
        "identifier", "first", "second"
    )
    held = set(Tie.objects.filter(left__in=traders, right__in=traders).values_list("left", "right", "identifier"))
    for join in joins.order_by("id"):
        (left, a), (right, b) = sorted([(join.first.trader_id, join.first_id), (join.second.trader_id, join.second_id)])
        identifier = join.identifier
        if left == right or identifier is None or (left, right, identifier.id) in held or identifier.kind not in TIE_OF:
            continue
        if nobodys(identifier.kind, identifier.value):
            continue
        held.add((left, right, identifier.id))
        Tie.objects.create(
            left_id=left, right_id=right, left_channel_id=a, right_channel_id=b, kind=TIE_OF[identifier.kind], value=identifier.value,
            identifier=identifier, weight=BITS, sentence=f"Cùng {identifier.get_kind_display().lower()} {identifier.value}.",
        )  # fmt: skip


def _mark(traders: Iterable[UUID]) -> None:
    ties = list(Tie.objects.filter(Q(left__in=traders) | Q(right__in=traders)))
    mark_cut(ties)
    Tie.objects.bulk_update(ties, ["cut"], batch_size=200)


def _rewrite(
    parts: Mapping[UUID, Part],
    after: set[UUID],
    held: Mapping[UUID, set[UUID]],
    *,
    judgement: Judgement,
    actor: Actor,
    refs: Mapping[str, object],
) -> None:
    """The rings that the judgement touches, grown again from the ties that count."""
    empty = set(Trader.objects.filter(id__in=after, merged_into__isnull=False).values_list("id", flat=True))
    known = {trader: part for trader, part in parts.items() if trader not in empty}
    for trader in after - empty - set(known):
        known[trader] = _best([parts[one] for one in after & set(parts) & empty])
    for trader in after - empty:
        if judgement.verdict == Verdict.SAME and trader in known:
            known[trader] = _best([known[trader], *(parts[one] for one in after & set(parts) & empty)])
    pairs = Tie.objects.filter(left__in=list(known), right__in=list(known), cut=False, weight__gt=0).values_list("left", "right")
    told = list(Ring.objects.filter(id__in=list(held)).order_by("-traders", "number"))
    was: dict[UUID, set[UUID]] = defaultdict(set)
    for trader, one in Member.objects.filter(ring__in=list(held)).values_list("trader", "ring"):
        was[one].add(trader)
    sentence = told[0].sentence
    if sentence and not sentence.startswith(OLDER):
        sentence = OLDER + sentence
    groups = {
        f"{number}": Group(_stale(known, group, group & after if group in was.values() else group), told[0].strength, sentence)
        for number, group in enumerate(components(set(known), list(pairs)))
        if len(group) > 1
    }
    write(groups, held=held, why=f"Theo nhận định của {judgement.body.name}: {judgement.reason}", actor=actor, refs=refs)


def _stale(known: Mapping[UUID, Part], group: Iterable[UUID], touched: Iterable[UUID]) -> dict[UUID, Part]:
    """What is said of these traders; of those that the judgement touched, that it was said before."""
    found = {trader: known[trader] for trader in group}
    for trader in touched:
        if not found[trader].sentence.endswith((STALE, FRESH)):
            found[trader] = replace(found[trader], sentence=f"{found[trader].sentence} {STALE}".strip())
    return found


def _best(parts: list[Part]) -> Part:
    order = {role: number for number, role in enumerate(Role.values)}
    fresh = Part(Role.MEMBER, 0.0, FRESH)
    return min(parts, key=lambda part: (order[part.role], -part.score), default=fresh)


def _refs(judgement: Judgement, traders: Iterable[UUID], rings: Iterable[UUID]) -> dict[str, object]:
    return {"judgement": judgement.id, "trader": sorted(traders), "ring": sorted(rings), "body": judgement.body.code}


def _note(rings: Iterable[UUID], what: Change.What, sentence: str, entry: int) -> None:
    on = businessdate.today()
    for ring in Ring.objects.filter(id__in=list(rings)):
        Change.objects.create(ring=ring, what=what, on=on, sentence=sentence, traders=ring.traders, entry=entry)

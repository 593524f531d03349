"""What a person says of two traders: the same, not the same, not related; the answer of another body; and undoing."""

from collections.abc import Collection
from uuid import UUID

from chosach.desk.core import businessdate
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.registry.models import Channel, Trader
from chosach.desk.registry.selectors import trader_for
from chosach.desk.rings import selectors, stakes
from chosach.desk.rings.models import Ask, Judged, Judgement, Member, Verdict
from chosach.desk.rings.services.effects import revert, take_effect
from chosach.desk.rings.services.linking import link_soon

State = Judgement.State


@in_turn
def judge_same(first_id: UUID, second_id: UUID, *, reason: str, actor: Actor) -> Judgement:
    """Two traders are one person or firm: they become one at once, and stay one whatever later runs find."""
    first, second = _two(first_id, second_id, actor)
    sides = (_channels(first), _channels(second))
    return _judge(Verdict.SAME, first, second, sides, reason=reason, actor=actor)


@in_turn
def judge_different(trader_id: UUID, *, channels: Collection[UUID], reason: str, actor: Actor) -> Judgement:
    """These channels of a trader are another's: they leave it at once, and no later run brings them back."""
    actor.require("rings.judge", trader=trader_id)
    trader = _live(trader_for(actor, trader_id))
    own = _channels(trader)
    away = own & set(channels)
    if not away:
        raise Problem("judgement.channels_missing", "Hãy chọn ít nhất một kênh bán cần tách.", where="channels")
    if away == own:
        raise Problem("judgement.channels_all", "Hãy để lại ít nhất một kênh bán ở thương nhân này.", where="channels")
    return _judge(Verdict.DIFFERENT, trader, None, (own - away, away), reason=reason, actor=actor)


@in_turn
def cut(first_id: UUID, second_id: UUID, *, reason: str, actor: Actor) -> Judgement:
    """What two traders share does not tie them: it counts for no ring any more, and stays to be seen."""
    first, second = _two(first_id, second_id, actor)
    if not selectors.ties_between(actor, first.id, second.id):
        raise Problem("judgement.no_tie", "Hai thương nhân này không có mối liên kết nào để cắt.")
    return _judge(Verdict.UNTIED, first, second, (_channels(first), _channels(second)), reason=reason, actor=actor)


@in_turn
def undo(judgement_id: UUID, *, reason: str, actor: Actor) -> Judgement:
    """Take a judgement back. What it changed is restored; who judged or agreed has to agree, if that is another body."""
    actor.require("rings.judge", judgement=judgement_id)
    judgement = selectors.judgement_for(actor, judgement_id, lock=True)
    if judgement.state != State.IN_FORCE:
        raise Problem("judgement.not_in_force", "Nhận định này không còn hiệu lực hoặc đang chờ trả lời.")
    reason = _reason(reason)
    if selectors.later_than(judgement).exists():
        raise Problem("judgement.later", "Đã có nhận định sau về các thương nhân này. Hãy hoàn tác nhận định sau trước.")
    judgement.undo_reason, judgement.undo_by_id, judgement.undo_on = reason, actor.seat[0], businessdate.today()
    judgement.save(update_fields=["undo_reason", "undo_by", "undo_on"])
    others = {judgement.body_id, *judgement.asks.filter(undo=False, state=Ask.State.AGREED).values_list("body", flat=True)}
    files = stakes.bodies_at_work([UUID(pk) for pk in judgement.before["traders"]])
    asked = dict.fromkeys(files, Ask.Why.FILE) | dict.fromkeys(others, Ask.Why.JUDGED)
    if _ask(judgement, asked, actor, undo=True):
        judgement.state = State.UNDOING
        judgement.save(update_fields=["state"])
        record("judgement.undo_asked", actor=actor, refs=_refs(judgement), payload={"reason": reason})
    else:
        _undone(judgement, actor)
    return judgement


@in_turn
def answer(ask_id: UUID, *, agree: bool, text: str, actor: Actor) -> Judgement:
    """Another body's second person agrees or does not. A judgement takes effect when every body that was asked agrees."""
    actor.require("rings.answer", ask=ask_id)
    ask = selectors.ask_for(actor, ask_id, lock=True)
    judgement = Judgement.objects.select_for_update(of=("self",)).select_related("body").get(id=ask.judgement_id)
    asker = judgement.undo_by_id if ask.undo else judgement.by_id
    if actor.seat[0] == asker:
        raise Refused("judgement.same_person", refs={"judgement": str(judgement.id)})
    if not agree:
        text = _reason(text)
    ask.state, ask.by_id, ask.on = (Ask.State.AGREED if agree else Ask.State.REFUSED), actor.seat[0], businessdate.today()
    ask.answer = text.strip()[:1000]
    ask.save(update_fields=["state", "by", "on", "answer"])
    event = "judgement.agreed" if agree else "judgement.refused"
    record(event, actor=actor, refs=_refs(judgement, ask=ask.id), payload={"undo": ask.undo, "answer": ask.answer})
    waiting = judgement.asks.filter(state=Ask.State.WAITING)
    if not agree:
        waiting.update(state=Ask.State.LAPSED)
        judgement.state = State.IN_FORCE if ask.undo else State.REFUSED
        judgement.save(update_fields=["state"])
    elif not waiting.exists():
        if ask.undo:
            _undone(judgement, actor)
        else:
            _in_force(judgement, actor)
    return judgement


def _judge(
    verdict: Verdict, first: Trader, second: Trader | None, sides: tuple[set[UUID], set[UUID]], *, reason: str, actor: Actor
) -> Judgement:
    reason = _reason(reason)
    traders = [first.id, *([second.id] if second else [])]
    if selectors.waiting_on(traders).exists():
        raise Problem("judgement.waiting", "Một nhận định về thương nhân này đang chờ cơ quan khác trả lời. Hãy đợi trả lời trước.")
    ring = Member.objects.filter(trader__in=traders).order_by("trader").values_list("ring", flat=True).first()
    user, body = actor.seat
    judgement = Judgement.objects.create(
        verdict=verdict, by_id=user, body_id=body, on=businessdate.today(), reason=reason, first=first, second=second, ring_id=ring
    )
    Judged.objects.bulk_create(
        Judged(judgement=judgement, channel_id=channel, second_side=bool(number))
        for number, channels in enumerate(sides)
        for channel in sorted(channels)
    )
    opposed = selectors.opposed_to(judgement, *sides)
    asked = dict.fromkeys(stakes.bodies_at_work(traders), Ask.Why.FILE) | dict.fromkeys((one.body_id for one in opposed), Ask.Why.JUDGED)
    if _ask(judgement, asked, actor):
        payload = {"verdict": verdict, "reason": reason, "channels": [len(side) for side in sides]}
        record("judgement.proposed", actor=actor, refs=_refs(judgement), payload=payload)
    else:
        _in_force(judgement, actor)
    return judgement


def _ask(judgement: Judgement, bodies: dict[UUID, Ask.Why], actor: Actor, *, undo: bool = False) -> bool:
    """Ask every other body; True if there is one."""
    asked = [Ask(judgement=judgement, body_id=body, why=why, undo=undo) for body, why in sorted(bodies.items()) if body != actor.body_id]
    Ask.objects.bulk_create(asked)
    return bool(asked)


def _in_force(judgement: Judgement, actor: Actor) -> None:
    """What follows at once, and soon: what others have to do with the two, their roles and the sentences only a linking finds."""
    take_effect(judgement, actor)
    link_soon(actor)


def _undone(judgement: Judgement, actor: Actor) -> None:
    if revert(judgement, actor):
        link_soon(actor)


def _two(first_id: UUID, second_id: UUID, actor: Actor) -> tuple[Trader, Trader]:
    actor.require("rings.judge", trader=first_id)
    first, second = _live(trader_for(actor, first_id)), _live(trader_for(actor, second_id))
    if first.id == second.id:
        raise Problem("judgement.one_trader", "Hãy chọn hai thương nhân khác nhau.", where="other")
    return first, second


def _live(trader: Trader) -> Trader:
    if trader.merged_into_id is not None:
        raise Problem("trader.merged", "Thương nhân này đã nhập vào thương nhân khác.", where="trader")
    return trader


def _channels(trader: Trader) -> set[UUID]:
    return set(Channel.objects.filter(trader=trader).values_list("id", flat=True))


def _reason(text: str) -> str:
    found = text.strip()
    if not found:
        raise Problem("judgement.reason_missing", "Hãy ghi lý do.", where="reason")
    return found[:2000]


def _refs(judgement: Judgement, **more: object) -> dict[str, object]:
    traders = [judgement.first_id, *([judgement.second_id] if judgement.second_id else [])]
    return {"judgement": judgement.id, "trader": traders, "ring": judgement.ring_id, "body": judgement.body.code, **more}

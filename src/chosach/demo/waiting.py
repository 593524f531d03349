"""What the half year leaves to do on its last day: a decision of each sort waits for the person who may make it.

Done by the same services as everything else, after the report was frozen, so that none of it moves the report's figures.
"""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from chosach.demo.market.words import TOYS
from chosach.demo.play import FALSE_ALARM, Open, Play
from chosach.demo.world import LAST_DAY, actors
from chosach.desk.cases.kinds import OutcomeKind
from chosach.desk.cases.models import Case
from chosach.desk.cases.outcome_rules import OutcomeInput
from chosach.desk.cases.services import closing, joining, outcomes, transferring
from chosach.desk.cases.stages import Stage
from chosach.desk.core.access import Actor
from chosach.desk.leads import services as leads
from chosach.desk.leads.models import Dismissal, DismissReason, Lead, LeadState
from chosach.desk.reports import services as reports
from chosach.desk.reports.models import Return
from chosach.desk.rings import services as rings
from chosach.desk.rings.models import Ring, Role
from chosach.desk.rings.stakes import bodies_at_work

Report = Callable[[int, int], None]
TO_POLICE = {
    "to_body": "police",
    "reason": "Trị giá hàng hóa từ mức truy cứu trách nhiệm hình sự.",
    "ground": "Điều 62 Luật Xử lý vi phạm hành chính",
}
#: How often the lot is thrown until it falls on a dismissal; that it never falls in so many throws is one in 10¹⁸.
MOST_THROWS = 800


def leave_work(play: Play, report: Report) -> None:
    """Leave something to decide for the head, the second person, the police, the standing office and the bodies that report."""
    steps = (_dismissals, _decisions_on_cases, _wish_to_join, _next_report, _judgements)
    for number, step in enumerate(steps, start=1):
        step(play, actors())
        report(number, len(steps))


def leave_a_transfer(play: Play) -> None:
    """A case is sent to the police, and nobody there answers: on the last day the deadline has passed, or is near."""
    item = _on_the_way(play, Stage.INSPECTING, Stage.DECIDING)
    if item is None:
        return
    officer, head = play.people["qltt.can-bo"], play.people["qltt.lanh-dao"]
    transfer = transferring.propose_transfer(item.case, **TO_POLICE, actor=officer)
    transferring.decide_transfer(item.case, transfer.id, approve=True, actor=head)
    play.cases.remove(item)


def _on_the_way(play: Play, *stages: Stage) -> Open | None:
    """A case of market surveillance at one of these stages, the dearest goods first."""
    items = [item for item in play.cases if item.body == "qltt" and item.step in {"decide", "close"}]
    at = {case.id: case.stage for case in Case.objects.filter(id__in=[item.case for item in items])}
    fitting = [item for item in items if at[item.case] in stages]
    return max(fitting, key=lambda item: item.goods, default=None)


def _dismissals(play: Play, people: dict[str, Actor]) -> None:
    """One of the top tenth waits for a second person; one of the others was drawn for the standing office."""
    officer = people["qltt.can-bo"]
    new = Lead.objects.filter(body__code=officer.body_code, state=LeadState.NEW, trader__place="inside")
    top = new.order_by("rank").first()
    if top is not None:
        text = "Chủ gian hàng cho biết đã ngừng bán; đề nghị bỏ qua."
        leads.dismiss(top.id, reason=DismissReason.REMOVED, text=text, actor=officer)
    last = new.filter(category=TOYS).order_by("-rank").first()
    if last is not None:
        _throw_until_drawn(last, officer)


def _throw_until_drawn(lead: Lead, officer: Actor) -> None:
    """The lot can't be steered, not even by the demo: the whole act is taken back and done again until it falls."""
    for _ in range(MOST_THROWS):
        with transaction.atomic():
            dismissal = leads.dismiss(lead.id, reason=DismissReason.INNOCENT, text=FALSE_ALARM, actor=officer)
            if dismissal.review == Dismissal.Review.DRAWN:
                return
            transaction.set_rollback(True)


def _decisions_on_cases(play: Play, people: dict[str, Actor]) -> None:
    """Outcomes, a closing and a transfer that the officer has proposed and the head has not decided."""
    officer = people["qltt.can-bo"]
    for key in ("qltt", "qltt", "congan", "yte"):
        item = next((item for step in ("decide", "inspect") for item in play.cases if (item.step, item.body) == (step, key)), None)
        item = item or _taken_up(play, key)
        if item is not None:
            outcomes.propose_outcome(item.case, _draft(item), confirmed=True, actor=people[f"{key}.can-bo"])
            play.cases.remove(item)
    for item in [item for item in play.cases if (item.step, item.body) == ("close", "qltt")][:1]:
        closing.propose_closing(item.case, reason="Đã có kết quả, đã thu nộp, hồ sơ đầy đủ.", actor=officer)
        play.cases.remove(item)
    to_send = next((item for item in play.cases if (item.step, item.body) == ("inspect", "qltt")), None)
    if to_send is not None:
        transferring.propose_transfer(to_send.case, **TO_POLICE, actor=officer)
        play.cases.remove(to_send)


def _taken_up(play: Play, key: str) -> Open | None:
    """A case that this body opens on its last lead that nobody has taken up; how many cases the play has left open is chance."""
    new = Lead.objects.filter(body__code=play.people[f"{key}.can-bo"].body_code, state=LeadState.NEW, trader__place="inside")
    lead = new.exclude(category=TOYS).select_related("trader").order_by("-rank").first()
    return play.open_case(key, lead, LAST_DAY) if lead is not None else None


def _draft(item: Open) -> OutcomeInput:
    """What the officer proposes: the result of an inspection where there was none yet, else a sanction."""
    if item.step == "inspect":
        return OutcomeInput(kind=OutcomeKind.INSPECTED, date=LAST_DAY, reason="Biên bản kiểm tra, có chữ ký của chủ hàng.")
    return OutcomeInput(
        kind=OutcomeKind.SANCTIONED,
        date=LAST_DAY,
        reason="Dự thảo quyết định xử phạt vi phạm hành chính.",
        subjects=1,
        fine=max(2_000_000, round(item.goods // 2, -5)),
        goods_confiscated=item.goods,
    )


def _wish_to_join(play: Play, people: dict[str, Actor]) -> None:
    """The city's committee asks to take part in a case of market surveillance."""
    open_cases = Case.objects.filter(owner__code="market-surveillance").exclude(stage__in=[Stage.CLOSED, Stage.TRANSFERRING])
    joined = open_cases.filter(joined__body__code="district-bien-hoa").values("id")
    lead = Lead.objects.filter(case_id__in=open_cases.values("id")).exclude(case_id__in=joined).order_by("created_at").first()
    if lead is not None:
        reason = "Kho hàng ở phường thuộc thành phố; Ban Chỉ đạo thành phố cử Đội liên ngành phối hợp."
        joining.ask_to_join(lead.trader_id, reason=reason, actor=people["bienhoa.can-bo"])


def _next_report(play: Play, people: dict[str, Actor]) -> None:
    """A quick report is under way: one body has handed in, one has to correct, the others are awaited."""
    office = people["vptt.can-bo"]
    opened = reports.open_round(
        actor=office, form="flash", period_from=LAST_DAY.replace(day=1), period_to=LAST_DAY, due_on=LAST_DAY + dt.timedelta(days=4)
    )
    of = {found.body.code: found for found in Return.objects.filter(round=opened).select_related("body")}
    words = {
        "situation": "Nửa đầu tháng 5 các gian hàng bán thuốc lá điện tử và mỹ phẩm trộn tăng.",
        "assessment": "Đã kiểm tra theo thẩm quyền.",
        "proposals": "",
    }
    for body, key in (("market-surveillance", "qltt.lanh-dao"), ("health", "yte.lanh-dao")):
        if body in of:
            reports.write_return(actor=people[key], found=of[body], words=words)
            reports.submit(actor=people[key], found=of[body])
    if "health" in of:
        reports.send_back(actor=office, found=of["health"], reason="Ghi rõ số sản phẩm đã lấy mẫu kiểm nghiệm, rồi nộp lại.")


def _judgements(play: Play, people: dict[str, Actor]) -> None:
    """The police have judged two pairs of the largest ring: a tie is cut at once, for nobody else is at work on those two; that two others
    are one person waits for market surveillance, which has a file about one of them or, where it has none in this ring, has judged
    otherwise."""
    ring = Ring.objects.filter(state=Ring.State.LIVE).order_by("-traders", "number").first()
    if ring is None:
        return
    police, surveillance = people["congan.can-bo"], people["qltt.can-bo"]
    # plain members first, and by name: random ids must not choose
    order = [
        one.trader_id for one in sorted(ring.members.select_related("trader"), key=lambda one: (one.role != Role.MEMBER, one.trader.name))
    ]
    others = {trader: bodies_at_work([trader]) - {police.body_id} for trader in order}
    free = [trader for trader in order if not others[trader]]
    if len(free) >= 2:
        reason = "Hai chủ khác nhau, cùng gửi hàng ở một kho cho thuê; đã xác minh tại phường."
        rings.cut(free[0], free[1], reason=reason, actor=police)
    if len(free) < 3:
        return
    busy = next((trader for trader in order if surveillance.body_id in others[trader]), None)
    if busy is None and len(free) > 3:
        busy = free[3]
        rings.cut(busy, free[2], reason="Hai hộ kinh doanh khác nhau, theo đăng ký kinh doanh.", actor=surveillance)
    if busy is not None:
        reason = "Cùng một người ra mở tài khoản và nhận hàng ở kho, theo biên bản làm việc với chủ kho."
        rings.judge_same(busy, free[2], reason=reason, actor=police)

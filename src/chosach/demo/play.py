"""Half a year of work, played by the cast through the same services that the pages call.

Every act has its person, its day and its ledger entry; nothing is written past the services. Seeded: the same market gives the
same half year (ids and hashes differ, they are random).
"""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from uuid import UUID

from chosach.demo.market.words import TOYS
from chosach.demo.world import FIRST_DAY, LAST_DAY, actors, set_day
from chosach.desk.cases.kinds import Audience, Basis, GoodsState, OutcomeKind, PartyKind, PartyRole, Right
from chosach.desk.cases.models import Case, Outcome
from chosach.desk.cases.outcome_rules import OutcomeInput
from chosach.desk.cases.services import closing, contents, joining, opening, outcomes, transferring
from chosach.desk.cases.stages import Stage
from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem
from chosach.desk.evidence import services as evidence
from chosach.desk.law.workdays import is_working
from chosach.desk.leads import services as leads
from chosach.desk.leads.models import DismissReason, Lead, LeadState
from chosach.desk.registry.models import Listing, PlaceState

#: Bodies that work on leads in the demo: user-name prefix of its two people, and how many leads it takes up in a working week.
WORKING_BODIES: tuple[tuple[str, float], ...] = (
    ("qltt", 4.0),
    ("congan", 1.0),
    ("yte", 1.0),
    ("bienhoa", 1.5),
    ("khcn", 0.5),
    ("tttt", 0.3),
    ("haiquan", 0.3),
    ("thue", 0.3),
)
#: Why a lead is dropped whose words were rightly found, and in what words. A false alarm is said only of what is one.
DISMISSALS: tuple[tuple[DismissReason, str], ...] = (
    (DismissReason.DOCUMENTS, "Người bán đã gửi hóa đơn và phiếu công bố, số hợp lệ."),
    (DismissReason.REMOVED, "Tin đã được người bán gỡ trước khi xác minh, không còn hàng."),
)
FALSE_ALARM = "Mô hình đồ chơi; “rep 1:1” là tỷ lệ mô hình, không phải hàng nhái."
#: Who of market surveillance looks through the toys, each on a day of their own, and how many leads each dismisses; the others stay.
TOY_DAYS: tuple[tuple[dt.date, str], ...] = (
    (dt.date(2020, 12, 9), "qltt.can-bo"),
    (dt.date(2021, 1, 13), "qltt.kiem-tra"),
    (dt.date(2021, 2, 24), "qltt.phan-tich"),
    (dt.date(2021, 3, 24), "qltt.lanh-dao"),
)
TOYS_EACH = 4
#: Cases that end because what was found turned out to be in order: of goods that papers clear, and few.
MOST_CLEARED = 3
CLEARED_BY_PAPERS = frozenset({"conditional", "unknown_origin"})


@dataclass
class Open:
    """A case on its way in the play: when its next step is due, and what that step is."""

    case: UUID
    body: str
    due: dt.date
    step: str = "inspect"
    goods: int = 0


@dataclass
class Play:
    """The half year. `run` yields the day after each working day, for a progress bar."""

    seed: int = 389
    cases: list[Open] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    #: What else happens on a day, before that day's work; a day off passes it on to the next working day.
    diary: dict[dt.date, list[Callable[["Play"], None]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)  # noqa: S311 - a play, not a secret
        self.people = actors()

    def run(self) -> Iterator[dt.date]:
        """Play every working day from the plan's first to the last day of the half year."""
        day, due = FIRST_DAY, []
        while day <= LAST_DAY:
            due += self.diary.get(day, [])
            if is_working(day):
                set_day(day)
                for act in due:
                    act(self)
                due = []
                self._day(day)
            yield day
            day += dt.timedelta(days=1)

    # -- one day

    def _day(self, day: dt.date) -> None:
        busy = day <= LAST_DAY - dt.timedelta(days=2)
        if busy:
            self._recheck(day)
        for key, per_week in WORKING_BODIES:
            if busy and self.rng.random() < per_week / 5:
                self._take_up_a_lead(key, day)
        for item in [item for item in self.cases if item.due <= day]:
            self._next_step(item, day)

    def _pair(self, key: str) -> tuple[Actor, Actor]:
        return self.people[f"{key}.can-bo"], self.people[f"{key}.lanh-dao"]

    def _take_up_a_lead(self, key: str, day: dt.date) -> None:
        """One lead: mostly a case, else dropped, watched, or handed over to the province it belongs to."""
        officer, head = self._pair(key)
        new = Lead.objects.filter(body__code=officer.body_code, state=LeadState.NEW).exclude(category=TOYS)
        found = new.select_related("trader").order_by("rank")[:40]
        if not found:
            return
        lead = found[min(len(found) - 1, int(self.rng.expovariate(0.25)))]
        if lead.trader.place == PlaceState.OUTSIDE:
            leads.hand_over(lead.id, reason="Thương nhân ở ngoài tỉnh; chuyển Ban Chỉ đạo 389 nơi có kho hàng.", actor=officer)
            self.done["handed_over"] += 1
            return
        draw = self.rng.random()
        if draw < 0.62:
            leads.assign(lead.id, assignee=officer.user_id or UUID(int=0), actor=head)
            self.open_case(key, lead, day)
        elif draw < 0.85:
            self._dismiss(lead, officer, head)
        else:
            leads.watch(lead.id, until=day + dt.timedelta(days=30), actor=officer)
            self.done["watched"] += 1

    def _recheck(self, day: dt.date) -> None:
        """A lead that was watched until today is decided; a few are forgotten, and the queue says so."""
        watched = Lead.objects.filter(state=LeadState.WATCHING, watch_until=day, trader__place=PlaceState.INSIDE).select_related("trader")
        for lead in list(watched.order_by("rank")):
            key = next((key for key, _ in WORKING_BODIES if self.people[f"{key}.can-bo"].body_id == lead.body_id), None)
            draw = self.rng.random()
            if key is None or draw < 0.15:
                continue
            if draw < 0.6:
                self.open_case(key, lead, day)
            else:
                self._dismiss(lead, *self._pair(key))

    def _dismiss(self, lead: Lead, officer: Actor, head: Actor) -> None:
        reason, text = self.rng.choice(DISMISSALS)
        dismissal = leads.dismiss(lead.id, reason=reason, text=text, actor=officer)
        if dismissal.state == dismissal.State.PENDING:
            if self.rng.random() < 0.8:
                leads.agree(lead.id, actor=head)
            else:
                leads.refuse(lead.id, answer="Mức hại dự kiến cao; cần xác minh trước khi bỏ qua.", actor=head)
        self.done["dismissed"] += 1

    def look_through_toys(self, key: str) -> None:
        """One person's false alarms: what the desk can learn from. (An act of the diary.)"""
        actor, head = self.people[key], self.people["qltt.lanh-dao"]
        second = self.people["qltt.can-bo"] if actor == head else head
        new = Lead.objects.filter(body__code=actor.body_code, state=LeadState.NEW, category=TOYS)
        for lead in list(new.order_by("trader__name", "opened_on")[:TOYS_EACH]):
            dismissal = leads.dismiss(lead.id, reason=DismissReason.INNOCENT, text=FALSE_ALARM, actor=actor)
            if dismissal.state == dismissal.State.PENDING:
                leads.agree(lead.id, actor=second)
            self.done["dismissed"] += 1

    # -- a case, step by step

    def open_case(self, key: str, lead: Lead, day: dt.date) -> Open:
        """The officer of this body opens a case on the lead."""
        officer, _ = self._pair(key)
        inside = lead.trader.place == PlaceState.INSIDE
        opened = partial(
            opening.open_case,
            title=f"{lead.get_kind_display()}: {lead.trader.name}",
            ground="Đầu mối từ sàng lọc tin bán",
            violation_kinds=[kind.kind for kind in lead.kinds.all()[:3]] or [lead.kind],
            place="inside" if inside else "unknown",
            place_how=(lead.trader.place_text or "địa điểm ghi trong tin bán") if inside else "",
            lead_ids=[lead.id],
            actor=officer,
        )
        try:
            case = opened()
        except Problem as problem:
            if problem.code != "case.overlap":
                raise
            case = opened(overlap_reason="Đã trao đổi với cơ quan kia, hai hành vi khác nhau.")
        self.done["cases"] += 1
        self.cases.append(Open(case.id, key, day + dt.timedelta(days=self.rng.randint(3, 14))))
        return self.cases[-1]

    def _next_step(self, item: Open, day: dt.date) -> None:
        {"inspect": self._inspect, "decide": self._decide, "answer": self._answer, "collect": self._collect, "close": self._close}[
            item.step
        ](item, day)

    def _inspect(self, item: Open, day: dt.date) -> None:
        """A visit: parties and goods found, and the result of the inspection, approved by the head."""
        officer, head = self._pair(item.body)
        case = Case.objects.get(pk=item.case)
        opening.move_stage(case.id, target=Stage.VERIFYING, actor=officer)
        opening.move_stage(case.id, target=Stage.INSPECTING, actor=officer)
        lead = Lead.objects.filter(case_id=case.id).select_related("trader").first()
        contents.add_party(
            case.id,
            kind=PartyKind.PERSON,
            role=PartyRole.SUBJECT,
            name=f"Chủ {lead.trader.name if lead else 'gian hàng'}",
            actor=officer,
        )
        quantity, value = self.rng.randint(3, 80), self.rng.randrange(50, 900) * 1000
        contents.add_goods(
            case.id,
            name=f"Hàng theo tin bán ({lead.category if lead else 'hàng hóa'})",
            quantity=Decimal(quantity),
            unit="cái",
            unit_value=value,
            basis=Basis.LISTED,
            state=GoodsState.HELD,
            actor=officer,
        )
        item.goods = quantity * value
        self._keep_evidence(case, lead, officer)
        if case.place == "inside" and item.body == "qltt" and self.rng.random() < 0.2:
            reason = "Đội liên ngành của thành phố cùng kiểm tra kho."
            joining.join_body(case.id, body_code="district-bien-hoa", rights=[Right.READ, Right.CONTRIBUTE], reason=reason, actor=officer)
        self._outcome(item, OutcomeKind.INSPECTED, day, "Biên bản kiểm tra, có chữ ký của chủ hàng.", goods_held=item.goods)
        contents.write_note(case.id, words="Chủ hàng hợp tác, đã giao nộp sổ bán hàng.", audience=Audience.OWN, actor=officer)
        self.done["inspected"] += 1
        if item.body == "qltt" and (item.goods >= 30_000_000 and case.kind in {"counterfeit", "ip_infringing", "banned"}):
            self._transfer(item, officer, head, day)
            return
        item.step, item.due = "decide", day + dt.timedelta(days=self.rng.randint(7, 21))

    def _keep_evidence(self, case: Case, lead: Lead | None, officer: Actor) -> None:
        """The offer as it stood, kept as evidence."""
        offer = Listing.objects.filter(channel__trader=lead.trader_id).first() if lead else None
        if offer is None:
            return
        text = f"{offer.title}\n\n{offer.description}\n\n{offer.url}\n"
        evidence.add(
            "case",
            case.id,
            chunks=[text.encode()],
            name="tin-ban.txt",
            description="Nội dung tin bán tại thời điểm kiểm tra.",
            source=f"Gian hàng {lead.trader.name if lead else ''}",
            actor=officer,
        )

    def _transfer(self, item: Open, officer: Actor, head: Actor, day: dt.date) -> None:
        transfer = transferring.propose_transfer(
            item.case,
            to_body="police",
            reason="Trị giá hàng hóa từ mức truy cứu trách nhiệm hình sự.",
            ground="Điều 62 Luật Xử lý vi phạm hành chính",
            actor=officer,
        )
        transferring.decide_transfer(item.case, transfer.id, approve=True, actor=head)
        self.done["transferred"] += 1
        item.step, item.due = "answer", day + dt.timedelta(days=2)

    def _answer(self, item: Open, day: dt.date) -> None:
        officer, head = self._pair("congan")
        case = Case.objects.get(pk=item.case)
        transfer = case.transfers.order_by("-created_at").first()
        if transfer is None:
            raise LookupError("a case that waits for an answer has a transfer")
        accept = self.rng.random() < 0.75
        answer = "" if accept else "Chưa đủ yếu tố cấu thành; đề nghị xử lý hành chính theo thẩm quyền."
        transferring.answer_transfer(item.case, transfer.id, accept=accept, answer=answer, actor=head)
        if accept:
            item.body = "congan"
            joining.join_body(item.case, body_code="tax", rights=[Right.READ], reason="Cần số liệu thuế của đối tượng.", actor=officer)
        item.step, item.due = "decide", day + dt.timedelta(days=self.rng.randint(14, 40))

    def _decide(self, item: Open, day: dt.date) -> None:
        """How it ends: sanctioned, prosecuted, nothing found, or not the plan's."""
        case = Case.objects.get(pk=item.case)
        officer, _ = self._pair(item.body)
        if case.stage not in {Stage.DECIDING, Stage.CLOSED}:
            self._to_deciding(case, officer)
        draw = self.rng.random()
        if item.body == "congan" and draw < 0.7:
            self._outcome(
                item,
                OutcomeKind.PROSECUTED,
                day,
                "Quyết định khởi tố vụ án, khởi tố bị can.",
                prosecuted_cases=1,
                prosecuted_persons=self.rng.randint(1, 4),
                goods_confiscated=item.goods,
            )
        elif draw < 0.1 and case.kind in CLEARED_BY_PAPERS and self.done["cleared"] < MOST_CLEARED:
            self.done["cleared"] += 1
            self._outcome(item, OutcomeKind.DISMISSED, day, "Chủ hàng xuất trình đủ hóa đơn, chứng từ; trả lại hàng.", why="papers")
        elif draw < 0.14:
            self._outcome(item, OutcomeKind.OUT_OF_SCOPE, day, "Tranh chấp dân sự, không phải hành vi của kế hoạch.", handed_to="justice")
        else:
            fine = max(1_000_000, round(int(item.goods * self.rng.uniform(0.3, 1.2)), -5))
            destroyed = item.goods if self.rng.random() < 0.4 else 0
            outcome = self._outcome(
                item,
                OutcomeKind.SANCTIONED,
                day,
                "Quyết định xử phạt vi phạm hành chính.",
                subjects=1,
                fine=fine,
                tax_recovered=fine // 2 if item.body == "thue" else 0,
                goods_destroyed=destroyed,
                goods_confiscated=item.goods - destroyed,
            )
            item.step, item.due = "collect", day + dt.timedelta(days=self.rng.randint(8, 25))
            self.done["sanctioned"] += 1 if outcome else 0
            return
        item.step, item.due = "close", day + dt.timedelta(days=self.rng.randint(2, 8))

    def _to_deciding(self, case: Case, officer: Actor) -> None:
        path = {
            Stage.OPENED: (Stage.VERIFYING, Stage.INSPECTING, Stage.DECIDING),
            Stage.VERIFYING: (Stage.INSPECTING, Stage.DECIDING),
            Stage.INSPECTING: (Stage.DECIDING,),
        }
        for stage in path.get(Stage(case.stage), ()):
            opening.move_stage(case.id, target=stage, actor=officer)

    def _collect(self, item: Open, day: dt.date) -> None:
        """The fine is paid: a corrected outcome says so; nothing is edited."""
        sanction = Outcome.objects.filter(case_id=item.case, kind=OutcomeKind.SANCTIONED).latest("created_at")
        if self.rng.random() < 0.85:
            names = ("subjects", "fine", "additional_fine", "tax_recovered", "sold", "goods_held", "goods_confiscated", "goods_destroyed")
            same = {name: getattr(sanction, name) for name in names}
            self._outcome(
                item,
                OutcomeKind.SANCTIONED,
                sanction.date,
                "Đã nộp phạt vào Kho bạc Nhà nước.",
                **same,
                collected=sanction.imposed,
                collected_on=day,
                corrects=sanction.id,
            )
            self.done["collected"] += 1
        item.step, item.due = "close", day + dt.timedelta(days=self.rng.randint(2, 8))

    def _close(self, item: Open, day: dt.date) -> None:
        officer, head = self._pair(item.body)
        closed = closing.propose_closing(item.case, reason="Đã có kết quả, hồ sơ đầy đủ.", actor=officer)
        closing.decide_closing(item.case, closed.id, approve=True, actor=head)
        self.cases.remove(item)
        self.done["closed"] += 1

    def _outcome(self, item: Open, kind: OutcomeKind, day: dt.date, reason: str, **given: object) -> Outcome:
        officer, head = self._pair(item.body)
        asked = OutcomeInput(kind=kind, date=day, reason=reason, **given)  # type: ignore[arg-type]
        proposed = outcomes.propose_outcome(item.case, asked, confirmed=True, actor=officer)
        return outcomes.decide_outcome(item.case, proposed.id, approve=True, actor=head)

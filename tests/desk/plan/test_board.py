"""The plan board: every obligation with its bodies, dates, progress and evidence; who is late; reminders; directions."""

import datetime as dt
import json
import uuid

import pytest
from django.urls import reverse

from chosach.desk.agencies.services import merge_bodies
from chosach.desk.core import access, businessdate
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.core.home import sections_for
from chosach.desk.ledger.models import Entry
from chosach.desk.ledger.selectors import entries_of
from chosach.desk.plan import selectors, services
from chosach.desk.plan.models import DueDate, Note, Obligation, Plan, Reminder
from tests.people import Cast

SYSTEM = access.system("test")
START = dt.date(2020, 12, 1)


@pytest.fixture(autouse=True)
def december(plan: Plan) -> None:
    businessdate.simulate(START)


def on(code: str) -> dict[str, str]:
    return {"plan": "dong-nai-2020", "code": code}


def line(actor: access.Actor, code: str) -> selectors.Line:
    plan = selectors.plan_for(actor)
    assert plan is not None
    return next(line for line in selectors.board_for(actor, plan) if line.obligation.code == code)


def payload(event: str) -> dict[str, object]:
    entry = Entry.objects.filter(event=event).latest("seq")
    found: dict[str, object] = json.loads(entry.payload.text)
    return found


def test_every_obligation_of_the_plan_is_on_the_board(cast: Cast, plan: Plan) -> None:
    codes = [line.obligation.code for line in selectors.board_for(cast["vptt.can-bo"].actor, plan)]
    assert len(codes) == len(set(codes)) == 49
    assert codes[0] == "S1" and codes[-1] == "R4"


def test_a_named_body_reports_progress_with_evidence(cast: Cast, plan: Plan) -> None:
    actor = cast["qltt.can-bo"].actor
    services.note_progress(actor=actor, **on("A1b"), text="Đã lập danh sách 120 gian hàng.", progress="ongoing")
    found = line(cast["vptt.can-bo"].actor, "A1b")
    assert found.progress == "ongoing"
    assert found.in_charge[0].last_note is not None
    assert found.in_charge[0].last_note.text == "Đã lập danh sách 120 gian hàng."
    assert Entry.objects.filter(event="obligation.noted", actor=actor.id).count() == 1


def test_evidence_must_be_a_page_of_this_system(cast: Cast, plan: Plan) -> None:
    for address in ("https://vi-du.vn/anh.jpg", "/ke-hoach/", "/khong-co-trang-nay/", f"/{uuid.uuid4()}/"):
        with pytest.raises(Problem) as caught:
            services.note_progress(actor=cast["qltt.can-bo"].actor, **on("A1b"), text="x", progress="ongoing", links=[address])
        assert caught.value.code == "note.link_wrong"
    assert not Note.objects.exists()


def test_a_body_that_the_obligation_does_not_name_reports_nothing(cast: Cast, plan: Plan) -> None:
    for key in ("thue.can-bo", "bienhoa.lanh-dao", "hoi.can-bo", "quantri", "kiemtoan", "isp.lien-he"):
        with pytest.raises(Refused):
            services.note_progress(actor=cast[key].actor, **on("A1a"), text="x", progress="done")
        with pytest.raises(Refused):
            services.note_obstacle(actor=cast[key].actor, **on("A1a"), text="x")
    assert not Note.objects.exists()


def test_the_successor_of_a_merged_body_reports_in_its_place(cast: Cast, plan: Plan) -> None:
    merge_bodies(actor=SYSTEM, code="culture", into="health", on=dt.date(2020, 12, 1), ground="Quyết định thử")
    Obligation.objects.get(code="A8a").bodies.filter(body__code="health").delete()
    note = services.note_progress(actor=cast["yte.can-bo"].actor, **on("A8a"), text="Tiếp nhận nhiệm vụ.", progress="ongoing")
    assert note.body.code == "culture"


def test_a_body_is_late_the_day_after_its_date_and_only_if_in_charge(cast: Cast, plan: Plan) -> None:
    office = cast["vptt.can-bo"].actor
    services.set_due(actor=office, **on("A6c"), date=dt.date(2020, 12, 15), label="Danh sách tên miền vi phạm")
    businessdate.simulate(dt.date(2020, 12, 15))
    assert line(office, "A6c").late == []
    businessdate.simulate(dt.date(2020, 12, 16))
    assert [late.body.code for late in line(office, "A6c").late] == ["information-communications"]
    board = selectors.board_for(office, plan, state="late")
    assert [found.obligation.code for found in board] == ["A6c"]


def test_reporting_the_date_as_done_ends_the_lateness(cast: Cast, plan: Plan) -> None:
    office = cast["vptt.can-bo"].actor
    due = services.set_due(actor=office, **on("A6c"), date=dt.date(2020, 12, 15), label="Danh sách tên miền vi phạm")
    businessdate.simulate(dt.date(2020, 12, 20))
    services.note_progress(actor=cast["tttt.can-bo"].actor, **on("A6c"), text="Đã gửi.", progress="done", done_for=due.pk)
    assert line(office, "A6c").late == []
    with pytest.raises(Problem) as caught:
        services.note_progress(actor=cast["tttt.can-bo"].actor, **on("A6c"), text="Lần nữa.", progress="done", done_for=due.pk)
    assert caught.value.code == "note.done_twice"


def test_for_a_shared_obligation_each_body_is_late_for_itself(cast: Cast, plan: Plan) -> None:
    office = cast["vptt.can-bo"].actor
    due = services.set_due(actor=office, **on("A8b"), date=dt.date(2020, 12, 15), label="Báo cáo rà soát")
    businessdate.simulate(dt.date(2020, 12, 20))
    services.note_progress(actor=cast["yte.can-bo"].actor, **on("A8b"), text="Xong.", progress="done", done_for=due.pk)
    late = {late.body.code for late in line(office, "A8b").late}
    assert late == {"justice", "planning-investment", "transport", "culture", "agriculture"}


def test_the_first_six_monthly_report_is_late_on_14_may_2021(cast: Cast, plan: Plan) -> None:
    office = cast["vptt.can-bo"].actor
    businessdate.simulate(dt.date(2021, 5, 13))
    assert line(office, "R3").late == []
    businessdate.simulate(dt.date(2021, 5, 14))
    assert {late.due.date for late in line(office, "R3").late} == {dt.date(2021, 5, 13)}
    assert {late.due.origin for late in line(office, "R3").late} == {"inferred"}


def test_only_the_standing_office_sets_dates_and_takes_its_own_back(cast: Cast, plan: Plan) -> None:
    office = cast["vptt.can-bo"].actor
    for key in ("qltt.lanh-dao", "bcd.lanh-dao", "mttq.lanh-dao", "quantri"):
        with pytest.raises(Refused):
            services.set_due(actor=cast[key].actor, **on("A1b"), date=dt.date(2021, 1, 5), label="x")
    due = services.set_due(actor=office, **on("A1b"), date=dt.date(2021, 1, 5), label="Danh sách website")
    for actor, error in ((cast["qltt.lanh-dao"].actor, Refused), (office, Problem)):
        with pytest.raises(error):
            services.withdraw_due(actor=actor, **on("A1b"), due=due.pk, reason="")
    services.withdraw_due(actor=office, **on("A1b"), due=due.pk, reason="Gộp vào báo cáo 06 tháng")
    assert line(office, "A1b").due_dates == ()
    assert payload("obligation.due_withdrawn")["reason"] == "Gộp vào báo cáo 06 tháng"


def test_a_date_of_the_plan_itself_is_not_taken_back(cast: Cast, plan: Plan) -> None:
    due = DueDate.objects.get(obligation__code="R1")
    with pytest.raises(Problem) as caught:
        services.withdraw_due(actor=cast["vptt.can-bo"].actor, **on("R1"), due=due.pk, reason="x")
    assert caught.value.code == "due.of_the_plan"


def test_a_date_in_the_past_or_twice_is_refused(cast: Cast, plan: Plan) -> None:
    office = cast["vptt.can-bo"].actor
    with pytest.raises(Problem, match=r"due\.past"):
        services.set_due(actor=office, **on("A1b"), date=dt.date(2020, 11, 30), label="x")
    services.set_due(actor=office, **on("A1b"), date=START, label="x")
    with pytest.raises(Problem, match=r"due\.exists"):
        services.set_due(actor=office, **on("A1b"), date=START, label="x")


def test_a_reminder_goes_to_named_bodies_once_a_day_and_into_the_ledger(cast: Cast, plan: Plan) -> None:
    office = cast["vptt.can-bo"].actor
    services.remind(actor=office, **on("A3a"), bodies=["tax"], text="Đề nghị cập nhật tiến độ.")
    entry = Entry.objects.get(event="obligation.reminded")
    assert json.loads(entry.refs)["body"] in ("tax", ["tax"])
    with pytest.raises(Problem, match=r"remind\.today_already"):
        services.remind(actor=office, **on("A3a"), bodies=["tax"], text="Lần hai.")
    with pytest.raises(Problem, match=r"remind\.not_named"):
        services.remind(actor=office, **on("A3a"), bodies=["health"], text="Nhầm.")
    with pytest.raises(Problem, match=r"remind\.nobody"):
        services.remind(actor=office, **on("A3a"), bodies=[], text="Ai?")
    for key in ("qltt.lanh-dao", "thue.can-bo", "bcd.lanh-dao", "kiemtoan"):
        with pytest.raises(Refused):
            services.remind(actor=cast[key].actor, **on("A3a"), bodies=["tax"], text="x")
    assert Reminder.objects.count() == 1


def test_leaders_answer_an_obstacle_with_a_direction(cast: Cast, plan: Plan) -> None:
    obstacle = services.note_obstacle(actor=cast["thue.can-bo"].actor, **on("A3a"), text="Doanh nghiệp chưa trả lời.")
    office = cast["vptt.can-bo"].actor
    assert line(office, "A3a").obstacles == 1
    assert [note.pk for note in selectors.open_obstacles_for(cast["bcd.lanh-dao"].actor)] == [obstacle.pk]
    for key in ("thue.lanh-dao", "vptt.lanh-dao", "mttq.lanh-dao", "quantri"):
        with pytest.raises(Refused):
            services.direct(actor=cast[key].actor, **on("A3a"), text="x", answers=obstacle.pk)
    services.direct(actor=cast["bcd.lanh-dao"].actor, **on("A3a"), text="Sở TT&TT có văn bản đôn đốc.", answers=obstacle.pk)
    assert line(office, "A3a").obstacles == 0
    assert Entry.objects.filter(event="obligation.directed").count() == 1


def test_a_direction_answers_only_an_obstacle_of_the_same_obligation(cast: Cast, plan: Plan) -> None:
    obstacle = services.note_obstacle(actor=cast["thue.can-bo"].actor, **on("A3a"), text="x")
    with pytest.raises(Problem, match=r"note\.obstacle_unknown"):
        services.direct(actor=cast["bcd.lanh-dao"].actor, **on("A3b"), text="x", answers=obstacle.pk)


def test_front_and_association_see_what_names_them_and_nothing_else(cast: Cast, plan: Plan) -> None:
    front = {line.obligation.code for line in selectors.board_for(cast["mttq.can-bo"].actor, plan)}
    assert {"A10a", "A10b"} <= front
    assert "A2a" not in front and "A3b" not in front
    with pytest.raises(Refused):
        selectors.obligation_for(cast["hoi.can-bo"].actor, "dong-nai-2020", "A2a")
    assert cast["hoi.can-bo"].client.get(reverse("plan:obligation", args=["dong-nai-2020", "A2a"])).status_code == 404


def test_those_without_a_part_in_the_plan_see_no_board(cast: Cast, plan: Plan) -> None:
    for key in ("quantri", "kiemtoan", "isp.lien-he", "nhanhieu.lien-he"):
        with pytest.raises(Refused):
            selectors.plan_for(cast[key].actor)


def test_the_board_filters_by_body_part_and_progress(cast: Cast, plan: Plan) -> None:
    actor = cast["vptt.can-bo"].actor
    assert {line.obligation.part for line in selectors.board_for(actor, plan, part="II")} == {"II"}
    tax = selectors.board_for(actor, plan, body="tax")
    assert {"A3a", "A3b", "A3c", "R3"} <= {line.obligation.code for line in tax}
    assert all("tax" in {standing.body.code for standing in line.standings} for line in tax)
    services.note_progress(actor=cast["thue.can-bo"].actor, **on("A3b"), text="Xong.", progress="done")
    assert [line.obligation.code for line in selectors.board_for(actor, plan, state="done")] == ["A3b"]


def test_the_page_of_the_plan_lists_recipients_report_dates_and_what_is_inferred(cast: Cast, plan: Plan) -> None:
    page = cast["thue.can-bo"].client.get(reverse("plan:about", args=[plan.code])).content.decode()
    assert page.count("suy ra từ kế hoạch") == 7
    assert "Loại báo cáo theo yêu cầu: Báo cáo đột xuất, Báo cáo nhanh." in page
    assert "Văn phòng Thường trực Ban Chỉ đạo 389 quốc gia (để báo cáo)" in page


def test_naming_a_case_as_evidence_writes_nothing_into_the_file_of_that_case(cast: Cast) -> None:
    case = uuid.uuid4()
    address = reverse("cases:case", args=[case])
    services.note_progress(actor=cast["qltt.can-bo"].actor, **on("A1b"), text="x", progress="ongoing", links=[address])
    assert not entries_of("case", case).exists()
    assert payload("obligation.noted")["links"]


def test_the_first_page_counts_late_tasks_as_the_board_does(cast: Cast, plan: Plan) -> None:
    office = cast["vptt.can-bo"].actor
    services.set_due(actor=office, **on("A8b"), date=dt.date(2020, 12, 15), label="Báo cáo rà soát")
    services.set_due(actor=office, **on("A6c"), date=dt.date(2020, 12, 15), label="Báo cáo")
    businessdate.simulate(dt.date(2020, 12, 20))
    for who, title in (("vptt.can-bo", "Nhiệm vụ có cơ quan quá hạn"), ("yte.can-bo", "Nhiệm vụ cơ quan mình quá hạn")):
        (section,) = [section for section in sections_for(cast[who].actor) if section.title == title]
        board = cast[who].client.get(section.url).context
        assert section.count == len(board["lines"]) == (2 if who == "vptt.can-bo" else 1), who
        if who == "vptt.can-bo":
            assert board["late"] == section.count
            assert any("cơ quan khác" in entry.note for entry in section.entries)


def test_the_board_of_one_body_shows_as_late_what_that_body_is_late_with(cast: Cast, plan: Plan) -> None:
    office = cast["vptt.can-bo"].actor
    due = services.set_due(actor=office, **on("A8b"), date=dt.date(2020, 12, 15), label="Báo cáo rà soát")
    businessdate.simulate(dt.date(2020, 12, 20))
    services.note_progress(actor=cast["yte.can-bo"].actor, **on("A8b"), text="Xong.", progress="done", done_for=due.pk)
    shown = {body: selectors.board_for(office, plan, body=body, state="late") for body in ("health", "transport")}
    assert [len(lines) for lines in shown.values()] == [0, 1]

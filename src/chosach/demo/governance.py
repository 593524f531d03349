"""The other half of the work: the plan board through the half year, and the six-month report at its end."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from chosach.demo.play import Play
from chosach.demo.world import FIRST_DAY, LAST_DAY, actors
from chosach.desk.core.access import Actor
from chosach.desk.plan import services as plan
from chosach.desk.plan.models import ObligationBody, Plan, Progress
from chosach.desk.reports import services as reports
from chosach.desk.reports.models import Return

PLAN = "dong-nai-2020"
Report = Callable[[int, int], None]

#: What a body says of an obligation, by how far it is.
WORDS = {
    Progress.ONGOING: "Đang thực hiện theo kế hoạch; kết quả cụ thể ở các vụ việc trong kỳ.",
    Progress.DONE: "Đã hoàn thành phần việc của kỳ, có văn bản lưu tại đơn vị.",
}
SITUATION = (
    "Hoạt động mua bán qua mạng trên địa bàn tăng; hàng giả nhãn hiệu, hàng cấm và hàng không rõ nguồn gốc tập trung ở mạng xã hội và sàn."
)
RETURN_WORDS = {
    "situation": SITUATION,
    "assessment": "Đã kiểm tra theo đúng thẩm quyền, không có vụ việc trùng đối tượng giữa các đơn vị.",
    "proposals": "Đề nghị tập huấn kỹ năng thu thập chứng cứ điện tử.",
}
REPORT_WORDS = {
    "situation": SITUATION,
    "direction": "Ban Chỉ đạo đã giao nhiệm vụ cho từng cơ quan thành viên; Văn phòng Thường trực theo dõi, đôn đốc trên bảng nhiệm vụ.",
    "assessment": "Phối hợp giữa các cơ quan kịp thời; việc xác định chủ thể phía sau nhiều gian hàng còn khó khăn.",
    "outlook": "Tiếp tục sàng lọc các sàn và mạng xã hội; ưu tiên hàng cấm, hàng giả là thực phẩm, thuốc, mỹ phẩm.",
    "proposals": "Kiến nghị cấp trên hướng dẫn mẫu yêu cầu cung cấp thông tin người bán trên nền tảng.",
}


def _heads() -> dict[str, Actor]:
    """Body code → its head in the cast."""
    return {actor.body_code: actor for actor in actors().values() if actor.role == "head"}


def _officers() -> dict[str, Actor]:
    found: dict[str, Actor] = {}
    for actor in actors().values():
        if actor.role == "officer":
            found.setdefault(actor.body_code, actor)
    return found


#: Dates that the standing office sets on the first day: obligation, date, what is due.
DUE: tuple[tuple[str, dt.date, str], ...] = (
    ("A1d", dt.date(2020, 12, 31), "Kế hoạch tuyên truyền năm 2021"),
    ("A3a", dt.date(2021, 1, 29), "Danh sách người kinh doanh trên mạng đã cập nhật"),
    ("A5a", dt.date(2021, 3, 31), "Báo cáo rà soát văn bản"),
    ("A6a", dt.date(2021, 4, 15), "Báo cáo rà soát văn bản"),
    ("A8a", dt.date(2021, 4, 29), "Báo cáo rà soát văn bản của sở"),
    ("A4", dt.date(2021, 5, 31), "Phương án kiểm soát hàng chuyển phát nhanh"),
    ("T6", dt.date(2021, 6, 30), "Đăng ký nhu cầu trang bị, tập huấn"),
)
#: Days on which the bodies write down how far they are.
NOTE_DAYS = (dt.date(2020, 12, 15), dt.date(2021, 1, 20), dt.date(2021, 3, 10), dt.date(2021, 4, 20), dt.date(2021, 5, 11))


def board_diary() -> dict[dt.date, list[Callable[[Play], None]]]:
    """The plan board through the half year: dates set, progress noted, an obstacle answered, the late ones urged."""
    diary: dict[dt.date, list[Callable[[Play], None]]] = {FIRST_DAY: [_set_dates]}
    for number, day in enumerate(NOTE_DAYS):
        diary[day] = [partial(_note_progress, number=number)]
    diary[dt.date(2021, 2, 24)] = [_obstacle]
    diary[dt.date(2021, 5, 12)] = [_remind]
    return diary


def _set_dates(play: Play) -> None:
    for code, date, label in DUE:
        plan.set_due(actor=play.people["vptt.can-bo"], plan=PLAN, code=code, date=date, label=label)


def _note_progress(play: Play, *, number: int) -> None:
    """A fifth of the shares each time; of each fifth a third says nothing, which is what the standing office has to urge."""
    officers = _officers()
    for place, share in enumerate(_shares(), start=1):
        officer = officers.get(share.body.code)
        if officer is None or place % len(NOTE_DAYS) != number or place % 3 == 0:
            continue
        progress = Progress.DONE if place % 7 in {0, 4} else Progress.ONGOING
        code = share.obligation.code
        due = share.obligation.due_dates.filter(withdrawn=False).first() if progress == Progress.DONE else None
        done_for = due.pk if due else None
        plan.note_progress(actor=officer, plan=PLAN, code=code, text=WORDS[progress], progress=progress, done_for=done_for)


def _shares() -> list[ObligationBody]:
    shares = ObligationBody.objects.filter(withdrawn=False, obligation__withdrawn=False, obligation__plan__code=PLAN)
    return list(shares.select_related("obligation", "body").order_by("obligation__order", "body__code"))


def _obstacle(play: Play) -> None:
    """One obstacle is answered by the leaders; another still waits for them."""
    told = plan.note_obstacle(
        actor=play.people["qltt.can-bo"], plan=PLAN, code="A1b", text="Chưa có đầu mối của sàn để yêu cầu thông tin người bán."
    )
    plan.direct(
        actor=play.people["bcd.lanh-dao"],
        plan=PLAN,
        code="A1b",
        text="Giao Văn phòng Thường trực làm việc với sàn trước ngày 30/5/2021.",
        answers=told.pk,
    )
    text = "Ngân hàng chỉ cung cấp thông tin tài khoản khi có văn bản của thủ trưởng cơ quan điều tra; đề nghị có quy chế phối hợp."
    plan.note_obstacle(actor=play.people["thue.can-bo"], plan=PLAN, code="A3b", text=text)


def _remind(play: Play) -> None:
    text = "Đề nghị cập nhật tiến độ trên bảng kế hoạch trước ngày họp giao ban 17/5/2021."
    plan.remind(actor=play.people["vptt.can-bo"], plan=PLAN, code="A6a", bodies=["information-communications"], text=text)


def close_the_half_year(report: Report) -> None:
    """Every body of the cast hands in its return; the standing office checks, consolidates, and the leader freezes the report."""
    people, heads = actors(), _heads()
    office = people["vptt.can-bo"]
    Plan.objects.get(code=PLAN)
    opened = reports.open_round(actor=office, form="six-month", period_from=FIRST_DAY, period_to=LAST_DAY, due_on=LAST_DAY)
    returns = list(Return.objects.filter(round=opened).select_related("body"))
    missing = 0
    for number, found in enumerate(returns, start=1):
        report(number, len(returns) + 1)
        head = heads.get(found.body.code)
        if head is None:
            missing += 1
            continue
        reports.write_return(actor=head, found=found, words=RETURN_WORDS)
        reports.submit(actor=head, found=found)
        reports.accept(actor=office, found=found)
    reports.write_words(actor=office, report=opened, words=REPORT_WORDS)
    reports.propose_freeze(
        actor=office,
        report=opened,
        reason_for_missing="Các đơn vị không có phát sinh trong kỳ, đã xác nhận qua điện thoại." if missing else "",
    )
    reports.approve_freeze(actor=people["vptt.lanh-dao"], report=opened)
    report(len(returns) + 1, len(returns) + 1)

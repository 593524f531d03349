"""The other half of the work: the plan board through the half year, and the six-month report at its end."""

from collections.abc import Callable

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


def play_the_board(report: Report) -> None:
    """Each body of the cast notes its progress; the standing office urges those who have not, and the leaders answer an obstacle."""
    officers, people = _officers(), actors()
    shares = list(
        ObligationBody.objects.filter(withdrawn=False, obligation__withdrawn=False, obligation__plan__code=PLAN)
        .select_related("obligation", "body")
        .order_by("obligation__order", "body__code")
    )
    said = 0
    for number, share in enumerate(shares, start=1):
        report(number, len(shares))
        officer = officers.get(share.body.code)
        # Two of three have said something; the rest is what the standing office still has to urge.
        if officer is None or number % 3 == 0:
            continue
        progress = Progress.DONE if number % 5 == 0 else Progress.ONGOING
        plan.note_progress(actor=officer, plan=PLAN, code=share.obligation.code, text=WORDS[progress], progress=progress)
        said += 1
        if said == 4:
            obstacle = plan.note_obstacle(
                actor=officer, plan=PLAN, code=share.obligation.code, text="Chưa có đầu mối của sàn để yêu cầu thông tin người bán."
            )
            plan.direct(
                actor=people["bcd.lanh-dao"],
                plan=PLAN,
                code=share.obligation.code,
                text="Giao Văn phòng Thường trực làm việc với sàn trước ngày 30/5/2021.",
                answers=obstacle.pk,
            )


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

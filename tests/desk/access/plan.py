"""The plan board. The obligation A1a names market surveillance alone."""

from chosach.desk.plan.files.loading import load
from tests.desk.access import Row, bodies, permitted
from tests.desk.plan.conftest import LOADER, PLANS
from tests.people import Cast


def the_plan(cast: Cast) -> dict[str, str]:
    return {"plan": load(PLANS / "dong-nai-2020", actor=LOADER).plan.code}


def an_obligation(cast: Cast) -> dict[str, str]:
    return {**the_plan(cast), "code": "A1a"}


OFFICE = permitted("plan.due")
NAMED = bodies("market-surveillance")
ROWS = [
    Row("plan:board", permitted("plan.read")),
    Row("plan:board_of", permitted("plan.read"), the_plan),
    Row("plan:about", permitted("plan.read"), the_plan),
    Row("plan:obligation", permitted("plan.read_all"), an_obligation),
    Row("plan:note_progress", NAMED, an_obligation, "POST", data={"text": "Đã rà soát.", "progress": "ongoing"}),
    Row("plan:note_obstacle", NAMED, an_obligation, "POST", data={"v-text": "Thiếu dữ liệu."}),
    Row("plan:direct", permitted("plan.direct"), an_obligation, "POST", data={"c-text": "Khẩn trương."}),
    Row("plan:set_due", OFFICE, an_obligation, "POST", data={"h-date": "2030-01-02", "h-label": "Rà soát xong"}),
    Row("plan:withdraw_due", OFFICE, an_obligation, "POST"),
    Row("plan:remind", OFFICE, an_obligation, "POST", data={"n-bodies": "market-surveillance", "n-text": "Nhắc."}),
]

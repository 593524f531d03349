"""Checks of input and state that several acts share."""

from collections.abc import Sequence

from chosach.desk.cases import stages
from chosach.desk.cases.models import Case
from chosach.desk.core.errors import Problem
from chosach.desk.core.kinds import ViolationKind


def text(value: str, where: str, message: str) -> str:
    """The text without outer blanks; `Problem` when nothing is left."""
    value = value.strip()
    if not value:
        raise Problem(f"case.{where}_missing", message, where=where)
    return value


def kinds_or_problem(values: Sequence[str]) -> list[str]:
    """Known violation kinds, each once, at least one."""
    chosen = [str(kind.value) for kind in ViolationKind if kind.value in values]
    if not chosen or set(values) - set(chosen):
        raise Problem("case.kinds_missing", "Hãy chọn ít nhất một loại vi phạm trong danh sách.", where="violation_kinds")
    return chosen


def working(case: Case) -> None:
    """`Problem` when the file may not be changed now: sealed for a transfer, or closed."""
    if case.stage == stages.Stage.TRANSFERRING:
        raise Problem("case.sealed", "Hồ sơ đang niêm phong, chờ cơ quan nhận trả lời; chưa thể sửa đổi.", where="case")
    if case.stage == stages.Stage.CLOSED:
        raise Problem("case.closed", "Vụ việc đã kết thúc; muốn làm tiếp, lãnh đạo đơn vị phải mở lại.", where="case")

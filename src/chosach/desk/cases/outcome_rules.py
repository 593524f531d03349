"""Which fields each kind of outcome has, what must be true of them, and what is unusual enough to ask back."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chosach.desk.cases.kinds import NoAction, OutcomeKind
from chosach.desk.cases.models import Case
from chosach.desk.core.errors import Problem

MAX_VND = 10**15
GOODS = ("goods_held", "goods_confiscated", "goods_destroyed")
MONEY = ("fine", "additional_fine", "tax_recovered", "sold", "collected")
COUNTS = ("subjects", "prosecuted_cases", "prosecuted_persons")
#: The figures that each kind may carry; every other must be zero.
FIELDS: dict[str, tuple[str, ...]] = {
    OutcomeKind.INSPECTED: GOODS,
    OutcomeKind.SANCTIONED: ("subjects", *MONEY, *GOODS),
    OutcomeKind.PROSECUTED: ("prosecuted_cases", "prosecuted_persons", *GOODS),
    OutcomeKind.DISMISSED: (),
    OutcomeKind.OUT_OF_SCOPE: (),
}
LABELS = {
    "subjects": "Số đối tượng bị xử phạt",
    "fine": "Tiền phạt",
    "additional_fine": "Phạt bổ sung bằng tiền",
    "tax_recovered": "Truy thu thuế",
    "sold": "Tiền bán hàng tịch thu",
    "collected": "Đã thu nộp",
    "prosecuted_cases": "Số vụ khởi tố",
    "prosecuted_persons": "Số bị can",
    "goods_held": "Trị giá hàng tạm giữ",
    "goods_confiscated": "Trị giá hàng tịch thu",
    "goods_destroyed": "Trị giá hàng tiêu hủy",
}


@dataclass(frozen=True)
class OutcomeInput:
    """An outcome as proposed. Amounts in whole VND; `body` is a code (empty: the owner); `why` (`NoAction`): only of `dismissed`."""

    kind: str
    date: dt.date
    reason: str
    why: str = ""
    body: str = ""
    reference: str = ""
    subjects: int = 0
    fine: int = 0
    additional_fine: int = 0
    tax_recovered: int = 0
    sold: int = 0
    collected: int = 0
    collected_on: dt.date | None = None
    prosecuted_cases: int = 0
    prosecuted_persons: int = 0
    goods_held: int = 0
    goods_confiscated: int = 0
    goods_destroyed: int = 0
    handed_to: str = ""
    corrects: UUID | None = None


def checked(given: OutcomeInput, case: Case, *, today: dt.date) -> dict[str, Any]:
    """The fields to keep; raises `Problem` for what can't be."""
    if given.kind not in OutcomeKind.values:
        raise Problem("outcome.kind_unknown", "Hãy chọn loại kết quả.", where="kind")
    if not given.reason.strip():
        raise Problem("outcome.reason_missing", "Hãy ghi nội dung, lý do của kết quả.", where="reason")
    _check_date(given.date, "date", case, today)
    for name in (*COUNTS, *MONEY, *GOODS):
        _check_number(given, name)
    _check_kind(given)
    if (given.collected > 0) != (given.collected_on is not None):
        raise Problem("outcome.collected_half", "Số tiền đã thu nộp và ngày thu nộp phải đi cùng nhau.", where="collected_on")
    if given.collected_on is not None:
        _check_date(given.collected_on, "collected_on", case, today)
    numbers = {name: getattr(given, name) for name in (*COUNTS, *MONEY, *GOODS)}
    words = {"kind": given.kind, "why": given.why, "date": given.date, "reason": given.reason.strip(), "reference": given.reference.strip()}
    return {**words, **numbers, "collected_on": given.collected_on}


def warnings_of(given: OutcomeInput) -> list[str]:
    """What is possible but unusual, in sentences."""
    imposed = given.fine + given.additional_fine + given.tax_recovered + given.sold
    found = []
    if given.collected > imposed:
        found.append("Số đã thu nộp lớn hơn tổng số phải nộp.")
    if given.kind == OutcomeKind.SANCTIONED and given.collected_on and given.collected_on < given.date:
        found.append("Ngày thu nộp trước ngày quyết định xử phạt.")
    if given.kind == OutcomeKind.SANCTIONED and imposed == 0:
        found.append("Xử phạt không có số tiền nào (cảnh cáo).")
    return found


def _check_number(given: OutcomeInput, name: str) -> None:
    value = getattr(given, name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_VND:
        raise Problem("outcome.amount_wrong", f"{LABELS[name]}: ghi số nguyên, không âm.", where=name)
    if value and name not in FIELDS[given.kind]:
        kind = OutcomeKind(given.kind).label
        raise Problem("outcome.field_not_for_kind", f"{LABELS[name]}: không ghi cho kết quả “{kind}”.", where=name)


def _check_kind(given: OutcomeInput) -> None:
    if given.kind == OutcomeKind.SANCTIONED and given.subjects < 1:
        raise Problem("outcome.subjects_missing", "Xử phạt phải có ít nhất một đối tượng.", where="subjects")
    if given.kind == OutcomeKind.PROSECUTED and given.prosecuted_cases < 1:
        raise Problem("outcome.prosecuted_missing", "Khởi tố phải có ít nhất một vụ.", where="prosecuted_cases")
    if given.kind == OutcomeKind.DISMISSED and given.why not in NoAction.values:
        raise Problem("outcome.why_missing", "Hãy chọn vì sao không xử lý.", where="why")
    if given.kind != OutcomeKind.DISMISSED and given.why:
        kind = OutcomeKind(given.kind).label
        raise Problem("outcome.field_not_for_kind", f"Vì sao không xử lý: không ghi cho kết quả “{kind}”.", where="why")


def _check_date(date: dt.date, where: str, case: Case, today: dt.date) -> None:
    if date > today:
        raise Problem("outcome.date_in_future", f"Ngày không thể sau ngày làm việc hiện tại ({today:%d/%m/%Y}).", where=where)
    if date < case.opened_on:
        raise Problem("outcome.date_before_opening", f"Ngày không thể trước ngày mở vụ việc ({case.opened_on:%d/%m/%Y}).", where=where)

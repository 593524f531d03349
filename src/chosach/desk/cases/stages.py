"""Stages of a case and the moves between them: data, shown on the page as it stands here.

Moves with `act` empty are made by hand (an officer of the owner body, with a reason where `reason_needed`); the others happen only
through the act that is named, each with its own second person.
"""

from dataclasses import dataclass

from django.db.models import TextChoices


class Stage(TextChoices):
    OPENED = "opened", "Mới mở"
    VERIFYING = "verifying", "Đang xác minh"
    INSPECTING = "inspecting", "Đang kiểm tra"
    DECIDING = "deciding", "Đang xem xét xử lý"
    TRANSFERRING = "transferring", "Đang chuyển giao"
    TRANSFERRED = "transferred", "Đã tiếp nhận chuyển giao"
    CLOSED = "closed", "Đã kết thúc"
    REOPENED = "reopened", "Mở lại"


#: Stages in which work goes on.
OPEN = frozenset(stage for stage in Stage if stage is not Stage.CLOSED)
#: Stages in which the owner body works and may change the file.
WORKING = OPEN - {Stage.TRANSFERRING}


@dataclass(frozen=True)
class Move:
    """One allowed move. `why` is the reason for which it exists, as a person reads it."""

    source: Stage
    target: Stage
    why: str
    reason_needed: bool = False
    act: str = ""


CLOSE, SEND, ACCEPT, RETURN, REOPEN = "close", "send", "accept", "return", "reopen"
ACT_NAMES = {
    CLOSE: "Kết thúc vụ việc (hai người)",
    SEND: "Gửi chuyển giao (hai người)",
    ACCEPT: "Cơ quan nhận tiếp nhận",
    RETURN: "Cơ quan nhận trả lại",
    REOPEN: "Mở lại vụ việc (lãnh đạo)",
}

_BY_HAND: tuple[tuple[Stage, Stage, str, bool], ...] = (
    (Stage.OPENED, Stage.VERIFYING, "Thông tin ban đầu phải được xác minh trước khi làm căn cứ kiểm tra.", False),
    (Stage.OPENED, Stage.INSPECTING, "Chỉ khi khẩn cấp, dấu hiệu vi phạm rõ ràng: phải ghi lý do không xác minh trước.", True),
    (Stage.VERIFYING, Stage.INSPECTING, "Kết quả xác minh cho thấy dấu hiệu vi phạm, có căn cứ kiểm tra.", False),
    (Stage.VERIFYING, Stage.DECIDING, "Hồ sơ đã đủ để xem xét xử lý mà không cần kiểm tra tại chỗ.", True),
    (Stage.INSPECTING, Stage.DECIDING, "Kiểm tra xong, chuyển sang xem xét xử lý.", False),
    (Stage.INSPECTING, Stage.VERIFYING, "Phát sinh tình tiết phải xác minh thêm.", True),
    (Stage.DECIDING, Stage.INSPECTING, "Hồ sơ chưa đủ, phải kiểm tra bổ sung.", True),
    (Stage.DECIDING, Stage.VERIFYING, "Hồ sơ chưa đủ, phải xác minh bổ sung.", True),
    (Stage.TRANSFERRED, Stage.VERIFYING, "Cơ quan tiếp nhận bắt đầu xác minh.", False),
    (Stage.TRANSFERRED, Stage.INSPECTING, "Cơ quan tiếp nhận tổ chức kiểm tra ngay trên hồ sơ đã có.", True),
    (Stage.TRANSFERRED, Stage.DECIDING, "Hồ sơ chuyển giao đã đủ để xem xét xử lý.", True),
    (Stage.REOPENED, Stage.VERIFYING, "Xác minh tình tiết mới.", False),
    (Stage.REOPENED, Stage.INSPECTING, "Kiểm tra bổ sung sau khi mở lại.", True),
    (Stage.REOPENED, Stage.DECIDING, "Xem xét lại việc xử lý.", True),
)


def _moves() -> tuple[Move, ...]:
    moves = [Move(source, target, why, needed) for source, target, why, needed in _BY_HAND]
    for stage in Stage:
        if stage in WORKING:
            moves.append(Move(stage, Stage.TRANSFERRING, "Vụ việc thuộc thẩm quyền cơ quan khác hoặc có dấu hiệu tội phạm.", True, SEND))
            moves.append(Move(stage, Stage.CLOSED, "Đã có kết quả được duyệt; người thứ hai đồng ý kết thúc.", True, CLOSE))
    moves.append(Move(Stage.TRANSFERRING, Stage.TRANSFERRED, "Cơ quan nhận xác nhận thụ lý; vụ việc thuộc cơ quan nhận.", False, ACCEPT))
    for stage in Stage:
        if stage in WORKING:
            moves.append(Move(Stage.TRANSFERRING, stage, "Cơ quan nhận trả lại; hồ sơ trở về giai đoạn trước khi gửi.", True, RETURN))
    moves.append(Move(Stage.CLOSED, Stage.REOPENED, "Có tình tiết mới hoặc kết luận trước không đúng.", True, REOPEN))
    return tuple(moves)


MOVES = _moves()


def move(source: str, target: str) -> Move | None:
    """The move from one stage to another, or None when there is none."""
    return next((m for m in MOVES if m.source == source and m.target == target), None)


def by_hand(source: str) -> list[Move]:
    """Moves that an officer may make by hand from this stage."""
    return [m for m in MOVES if m.source == source and not m.act]


def onward(source: str, stage_before: str = "") -> list[Move]:
    """Every move from this stage; of the ways back from a transfer only the one to the stage from which it was sent."""
    return [m for m in MOVES if m.source == source and (m.act != RETURN or m.target == stage_before)]


def why_not(source: str, target: str) -> str:
    """Why a case may not go from `source` to `target` by hand, in a sentence that says what to do instead."""
    here, there = Stage(source).label, Stage(target).label
    found = move(source, target)
    if source == target:
        return f"Vụ việc đang ở giai đoạn “{here}”."
    if source == Stage.TRANSFERRING:
        return "Hồ sơ đã gửi chuyển giao và đang niêm phong; giai đoạn chỉ đổi khi cơ quan nhận trả lời."
    if source == Stage.CLOSED:
        return "Vụ việc đã kết thúc. Muốn làm tiếp, lãnh đạo đơn vị phải mở lại vụ việc và ghi lý do."
    if found is not None and found.act:
        return f"Không chuyển tay sang “{there}”; hãy dùng việc “{ACT_NAMES[found.act]}”."
    options = ", ".join(f"“{m.target.label}”" for m in by_hand(source))
    return f"Từ “{here}” không chuyển thẳng sang “{there}”. Có thể chuyển sang: {options}."

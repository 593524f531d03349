"""Who may read the board, report progress, set dates, remind and direct."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import STATE, BodyKind, Role

PEOPLE = STATE | {BodyKind.FATHERLAND_FRONT, BodyKind.CONSUMER_ASSOCIATION}
WORKERS = {Role.OFFICER, Role.HEAD}

register("plan.load", "Nạp tệp kế hoạch", roles={Role.ADMINISTRATOR}, kinds={BodyKind.ADMINISTRATION})
register("plan.read", "Xem bảng kế hoạch", roles=WORKERS, kinds=PEOPLE)
register("plan.read_all", "Xem mọi nhiệm vụ", roles=WORKERS, kinds=STATE)
register("plan.note", "Báo cáo tiến độ, vướng mắc", roles=WORKERS, kinds=PEOPLE)
register("plan.due", "Đặt hạn cho nhiệm vụ", roles=WORKERS, kinds={BodyKind.STANDING_OFFICE})
register("plan.remind", "Nhắc cơ quan", roles=WORKERS, kinds={BodyKind.STANDING_OFFICE})
register("plan.direct", "Chỉ đạo gỡ vướng mắc", roles={Role.HEAD}, kinds={BodyKind.LEADERS})

"""Who watches over the system itself."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import BodyKind, Role

_WATCHED = {BodyKind.LEADERS, BodyKind.STANDING_OFFICE, BodyKind.ADMINISTRATION, BodyKind.AUDIT}

register(
    "oversight.redactions",
    "Xem các lệnh xóa nội dung bút toán",
    roles={Role.HEAD, Role.ADMINISTRATOR, Role.AUDITOR},
    kinds=_WATCHED,
)
register(
    "oversight.plan_loads",
    "Xem lịch sử nạp kế hoạch",
    roles={Role.HEAD, Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR},
    kinds=_WATCHED,
)
register("oversight.health", "Xem tình trạng hệ thống", roles={Role.ADMINISTRATOR}, kinds={BodyKind.ADMINISTRATION})

"""Who may read the law tables and keep clocks."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import STATE, BodyKind, Role

register(
    "law.read",
    "Xem văn bản, mức phạt, lịch làm việc",
    roles={Role.OFFICER, Role.HEAD},
    kinds=STATE | {BodyKind.FATHERLAND_FRONT, BodyKind.CONSUMER_ASSOCIATION},
)
register("law.clocks", "Xem thời hạn của cơ quan mình", roles={Role.OFFICER, Role.HEAD}, kinds=STATE)
register(
    "law.clocks_all",
    "Xem thời hạn của mọi cơ quan",
    roles={Role.OFFICER, Role.HEAD, Role.AUDITOR},
    kinds={BodyKind.STANDING_OFFICE, BodyKind.LEADERS, BodyKind.AUDIT},
)
register("law.keep_clock", "Mở, dừng thời hạn", roles={Role.OFFICER, Role.HEAD}, kinds=STATE)

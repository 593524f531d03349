"""Who may read and keep the list of bodies."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import STATE, BodyKind, Role

PEOPLE = STATE | {BodyKind.FATHERLAND_FRONT, BodyKind.CONSUMER_ASSOCIATION}

register(
    "agencies.read",
    "Xem danh sách cơ quan và liên hệ",
    roles={Role.OFFICER, Role.HEAD, Role.ADMINISTRATOR},
    kinds=PEOPLE | {BodyKind.ADMINISTRATION},
)
register("agencies.competence", "Xem bảng thẩm quyền", roles={Role.OFFICER, Role.HEAD}, kinds=PEOPLE)
register("agencies.contact", "Sửa liên hệ của cơ quan mình", roles={Role.HEAD}, kinds=PEOPLE)
register("agencies.keep", "Thêm, đổi tên, hợp nhất cơ quan", roles={Role.ADMINISTRATOR}, kinds={BodyKind.ADMINISTRATION})

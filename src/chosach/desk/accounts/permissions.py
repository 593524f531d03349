"""What can be permitted about accounts."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import BodyKind, Role

MANAGE = register("accounts.manage", "Quản lý tài khoản, vai trò và đăng nhập", roles=[Role.ADMINISTRATOR], kinds={BodyKind.ADMINISTRATION})
SEE_OWN_BODY = register("accounts.see_own_body", "Xem danh sách người của cơ quan mình", roles=[Role.HEAD])

#: Duties that a person can have within a body, beside the role. Code → how it is called.
DUTIES: dict[str, str] = {
    "tip_desk": "Tiếp nhận tin báo",
    "analyst": "Phân tích dữ liệu",
    "inspector": "Kiểm tra tại chỗ",
}

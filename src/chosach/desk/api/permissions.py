"""Who may see, make and take back keys. A key is an account: the administrator makes it, and sees no content through it."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import STATE, BodyKind, Role

#: Bodies that may hold keys. Providers get no reasons (docs/api.md).
HOLDERS = STATE | {BodyKind.PROVIDER}

register(
    "api.see",
    "Xem khóa API và lượng sử dụng (lãnh đạo: của cơ quan mình)",
    roles={Role.ADMINISTRATOR, Role.AUDITOR, Role.HEAD},
    kinds=HOLDERS | {BodyKind.ADMINISTRATION, BodyKind.AUDIT},
)
register("api.manage", "Tạo khóa API cho cơ quan", roles={Role.ADMINISTRATOR}, kinds={BodyKind.ADMINISTRATION})
register(
    "api.revoke",
    "Thu hồi khóa API (lãnh đạo: của cơ quan mình)",
    roles={Role.ADMINISTRATOR, Role.HEAD},
    kinds=HOLDERS | {BodyKind.ADMINISTRATION},
)

"""Who may do what with the ledger."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import BodyKind, Role

_OVERSEERS = {BodyKind.AUDIT, BodyKind.STANDING_OFFICE}

register("ledger.read", "Xem sổ cái", roles={Role.AUDITOR, Role.HEAD}, kinds=_OVERSEERS)
register("ledger.verify", "Kiểm tra tính toàn vẹn sổ cái", roles={Role.AUDITOR, Role.HEAD}, kinds=_OVERSEERS)
register("ledger.export", "Xuất sổ cái (mã, sự kiện, mã băm) ra tệp", roles={Role.AUDITOR}, kinds={BodyKind.AUDIT})
register(
    "ledger.heads",
    "Xem và tải đầu sổ, khóa công khai",
    roles={Role.AUDITOR, Role.HEAD, Role.OFFICER, Role.ADMINISTRATOR},
    kinds=_OVERSEERS | {BodyKind.LEADERS, BodyKind.FATHERLAND_FRONT, BodyKind.ADMINISTRATION},
)
register(
    "ledger.order_redaction",
    "Ra lệnh xóa nội dung bút toán",
    roles={Role.HEAD},
    kinds={BodyKind.LEADERS, BodyKind.STANDING_OFFICE},
)
register("ledger.redact", "Thi hành lệnh xóa nội dung bút toán", roles={Role.ADMINISTRATOR}, kinds={BodyKind.ADMINISTRATION})

"""Who may read and feed the registry: the bodies of the State that take part in the plan."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import ENFORCEMENT, STATE, BodyKind, Role

register("registry.read", "Xem sổ đăng ký thương nhân và tin bán", roles=(Role.OFFICER, Role.HEAD), kinds=STATE)
register("registry.take", "Nhận tin bán vào sổ đăng ký", roles=(Role.OFFICER, Role.HEAD), kinds=STATE)
register("registry.place", "Xác định địa bàn của thương nhân", roles=(Role.OFFICER, Role.HEAD), kinds=ENFORCEMENT)
register(
    "registry.identify",
    "Ghi định danh không công khai của thương nhân",
    roles=(Role.OFFICER, Role.HEAD),
    kinds={BodyKind.POLICE, BodyKind.MARKET_SURVEILLANCE},
)
register(
    "registry.undisclosed",
    "Xem định danh không công khai (không nằm trong tin bán nào)",
    roles=(Role.OFFICER, Role.HEAD),
    kinds={BodyKind.POLICE, BodyKind.MARKET_SURVEILLANCE},
)

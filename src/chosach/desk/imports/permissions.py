"""Files of listings are brought in by the bodies that may act on what they show."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import ENFORCEMENT, Role

register("imports.upload", "Nhập tệp tin bán", roles=(Role.OFFICER, Role.HEAD), kinds=ENFORCEMENT)
register("imports.read", "Xem các lần nhập của cơ quan mình", roles=(Role.OFFICER, Role.HEAD), kinds=ENFORCEMENT)

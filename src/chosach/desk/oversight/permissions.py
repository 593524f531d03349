"""Who watches over the system itself."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import BodyKind, Role

register("oversight.health", "Xem tình trạng hệ thống", roles={Role.ADMINISTRATOR}, kinds={BodyKind.ADMINISTRATION})

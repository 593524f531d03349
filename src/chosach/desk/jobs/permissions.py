"""Long work is seen and steered by the body that gave it."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import STATE, Role

register("jobs.read", "Xem việc dài của cơ quan mình", roles=(Role.OFFICER, Role.HEAD), kinds=STATE)
register("jobs.steer", "Dừng hoặc chạy tiếp việc dài của cơ quan mình", roles=(Role.OFFICER, Role.HEAD), kinds=STATE)

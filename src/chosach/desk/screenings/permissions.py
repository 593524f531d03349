"""Who may read screening runs: all bodies of the State, like the registry itself."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import STATE, Role

register("screenings.read", "Xem các lần sàng lọc", roles=(Role.OFFICER, Role.HEAD), kinds=STATE)
register("screenings.record", "Ghi kết quả sàng lọc", roles=(Role.OFFICER, Role.HEAD), kinds=STATE)

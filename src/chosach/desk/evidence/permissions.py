"""Acts on evidence. Which piece, is asked of the keeper of its object."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import STATE, Role

PEOPLE = (Role.OFFICER, Role.HEAD)

register("evidence.add", "Đưa chứng cứ vào hồ sơ", roles=PEOPLE, kinds=STATE)
register("evidence.see", "Xem, tải chứng cứ", roles=PEOPLE, kinds=STATE)
register("evidence.hand_over", "Ghi việc bàn giao chứng cứ", roles=PEOPLE, kinds=STATE)

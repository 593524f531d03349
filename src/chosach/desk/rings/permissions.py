"""Who may read rings (who reads the registry), judge who is who, answer for the own body, and have the registry linked."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import ENFORCEMENT, STATE, BodyKind, Role

PEOPLE = (Role.OFFICER, Role.HEAD)

register("rings.read", "Xem đường dây và liên kết giữa các thương nhân", roles=PEOPLE, kinds=STATE)
register("rings.judge", "Nhận định cùng hay không cùng một người, cắt mối liên kết, hoàn tác", roles=PEOPLE, kinds=ENFORCEMENT)
register("rings.answer", "Trả lời nhận định của cơ quan khác về thương nhân mà cơ quan mình đang xử lý", roles=PEOPLE, kinds=ENFORCEMENT)
register("rings.link", "Cho tìm lại liên kết giữa các kênh bán", roles=PEOPLE, kinds=ENFORCEMENT | {BodyKind.STANDING_OFFICE})

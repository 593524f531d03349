"""Acts on cases. Which case, is asked of the selectors."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import ENFORCEMENT, STATE, BodyKind, Role

PEOPLE = (Role.OFFICER, Role.HEAD)
#: Bodies that see of every case that it exists, with its figures and clocks, and none of its content.
FIGURES = frozenset({BodyKind.STANDING_OFFICE, BodyKind.LEADERS})

register("cases.see", "Xem vụ việc của cơ quan mình, vụ việc cùng tham gia", roles=PEOPLE, kinds=STATE)
register("cases.figures", "Xem số liệu và thời hạn của mọi vụ việc", roles=PEOPLE, kinds=FIGURES)
register("cases.lookup", "Tra cứu cơ quan đang thụ lý một đối tượng", roles=PEOPLE, kinds=STATE)
register("cases.open", "Mở vụ việc", roles=PEOPLE, kinds=ENFORCEMENT)
register("cases.work", "Bổ sung hồ sơ vụ việc", roles=PEOPLE, kinds=STATE)
register("cases.manage", "Chuyển giai đoạn, cấp và thu hồi quyền tham gia", roles=PEOPLE, kinds=ENFORCEMENT)
register("cases.propose", "Đề xuất kết quả, kết thúc, chuyển giao", roles=(Role.OFFICER,), kinds=ENFORCEMENT)
register("cases.decide", "Duyệt hoặc trả lại đề xuất kết quả, kết thúc, chuyển giao; mở lại vụ việc", roles=(Role.HEAD,), kinds=ENFORCEMENT)
register("cases.answer_transfer", "Tiếp nhận hoặc trả lại vụ việc được chuyển giao", roles=PEOPLE, kinds=ENFORCEMENT)
register("cases.ask_to_join", "Đề nghị cùng tham gia vụ việc của cơ quan khác", roles=PEOPLE, kinds=STATE)

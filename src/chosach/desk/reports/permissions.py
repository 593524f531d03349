"""Acts of the reports."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import STATE, BodyKind, Role

OFFICE = {BodyKind.STANDING_OFFICE}
REPORTING = STATE | {BodyKind.FATHERLAND_FRONT, BodyKind.CONSUMER_ASSOCIATION}
PEOPLE = (Role.OFFICER, Role.HEAD)

register("reports.read", "Xem báo cáo và số liệu đã chốt", roles=PEOPLE, kinds=REPORTING)
register("reports.open", "Mở đợt báo cáo", roles=PEOPLE, kinds=OFFICE)
register("reports.prepare", "Soạn báo cáo của đơn vị mình", roles=PEOPLE, kinds=REPORTING)
register("reports.submit", "Nộp báo cáo của đơn vị mình", roles=(Role.HEAD,), kinds=REPORTING)
register("reports.check", "Tiếp nhận hoặc trả lại báo cáo của đơn vị", roles=PEOPLE, kinds=OFFICE)
register("reports.consolidate", "Tổng hợp và trình chốt báo cáo", roles=PEOPLE, kinds=OFFICE)
register("reports.freeze", "Duyệt chốt báo cáo", roles=(Role.HEAD,), kinds=OFFICE | {BodyKind.LEADERS})

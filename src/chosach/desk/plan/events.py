"""The ledger events of this app."""

from chosach.desk.ledger.events import register

register("plan.loaded", "Nạp tệp kế hoạch")
register("obligation.noted", "Báo cáo tiến độ nhiệm vụ")
register("obligation.obstacle_noted", "Nêu vướng mắc")
register("obligation.directed", "Lãnh đạo chỉ đạo")
register("obligation.due_set", "Đặt hạn cho nhiệm vụ")
register("obligation.due_withdrawn", "Rút hạn của nhiệm vụ")
register("obligation.reminded", "Nhắc cơ quan thực hiện nhiệm vụ")

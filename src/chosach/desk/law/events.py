"""The ledger events of this app."""

from chosach.desk.ledger.events import register

register("clock.started", "Bắt đầu tính thời hạn")
register("clock.paused", "Tạm dừng thời hạn")
register("clock.resumed", "Tính tiếp thời hạn")
register("clock.stopped", "Kết thúc thời hạn")
register("calendar.simulated", "Đặt ngày làm việc giả lập")

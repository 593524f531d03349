"""Custody of evidence in the ledger."""

from chosach.desk.ledger.events import register

register("evidence.added", "Đưa chứng cứ vào hồ sơ")
register("evidence.viewed", "Xem thông tin chứng cứ")
register("evidence.downloaded", "Tải chứng cứ")
register("evidence.handed_over", "Bàn giao chứng cứ")
register("evidence.damaged", "Phát hiện chứng cứ không còn nguyên vẹn")

"""Ledger events of the reports."""

from chosach.desk.ledger.events import register

register("report.round_opened", "Mở đợt báo cáo")
register("report.return_submitted", "Nộp báo cáo của đơn vị")
register("report.return_sent_back", "Trả lại báo cáo để sửa")
register("report.return_accepted", "Tiếp nhận báo cáo của đơn vị")
register("report.freeze_proposed", "Trình chốt báo cáo")
register("report.freeze_withdrawn", "Không duyệt chốt báo cáo")
register("report.frozen", "Chốt báo cáo")
register("report.downloaded", "Tải báo cáo")

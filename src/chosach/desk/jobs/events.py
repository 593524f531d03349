"""What long work writes to the ledger."""

from chosach.desk.ledger.events import register

register("job.submitted", "Giao một việc dài")
register("job.cancel_requested", "Yêu cầu dừng một việc dài")
register("job.cancelled", "Dừng một việc dài")
register("job.resumed", "Chạy tiếp một việc dài")
register("job.finished", "Làm xong một việc dài")
register("job.failed", "Một việc dài bị lỗi")

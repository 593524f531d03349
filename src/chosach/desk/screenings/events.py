"""What screenings write to the ledger."""

from chosach.desk.ledger.events import register

register("screening.begun", "Bắt đầu một lần sàng lọc, giữ một phiên bản đến hết")
register("screening.recorded", "Ghi kết quả một lần sàng lọc")

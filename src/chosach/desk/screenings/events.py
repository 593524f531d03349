"""What screenings write to the ledger."""

from chosach.desk.ledger.events import register

register("screening.recorded", "Ghi kết quả một lần sàng lọc")

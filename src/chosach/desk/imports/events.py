"""What imports write to the ledger."""

from chosach.desk.ledger.events import register

register("import.received", "Nhận một tệp tin bán")
register("import.repeated", "Tệp tin bán đã nhập được gửi lại")
register("import.confirmed", "Xác nhận nhập một tệp tin bán")
register("import.reopened", "Mở lại một tệp tin bán để ghép cột khác")
register("import.discarded", "Bỏ một tệp tin bán chưa nhập")
register("import.chunk_taken", "Nhận một phần của tệp tin bán")
register("pictures.received", "Nhận một tệp ảnh của tin bán")
register("pictures.repeated", "Tệp ảnh đã nhận được gửi lại")
register("pictures.completed", "Đọc xong một tệp ảnh của tin bán")
register("import.completed", "Nhập xong một tệp tin bán")

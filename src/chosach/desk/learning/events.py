"""What learning writes to the ledger. A label itself has no entry of its own: it is what the decision's entry says."""

from chosach.desk.ledger.events import register

register("label.withdrawn", "Rút nhãn")
register("label.restored", "Dùng lại nhãn")
register("label.turned", "Đảo nhãn")
register("label.mass_held", "Giữ lại nhãn của một đợt bỏ qua dồn dập")
register("label.mass_released", "Cho tính nhãn của một đợt bỏ qua dồn dập")
register("label.mass_refused", "Không tính nhãn của một đợt bỏ qua dồn dập")
register("label.change_waits", "Sửa nhãn dồn dập, chờ người thứ hai")
register("label.changes_released", "Đồng ý các lần sửa nhãn dồn dập")
register("label.changes_refused", "Không đồng ý các lần sửa nhãn dồn dập")
register("learning.started", "Bắt đầu học lại")
register("learning.measured", "Học xong và đo")
register("learning.promoted", "Đưa bản học vào dùng")
register("learning.put_back", "Đặt lại bản học cũ")
register("learning.rescreen_started", "Cho sàng lọc lại các tin chưa theo bản đang dùng")
register("learning.rescreened", "Sàng lọc lại theo bản đang dùng")

"""What leads write to the ledger."""

from chosach.desk.ledger.events import register

register("lead.opened", "Mở đầu mối")
register("leads.updated", "Tính lại đầu mối")
register("lead.reopened", "Mở lại đầu mối")
register("lead.lapsed", "Đầu mối hết dấu hiệu")
register("lead.joined", "Nhập đầu mối vào đầu mối khác")
register("lead.assigned", "Phân công đầu mối")
register("lead.watched", "Theo dõi đầu mối")
register("lead.accepted", "Tiếp nhận đầu mối")
register("lead.attached", "Đưa đầu mối vào vụ việc")
register("lead.handed_over", "Chuyển đầu mối ngoài địa bàn tỉnh")
register("lead.dismissal_proposed", "Đề nghị bỏ qua đầu mối, chờ người thứ hai")
register("lead.dismissed", "Bỏ qua đầu mối")
register("lead.dismissal_refused", "Người thứ hai không đồng ý bỏ qua đầu mối")
register("lead.dismissal_drawn", "Rút thăm xem lại việc bỏ qua đầu mối")
register("lead.dismissal_reviewed", "Văn phòng Thường trực xem lại việc bỏ qua đầu mối")
register("leads.view_saved", "Lưu bộ lọc đầu mối")
register("leads.view_removed", "Xóa bộ lọc đầu mối")
register("leads.weight_set", "Đặt trọng số xếp hạng đầu mối")

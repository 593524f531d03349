"""What the ledger says about accounts. Names of people stand in payloads only (they can be redacted)."""

from chosach.desk.ledger.events import register

register("account.created", "Tạo tài khoản")
register("account.deactivated", "Ngừng tài khoản")
register("account.reactivated", "Mở lại tài khoản")
register("role.given", "Giao vai trò")
register("role.ended", "Kết thúc vai trò")
register("password.reset", "Cấp lại mật khẩu ban đầu")
register("password.changed", "Đổi mật khẩu")
register("signin.succeeded", "Đăng nhập")
register("signin.failed", "Đăng nhập không thành công")
register("signin.locked", "Tạm khóa đăng nhập")
register("signin.unlocked", "Gỡ tạm khóa đăng nhập")
register("session.ended", "Đăng xuất")
register("session.revoked", "Kết thúc phiên đăng nhập")
register("mfa.enabled", "Bật xác thực hai lớp")
register("mfa.disabled", "Tắt xác thực hai lớp")
register("mfa.codes_made", "Tạo mã dự phòng")
register("mfa.reset", "Đặt lại xác thực hai lớp")
register("mfa.rule_added", "Thêm quy định phải xác thực hai lớp")
register("mfa.rule_removed", "Bỏ quy định phải xác thực hai lớp")

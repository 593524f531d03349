"""What the ledger says about keys. A key's secret and its hash stand nowhere in it."""

from chosach.desk.ledger.events import register

register("api.key_made", "Tạo khóa API")
register("api.key_revoked", "Thu hồi khóa API")
register("api.probing_noticed", "Nhận thấy dấu hiệu dò bộ sàng lọc qua khóa API")
register("api.probing_reviewed", "Đã xem xét dấu hiệu dò bộ sàng lọc")

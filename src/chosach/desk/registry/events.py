"""What the registry writes to the ledger."""

from chosach.desk.ledger.events import register

register("registry.batch_taken", "Nhận một lô tin bán vào sổ đăng ký", figures=False)
register("registry.pictures_taken", "Nhận một lô ảnh của tin bán", figures=False)
register("registry.traders_joined", "Nhập hai thương nhân thành một theo định danh dùng chung", figures=False)
register("registry.place_set", "Xác định địa bàn của thương nhân", figures=False)
register("registry.identifier_stated", "Ghi định danh không công khai của thương nhân", figures=False)
register("registry.identifier_withdrawn", "Rút định danh không công khai đã ghi", figures=False)
register("registry.placed_again", "Đọc lại địa bàn của thương nhân theo danh mục đơn vị hành chính mới nhất", figures=False)
register("registry.identifier_searched", "Tra cứu theo định danh", figures=False)

"""The ledger events of this app."""

from chosach.desk.ledger.events import register

register("body.added", "Thêm cơ quan")
register("body.changed", "Sửa cơ quan")
register("body.merged", "Hợp nhất cơ quan")

"""The canonical columns of a listing."""

import pyarrow as pa

#: Columns of a batch of listings, in this order. Prices in VND. Texts exactly as read. Times in UTC.
SCHEMA: pa.Schema = pa.schema(
    [
        pa.field("listing_id", pa.string(), nullable=False),
        pa.field("platform", pa.string()),
        pa.field("url", pa.string()),
        pa.field("seller_id", pa.string()),
        pa.field("seller_name", pa.string()),
        pa.field("title", pa.string(), nullable=False),
        pa.field("description", pa.string()),
        pa.field("price", pa.int64()),
        pa.field("original_price", pa.int64()),
        pa.field("brand", pa.string()),
        pa.field("category", pa.string()),
        pa.field("origin", pa.string()),
        pa.field("sold", pa.int64()),
        pa.field("location", pa.string()),
        pa.field("images", pa.list_(pa.string())),
        pa.field("captured_at", pa.timestamp("us", tz="UTC")),
    ]
)

FIELDS: tuple[str, ...] = tuple(SCHEMA.names)
REQUIRED: tuple[str, ...] = ("listing_id", "title")

#: What each column is called on pages and in messages.
LABELS: dict[str, str] = {
    "listing_id": "Mã tin",
    "platform": "Sàn, nền tảng",
    "url": "Đường dẫn",
    "seller_id": "Mã người bán",
    "seller_name": "Tên người bán",
    "title": "Tên hàng, tiêu đề",
    "description": "Mô tả",
    "price": "Giá bán",
    "original_price": "Giá gốc",
    "brand": "Thương hiệu",
    "category": "Ngành hàng",
    "origin": "Xuất xứ",
    "sold": "Số lượng đã bán",
    "location": "Nơi bán",
    "images": "Ảnh",
    "captured_at": "Thời điểm ghi nhận",
}

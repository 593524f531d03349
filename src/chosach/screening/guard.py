"""Cases that no learning may lose: the lexicon's own strong terms in plain sentences, bare and with what stands around them in the trade
(goods, category, terms of sale), because a correction reads nothing else. Made for checking, never trained on."""

from functools import lru_cache

import pyarrow as pa

from chosach.screening.engine import screen
from chosach.screening.lexicon import TERM, lexicon
from chosach.screening.schema import LISTING

LIKELY = 0.5
_FRAMES = ("{}", "Bán {}", "{} giao hàng toàn quốc")
_COLUMNS = ("listing_id", "title", "category", "description")
_ANY = (
    ("Thanh lý {}, còn nhiều hàng", "Hàng hóa khác", "Giao tận nơi, nhận hàng mới trả tiền. Nhắn tin để được báo giá."),
    ("{} giá sỉ cho khách lấy nhiều", "Bách hóa", "Kho có sẵn, gửi hàng trong ngày, lấy từ 10 cái giảm giá."),
)
_FASHION = (
    ("Giày Converse {}", "Thời trang > Giày nam", "Full box, đủ size 36 đến 43, giao hàng toàn quốc, được kiểm tra hàng khi nhận."),
    ("Giày thể thao nam {} đủ size", "Thời trang > Giày nam", "Đế êm, lên chân đẹp, bảo hành keo 3 tháng, ship cod."),
    ("Túi xách nữ {} loại 1", "Thời trang > Túi ví nữ", "Da mềm, khóa chắc, có hộp và túi giấy, xem hàng rồi trả tiền."),
    ("Đồng hồ nam {} máy cơ", "Phụ kiện > Đồng hồ", "Bảo hành 12 tháng, tặng hộp, nhìn không phân biệt được."),
    ("Áo thun {} form rộng", "Thời trang > Áo", "Vải cotton hai chiều, in bền màu, nhiều màu, giá rẻ cho khách sỉ."),
    ("Nước hoa nữ {} chai 100ml", "Làm đẹp > Nước hoa", "Lưu hương lâu, nguyên hộp nguyên seal, giá tốt nhất thị trường."),
)
#: kind → titles with a place for the term, category and description, as people sell such goods. Own words, not of any listing.
_TRADE: dict[str, tuple[tuple[str, str, str], ...]] = {
    "counterfeit": _FASHION,
    "ip_infringing": (
        ("Sách photo giáo trình, {} giá rẻ", "Sách > Giáo trình", "Bản in rõ nét, đóng gáy keo chắc chắn, giao toàn quốc."),
        ("Sách {} bản in đẹp, đủ tập", "Sách > Văn học", "Giấy trắng, chữ rõ, rẻ bằng nửa giá bìa, mua nhiều giảm thêm."),
        ("Khóa học {} trọn bộ video", "Khóa học trực tuyến", "Gửi đường dẫn tải ngay sau khi chuyển khoản, xem mãi mãi."),
        ("Phần mềm {} cài đặt từ xa", "Máy tính > Phần mềm", "Cài qua mạng trong 15 phút, dùng lâu dài, hỗ trợ cài lại."),
        *_FASHION,
    ),
    "smuggled": (
        ("Thuốc lá {} nguyên cây", "Bách hóa > Thuốc lá", "Một cây 10 gói, hút êm, lấy thùng có giá sỉ, giao tận nơi."),
        ("Rượu ngoại {} chai 1 lít", "Đồ uống > Rượu", "Nguyên hộp, biếu tặng sang trọng, giao trong ngày."),
        ("Điện thoại {} nguyên hộp", "Điện tử > Điện thoại", "Bản quốc tế, đủ phụ kiện, rẻ hơn cửa hàng, bao test 7 ngày."),
        ("Bánh kẹo {} thùng 24 gói", "Thực phẩm > Bánh kẹo", "Hàng về hằng tuần, giá sỉ cho tiệm tạp hóa."),
    ),
    "misleading": (
        ("Viên uống {} hộp 30 viên", "Sức khỏe > Thực phẩm chức năng", "Thảo dược thiên nhiên, dùng một liệu trình là thấy, hoàn tiền."),
        ("Kem {} hũ 50g", "Làm đẹp > Chăm sóc da", "Dùng sáng và tối, an toàn cho mọi loại da, mẹ bầu dùng được."),
        ("Trà thảo mộc {} gói 20 túi lọc", "Thực phẩm > Trà", "Uống ngày hai gói, bài thuốc gia truyền, cam kết hiệu quả."),
    ),
    "conditional": (
        ("{} giao trong ngày tại Biên Hòa", "Bách hóa", "Có sẵn tại kho, lấy sỉ lẻ, giao tận nhà."),
        ("Hộp {} mới về", "Sức khỏe", "Hàng mới, hướng dẫn sử dụng tận tình qua tin nhắn."),
    ),
}


def _contexts(kind: str, at: int) -> tuple[tuple[str, str, str], ...]:
    """Two sentences of the trade for the term with this number: all of them come up, spread over the terms."""
    trade = (*_TRADE.get(kind, ()), *_ANY)
    return (trade[at % len(trade)], trade[(at + 1) % len(trade)])


@lru_cache(maxsize=1)
def guard() -> tuple[pa.Table, tuple[tuple[str, str], ...]]:
    """Listings, and the pairs (listing_id, kind) that the shipped screener finds likely in them and that must stay found."""
    known = lexicon()
    kinds = {f"guard-{at}": known.rules[entry.rule].kind for at, entry in enumerate(known.entries) if entry.part == TERM}
    must = tuple(
        (row["listing_id"], row["kind"])
        for row in found_in_guard().select(["listing_id", "kind", "probability"]).to_pylist()
        if row["probability"] >= LIKELY and kinds[row["listing_id"].rsplit("-", 1)[0]] == row["kind"]
    )
    return _listings(), must


@lru_cache(maxsize=1)
def found_in_guard() -> pa.Table:
    """All that the shipped screener finds in the guard's listings (FINDING); screened once a process, which takes seconds."""
    return screen(_listings())


@lru_cache(maxsize=1)
def _listings() -> pa.Table:
    known = lexicon()
    rows = []
    for at, entry in enumerate(known.entries):
        if entry.part == TERM and entry.strong and not entry.needs:
            plain = ((frame, "", "") for frame in _FRAMES)
            for n, (frame, *beside) in enumerate((*plain, *_contexts(known.rules[entry.rule].kind, at))):
                rows.append(dict(zip(_COLUMNS, (f"guard-{at}-{n}", frame.format(entry.text), *beside), strict=True)))
    return pa.Table.from_pylist(rows, schema=pa.schema([LISTING.field(name) for name in _COLUMNS]))

"""Is it the goods that a title offers? Work on them, their hire, fees, vouchers, lessons, wrappings and inserts have other prices."""

import re
import unicodedata

from chosach.screening.unmarked import without_marks

#: What stands before the offer itself: "[HCM] Nhận sửa …", "Shop chuyên dịch vụ vệ sinh …".
_OPENING = r"(?:\W|(?:shop|tiệm|xưởng|nhận|chuyên|dịch vụ|bán|cần|cung cấp|combo|bộ|set|order|hàng|mới|sale|hot)(?!\w))*"
_WORK = (
    r"sửa(?! ?(?:tắm|rửa|chua chai|bột|tươi))|vá lại|may lại|khâu lại|thay (?:kh[óo][aá]|quai|đế|dây|lót|ruột|pin|mặt|nút)|vệ sinh|"
    r"giặt(?! giá)|spa|phục hồi|đánh bóng|dán đế|mạ lại|khắc tên|nhuộm lại|kiểm định|check (?:auth|hàng)|authen|giám định|k[ýí] gửi|"
    r"cầm đồ|thu mua|mua lại|(?:cho )?thuê|cho mượn|mua hộ|order hộ|ship hộ|vận chuyển|repair|rental|rent|cleaning"
)
_MONEY = (
    r"phụ phí|phí (?:ship|vận chuyển|order|giao|đặt)|tiền (?:cọc|ship)|(?:đặt )?cọc(?: trước| tiền)?|voucher|e-?voucher|phiếu|coupon|"
    r"mã (?:giảm(?: giá)?|khuyến m[ãạ]i|voucher)|thẻ (?:quà tặng|giảm giá|thành viên)|gift ?card|link (?:đặt|thanh toán|ship|cọc)"
)
_LESSONS = (
    r"e-?books?|sách(?! (?:kho|size|sẽ|bóng))|kh[óo][aá] học|lớp học|tài liệu|giáo trình|hướng dẫn|cách(?! (?:mạng|điệu|tân|ly))|"
    r"mẹo (?:hay|chọn|phối)|bí quyết|video(?! (?:thật|ảnh|thực|quay))|bảng (?:size|giá|màu|quy đổi)|"
    r"catalogue|catalog|lookbook|poster|tranh(?! thủ)|template|mockup|theme|file (?:thiết kế|vector|in)|vector"
)
_AROUND = (
    r"insert|khay|ngăn chia|(?:đồ |gói |dụng cụ )?giữ (?:form|phom|dáng)|(?:túi |hộp )?(?:lót|ruột)|organizer|(?:túi|hộp|giấy|bao) giấy|"
    r"giấy (?:gói|lót)|túi hút ẩm|hạt hút ẩm|(?:dây|kh[óo][aá]|móc) (?:treo|đeo)|giá treo|kệ trưng bày|túi bao|túi vải chống bụi"
)
#: Without marks *cốc* is written so too.
_CUP = r"(?! (?:tặng|sứ|thủy|thuỷ|giữ|uống|nước|cà phê|inox|nhựa))"


_MARKED = rf"{_OPENING}(?:{_WORK}|{_MONEY}|{_LESSONS}|{_AROUND})(?!\w)"
_OFFERED = (re.compile(_MARKED), re.compile(without_marks(_MARKED.replace("(?:đặt )?cọc(", f"(?:đặt )?cọc{_CUP}("))))
_BRACKETED = re.compile(r"\[[^\]]*\]|\([^)]*\)|【[^】]*】")
_LONGEST = 80  #: code points of what stands before the goods that are looked at
_TOLD_BY = 200  #: code points that tell whether a title is written with marks


def serves(title: str, until: int) -> bool:
    """``until``: where the first word for goods stands. Does the title begin with work on them, their hire, a fee or a part of the price,
    a voucher, a lesson about them, or what they are wrapped or laid in? Notes in brackets are no beginning. A title with marks is read with
    them: *tranh thủ* is no picture, *cốc* no deposit (*cọc*)."""
    written = unicodedata.normalize("NFC", title[: max(until, _TOLD_BY)]).lower()
    before = _BRACKETED.sub(" ", unicodedata.normalize("NFC", title[: min(until, _LONGEST)]).lower())
    return _OFFERED[written == without_marks(written)].match(before) is not None

"""What a listing asks for its goods: the price of the column, else the one that its words name.

Words name many amounts: a gift's worth, a refund, a reward, what genuine goods cost elsewhere. One that may be anything but the price is
none: better no price than an honest listing that looks cheap.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from chosach.screening.unmarked import without_marks
from chosach.text import extract

_LEAST = 10_000  #: VND; less is no price of goods that are compared
_OPENING = 600  #: code points of a title or description in which the price is looked for
_BEFORE, _AFTER = 60, 30  #: code points to either side of an amount that say what it is
WORDED = 0.5  #: a price in words is worth so much of one in the column
MOST_WORDED = 0.79  #: the most that is said where a price in words carries a finding which the other words do not carry so far

#: Before an amount, in its clause: what it is worth, costs or pays besides the goods; a contest; what others ask.
_OF_ELSE = (
    "(?:đánh|trị|định|mệnh|đấu|bước|báo|hỏi|tăng|nâng|khởi điểm|tầm|mức|khoảng|so|so với|trả) giá|"
    "giá (?:trị|khởi điểm|sàn|hãng|auth|store|web|thị trường|ngoài|khác|nhập|vốn|sỉ|buôn)|"
    "trị|tặng|kèm|quà|thưởng|trúng|minigame|game|giveaway|vòng quay|bốc thăm|voucher|coupon|evoucher|gift|phiếu|"
    "thẻ (?:cào|quà|nạp|điện thoại|thành viên)|nạp|hoàn|đền|bồi thường|phạt|cam kết|bảo hành|bảo hiểm|đổi trả|bù|chênh|lãi|lời|lương|"
    "tiền công|vốn|hoa hồng|ctv|phí|cước|ship|freeship|vận chuyển|giao hàng|cọc|đặt trước|trả trước|trả góp|góp|thanh toán|rẻ hơn|"
    "đắt hơn|mắc hơn|kém|thấp hơn|cao hơn|mua hàng|hóa đơn|hoá đơn|bình chọn|theo dõi|tối đa|tối thiểu|lên đến|lên tới|trước đây|"
    "trước kia|mua mới|mua lại|thu mua|thu hộ|mua hộ|mua \\d+|combo|lì xì|tri ân|lệch|bằng"
)
#: Near before an amount, whatever parts them: work done on goods.
_WORK = "check|kiểm định|thẩm định|legit|giám định|dịch vụ|vệ sinh|giặt|spa|sửa|thay|thuê|phục hồi|nhuộm"
#: In the clause: what is taken off, and from what. "Còn", "chỉ" before the amount name what is left.
_TAKEN_OFF = "giảm|off|trừ|bớt|tiết kiệm|save|giá (?:gốc|cũ|niêm yết)"
#: Right before an amount: one end of a range, something added, what is counted or paid.
_BOUND = (
    "từ|trên|dưới|quá|đến|tới|hơn|thêm|cộng|và|gần|ngoài|hộp|box|túi giấy|đơn|mỗi|lượt|tiền|mã|điểm|xu|bill|mua|nhập|thu|công|"
    "số lượng|gốc|sỉ|buôn|ưu đãi|khuyến mãi|km|hỗ trợ|deal|tích"
)
#: Right behind an amount: what is counted, for whom, what for.
_COUNTED = (
    "lượt|đánh giá|màu|người|khách|đơn|hóa đơn|hoá đơn|like|thích|tim|follow|fl|theo dõi|sub|view|xem|review|feedback|fb|sao|mẫu|sản phẩm|"
    "sp|bạn|thành viên|mem|member|đã bán|bán ra|cho (?:khách|đơn|ai|bạn|người|mỗi|lần|hóa đơn|shop|page)|khi|nếu|trở lên|trở xuống|"
    "đổ lên|off|giảm|tiền|phí|ship(?! (?:cod|toàn|tận))|cọc|đặt cọc|voucher|coupon|quà|hoa hồng|thưởng|xu|điểm|là (?:tiền|phí|cọc)|"
    "rẻ hơn|so với|mỗi|một tháng|tháng|ngày|lần|buổi|giờ"
)
_CALL = "giá(?: (?:bán|lẻ|chỉ|sale|còn|là|hôm nay|chỉ còn|rẻ|tốt|sốc|yêu|mềm|nhẹ|chỉ có))?|price"
_LEFT = "còn|chỉ|chỉ còn|sale còn|giảm còn|sale chỉ|sale"
_PIECE = frozenset({"", "cái", "chiếc", "đôi", "bộ", "túi", "cặp"})  #: "100k/tháng" is what a loan costs
#: "Full box 450k": the box comes with the goods, 450k is not what it costs.
_FULL_BOX = re.compile(r"(?<![^\W_])(?:full|nguyên|kèm|đủ|du|nguyen)[\W_]{0,2}(?:box|hộp|hop)(?![^\W_])")
_CLAUSE = re.compile(r"[;!?\n\r•●▪★☆✅❌❤♥]|[.,](?!\d)")
#: An amount that nothing calls the price stands apart: not within a code or square brackets, nor before the goods, and ends what is said.
_APART = re.compile(r"(?:^|\])[^\[\]]*\w[^\[\]]*[\s(]$")
_ENDS = re.compile(r"\s*(?:$|[,.!?;|)\-–—+•\n]|(?:free|freeship|full|fullbox|bao|ship cod|miễn phí)(?![^\W_]))")
#: Behind an amount: the rest of a code, of a range or a list; for another piece of it.
_GOES_ON = re.compile(r"[^\W_]|\s?[-–—~/+x*]\s?\d|\s?/\s?(?!(?:c|1|cái|chiếc|đôi|bộ|túi|cặp|em)(?![^\W_]))")
_YEARS = range(1_990_000, 2_040_000, 1_000)  #: "mẫu mới 2023 K"


class _Words:
    """Words with their marks, or without any: *quà*, *qua*."""

    def __init__(self, words: str, *, ahead: str = r"(?<![^\W_])", behind: str = r"(?![^\W_])") -> None:
        spaced = words.replace(" ", r"[\W_]{1,3}")
        self._marked, self._plain = (re.compile(f"{ahead}(?:{form}){behind}") for form in (spaced, without_marks(spaced)))

    def found(self, text: str, plain: str) -> bool:
        """``plain``: the text without its marks."""
        return self._marked.search(text) is not None or any(text[m.start() : m.end()].isascii() for m in self._plain.finditer(plain))


_TO_AMOUNT = r"(?:[\W_]{1,3}(?:là|được|khoảng|tầm|chỉ))?[\W_]{0,3}$"
_else, _work, _taken_off = _Words(_OF_ELSE), _Words(_WORK), _Words(_TAKEN_OFF)
_bound = _Words(_BOUND, behind=_TO_AMOUNT)
_call, _left = _Words(_CALL, behind=r"[\W_]{0,3}$"), _Words(_LEFT, behind=r"[\W_]{0,3}$")
_counted = _Words(_COUNTED, ahead=r"^[ (\-–:+]{0,3}")


class Asked(NamedTuple):
    """VND, and where the listing says so: code points into ``field`` (of the column: into its digits)."""

    amount: int
    field: str
    start: int
    end: int

    def share(self, body: float) -> float:
        """How much this price counts beside one in the column; ``body``: the share of words in a description, by the rule."""
        return {"price": 1.0, "title": WORDED}.get(self.field, WORDED * body)


def asked(text: Mapping[str, str], price: int | None) -> Asked | None:
    """The price of the column, whatever it is; without one the only price that the title names, else the only one that the opening of the
    description calls the price. Of several nobody knows which is asked, and who hides the price (*giá inbox*) names another amount."""
    if price is not None:
        return Asked(price, "price", 0, len(str(price)))
    read = {field: _amounts(text[field]) for field in ("title", "description")}
    if any(one.why_not for amounts in read.values() for one in amounts):
        return None
    for field, amounts in read.items():
        found = {one.amount: Asked(one.amount, field, one.start, one.end) for one in _asking(text[field], amounts, field) if one.amount}
        if found:
            return found.popitem()[1] if len(found) == 1 else None
    return None


def _amounts(text: str) -> list[extract.Price]:
    """Those that begin in the opening and are read to their end."""
    words = text[: _OPENING + _AFTER]
    if not any(char.isdigit() for char in words):
        return []
    return [one for one in extract.prices(words) if one.start < _OPENING and (one.end < len(words) or len(words) == len(text))]


def _asking(text: str, amounts: Iterable[extract.Price], field: str) -> Iterable[extract.Price]:
    """Of these amounts those that can be the price of the goods."""
    reached, asks = 0, False
    for one in amounts:
        if not reached or any(map(str.isalnum, text[reached : one.start])):  # else it goes on from the last: "quà 50k, 100k"
            asks = _is_price(text[max(0, one.start - _BEFORE) : one.start], text[one.end : one.end + _AFTER], field)
        reached = one.end
        if one.amount is None or one.amount < _LEAST or one.most is not None or one.per not in _PIECE or one.amount in _YEARS:
            continue
        if asks:
            yield one


def _is_price(before: str, behind: str, field: str) -> bool:
    """Can an amount between these words be the price? ``before`` and ``behind`` are cut near it."""
    before, behind = (unicodedata.normalize("NFKC", part).lower() for part in (before, behind))
    if _GOES_ON.match(behind) or _work.found(before, without_marks(before)):
        return False
    clause = _FULL_BOX.sub("full", _CLAUSE.split(before)[-1])
    plain = without_marks(clause)
    if _else.found(clause, plain) or _bound.found(clause, plain) or _counted.found(behind, without_marks(behind)):
        return False
    left = _left.found(clause, plain)
    if _taken_off.found(clause, plain) and not left:
        return False
    if _call.found(clause, plain):
        return True
    apart = _APART.search(before) is not None and _ENDS.match(behind) is not None
    return field == "title" and (left or apart)

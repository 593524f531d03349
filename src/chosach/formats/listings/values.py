"""Values as people and programs write them → values of the canonical columns. Every function is pure; a bad value raises `Bad`."""

import datetime as dt
import json
import math
import re
import unicodedata
from decimal import Decimal

from chosach.text.extract.prices import prices

VIETNAM = dt.timezone(dt.timedelta(hours=7))
EARLIEST, LATEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC), dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
MAX_NUMBER = 10**13  # ten thousand billion VND: above it the number is a mistake

_NOTHING = frozenset({"", "-", "--", "n/a", "na", "nan", "none", "null", "nil", "liên hệ", "lien he", "thỏa thuận", "contact"})
_ASK = frozenset({"inbox", "ib", "inb", "zalo"})
_CURRENCY = re.compile(r"^(?:vnđ|vnd|đ|₫)\s*(?=\d)|\s*(?:vnđ|vnd|đồng|dong|đ|₫|d)\.?$")
_UNITS = {
    "k": 10**3,
    "n": 10**3,
    "ng": 10**3,
    "nghìn": 10**3,
    "ngàn": 10**3,
    "nghin": 10**3,
    "ngan": 10**3,
    "tr": 10**6,
    "triệu": 10**6,
    "trieu": 10**6,
    "củ": 10**6,
    "m": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
    "ty": 10**9,
}
_WITH_UNIT = re.compile(
    r"^(\d+(?:[.,]\d+)?)\s*(" + "|".join(sorted(_UNITS, key=len, reverse=True)) + r")\s*(?:(\d{1,3})\s*(k|nghìn|ngàn)?)?$"
)
_GROUPED = re.compile(r"^\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?$")
_DECIMAL = re.compile(r"^\d+(?:[.,]\d+)?$")
_SCIENTIFIC = re.compile(r"^\d+(?:\.\d+)?e\+?\d{1,2}$")
#: Characters of a price or number in words, as read and made plain; what is longer is no number, and is not looked at.
_MAX_READ, _MAX_WRITTEN = 1_000, 100
#: "Giá: 250k", "giá bán 250k"; not "từ 250k", which is no price but where prices begin, nor "giá gốc 250k", which is not asked now.
_BEFORE_A_PRICE = re.compile(
    r"^(?:(?:giá|gia)(?: bán| ban| sale| km| khuyến mãi| lẻ| mới| chỉ| còn| chỉ còn)?|price|chỉ|còn|chỉ còn)\s*[:=]?\s*(?=\w)"
)
_BEFORE_AN_OLD_PRICE = re.compile(r"^(?:giá|gia) (?:gốc|goc|niêm yết|cũ)\s*[:=]?\s*(?=\w)")
#: "(gồm ship)", ", chưa ship": what is said beside a price, where it holds no figure and does not make of it a least or most price.
_REMARK = re.compile(r"\([^()\d]{1,40}\)|[,;]\s[^()\d,;]{1,40}")
_CONDITION = re.compile(r"\b(?:từ|đến|tới|trở lên|đổ lên|cọc|trả trước|trả góp|giảm|tháng|usd|đô|tệ)\b")
_MEASURE = r"(?:kg|g|gam|gram|ml|l|lít|cm|mm|m|inch|w)"
#: What is sold at a price: "hộp", "1 hộp", "100g", "cái 5kg"; not "kg 5kg".
_PIECE = re.compile(
    r"(?:1\s|1(?=[^\W\d])|\d{2,4}\s?(?=g|ml|kg|viên|cái|chiếc|gam))?[^\W\d]\D{0,19}"
    rf"|(?:1\s?)?(?!{_MEASURE}\b)[^\W\d]{{1,10}}\s\d{{1,4}}(?:[.,]\d{{1,2}})?\s?{_MEASURE}"
)
#: "100k/tháng" is what a loan or rent costs, not goods.
_TERM = re.compile(
    r"(?:^|/)\s?(?:1\s?|một |mỗi )?(?:tháng|thang|năm|tuần|tuan|ngày|ngay|giờ|đêm|dem|kỳ|month|year|week|day|hour|night|h)(?!\w)"
)
_TERMS = frozenset({"tháng", "ngày"})
#: Below it nobody asks a broken number of thousands: "1.2k" may be 1,2 nghìn or 1,2 triệu. "9.9k" is a price.
_BROKEN_THOUSANDS = 5_000
_LARGE_GROUPED = re.compile(r"\d[.,]\d{3}\s?(?:tr|t[ỷỉy])")
_SOLD_WORDS = re.compile(r"^(?:đã bán|da ban|sold)\s*:?\s*|\s*(?:đã bán|da ban|sold|lượt bán|cái|sp|sản phẩm)?\s*\+?$")


class Bad(ValueError):
    """A value that can't be read. `code` is one of `problems.CODES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def money(value: object, *, old: bool = False) -> int | None:
    """An amount in whole VND. "1.250.000 đ", "350k", "1tr2", "1.200k", "Giá: 2 triệu rưỡi", "99k (gồm ship)", "1,250,000.00", 350000.0;
    "Liên hệ" and the like are None. A range, a date, "1.250 triệu", "1.5", "450/bộ" and "1.2k" could be several amounts: `Bad`, as is what
    a month costs. `old`: a price before a discount is wanted, so that "giá gốc 500k" is one."""
    if isinstance(value, float) and 0 <= value <= MAX_NUMBER and value.is_integer():  # of a typed column: most are so
        return int(value)
    if isinstance(value, str):
        if value.isascii() and value.isdigit() and len(value) <= 13:
            return int(value)
        text = _tidy(value)
        if text in _NOTHING:
            return None
        if old:
            text = _BEFORE_AN_OLD_PRICE.sub("", text, count=1)
        text, piece = _per_piece(_without_remark(_BEFORE_A_PRICE.sub("", text, count=1)))
        if text in _NOTHING or text in _ASK:
            return None
        bare = _CURRENCY.sub("", text).strip()
        amount = _amount(bare, text)
        if piece and amount < 1000 and bare == text:  # "450/bộ": of thousands, as people talk?
            raise Bad("number.unclear")
        return _bounded(amount)
    if isinstance(value, float | Decimal) and value < 1000 and value % 1:
        raise Bad("number.unclear")
    return _plain_number(value)


def _without_remark(text: str) -> str:
    """ "99k" of "99k (gồm ship)". Only what follows the last sign that can begin a remark is looked at, once: a cell may be hostile."""
    at = text.rfind("(") if text.endswith(")") else max(text.rfind(","), text.rfind(";"))
    remark = text[at:]
    return text[:at].strip() if at > 0 and _REMARK.fullmatch(remark) and not _CONDITION.search(remark) else text


def _per_piece(text: str) -> tuple[str, bool]:
    """ "250k/hộp", "120.000đ/100 g" without what is sold at that price, and whether something was. "12/05" stays: what comes after is no
    piece."""
    head, slash, piece = text.partition("/")
    if not slash or not _PIECE.fullmatch(piece.strip()):
        return text, False
    if _TERM.search(piece.strip()):
        raise Bad("number.unclear")
    return head.strip(), True


def _amount(bare: str, text: str) -> Decimal:
    """An amount of money. `bare`: `text` without the word for đồng. What could be two amounts is unclear: no price is better than one of
    a thousandth."""
    match = _WITH_UNIT.match(bare)
    if match is not None and len(match[1].replace(",", ".").partition(".")[2]) == 3:
        if _UNITS[match[2]] != 10**3 or match[3]:  # "1.250 triệu": one and a quarter, or a thousand and more
            raise Bad("number.unclear")
        return Decimal(re.sub("[.,]", "", match[1])) * 1000  # "1.200k": nobody asks 1,200 đồng so
    try:
        number = _number(bare)
    except Bad as error:
        if error.code != "number.unclear" or match is not None:  # "1,5tr2"
            raise
        return _in_words(text)
    if match is not None and number < _BROKEN_THOUSANDS and number % 1000:
        raise Bad("number.unclear")
    if number != number.to_integral_value() and number < 1000:  # "1.5", "99.9": of thousands, of millions?
        raise Bad("number.unclear")
    return number


def _in_words(text: str) -> Decimal:
    """A price as texts have it, "2 triệu rưỡi", "1 triệu 250 nghìn", where the cell is nothing else."""
    if len(text) <= 40 and not _LARGE_GROUPED.search(text):
        found = prices(text)
        sole = found[0] if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)) else None
        if sole is not None and sole.amount and sole.most is None and sole.per not in _TERMS:
            return Decimal(sole.amount)
    raise Bad("number.unclear")


def count(value: object) -> int | None:
    """A number of pieces. "1,2k", "Đã bán 350", "1k+"."""
    if isinstance(value, str):
        if value.isascii() and value.isdigit() and len(value) <= 13:
            return int(value)
        text = _tidy(value)
        if text in _NOTHING:
            return None
        return _bounded(_number(_SOLD_WORDS.sub("", text).strip()))
    return _plain_number(value)


def _tidy(value: str) -> str:
    """In small letters and with single blanks. A long text raises `Bad`: no number is written so, and rules that look at it more than
    once would take their time with a cell of a megabyte."""
    if len(value) <= _MAX_READ or len(value := value.strip()) <= _MAX_READ:
        text = " ".join(unicodedata.normalize("NFKC", value).casefold().replace("₫", "đ").split())
        if len(text) <= _MAX_WRITTEN:
            return text
    raise Bad("number.unclear")


def _plain_number(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Bad("number.unclear")
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        if math.isnan(value):
            return None
        raise Bad("number.too_large")
    return _bounded(value)


def _bounded(number: float | Decimal) -> int:
    if number < 0:
        raise Bad("number.negative")
    if number > MAX_NUMBER:
        raise Bad("number.too_large")
    return round(number)


def _number(text: str) -> Decimal:
    if text.startswith(("-", "−")):
        if _DECIMAL.match(text[1:].strip()) or _GROUPED.match(text[1:].strip()):
            raise Bad("number.negative")
        raise Bad("number.unclear")
    if len(text) > 40 or not text.isprintable():
        raise Bad("number.unclear")
    if _GROUPED.match(text):
        return _grouped(text)
    if _DECIMAL.match(text):
        return Decimal(text.replace(",", "."))
    if _SCIENTIFIC.match(text):
        return Decimal(text)
    match = _WITH_UNIT.match(text)
    if match is None:
        raise Bad("number.unclear")
    whole, unit, rest, rest_unit = match.groups()
    number = Decimal(whole.replace(",", ".")) * _UNITS[unit]
    if rest is None:
        return number
    if "." in whole or "," in whole or (rest_unit and _UNITS[unit] != 10**6):
        raise Bad("number.unclear")
    return number + (Decimal(rest) * 1000 if rest_unit else Decimal(rest) * _UNITS[unit] / 10 ** len(rest))


def _grouped(text: str) -> Decimal:
    """ "1.250.000", "1,250,000.00", "1 250 000,5": what stands after another mark than the grouping one is the fraction."""
    separator = next(char for char in text if not char.isdigit())
    whole, fraction = text, ""
    for mark in ".,":
        if mark != separator and mark in text:
            whole, fraction = text.split(mark)
    return Decimal(whole.replace(separator, "") + ("." + fraction if fraction else ""))


_LOCAL_DATE = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$")


def moment(value: object) -> dt.datetime | None:
    """A time in UTC. ISO 8601, day/month/year, seconds or milliseconds since 1970. Without a zone it is Vietnamese time."""
    if value is None:
        return None
    if isinstance(value, str):
        text = value.strip()
        if text.casefold() in _NOTHING:
            return None
        time = _moment_of_text(text)
    elif isinstance(value, dt.datetime):
        time = value
    elif isinstance(value, dt.date):
        time = dt.datetime(value.year, value.month, value.day)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        time = _epoch(value)
    else:
        raise Bad("date.unclear")
    try:
        time = (time.replace(tzinfo=VIETNAM) if time.tzinfo is None else time).astimezone(dt.UTC)
    except (OverflowError, ValueError) as error:
        raise Bad("date.out_of_range") from error
    if not EARLIEST <= time < LATEST:
        raise Bad("date.out_of_range")
    return time


def _moment_of_text(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text) if not text.isdigit() or len(text) == 8 else _epoch(int(text[:20]))
    except ValueError:
        pass
    match = _LOCAL_DATE.match(text)
    if match is None:
        raise Bad("date.unclear")
    day, month, year, hour, minute, second = (int(part) if part else 0 for part in match.groups())
    try:
        return dt.datetime(year, month, day, hour, minute, second)
    except ValueError as error:
        raise Bad("date.unclear") from error


def _epoch(number: float) -> dt.datetime:
    if not math.isfinite(number):
        raise Bad("date.unclear")
    seconds = number / 1000 if abs(number) > 10**11 else number
    try:
        return dt.datetime.fromtimestamp(seconds, dt.UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise Bad("date.out_of_range") from error


#: A run of blanks is looked at once, from its beginning.
_IMAGE_SPLIT = re.compile(r"[|\n;]+|(?<![^\S\n])(?<!,)(?:[^\S\n]|,)+(?=https?://)")


def image_list(value: object) -> list[str] | None:
    """Addresses or names of images: a list, a JSON array as text, or text divided by | ; line breaks."""
    if value is None:
        return None
    if isinstance(value, str):
        text = value.strip()
        if text.startswith("["):
            try:
                return image_list(json.loads(text))
            except (ValueError, RecursionError):
                text = text.strip("[]")
        parts: list[object] = [part.strip().strip(",") for part in _IMAGE_SPLIT.split(text)]
    elif isinstance(value, list | tuple):
        parts = list(value)
    else:
        parts = [value]
    found = [whole(str(part)).strip() for part in parts if part is not None]
    return [part[:2000] for part in found if part][:200] or None


def whole(text: str) -> str:
    """Text that an Arrow column and a database can hold: no NUL, and half a surrogate pair, as JSON may bring it, is U+FFFD."""
    text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def text(value: object) -> str | None:
    """Text exactly as read; numbers as a person would write them (12345.0 is "12345"); an empty string is None."""
    if isinstance(value, str):
        return value or None
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace") or None
    if isinstance(value, bool | dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return str(value)

"""Prices as sellers write them: 350k, 1tr2, 2 triệu rưỡi, 1.250.000đ, giá inbox."""

import re

from chosach.text.extract.found import Price
from chosach.text.extract.skeleton import Skeleton, skeleton

_THOUSAND, _MILLION, _BILLION = 1_000, 1_000_000, 1_000_000_000
_UNITS = {
    "k": _THOUSAND, "ngàn": _THOUSAND, "nghìn": _THOUSAND, "ngan": _THOUSAND, "nghin": _THOUSAND, "cành": _THOUSAND,
    "tr": _MILLION, "triệu": _MILLION, "trieu": _MILLION, "tr.": _MILLION, "tỷ": _BILLION, "tỉ": _BILLION, "ty": _BILLION,
}  # fmt: skip
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_DONG = r"(?:vnđ|vnd|đồng|dong|đ|₫)"
_PIECE = (
    r"kg|100g|g|lít|l|ml|hộp|chai|lọ|cái|chiếc|đôi|bộ|gói|túi|viên|vỉ|tuýp|combo|thùng|cây|tháng|ngày|m2|m|cặp|set|quyển|cuốn|con|"
    r"lốc|hũ|bao|tép|"
    r"liệu trình"
)
_PER = rf"(?:[ ]?(?:/|1 |một |mỗi )[ ]?(?:1[ ]?|một )?(?P<per>{_PIECE})(?![^\W_]))?"
#: 1tr2, 350k, 99k9, 2,5 triệu, 2 triệu rưỡi, 1 triệu 250 nghìn
_SPOKEN = re.compile(
    rf"(?<![^\W_])(?<![.,/])(?P<whole>\d{{1,4}}(?:[.,]\d{{1,3}})?)[ ]?(?P<unit>{_UNIT})(?![^\W\d_])"
    rf"(?:[ ]?(?P<half>rưỡi|ruoi)(?![^\W_])|(?P<rest>\d{{1,3}})(?P<masked>x{{1,3}})?(?![^\W_])|"
    rf"[ ](?P<more>\d{{1,3}})[ ]?(?P<moreunit>k|ngàn|nghìn|ngan|nghin)(?![^\W_])|[ ](?P<tail>\d)(?![^\W_])(?![ ]?(?:\W?\d|{_PIECE})))?"
    rf"(?:[ ]?{_DONG}(?![^\W_]))?{_PER}"
)
#: 1.250.000đ, 1250000 vnd, 99.000 đồng
_FIGURES = re.compile(
    rf"(?<![^\W_])(?<![.,/])(?P<front>[₫đ][ ]?)?(?P<number>\d{{1,3}}(?:[.,]\d{{3}})+|"
    rf"\d{{4,9}})(?P<dong>[ ]?{_DONG}(?![^\W_]))?(?![.,]?\d)(?![^\W_]){_PER}"
)
_PRICE_WORD = re.compile(
    r"(?<![^\W_])(?:giá|gia|gía|chỉ|chi|còn|con|sale|giảm còn|price|sỉ|lẻ|đồng giá|bán|thanh lý|pass)\W{0,3}(?:\w{1,8}\W{1,2}){0,2}$"
)
_HIDDEN = re.compile(
    r"(?<![^\W_])(?:giá|gia)[ ]?(?:cả|sỉ|lẻ|tốt|inbox)?[ :.\-]{0,3}(?:vui lòng |xin |thì |mời |hãy )?"
    r"(?:inbox|inb|ib|ibox|ibx|nhắn tin|nhan tin|liên hệ|lien he|lh|zalo|chat|rep)(?![^\W_])|"
    r"(?<![^\W_])(?:ib|inbox|inb|nhắn tin|liên hệ|chat)[ ](?:shop |em |mình )?(?:để )?(?:biết |báo |lấy |nhận |hỏi )?giá(?![^\W_])"
)
_MASKED = re.compile(
    rf"(?<![^\W_])\d{{1,3}}(?:x{{1,3}}(?:[ ]?(?:{_UNIT}))?|(?:[.,]?[x*]{{3}})+(?:[ ]?{_DONG})?|(?:tr|k)\d?x{{1,2}})(?![^\W_])"
)
_TOLD = re.compile(rf"x[ ]?(?:{_DONG}|{_UNIT})$|^\d+(?:tr|k)")
_NOT_MONEY = re.compile(
    r"(?:vàng|gold|mạ|bạc|tivi|tv|màn hình|video|camera|quay|độ phân giải|led|đèn|ánh sáng|nhiệt độ màu|pin|lượt|"
    r"chì)\W{0,2}\w{0,6}\W{0,2}$"
)
_SOLD = re.compile(r"\W{0,2}(?:lượt|follow|fl|like|view|sub|đơn|khách|người|bán|sold|mah|uhd|fps|hdr|page|trang)")
_CARATS_AND_PIXELS = frozenset({2, 4, 5, 6, 8, 10, 14, 18, 24})
_MOST = 50 * _BILLION
_RANGE = re.compile(r"[ ]?(?:-|~|–|đến|tới|->)[ ]?")


def prices(text: str) -> list[Price]:
    """Prices of a text in whole VND; ``value``: the amount in digits.

    ``why_not``: ``hidden`` (*giá inbox*, *ib báo giá*), ``masked`` (*2xx*). Bare figures count after a word for a price or before a word
    for đồng. Carats (*vàng 24k*) and pixels (*4K*) are left.
    """
    read = skeleton(text)
    found = [*_hidden(read)]
    taken = [(one.start, one.end) for one in found]
    if any(char.isdigit() for char in read.text):
        for price in (*_spoken(read), *_in_figures(read)):
            if not any(start < price.end and price.start < end for start, end in taken):
                found.append(price)
                taken.append((price.start, price.end))
    return _ranged(sorted(found, key=lambda one: one.start), read)


def _hidden(read: Skeleton) -> list[Price]:
    found = []
    for pattern, why in ((_HIDDEN, "hidden"), (_MASKED, "masked")):
        for match in pattern.finditer(read.text):
            if (
                why == "masked"
                and not _PRICE_WORD.search(read.text[max(0, match.start() - 24) : match.start()])
                and not _TOLD.search(match[0])
            ):
                continue  # "43x 26cm"
            first, last = read.place(*match.span())
            found.append(Price(start=first, end=last, text=read.original[first:last], value="", valid=False, why_not=why))
    return found


def _number(written: str) -> float:
    """ "2,5" and "2.5" are two and a half; "1.250" before a unit one thousand two hundred and fifty."""
    head, _, tail = written.replace(",", ".").partition(".")
    return float(head + tail) if len(tail) == 3 else float(f"{head}.{tail or 0}")


def _spoken(read: Skeleton) -> list[Price]:
    found = []
    for match in _SPOKEN.finditer(read.text):
        unit = _UNITS[match["unit"]]
        number = _number(match["whole"])
        amount = number * unit
        if match["half"]:
            amount += unit / 2
        elif match["rest"]:
            amount += int(match["rest"]) * unit / 10 ** len(match["rest"])
        elif match["more"]:
            amount += int(match["more"]) * _THOUSAND
        elif match["tail"]:
            amount += int(match["tail"]) * unit / 10
        before = read.text[max(0, match.start() - 24) : match.start()]
        if _PRICE_WORD.search(before) or not _other_than_money(read, match, before, number):
            found += _price(read, match, round(amount))
    return found


def _other_than_money(read: Skeleton, match: re.Match[str], before: str, number: float) -> bool:
    """Carats, pixels, things sold or counted; "320tr" is pages."""
    if match["unit"] == "tr":
        return number > 200
    counted = number in _CARATS_AND_PIXELS or _NOT_MONEY.search(before) or _SOLD.match(read.text, match.end())
    return match["unit"] == "k" and bool(counted)


def _in_figures(read: Skeleton) -> list[Price]:
    found = []
    for match in _FIGURES.finditer(read.text):
        amount = int(re.sub(r"\D", "", match["number"]))
        money = bool(match["front"] or match["dong"])
        if not money:
            before = read.text[max(0, match.start() - 24) : match.start()]
            if amount % 1000 or amount < 1000 or not _PRICE_WORD.search(before):
                continue
        found += _price(read, match, amount)
    return found


def _price(read: Skeleton, match: re.Match[str], amount: int) -> list[Price]:
    if not 100 <= amount <= _MOST:
        return []
    first, last = read.place(*match.span())
    return [Price(start=first, end=last, text=read.original[first:last], value=str(amount), amount=amount, per=match["per"] or "")]


def _ranged(found: list[Price], read: Skeleton) -> list[Price]:
    """ "100k - 200k" as one."""
    kept: list[Price] = []
    for price in found:
        last = kept[-1] if kept else None
        if (
            last is not None and last.amount and price.amount and last.most is None and last.amount < price.amount
            and _RANGE.fullmatch(read.original[last.end : price.start].lower())
        ):  # fmt: skip
            kept[-1] = Price(
                start=last.start, end=price.end, text=read.original[last.start : price.end], value=f"{last.amount}-{price.amount}",
                amount=last.amount, most=price.amount, per=price.per,
            )  # fmt: skip
        else:
            kept.append(price)
    return kept

"""Dates of expiry: what stands after a word for the last day of use, never a day of manufacture."""

import re
from calendar import monthrange
from datetime import date

from chosach.text.extract.found import Expiry
from chosach.text.extract.skeleton import skeleton, stretches

#: Words for the last day of use. "date" alone is one in sellers' talk, but not in "date mới", "cận date".
_LAST = (
    r"h\.?s\.?d|han su dung|hạn sử dụng|hạn sd|hạn dùng|han dung|hạn sài|hạn xài|hạn sử dụng đến|sử dụng trước|dùng trước|"
    r"sử dụng đến|dùng đến|"
    r"exp(?:iry|iration|\.)?(?: date)?|best before|best by|use by|bbe|bbd|date|hạn"
)
_MADE = (
    r"n\.?s\.?x|ngày sx|ngày sản xuất|ngay san xuat|sản xuất ngày|ngày đóng gói|mfg|mfd|manufactur\w*|production date|prod|"
    r"packed on|sản xuất"
)
_WORD = re.compile(rf"(?<![^\W_])(?:(?P<last>{_LAST})|(?P<made>{_MADE}))(?![^\W_])")
_LEAD = re.compile(
    r"(?:[ :.\-=~>(*/&]|\n(?=[ \d])|(?:đến|den|tới|toi|hết|ngày|ngay|là|la|cuối|năm|nam|mới|xa|dài|tận|sử dụng|exp|hsd|date|"
    r"của sản phẩm|sản phẩm|sp)(?![^\W_])|"
    rf"(?:{_MADE})(?![^\W_])(?=\W)){{0,10}}"
)
_MONTHS = {name: k for k, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}
_MONTH_NAME = "|".join(_MONTHS)
_YEAR = r"(?:20\d\d|[1-4]\d)"
_DATE = re.compile(
    r"(?<![^\W_])(?:"
    rf"(?P<y1>20\d\d)[ ]?[./\- ][ ]?(?P<m1>\d\d?)[ ]?[./\- ][ ]?(?P<d1>\d\d?)|"
    rf"(?P<d2>\d\d?)[ ]?[./\-][ ]?(?P<m2>\d\d?)[ ]?[./\-][ ]?(?P<y2>{_YEAR})|"
    rf"(?P<d3>\d\d?)?[ \-]?(?P<n3>{_MONTH_NAME})\w{{0,6}}[ .,\-]{{0,2}}(?P<y3>20\d\d)|"
    rf"(?P<d7>\d\d?) tháng (?P<m7>\d\d?)(?: năm |[ ./\-])(?P<y7>20\d\d)|"
    rf"(?:tháng|thang|t)?[ ]?(?P<m4>\d\d?)(?:[ ]?[./\-][ ]?| năm )(?P<y4>{_YEAR})|"
    r"(?P<d5>\d\d)(?P<m5>\d\d)(?P<y5>20\d\d)|"
    r"(?P<y9>20\d\d)(?P<m9>0[1-9]|1[0-2])(?P<d9>\d\d)|"
    r"(?P<y8>20\d\d)[ ]?[./\-][ ]?(?P<m8>\d\d?)|"
    r"(?P<y6>20\d\d)"
    r")(?![^\W_])(?![ ]?(?:tháng|thang|năm|nam|ngày|ml|gr?|kg|k|%|months?|years?)(?![^\W_]))(?![./]\d)"
)
_BETWEEN = re.compile(r"[ ]?(?:-|~|đến|tới|/|và|,|hoặc|->)[ ]?(?:hsd|exp)?[ :]{0,2}")
_VOUCHER = re.compile(
    r"(?<![^\W_])(?:voucher|vouchers|coupon|mã giảm|mã giảm giá|mã khuyến mãi|mã|thẻ|ưu đãi|khuyến mãi|khuyến mại|chương trình|"
    r"ctkm|km|quà tặng|e-?voucher|"
    r"gift ?card|tài khoản|gói cước|bảo hành|phiếu|vé|promotion|sale|flash sale|freeship|deal|đăng ký|áp dụng)(?![^\W_])"
)
_REACH = 70
#: Every day has a year of four figures, or one of two behind a sign or a word.
FIGURES = re.compile(r"[0-9n](?:(?<=[0-9])(?:\d{3}|\s?[^\w\s]\s?\d\d)|(?<=n)[aă]m \d\d)")  # a set of letters in front: searched far faster
#: Characters before and behind such figures in which their word and the rest of the date stand.
_BEFORE, _AFTER = 240, 60
_FIRST_YEAR, _LAST_YEAR = 2005, 2045


def expiries(text: str) -> list[Expiry]:
    """Days after a word for expiry (*HSD*, *hạn dùng*, *EXP*, *date*). ``value``: ISO day; a month or year alone means its last day.

    A range or several dates after one word count as the last of them. ``why_not``: ``no_such_day``. Days of manufacture (*NSX*) are left,
    and periods (*24 tháng*).
    """
    read = skeleton(text)
    found: list[Expiry] = []
    reached = 0
    parts = stretches(read.text, FIGURES, before=_BEFORE, after=_AFTER)
    for word in (word for low, high in parts for word in _WORD.finditer(read.text, low, high)):
        if word.start() < reached or word["made"]:
            continue
        last = _last_date(read.text, word.end())
        if last is None:
            continue
        reached = last.end()
        day, precision = _day(last)
        if not precision:
            continue
        first, end = read.place(word.start(), last.end())
        sentence = re.split(r"\n|[.!?;]\s", read.text[max(0, word.start() - _REACH) : word.start()])[-1]
        found.append(
            Expiry(
                start=first,
                end=end,
                text=text[first:end],
                value=day.isoformat() if day else "",
                valid=day is not None,
                why_not="" if day else "no_such_day",
                day=day,
                precision=precision,
                of="voucher" if _VOUCHER.search(sentence) else "goods",
            )
        )
    return found


def _last_date(plain: str, place: int) -> re.Match[str] | None:
    """The date that follows a word, or the last of those joined to it by a hyphen or "và"."""
    lead = _LEAD.match(plain, place)
    last = _DATE.match(plain, lead.end()) if lead else None
    while last is not None:
        following = _BETWEEN.match(plain, last.end())
        after = _DATE.match(plain, following.end()) if following else None
        if after is None:
            break
        last = after
    return last


def _day(match: re.Match[str]) -> tuple[date | None, str]:
    """(day, precision); no day where the calendar has none such; no precision where it is no date at all."""
    part = {name: value for name, value in match.groupdict().items() if value}
    which = next(name[1:] for name in part if name[0] == "y")
    year = int(part[f"y{which}"])
    year += 2000 if year < 100 else 0
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None, ""
    named = part.get(f"n{which}")
    month = _MONTHS[named] if named else int(part[f"m{which}"]) if f"m{which}" in part else 12
    written = part.get(f"d{which}")
    precision = "day" if written else "month" if named or f"m{which}" in part else "year"
    if not 1 <= month <= 12:
        return None, precision
    end = monthrange(year, month)[1]
    day = int(written) if written else end
    return (date(year, month, day) if 1 <= day <= end else None), precision

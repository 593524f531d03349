"""Addresses: a house number with a street and a unit, or what stands after a word for address."""

import re
from functools import lru_cache

from chosach.text.extract.found import Address
from chosach.text.extract.skeleton import skeleton
from chosach.text.extract.tables import Province, provinces

_NAMED = re.compile(
    r"(?<![^\W_])(?:địa chỉ|dia chi|đ/c|đc|d/c|add|address|kho hàng|kho hang|kho|showroom|cửa hàng tại|cửa hàng|cơ sở \d|cs ?\d|"
    r"chi nhánh(?: \d)?|"
    r"trụ sở|xem hàng tại|mua trực tiếp tại|vp|văn phòng)(?![^\W_])\s*(?:[:：]|tại)\s*(?P<words>[^\n;]{6,140})"
)
_HOUSE = r"(?:(?:số nhà|số|sn|so)[ ])?\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?){0,4}(?:[ ]?(?:bis|-\d{1,4}))?"
_STREET = r"(?:,?[ ](?:đường|duong|phố|pho|đ\.|ngõ|ngo|ngách|hẻm|hem|kiệt|quốc lộ|ql|tỉnh lộ|tl|tổ|ấp|khu phố|kp|thôn|xóm|lô|khu))?"
_UNIT = (
    r"(?<![^\W_])(?:(?:phường|phuong|f|p|xã|thị trấn|quận|q|huyện|huyen|thị xã|tx|thành phố|thanh pho|tp|tỉnh|kcn|khu công nghiệp|"
    r"khu cn|kcx|khu chế xuất|ccn|cụm công nghiệp|cụm cn)[ ]|"
    r"(?:p|f|tt|q|h|tx|tp|t)\.[ ]?)"
)
_SPOKEN = re.compile(
    rf"(?<![^\W_])(?<![./,\d])(?P<words>{_HOUSE}{_STREET}[ ][^\n;:!?]{{2,40}}?[,\- ]+(?:[^\n;:!?]{{0,30}}?[,\- ]+)?"
    rf"{_UNIT}(?:[^\n;:!?.]|\.(?=[ ]?[^\W_])){{2,60}})"
)
_END = re.compile(
    r"(?:(?<=\w\w\w)\.\s|[|•*]|\s[-–]\s*(?:sđt|đt|lh|hotline|zalo|tel)|(?:,|\s)\s*(?:sđt|đt|lh|hotline|zalo|tel|điện thoại|"
    r"liên hệ|gọi|mst)(?![^\W_])|\(|\d{9,}|0\d{3}[. ]\d{3})"
)
_LOOKS = re.compile(rf"{_UNIT}|(?<!\d)\d{{1,4}}[a-z]?(?:/\d+)*[ ,]|(?:đường|phố|ngõ|ấp|thôn|kcn|chợ)[ ]")
#: A street is a name: it begins with a capital, or stands after its word.
_NAMES_A_STREET = re.compile(
    rf"{_HOUSE}(?:{_STREET}[ ](?-i:[A-ZĐÀ-ỸĂÂÊÔƠƯ])|,?[ ](?:đường|duong|phố|ngõ|ngo|ngách|hẻm|hem|kiệt|quốc lộ|ql|tỉnh lộ|tổ|ấp|"
    rf"khu phố|thôn|xóm)[ ])",
    re.I,
)


@lru_cache(maxsize=1)
def _names() -> tuple[re.Pattern[str], dict[str, Province]]:
    by_name = {spelling: one for one in provinces() for spelling in (one.name.lower(), *one.spellings)}
    names = "|".join(re.escape(name) for name in sorted(by_name, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{names})(?![^\W_])"), by_name


def addresses(text: str) -> list[Address]:
    """Addresses of a text. ``value``: the words with single blanks; ``province``: the one named last, where the words name one.

    A span, not a parse: who needs units by code reads the words further. Names of wards and districts are not looked up.
    """
    read = skeleton(text)
    places: list[tuple[int, int]] = []
    for pattern in (_NAMED, _SPOKEN):
        for match in pattern.finditer(read.text):
            start, end = match.span("words")
            cut = _END.search(read.text, start, end)
            words = read.text[start : cut.start() if cut else end].rstrip(" ,.-–")
            if len(words) < 8 or not _LOOKS.search(words + " ") or any(start < b and a < start + len(words) for a, b in places):
                continue
            if pattern is _SPOKEN and (len(words) < 12 or not _NAMES_A_STREET.match(read.cut(start, start + len(words)))):
                continue
            places.append((start, start + len(words)))
    found = []
    for start, end in sorted(places):
        first, last = read.place(start, end)
        known = _province(read.text[start:end])
        found.append(
            Address(
                start=first,
                end=last,
                text=text[first:last],
                value=" ".join(text[first:last].split()),
                province=known.name if known else "",
                province_now=known.now if known else "",
            )
        )
    return found


def _province(words: str) -> Province | None:
    names, by_name = _names()
    named = names.findall(words)
    return by_name[named[-1]] if named else None

"""Facts besides words: a brand at a price it hardly has, an altered name, a protected character, a passed date."""

import re
from calendar import monthrange
from datetime import date

from chosach.screening.evidence import Evidence, Hit, Reading, altered
from chosach.screening.lexicon import FIELDS, TITLE, Lexicon

FASHION = frozenset({"shoes", "clothes", "bags", "caps", "belts", "watches", "glasses"})
_CHARACTER_GOODS = frozenset({"shoes", "clothes", "bags", "caps", "toys", "homeware", "watches", "accessory"})

_EXPIRY = re.compile(
    r"(?:hsd|hạn sử dụng|hạn dùng|hạn sd|date|exp|expiry)\s*(?:date)?\s*[:.\-]?\s*(?:đến|den|tới|t)?\s*"
    r"(?:(?P<day>\d{1,2})\s*[/.\-])?(?P<month>\d{1,2})\s*[/.\-]\s*(?P<year>20\d{2}|[2-3]\d)(?!\d)",
    re.IGNORECASE,
)
_PAPER_NUMBER = re.compile(
    r"\d{1,6}\s*/\s*(?:20)?\d{2}\s*/\s*(?:đksp|dksp|attp|xncb|xnqc|cbmp|qlvsattp|byt|ytdb|tnpc|pcba|bcsp|cbtc)[\w\-/]*"
    r"|(?:đksp|xnqc|cbmp|sđk|sdk|số đăng ký|số công bố|số lưu hành|gpqc|xnqc)\s*(?:số)?\s*[:.]?\s*[\w\-/]*\d{2,}[\w\-/]*"
    r"|\bv[dnc]-\d{4,6}-\d{2}\b|\d{2,6}/\d{4}/[a-zđ\-]{3,}",
    re.IGNORECASE,
)


def groups_of(reading: Reading) -> list[Hit]:
    return [hit for hit in reading.groups if hit.field == TITLE] or reading.groups


def head_group(reading: Reading) -> str:
    """What is sold: the first goods word of the title, else of the category."""
    hits = groups_of(reading)
    return min(hits, key=lambda hit: (hit.field, hit.start, -hit.end)).entry.name if hits else ""


def brand_names(reading: Reading) -> list[Hit]:
    return [hit for hit in reading.names if hit.entry.rule != "character" and hit.field == TITLE]


def _price_of(price: int | None) -> int | None:
    return price if price is not None and price >= 10_000 else None


def from_brand(reading: Reading, price: int | None, lexicon: Lexicon, graded: bool) -> list[Evidence]:
    """Brand and goods in the title: the price, the way the name is written, and words of grading elsewhere."""
    found: list[Evidence] = []
    group = head_group(reading)
    rules = lexicon.rules
    names = brand_names(reading)
    known = _price_of(price)
    for hit in names:
        place = (FIELDS[hit.field], hit.start, hit.end, hit.entry.name)
        if altered(hit) and (group in FASHION or graded):
            found.append(Evidence("counterfeit.brand_altered", rules["counterfeit.brand_altered"].strong, *place))
            found.append(Evidence("ip.brand_altered", rules["ip.brand_altered"].strong, *place))
        if graded:
            found.append(Evidence("ip.brand_goods", rules["ip.brand_goods"].strong, *place))
        floor = lexicon.floors.get((hit.entry.rule, group))
        if floor is None or known is None or known >= floor:
            continue
        depth = 1.0 if known * 2 < floor else 0.75
        for rule in (rules["counterfeit.brand_price"], rules["ip.brand_price"]):
            strength = rule.strong * depth
            found.append(Evidence(rule.id, strength, *place))
            figure = str(price)
            found.append(Evidence(rule.id, strength, "price", 0, len(figure), "giá thấp bất thường"))
    return found


def from_characters(reading: Reading, lexicon: Lexicon) -> list[Evidence]:
    """Protected characters on goods, where the text names no licence."""
    group = head_group(reading)
    if group not in _CHARACTER_GOODS or "licensed" in reading.context:
        return []
    rule = lexicon.rules["ip.character"]
    found = []
    for hit in reading.names:
        if hit.entry.rule == "character" and hit.field == TITLE:
            strength = rule.strong if group in FASHION else rule.weak
            if altered(hit):
                strength = lexicon.rules["ip.brand_altered"].strong
            found.append(Evidence(rule.id, strength, FIELDS[hit.field], hit.start, hit.end, hit.entry.name))
    return found


def expiry_in(text: str) -> tuple[date, int, int] | None:
    """The last day named after an expiry word: (day, start, end). A month alone means its last day."""
    for match in _EXPIRY.finditer(text):
        year = int(match["year"])
        year = year + 2000 if year < 100 else year
        month = int(match["month"])
        if not 1 <= month <= 12:
            continue
        last = monthrange(year, month)[1]
        day = int(match["day"]) if match["day"] else last
        if 1 <= day <= last:
            return date(year, month, day), match.start(), match.end()
    return None


def from_expiry(title: str, on: date, lexicon: Lexicon) -> list[Evidence]:
    found = expiry_in(title)
    if found is None:
        return []
    day, start, end = found
    if day < on:
        return [Evidence("expired.passed", lexicon.rules["expired.passed"].strong, "title", start, end, "hạn sử dụng đã qua")]
    if (day - on).days <= 92:
        return [Evidence("expired.near", lexicon.rules["expired.near"].strong, "title", start, end, "hạn sử dụng gần")]
    return []


def paper_number(text: str) -> bool:
    """Does the text show a number of the shape of a registration, declaration or licence?"""
    return _PAPER_NUMBER.search(text) is not None

"""Facts that stand in the text as numbers: days of expiry, barcodes, numbers of papers, "genuine" at a tenth of the price."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date

from chosach.screening.asked import Asked
from chosach.screening.evidence import Evidence, Reading
from chosach.screening.facts import FASHION, brand_names, head_group
from chosach.screening.lexicon import FIELDS, TITLE, Lexicon
from chosach.screening.prices import PriceTable
from chosach.screening.signs import LONG, PAPER, YEAR
from chosach.text import extract

READ = ("title", "description")
NEAR_DAYS = 92  #: a date so near is told as near
#: In a description "date" alone is also a day of publication, and "hạn" that of an offer: there only the full words count.
_SURE_WORD = re.compile(
    r"(?:h\.?s\.?d|hạn (?:sử dụng|sd|dùng|sài|xài)|han (?:su dung|dung)|exp|best|use by|(?:sử dụng|dùng) )", re.IGNORECASE
)

#: Code points to either side of a word for an expiry in which its day is looked for.
_BEFORE, _AFTER = 90, 100
_WORD = 60  #: and the word that stands there, so far

_COUNTRY = (
    r"(?P<country>nhật(?: bản)?|japan|hàn(?: quốc)?|korea|mỹ|usa|pháp|france|đức|germany|úc|australia|thái(?: lan)?|thailand|"
    r"anh quốc|ý|italy|đài loan|việt nam|vietnam)(?![^\W_])"
)
_CLAIM = re.compile(
    r"(?<![^\W_])(?:hàng|hàng nội địa|nội địa|made in|xuất xứ|sản xuất tại|nhập khẩu(?: từ)?|xách tay)(?:\s*[:\-]\s*|\s+)(?:từ\s+)?"
    rf"{_COUNTRY}",
    re.IGNORECASE,
)
_FROM_CHINA = re.compile(r"trung quốc|china|(?<![^\W_])(?:prc|p\.r\.c)(?![^\W_])", re.IGNORECASE)

_LIKE = re.compile(r"(?:like|không|ko|chuẩn|giống|như|so với|bản)\W{0,2}(?:hàng\W)?$", re.IGNORECASE)
#: Papers of import, named with words: a declaration, a VAT invoice, the Vietnamese label. A bill of a shop abroad is none.
_IMPORTED = re.compile(
    r"(?<![^\W_])(?:tờ khai(?: (?:hải quan|nhập khẩu|hq|hàng hóa))?|(?:hóa|hoá) đơn,? (?:và )?(?:vat|đỏ|gtgt|giá trị gia tăng|nhập khẩu|"
    r"chứng từ|giấy tờ)|xuất (?:được )?(?:hóa|hoá) đơn|xuất vat|(?:giấy tờ|chứng từ) (?:nhập khẩu|hải quan|thông quan)|"
    r"(?:nhập khẩu|hàng|đường) chính ngạch|nhập chính ngạch|tem phụ(?: tiếng việt)?|tem nhập khẩu|c/?o,? ?(?:và )?c/?q|"
    r"to khai hai quan|hoa don (?:vat|do|gtgt)|tem phu tieng viet|nhap khau chinh ngach)(?![^\W_])",
    re.IGNORECASE,
)
_LACKING = re.compile(
    r"(?<![^\W_])(?:không|ko|kh|k|khong|hok|chưa|chẳng|miễn|khỏi|no|thiếu|nếu|né|trốn|tránh|mất|cần|đòi|yêu cầu|hơn|"
    r"như|đợi|chờ|hỏi)(?![^\W_])"
    r"(?:\W{1,2}\w+){0,4}\W*$",
    re.IGNORECASE,
)
#: Also a question: "tem phụ tiếng Việt hả?".
_LACKED = re.compile(r"\W{0,3}(?:thì |là )?(?:không|ko|k|chưa|chẳng|khong)(?![^\W_])|[^.,;!?\n]{0,20}\?", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;!?\n]")
_NOT_OF_GOODS = frozenset({"business", "unknown", "food_establishment"})
_LOOSE_PAPER = re.compile(r"\d{1,6}\s?/\s?(?:20)?\d{2}\s?/\s?[a-zđ]{2,}", re.IGNORECASE)
_PAPER_REACH = 40
_FALSE = frozenset({"year", "zero", "masked"})  #: a number that can be none, whatever form it has


def beside_expiry(text: str, start: int, end: int) -> str:
    """The part of a text around a word for an expiry in which its day is looked for."""
    low, high = max(0, start - _BEFORE), min(len(text), end + _AFTER)
    low = next((k for k in range(low, max(0, low - _WORD), -1) if text[k - 1].isspace()), low)
    high = next((k for k in range(high, min(len(text), high + _WORD)) if text[k].isspace()), high)
    return text[low:high]


def is_dated(beside: str) -> bool:
    """Is a day of expiry read in ``beside_expiry``? (Whether of the goods is not asked.)"""
    return any(found.day for found in extract.expiries(beside))


def _days(reading: Reading, text: Mapping[str, str]) -> Iterator[tuple[date, str, extract.Expiry]]:
    """The days of expiry of the goods: (day, field, where)."""
    for field in _fields(reading, YEAR):
        for found in extract.expiries(text[field]):
            if found.day is not None and found.of == "goods" and (field == "title" or _SURE_WORD.match(found.text)):
                yield found.day, field, found


def _fields(reading: Reading, sign: int) -> list[str]:
    """Those that may hold what the sign tells of."""
    return [field for field, signs in zip(READ, reading.signs, strict=True) if signs & sign]


def from_expiry(reading: Reading, text: Mapping[str, str], on: date, seen: bool, lexicon: Lexicon) -> list[Evidence]:
    """The last day of use against the day of capture (``seen``), or against another day, which says less.

    Of several days the latest counts: a listing of two lots is judged by the fresher one. Days of vouchers and of manufacture are none.
    """
    days = list(_days(reading, text))
    if not days:
        return []
    day, field, found = max(days, key=lambda one: one[0])
    if day < on:
        rule, strength, term = "expired.passed", "strong" if seen else "weak", "hạn sử dụng đã qua"
    elif (day - on).days <= NEAR_DAYS:
        rule, strength, term = "expired.near", "strong", "hạn sử dụng gần"
    else:
        return []
    known = lexicon.rules[rule]
    worth = (known.strong if strength == "strong" else known.weak) * (1.0 if field == "title" else known.body)
    return [Evidence(rule, worth, field, found.start, found.end, term)]


def from_barcode(reading: Reading, text: Mapping[str, str], lexicon: Lexicon) -> list[Evidence]:
    """The text says Japan (Korea, …), the barcode's prefix is of China, and the text does not speak of China: a sign, no more.

    The prefix tells who registered the number, not where goods were made; a brand may have its goods made anywhere and say so.
    """
    codes = [
        (field, code) for field in _fields(reading, LONG) for code in extract.gtins(text[field]) if code.valid and code.country == "CN"
    ]
    if not codes or any(_FROM_CHINA.search(text.get(field, "")) for field in (*READ, "origin")):
        return []
    claims = [(field, claim) for field in READ for claim in _CLAIM.finditer(text[field])]
    stated = re.fullmatch(rf"\s*{_COUNTRY}\s*", text.get("origin", ""), re.IGNORECASE)
    if not (claims or stated):
        return []
    rule = lexicon.rules["misleading.barcode"]
    field, code = codes[0]
    found = [Evidence(rule.id, rule.strong, field, code.start, code.end, f"đầu mã vạch {extract.gtin_prefix(code.value)}: {code.office}")]
    for place, claim in claims[:1]:
        found.append(Evidence(rule.id, rule.strong, place, claim.start(), claim.end(), "nơi sản xuất ghi trong tin"))
    if stated and not claims:
        found.append(Evidence(rule.id, rule.strong, "origin", 0, len(text["origin"]), "nơi sản xuất ghi trong tin"))
    return found


def from_genuine(reading: Reading, text: Mapping[str, str], price: Asked | None, lexicon: Lexicon, prices: PriceTable) -> list[Evidence]:
    """ "Chính hãng", "auth" beside a brand, at less than a tenth of what listings of the brand and group ask.

    What listings ask may itself be the price of copies, so the tenth errs in the seller's favour. Laces, socks, charms and other
    accessories are groups of their own and have no such price.
    """
    title = text["title"]
    group = head_group(reading, title)
    if price is None or price.amount < 10_000 or group not in FASHION or any(hit.entry.name == "used" for hit in reading.groups):
        return []
    claims = [
        hit
        for hit in reading.contexts
        if hit.entry.name == "genuine" and not _LIKE.search(text[FIELDS[hit.field]][max(0, hit.start - 12) : hit.start])
    ]
    if not claims:
        return []
    rule = lexicon.rules["counterfeit.genuine_price"]
    found: list[Evidence] = []
    for name in brand_names(reading):
        floor = lexicon.floors.get((name.entry.rule, group))
        cell = prices.of(name.entry.name, group)
        if floor is None or cell is None or price.amount >= floor or price.amount * 10 >= cell.quantile(50):
            continue
        claim = min(claims, key=lambda hit: (hit.field, hit.start))
        worth = rule.strong * (1.0 if claim.field == TITLE else rule.body) * price.share(rule.body)
        against = (name.entry.name, group, floor)
        found.append(Evidence(rule.id, worth, FIELDS[claim.field], claim.start, claim.end, claim.entry.text))
        found.append(Evidence(rule.id, worth, "title", name.start, name.end, name.entry.name))
        found.append(Evidence(rule.id, worth, *price[1:], "chưa bằng một phần mười giá thường rao", against))
    return found


def shows_a_paper(reading: Reading, text: Mapping[str, str]) -> bool:
    """Does the text show a number of valid shape of a registration, notification or licence of the goods?"""
    told = {field: extract.papers(text[field]) for field in _fields(reading, PAPER)}
    if any(paper.valid and paper.sort not in _NOT_OF_GOODS for papers in told.values() for paper in papers):
        return True
    for hit in reading.contexts:
        field = FIELDS[hit.field]
        if hit.entry.name == "papers":
            loose = _LOOSE_PAPER.search(text[field], max(0, hit.start - _PAPER_REACH), hit.end + _PAPER_REACH)
            if loose and not any(p.start < loose.end() and loose.start() < p.end for p in told.get(field, ()) if p.why_not in _FALSE):
                return True
    return False


def states_import(text: Mapping[str, str]) -> bool:
    """Does the text say that the goods come with papers of import (a customs declaration, a VAT invoice, the Vietnamese label)?"""
    for field in READ:
        for named in _IMPORTED.finditer(unicodedata.normalize("NFC", text[field])):
            before = _CLAUSE.split(named.string[max(0, named.start() - _PAPER_REACH) : named.start()])[-1]
            if not _LACKING.search(before) and not _LACKED.match(named.string, named.end()):
                return True
    return False


def from_odd_papers(reading: Reading, text: Mapping[str, str], lexicon: Lexicon) -> list[Evidence]:
    """What stands where the number of a paper should, and can be none: to be compared with the paper itself."""
    rule = lexicon.rules["conditional.number_shape"]
    return [
        Evidence(rule.id, rule.strong, field, paper.start, paper.end, f"số giấy tờ: {_WHY_NOT[paper.why_not]}")
        for field in _fields(reading, PAPER)
        for paper in extract.papers(text[field])
        if not paper.valid and paper.sort != "business"
    ][:2]


_WHY_NOT = {
    "shape": "không theo mẫu đã biết",
    "year": "năm không thể có",
    "zero": "số bằng không",
    "masked": "bị che chữ số",
    "check_digit": "sai chữ số kiểm tra",
}

"""Facts besides words: a brand at a price it hardly has, an altered name, a protected character."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from chosach.screening.asked import Asked
from chosach.screening.evidence import Evidence, Hit, Reading, altered
from chosach.screening.lexicon import CATEGORY, DESCRIPTION, FIELDS, TITLE, WATCHED_TIERS, Lexicon
from chosach.screening.offered import serves

FASHION = frozenset({"shoes", "slippers", "clothes", "bags", "caps", "belts", "watches", "glasses"})
_BOOKS = frozenset({"sách", "truyện", "truyện tranh", "tiểu thuyết", "manga", "light novel"})
CHARACTER_GOODS = frozenset({"shoes", "slippers", "clothes", "bags", "caps", "toys", "homeware", "watches", "accessory"})

_UNITS = r"\+|kg|g|ml|l|lít|lon|hộp|gói|túi|tuổi|in|x|%|[.,]?\d|\w"
#: "số 1", "0-1", "1+", "2 400g"; but not "2+" (above two years) nor "2 hộp".
_STAGE = re.compile(
    r"(?<![\w.,/-])(?:số|step|stage|bước|giai đoạn)?\s?"
    rf"(?:[01]\+|[012](?:\s?-\s?[12](?=\D))?(?:(?=\s\d{{3}}\s?gr?\b)|(?!\s?(?:{_UNITS}))))",
    re.IGNORECASE,
)
_AGE = re.compile(r"\b0?[06]\s?(?:-|–|đến|~)\s?(?:0?6|0?9|12|24)\s?(?:tháng|m\b)|\b0\s?(?:-|đến)\s?[12]\b|\b0\+|từ 0 tháng|sơ sinh", re.I)
#: Of a description: "dành cho trẻ từ 0 - 6 tháng".
_FOR_AGE = re.compile(r"\b(?:cho|trẻ|bé|từ)\D{0,20}?(?P<age>0?[06]\s?(?:tháng\s?)?(?:-|–|đến|~)\s?(?:0?6|0?9|12)\s?tháng)", re.IGNORECASE)
_OLDER = re.compile(
    r"\b(?:số|step|stage|bước)\s?[3-9]|\b[1-9]\d?\s?\+|\b(?:trên|từ)\s?\d{1,2}\s?tuổi|"
    r"\d\s?[-–]\s?\d{1,2}\s?tuổi|người|bầu|pha sẵn",
    re.IGNORECASE,
)
_GROWN = re.compile(r"\b(?:trên|từ)\s?(?:[2-9]|\d\d)\s?tuổi", re.IGNORECASE)
_OPENING = 800  #: letters of a description that say whom the goods are for
_SLIMMING = re.compile(
    r"\d+\s?(?:[-–]\s?\d+\s?)?kg\s?(?:/|trong|sau|trên|chỉ trong|chỉ sau|mỗi|một|1)?\s?(?:1\s|một\s)?(?:vòng\s|liệu trình\s)?"
    r"\d*\s?(?:ngày|tuần)\b|"
    r"\d+\s?(?:kg|kgs|pounds|lbs)\s?(?:in|within|per|/)\s?(?:just |only )?(?:\d+|a|one)\s?(?:day|week)s?\b|"
    r"(?<![\d.,])(?:[5-9]|\d\d)\s?(?:[-–]\s?\d+\s?)?kg\s?(?:/|trong|sau|mỗi)?\s?(?:1|một)?\s?tháng\b",
    re.I,
)
#: "chữa các bệnh về xương khớp": a verb of healing, the word for illness and a part of the body. With a set of letters in front, their
#: case written out, a text is searched far faster.
_SICKNESS = re.compile(
    r"[hHcCđĐtT](?<!\w.)(?i:(?:(?P<helps>(?<=h)ỗ trợ\s+(?:(?:trong\s+)?việc\s+|quá trình\s+)?)(?:chữa trị|chữa|đặc trị|điều trị|trị)|"
    r"(?<=c)hữa trị|(?<=c)hữa|(?<=đ)ặc trị|(?<=đ)iều trị|(?<=t)rị)\s+(?:được\s+)?"
    r"(?:(?:các|những|một số|nhiều|mọi)\s+)?(?:viêm (?:nhiễm )?(?:phụ khoa|âm đạo)|"
    r"(?:(?:căn|loại|chứng)\s+)?bệnh(?:\s+lý)?(?:\s+về|\s+liên quan\s+(?:đến|tới))?\s+"
    r"(?:(?:cơ\s+)?xương(?:,?\s+khớp)?|(?:thấp\s+)?khớp|tim|phụ khoa|(?:đường\s+)?hô hấp|dạ dày|đường ruột|"
    r"(?:đường\s+)?tiêu hóa|ngoài da|gan|thận|phổi|mãn tính|mạn tính|nan y))(?!\w))"
)
#: Whose illness is being treated, what a remedy of old is for, what is denied: no promise of these goods.
_NO_PROMISE = re.compile(
    r"(?<!\w)(?:đang|khi|nếu|không|chưa|ko|thuốc(?: nam)?|thời gian|bác sĩ|cần|quá trình|phác đồ)\s+(?:được\s+)?$", re.IGNORECASE
)
#: "váy cho búp bê Barbie": what fits a doll shows nobody's figure.
_FITS = re.compile(
    r"(?:(?<!\w)(?:cho|tương thích|phù hợp)\s+(?:búp bê\s+)?|(?:áo|váy|đầm|giày|dép|kiện|phục|đồ|nhà|giường|tủ)\s+búp bê\s+)$",
    re.IGNORECASE,
)
#: "MINION CLOTHING": a shop that calls itself so shows nobody's figure by it.
_SHOP_NAME = re.compile(r"\s+(?:clothing|boutique|streetwear|studio)(?!\w)", re.IGNORECASE)
#: "túi đựng giày", "kệ để dép", "tem dán mũ": what comes next is what the goods are for.
_FOR_GOODS = re.compile(
    r"\s+(?:đựng|chứa|để|treo|bọc|trùm|lót|dán|giặt|lau|chà|đánh|xịt|xỏ|sấy|vệ sinh|làm sạch|khử mùi|bảo quản|bảo vệ|"
    r"dung|de|treo|boc|lot|dan|giat|ve sinh|lam sach|khu mui|bao quan)\s+$",
    re.IGNORECASE,
)
#: "dây túi", "tem giày", "hộp đồng hồ": a part or a wrapping, not the goods.
_PART = re.compile(
    r"(?:^|[^\w])(?:dây(?: xích| kéo)?|quai|tem|bao|vỏ|bọc|(?:tấm |miếng )?lót|móc|"
    r"(?:mặt |đầu )?kho[áa]|khóa|mặt|đế|gót|mũi|nút|cúc|logo(?: ủi| thêu| dán)?|kệ|tủ|nhãn|mác|bill|pin|vải(?: may)?|sticker|ruột|"
    r"day|quai|lot|moc|khoa)\s+$",
    re.IGNORECASE,
)
#: "Tranh thủ sale giày": be quick, no picture (*tranh*).
_HURRY = re.compile(r"tranh th[ủu](?!\w)", re.IGNORECASE)
#: "Hộp giày", "hộp đồng hồ"; of wallets and belts a box is how they are sold.
_BOX = re.compile(r"(?:^|[^\w])(?:hộp|hop)\s+$", re.IGNORECASE)
_BOXED = frozenset({"shoes", "slippers", "watches", "glasses", "caps"})
_BEFORE_GOODS = 24  #: letters before a goods word that say what it is to the goods
COPIED = frozenset({"counterfeit.grade", "counterfeit.declared"})  #: rules of words that call the goods a copy
_BESIDE_A_NAME = 30  #: letters between a brand and the word that calls it a copy, with blanks and signs
_HEADS = 64  #: goods words of a title that are looked at: a title may repeat one a hundred thousand times
DISCLAIMERS = frozenset({"không phải là thuốc", "không có tác dụng thay thế thuốc"})


def _bracketed(text: str, place: int) -> bool:
    """Does the place stand within brackets: a gift, a note, a slogan, not the goods?"""
    opened = max(text.rfind("[", 0, place), text.rfind("(", 0, place))
    return opened >= 0 and max(text.find("]", opened, place), text.find(")", opened, place)) < 0


def _holds(named: Sequence[Hit], title: str) -> bool:
    """Does the title name first what is there for other goods (*túi đựng giày*, *kệ để giày*), a part of them (*dây túi*), or what is done
    or paid for them (*sửa túi*, *phí ship túi*)?"""
    first = named[0]
    if serves(title, first.start):
        return True
    before = max(0, first.start - _BEFORE_GOODS)
    if _FOR_GOODS.search(title, before, first.start) or _PART.search(title, before, first.start):
        return True
    if first.entry.name in _BOXED and _BOX.search(title, before, first.start):
        return True
    return any(hit.entry.name in FASHION and _FOR_GOODS.fullmatch(title, first.end, hit.start) for hit in named[1:3])


def head_group(reading: Reading, title: str) -> str:
    """What is sold: the first goods word of the title outside brackets, else within them, else of the category."""
    if reading.head is None:
        reading.head = _head_group(reading, title)
    return reading.head


def _head_group(reading: Reading, title: str) -> str:
    if not reading.groups:
        return ""
    goods = [hit for hit in reading.groups if hit.entry.name != "used"]  # how they are, not what they are
    goods = [hit for hit in goods if hit.field != TITLE or not _HURRY.match(title, hit.start)]
    named = sorted((hit for hit in goods if hit.field == TITLE), key=lambda hit: (hit.start, -hit.end))[:_HEADS]
    outside = [hit for hit in named if not _bracketed(title, hit.start)]
    if outside:
        return "accessory" if outside[0].entry.name in FASHION and _holds(outside, title) else outside[0].entry.name
    hits = named[:1] or goods
    return min(hits, key=lambda hit: (hit.field, hit.start, -hit.end)).entry.name if hits else ""


def is_a_book(reading: Reading) -> bool:
    """The title begins with a word for a book: what it goes on to name is what the book is about, not what is sold."""
    return any(hit.field == TITLE and hit.first == 0 and hit.entry.text in _BOOKS for hit in reading.groups)


def _among_books(reading: Reading) -> bool:
    """The category is one of books: a garment or a figure in the title is what the book tells of."""
    return any(hit.field == CATEGORY and hit.entry.text in _BOOKS for hit in reading.groups)


def _likenesses(reading: Reading) -> set[tuple[int, int]]:
    """Where words end that say whom the goods are like or fit, not whose they claim to be: "phong cách Chanel", "tương thích Lego"."""
    return {(hit.field, hit.last) for hit in reading.contexts if hit.entry.name == "style"}


def brand_names(reading: Reading) -> list[Hit]:
    """Brands that the title names as those of the goods."""
    after = _likenesses(reading)
    return [hit for hit in reading.names if hit.entry.rule != "character" and hit.field == TITLE and (hit.field, hit.first) not in after]


def from_brand(reading: Reading, title: str, price: Asked | None, lexicon: Lexicon, graded: bool) -> list[Evidence]:
    """Brand and goods in the title: the price, the way the name is written, and words of grading elsewhere."""
    if not reading.names:
        return []
    found: list[Evidence] = []
    group = head_group(reading, title)
    rules = lexicon.rules
    named = (hit for hit in brand_names(reading) if hit.entry.rule in WATCHED_TIERS)
    names = [hit for hit in named if "/" not in title[hit.start : hit.end]]  # "C20 Off/White": two words
    known = price.amount if price is not None and price.amount >= 10_000 else None
    for hit in names:
        place = (FIELDS[hit.field], hit.start, hit.end, hit.entry.name)
        if altered(hit) and (group in FASHION or graded):
            found.append(Evidence("counterfeit.brand_altered", rules["counterfeit.brand_altered"].strong, *place))
            found.append(Evidence("ip.brand_altered", rules["ip.brand_altered"].strong, *place))
        if graded:
            found.append(Evidence("ip.brand_goods", rules["ip.brand_goods"].strong, *place))
        floor = lexicon.floors.get((hit.entry.rule, group))
        if floor is None or price is None or known is None or known >= floor:
            continue
        depth = 1.0 - 0.5 * known / floor
        for rule in (rules["counterfeit.brand_price"], rules["ip.brand_price"]):
            strength = rule.strong * depth * price.share(rule.body)
            found.append(Evidence(rule.id, strength, *place))
            found.append(Evidence(rule.id, strength, *price[1:], "giá thấp bất thường", (hit.entry.name, group, floor)))
    return found


def from_described_brand(reading: Reading, found: Sequence[Evidence], description: str, lexicon: Lexicon) -> list[Evidence]:
    """A brand that stands only in the description, beside the words that call the goods a copy of it ("mẫu Gucci super fake")."""
    if any(e.rule == "ip.brand_goods" and e.field == "title" for e in found):
        return []
    rule, after = lexicon.rules["ip.brand_goods"], _likenesses(reading)
    copied = [e for e in found if e.rule in COPIED and e.field == "description"]
    at = _letters_before(description)
    starts, ends = sorted(at(e.start) for e in copied), sorted(at(e.end) for e in copied)
    beside = (
        Evidence(rule.id, rule.strong * rule.body, FIELDS[hit.field], hit.start, hit.end, hit.entry.name)
        for hit in reading.names
        if hit.field == DESCRIPTION
        and hit.entry.rule in WATCHED_TIERS - {"character"}
        and (hit.field, hit.first) not in after
        and (
            _any_within(starts, at(hit.end) - _BESIDE_A_NAME, at(hit.end) + _BESIDE_A_NAME)
            or _any_within(ends, at(hit.start) - _BESIDE_A_NAME, at(hit.start))
        )
    )
    return list(islice(beside, 3))


def _letters_before(text: str) -> Callable[[int], int]:
    """Code point of the text → how many letters stand before it: a letter and its marks, several code points in some texts, are one."""
    if unicodedata.is_normalized("NFC", text):
        return lambda place: place
    marks = [place for place, sign in enumerate(text) if unicodedata.combining(sign)]
    return lambda place: place - bisect_left(marks, place)


def _any_within(places: Sequence[int], low: int, high: int) -> bool:
    """Is one of these places, in their order, from ``low`` to ``high``, both counted in?"""
    return bisect_left(places, low) < bisect_right(places, high)


def from_figures(reading: Reading, lexicon: Lexicon) -> list[Evidence]:
    """Called a copy by the seller, and of a figure: someone's figure, whichever it is."""
    rule = lexicon.rules["ip.character"]
    return [
        Evidence(rule.id, rule.strong, FIELDS[hit.field], hit.start, hit.end, hit.entry.text)
        for hit in reading.contexts
        if hit.entry.name == "figure" and hit.field == TITLE
    ]


def from_characters(reading: Reading, title: str, price: Asked | None, lexicon: Lexicon) -> list[Evidence]:
    """Protected characters on goods, where the text names no licence, and no maker who holds one at the maker's own price."""
    if not any(hit.entry.rule == "character" for hit in reading.names):
        return []
    group = head_group(reading, title)
    if group not in CHARACTER_GOODS or "licensed" in reading.context or _among_books(reading):
        return []
    floors = [lexicon.floors.get((hit.entry.rule, group)) for hit in brand_names(reading)]
    if price is not None and any(floor is not None and price.amount >= floor for floor in floors):
        return []
    rule = lexicon.rules["ip.character"]
    found = []
    for hit in reading.names:
        if hit.entry.rule == "character" and hit.field == TITLE and not _FITS.search(title, max(0, hit.start - 30), hit.start):
            called = _SHOP_NAME.match(title, hit.end) is not None
            strength = rule.strong if group in FASHION and not called else rule.weak
            if altered(hit):
                strength = lexicon.rules["ip.brand_altered"].strong
            found.append(Evidence(rule.id, strength, FIELDS[hit.field], hit.start, hit.end, hit.entry.name))
    return found


def from_formula(reading: Reading, text: Mapping[str, str], lexicon: Lexicon) -> list[Evidence]:
    """Milk powder whose title names a stage or an age under 24 months, or whose description opens with one under 12 where the title tells
    of no older child."""
    rule, title = lexicon.rules["conditional.formula"], text["title"]
    for hit in reading.terms:
        if hit.entry.rule == rule.id and hit.field == TITLE:
            if _GROWN.search(title):
                return []
            milk = ("title", hit.start, hit.end, hit.entry.text)
            stage = _STAGE.search(title, hit.end) or _AGE.search(title)
            if stage:
                age = ("title", stage.start(), stage.end(), "dưới 24 tháng tuổi")
                return [Evidence(rule.id, rule.strong, *milk), Evidence(rule.id, rule.strong, *age)]
            said = None if _OLDER.search(title) else _FOR_AGE.search(text["description"], 0, _OPENING)
            if said:
                age = ("description", said.start("age"), said.end("age"), "dưới 12 tháng tuổi")
                return [Evidence(rule.id, rule.medium, *milk), Evidence(rule.id, rule.medium, *age)]
    return []


def from_slimming(text: Mapping[str, str], lexicon: Lexicon) -> list[Evidence]:
    """So many kilograms in so many days."""
    rule = lexicon.rules["misleading.effect"]
    return [
        Evidence(rule.id, rule.strong * (1.0 if field == "title" else rule.body), field, match.start(), match.end(), "giảm cân theo ngày")
        for field in ("title", "description")
        for match in [_SLIMMING.search(text[field])]
        if match
    ]


def from_sickness(text: Mapping[str, str], lexicon: Lexicon) -> list[Evidence]:
    """Goods that heal the illnesses of a part of the body."""
    rule = lexicon.rules["misleading.disease"]
    return [
        Evidence(
            rule.id,
            rule.weak * (1.0 if field == "title" else rule.body),
            field,
            match.start(),
            match.end(),
            "hỗ trợ chữa bệnh" if match["helps"] else "chữa bệnh",
        )
        for field in ("title", "description")
        for match in _SICKNESS.finditer(text[field])
        if not _NO_PROMISE.search(text[field], max(0, match.start() - 24), match.start())
    ][:3]


def from_disclaimer(reading: Reading, lexicon: Lexicon) -> list[Evidence]:
    """The required "this is not a medicine" on goods to be swallowed: food for health, by its own words."""
    rule = lexicon.rules["conditional.supplement"]
    if "ingested" not in reading.goods_context or any(g.entry.name == "cosmetics" for g in reading.groups if g.field == TITLE):
        return []
    return [
        Evidence(rule.id, rule.strong * 0.8, FIELDS[hit.field], hit.start, hit.end, hit.entry.text)
        for hit in reading.terms
        if hit.entry.text in DISCLAIMERS
    ][:1]

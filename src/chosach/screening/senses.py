"""What a word is worth beside what the text is about: *siêu cấp* grades a copy where a brand is in sight, else it praises a soft shirt."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from chosach.screening.data import rows
from chosach.screening.evidence import Evidence, Hit, Reading
from chosach.screening.facts import COPIED, DISCLAIMERS, head_group
from chosach.screening.lexicon import FIELDS, TITLE
from chosach.screening.secondhand import is_used

#: Rules that say what is sold. That is told in the title or in a few words, so deep in a long description their words are mostly said in
#: passing: what a machine removes, an advice of care, an ingredient, where honey is exported to.
IN_PASSING = (
    "banned.",
    "substandard.",
    "restricted.weapon",
    "restricted.wild",
    "restricted.other",
    "smuggled.border",
    "conditional.medicine",
    "conditional.insecticide",
    "conditional.fertiliser",
    "conditional.other",
    "ip.brand_goods",
    "ip.piracy",
    "expired.altered",
)
#: Rules that say what is sold too, of words that a text about something else drops once: another product of the maker, an ingredient.
NAMED_ONCE = ("conditional.supplement", "conditional.device", "conditional.lens", "conditional.formula")
OPENING = 100  #: letters of a description that say what is sold
LONG = 300  #: letters of a description that speaks of more than the goods
PASSING = 0.5  #: share that remains of what is said in passing
_PRICED = (".brand_price", ".genuine_price")  #: rules that rest on a price

#: A maker's article number, as 171860C, VN0A38GF1JJ, 10001-4KZ: shops that sell the maker's goods name it, sellers of copies hardly do.
_ARTICLE = re.compile(
    r"(?<![\w-])(?:(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{7,12}|\d{5,8}\s?[-_]\s?[A-Z0-9]{2,4}|[A-Z]{1,3}\d{4,}[-_][A-Z0-9]{2,4}|[A-Z]{2}\d{4,5})(?![\w-])"
)
_CURES = r"(?:chẩn đoán|phòng(?: ngừa| tránh)?|ngăn ngừa|ngừa|chữa(?: trị)?|điều trị|đặc trị|trị|chua|dieu tri|tri)"
#: "Không chữa bệnh", "không chữa bệnh, điều trị gút, tiểu đường": a list of verbs or of illnesses, to the comma behind which the text goes
#: on about something else. *Không chỉ chữa* promises; who is not treated *in time* or *with Western medicine* is who is ill, so is who
#: is not treated *for good* where no illness is named behind it; and who gives back the money where nothing is healed promises too.
_FOR_GOOD = r"(?:dứt điểm|dut diem|triệt để|triet de|tận gốc|tan goc|dứt hẳn)"
#: Words behind which a sentence tells what comes of it, and names no illness that is not healed.
_GOES_ON = r"(?:sẽ|thì|có|dễ|rất|nên|mà|khiến|gây|để|và|hoặc|trong|từ|bị|do|là|lâu|càng|ngay)(?![^\W_])"
#: With a set of letters in front, their case written out, a text is searched far faster.
_NO_CURE = re.compile(
    r"[kKcC\u212a](?<![^\W_].)(?i:(?:(?<=k)(?:hông|o|hong)|(?<=c)(?:hẳng|hưa))\s+(?:phải\s+(?:là\s+)?(?:để\s+)?|hề\s+|thể\s+|giúp\s+|được\s+|nhằm\s+|dùng\s+(?:để\s+)?|"
    r"(?:có|mang)\s+(?:tác dụng|công dụng|khả năng|chức năng|tính)\s+|cam kết\s+|quảng cáo\s+|thay thế\s+(?:cho\s+)?(?:thuốc\s+)?)*"
    rf"{_CURES}(?:\s+bệnh)?(?:(?:\s*[,/&]\s*|\s+(?:và|hay|hoặc)\s+){_CURES}(?:\s+bệnh)?)*(?![^\W_])"
    r"(?!\s+(?:\w+\s+){0,3}?(?:kịp thời|kip thoi|sớm|bằng)(?![^\W_]))"
    rf"(?!\s+(?:\w+\s+){{0,3}}?{_FOR_GOOD}\s*(?:{_GOES_ON}|[.,;:!?)\n-]|$))"
    r"(?:(?![.;!?\n•]|\s[-–—]\s|\s(?:mà|nhưng|song|chỉ|vẫn)\s|"
    r",[^,.;!?\n•]*(?<![^\W_])(?:giúp|hỗ trợ|chữa|trị|khỏi|hết|hiệu quả|có|mà|nhưng|chua|tri|khoi)(?![^\W_])).)*)"
)
#: Whom the text says did not heal: other medicine, before one comes to these goods.
_OTHERS = re.compile(
    r"(?<!\w)(?:thuốc tây|tây y|tây dược|kháng sinh|bệnh viện|bác sĩ|nhiều (?:người|nơi|bạn|loại|thuốc|bệnh nhân)|"
    r"(?:loại|sản phẩm|thuốc|chỗ|nơi) khác|các (?:loại )?thuốc|chạy chữa|mãi|hoài|đã (?:thử|dùng|uống)|uống nhiều)(?!\w)[^.;!?\n]*$",
    re.IGNORECASE,
)
_OTHERS_REACH = 40  #: letters before a denial in which they stand
_MONEY_BACK = re.compile(r"(?<!\w)(?:hoàn(?! toàn)|đền|refund|trả lại|thu phí|tiền(?!\s(?:đình|liệt|sử|mãn)))(?!\w)", re.IGNORECASE)
_HEALING = ("misleading.disease", "misleading.cure")
NUMBERED = 0.3  #: share that remains of a low price where the title names one
#: The same of a maker of toys, as F2159, HBV11, 83304, 6063587: who has a licence for the figure numbers what he makes.
_TOY = re.compile(r"(?<![\w-])(?:[A-Z]\d{4}|[A-Z]{3}\d{2}|\d{5,7})(?![\w-])")

#: What comes with the goods, or is sold beside them, tells nothing of what they are. "Mua 2 tặng 1" gives more of the same.
_GIFT = r"(?:(?<!mua \d )(?<!mua \d\d )tặng|kèm|quà|free|miễn phí|khuyến mãi|bonus|tang kem)(?![^\W_])"
_GIVEN = re.compile(rf"(?<![^\W_]){_GIFT}(?:(?!\s[-–—]\s)[^,.;:!?()\[\]|\n])*$", re.IGNORECASE)
_GIVEN_REACH = 40  #: letters between the word for a gift and what is given
_BESIDES = re.compile(rf"(?<![^\W_])(?:{_GIFT}|(?:và|cùng|với|combo)(?![^\W_]))|[+&]", re.IGNORECASE)
_PLACES = 64  #: honest phrases of a title that are looked at: a title may repeat one a hundred thousand times
_LEADS = 200  #: letters between one and the word
_APART = re.compile(rf"{_BESIDES.pattern}|[,.;:!?|\n]|\s[-–—]\s", re.IGNORECASE)


@dataclass(frozen=True)
class _Sense:
    words: str
    ends: bool
    rule: str
    beside: frozenset[str]
    without: frozenset[str]
    #: of ``beside`` those that must name the goods in front of the word, or cover it
    ahead: frozenset[str]
    covering: frozenset[str]
    share: float

    def of(self, term: str) -> bool:
        """Of a rule that it is for: is it for this word?"""
        said = not self.words or f" {self.words} " in f" {term} "
        return said and (not self.ends or term.endswith(self.words))

    def counts(self, about: set[str]) -> bool:
        return not self.beside.isdisjoint(about) or (bool(self.without) and self.without.isdisjoint(about))


@lru_cache(maxsize=1)
def _senses() -> tuple[_Sense, ...]:
    found = []
    for row in rows("senses.csv"):
        names = row["beside"].split("|")
        without, ahead, covering = (frozenset(n[1:] for n in names if n.startswith(mark)) for mark in "!<^")
        beside = frozenset(n for n in names if n[0] not in "!<^")
        found.append(_Sense(row["words"], row["at"] == "end", row["rule"], beside, without, ahead, covering, float(row["share"])))
    return tuple(found)


def company() -> frozenset[str]:
    """Names of contexts and of all else that senses.csv asks for."""
    return frozenset[str]().union(*(sense.beside | sense.without | sense.ahead | sense.covering for sense in _senses()))


@lru_cache(maxsize=1 << 10)
def _of_rule(rule: str) -> tuple[_Sense, ...]:
    return tuple(sense for sense in _senses() if rule.startswith(sense.rule))


@lru_cache(maxsize=1 << 15)
def _of(rule: str, term: str) -> tuple[_Sense, ...]:
    return tuple(sense for sense in _of_rule(rule) if sense.of(term))


def weighed(found: Sequence[Evidence], reading: Reading, text: Mapping[str, str], company: set[str]) -> list[Evidence]:
    """``found`` with the shares of senses.csv, of words said in passing and of prices beside an article number. ``company``: the names of
    contexts and groups of goods in the text; ``head:`` and a group is what the title sells, ``brand`` a brand of any tier, ``told:`` and
    a rule that the title or the category speaks for; ``numbered``: the title names a maker's article; ``stated_used``: the text
    says that the goods were used."""
    if not found:
        return []
    title, rules = text["title"], {e.rule for e in found}
    numbered = any(rule.endswith((".brand_price", ".grade")) for rule in rules) and _ARTICLE.search(title) is not None
    licensed = (
        "ip.character" in rules and head_group(reading, title) == "toys" and (_TOY.search(title) or _ARTICLE.search(title)) is not None
    )
    senses = [_of(e.rule, e.term) for e in found]
    about = _about(found, reading, text, company) | ({"numbered"} if numbered else set()) if any(senses) else company
    told = {e.rule.partition(".")[0] for e in found if e.field != "description"}
    long = len(text["description"]) > LONG
    often = Counter(e.rule for e in found if e.field == "description") if long else Counter[str]()
    denied = {field: _no_cures(text[field]) for field in {e.field for e in found if e.rule.startswith(_HEALING)}}
    asked = {name for read_as in senses for sense in read_as for name in sense.ahead | sense.covering}
    named = list(islice((hit for hit in reading.contexts if hit.field == TITLE and hit.entry.name in asked), _PLACES)) if asked else []
    kept = []
    for e, read_as in zip(found, senses, strict=True):
        if denied and e.rule.startswith(_HEALING) and any(start <= e.start < end for start, end in denied[e.field]):
            continue
        share = 1.0
        for sense in read_as:
            placed = bool(named) and _stands(sense, e, named, text)
            if placed or (sense.counts(about) and (not sense.without or _plain(e, text))):
                share = min(share, sense.share)
        if long and e.field == "description" and e.rule.partition(".")[0] not in told:
            once = e.rule.startswith(NAMED_ONCE) and often[e.rule] == 1 and e.start >= OPENING and e.term not in DISCLAIMERS
            share *= PASSING if once or e.rule.startswith(IN_PASSING) else 1.0
        if numbered and e.rule.endswith(".brand_price"):
            share *= NUMBERED
        if licensed and e.rule == "ip.character":
            share *= NUMBERED
        if share > 0:
            kept.append(e if share == 1.0 else e._replace(probability=e.probability * share))
    return kept


def _about(found: Sequence[Evidence], reading: Reading, text: Mapping[str, str], company: set[str]) -> set[str]:
    """What senses.csv may ask for, as ``weighed`` tells, but for the number of an article."""
    rules = {e.rule for e in found}
    given = {hit.entry.name for hit in reading.contexts} - {
        hit.entry.name for hit in reading.contexts if not _given(FIELDS[hit.field], hit.start, text)
    }
    about = (company - given) | {f"head:{head_group(reading, text['title'])}"}
    if any(hit.entry.rule != "character" for hit in reading.names):
        about.add("brand")
    about |= {f"told:{e.rule}" for e in found if e.field == "category" or (e.field == "title" and not _given(e.field, e.start, text))}
    if any(rule.endswith(_PRICED) for rule in rules) and rules.isdisjoint(COPIED) and is_used(text):
        about.add("stated_used")
    return about


def _given(field: str, start: int, text: Mapping[str, str]) -> bool:
    """Are the words that begin there those of a gift, not of the goods?"""
    return _GIVEN.search(text[field], max(0, start - _GIVEN_REACH), start) is not None


def _stands(sense: _Sense, e: Evidence, named: Sequence[Hit], text: Mapping[str, str]) -> bool:
    """Does an honest phrase of the title that the sense asks for stand where it bears on this word? One that covers it overlaps it, or
    stands before it with nothing between that parts them. One ahead names the goods before the word, or directly behind it. ``named``: the
    phrases of the title that any sense asks for so."""
    field = FIELDS[TITLE]
    for hit in named:
        name = hit.entry.name
        if name not in sense.covering and name not in sense.ahead:
            continue
        if field != e.field:
            near = name in sense.ahead
        elif hit.start < e.end and e.start < hit.end:
            return True
        elif hit.end <= e.start:
            near = e.start - hit.end <= _LEADS and not (_APART if name in sense.covering else _BESIDES).search(
                text[field], hit.end, e.start
            )
        else:
            near = not text[field][e.end : hit.start].strip() and name in sense.ahead
        if near and not _given(field, hit.start, text):
            return True
    return False


def _no_cures(text: str) -> list[tuple[int, int]]:
    """Where it is said that goods heal nothing: code points."""
    return [
        found.span()
        for found in _NO_CURE.finditer(text)
        if not _MONEY_BACK.search(found.group()) and not _OTHERS.search(text, max(0, found.start() - _OTHERS_REACH), found.start())
    ]


def _plain(e: Evidence, text: Mapping[str, str]) -> bool:
    """Is the word written as it is, with or without marks? Who disguises it means it."""
    written = " ".join(unicodedata.normalize("NFC", text[e.field][e.start : e.end]).lower().split())
    return written in (e.term, _bare(e.term))


def _bare(term: str) -> str:
    apart = unicodedata.normalize("NFD", term.replace("đ", "d"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))

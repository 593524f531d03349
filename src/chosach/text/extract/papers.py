"""Numbers of registrations, notifications and licences, by the shapes that Vietnamese bodies give them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from chosach.text.extract.codes import tax_check_digit
from chosach.text.extract.found import Paper
from chosach.text.extract.skeleton import Skeleton, skeleton, stretches

#: What paper a number is of, with its name for people.
SORTS = {
    "cosmetic": "số tiếp nhận phiếu công bố mỹ phẩm",
    "food_registered": "số đăng ký bản công bố sản phẩm thực phẩm",
    "food_confirmed": "giấy tiếp nhận công bố, xác nhận công bố phù hợp quy định an toàn thực phẩm (trước năm 2018)",
    "food_declared": "số bản tự công bố sản phẩm thực phẩm",
    "food_establishment": "giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
    "drug": "số đăng ký lưu hành thuốc",
    "pharmacy": "giấy chứng nhận đủ điều kiện kinh doanh dược",
    "device": "số lưu hành, số công bố trang thiết bị y tế",
    "insecticide": "số đăng ký lưu hành chế phẩm diệt côn trùng, diệt khuẩn",
    "pesticide": "giấy chứng nhận đăng ký thuốc bảo vệ thực vật",
    "veterinary": "số đăng ký lưu hành thuốc thú y",
    "advertising": "giấy xác nhận nội dung quảng cáo",
    "business": "số giấy chứng nhận đăng ký kinh doanh",
    "licence": "số giấy phép kinh doanh hàng hóa có điều kiện",
    "unknown": "số giấy tờ không theo mẫu nào đã biết",
}

_G = r"[ ]?"  # sellers put blanks around the strokes
_SERIAL = rf"(?P<number>\d{{1,6}}){_G}/{_G}"
_YEAR = r"(?P<year>(?:20|19)\d\d|\d\d)"
#: Sort, letters that it always holds (one of them), pattern.
_FORMS: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (sort, tuple(holds.split()), re.compile(rf"(?<![^\W_])(?:{form})(?![^\W_])"))
    for sort, holds, form in (
        ("cosmetic", "cbmp", rf"(?P<number>\d{{1,7}}){_G}[/\-]{_G}{_YEAR}{_G}[/\-]{_G}cbmp(?:{_G}[\-–/]{_G}[a-zđ]{{2,8}})?"),
        ("advertising", "xnqc gpqc xnndqc xnnd", rf"{_SERIAL}(?:{_YEAR}{_G}/{_G})?(?:attp{_G}-{_G})?(?:xnqc|gxnqc|gpqc|xnndqc|"
            rf"xnnd)(?:{_G}[\-–/]{_G}[a-zđ]{{2,10}}){{0,2}}"),
        ("food_registered", "đksp dksp", rf"(?P<number>\d{{1,6}}){_G}/{_G}{_YEAR}{_G}/{_G}(?:đksp|dksp)(?:{_G}[\-–]{_G}[a-zđ]{{2,10}})?"),
        ("food_confirmed", "xncb tncb cntc attp", rf"(?P<number>\d{{1,6}}){_G}/{_G}{_YEAR}{_G}/{_G}(?:attp{_G}-{_G}xncb|"
            rf"attp{_G}-{_G}tncb|yt{_G}-{_G}cntc|ytcntc|attp{_G}-{_G}cb|xncb|tncb)"),
        ("food_establishment", "attp nnptnt cnđk atvstp",
            rf"{_SERIAL}(?:{_YEAR}{_G}/{_G})?(?:attp{_G}-{_G}cnđk|attp{_G}-{_G}cn|atvstp|(?:nnptnt|gcnattp|cnđk)(?:{_G}-{_G}[a-zđ]{{2,8}})?)"),
        ("drug", "vd vn qlđb qldb gc qlsp sp vs vt -h", rf"(?:vd[23]?|vn[23]?|vna|vnb|qlđb|qldb|gc|qlsp(?:-h\d{{2}})?|"
            rf"sp[23]?(?:-h\d{{2}})?|vs|vt){_G}-{_G}(?P<number>\d{{2,6}}){_G}-{_G}{_YEAR}|"
            rf"v\d{{2,4}}-h\d{{2}}-{_YEAR.replace('year', 'year2')}"),
        ("pharmacy", "kkdd gpp gdp", rf"{_SERIAL}(?:{_YEAR}{_G}/{_G})?(?:đkkdd|dkkdd|gpp|"
            rf"gdp)(?:{_G}[\-–]{_G}[a-zđ]{{2,10}})?"),
        ("device", "pcb klh bpl", rf"(?P<number>\d{{3,9}}){_G}/?{_G}(?:pcba|pcbb|pcbmb|đklh|dklh|bpl|"
            rf"bpl-[a-z]{{2}})(?:{_G}[\-–/]{_G}[a-zđ]{{2,8}}){{0,3}}"),
        ("insecticide", "vndp", rf"vndp{_G}-{_G}hc{_G}-{_G}(?P<number>\d{{2,4}}){_G}-{_G}\d\d{_G}-{_G}{_YEAR}"),
        ("pesticide", "cnđkt cndkt", rf"{_SERIAL}(?:{_YEAR}{_G}/{_G})?(?:cnđkt|cndkt){_G}-?{_G}bvtv"),
        ("licence", "gp", rf"{_SERIAL}(?:{_YEAR}{_G}/{_G})?(?:gp|gpkd|gpbl|gpsx|"
            rf"gpnk){_G}[\-–]{_G}[a-zđ]{{2,10}}(?:{_G}-{_G}[a-zđ]{{2,8}})?"),
        ("food_declared", "tccb tcb tự tu công cong cbsp attp cb",
            rf"(?P<number>\d{{1,6}}){_G}/{_G}(?:[a-zđ][\w.&\- ]{{1,40}}?){_G}/{_G}{_YEAR}"),
    )
)  # fmt: skip
#: One of these is part of every number that has a form, but for food that its maker declares: there it stands between two strokes.
MARKS = tuple(sorted({mark for sort, holds, _ in _FORMS if sort != "food_declared" for mark in holds}))
_FOOD_WORD = re.compile(r"(?:tccb|tcb|tự công bố|tu cong bo|công bố|cong bo|cbsp|attp|vsattp|số cb)\W{0,3}(?:\w+\W{1,3}){0,6}$")
#: Words after which a number of a paper stands.
_NAMED = re.compile(
    r"(?<![^\W_])(?P<word>sđk|sdk|số đăng ký|so dang ky|số đk|số đăng kí|số lưu hành|so luu hanh|số công bố|so cong bo|số cb|"
    r"số cbmp|scb|phiếu công bố|"
    r"phiếu công bố số|số phiếu công bố|phieu cong bo|số giấy phép|giấy phép số|giấy phép quảng cáo|giấy phép lưu hành|gpqc|xnqc|số xnqc|"
    r"số tiếp nhận|tiếp nhận số|số visa|visa|số tccb|tccb|số tcb|tự công bố số|bản tự công bố|cbmp|gplh|gcn số|giấy chứng nhận số|"
    r"đkkd|dkkd|gpkd|"
    r"giấy phép kinh doanh|đăng ký kinh doanh)(?![^\W_])[^\w\n]{0,4}(?:(?:mỹ phẩm|sản phẩm|số|so|bộ y tế|byt|là|la|thuốc|hkd|"
    r"hộ kinh doanh)[^\w\n]{1,3}){0,3}"
    r"(?P<number>[\w/.\-–]*\d[\w/.\-–]*)"
)
#: One of these is part of every such word, and every number that is told has three figures or a mask.
NAMES = (
    "đk", "dk", "đăng k", "dang k", "lưu hành", "luu hanh", "công bố", "cong bo", "số cb", "cbmp", "scb", "phép", "gpqc", "xnqc",
    "tiếp nhận", "visa", "tccb", "tcb", "gplh", "gcn", "chứng nhận", "gpkd",
)  # fmt: skip
_FIGURES = re.compile(r"[0-9x*.](?:(?<=[0-9])[\w/.\-–]*\d[\w/.\-–]*\d|(?<=x)xx+|(?<=\*)\*\*+|(?<=\.)\.\.+)")
_OF_GOODS = frozenset(
    {"sđk", "sdk", "số đăng ký", "so dang ky", "số đk", "số đăng kí", "số lưu hành", "so luu hanh", "giấy phép lưu hành", "gplh"}
)
_HOUSEHOLD = re.compile(r"\d{2}[a-z]\d{7,8}")
#: Letters of the maker, a group of goods, a serial number (TYV-123, HCM-X4-25): so short a shape that it counts only beside animals.
_VETERINARY = re.compile(r"[a-zđ]{2,5}(?:[.\-][a-zđ]{1,3}\d{0,2})?-\d{1,4}")
_ANIMALS = re.compile(r"thú y|thu y|thú cưng|vật nuôi|gia súc|gia cầm|thủy sản|(?<![^\W_])(?:chó|mèo|heo|lợn|gà|bò)(?![^\W_])")
_MASK = re.compile(r"x{3,}|\*{3,}|\.{3,}")
#: The first year of a sort of number, by the instrument that made it; others from 1990.
_SINCE = {"cosmetic": 2008, "food_registered": 2018, "food_declared": 2018}
_LAST_YEAR = 2045
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=8)
def papers(text: str) -> tuple[Paper, ...]:
    """Numbers of papers. ``value``: capital letters, without blanks; ``sort`` of ``SORTS``.

    ``why_not``: ``year`` (no such year), ``zero`` (number nought), ``masked`` (figures hidden), ``shape`` (stands after a word for such a
    number, but has the shape of none), ``check_digit`` (of an enterprise code).
    """
    read = skeleton(text)
    if not _DIGIT.search(read.text):
        return ()
    found = sorted(_shaped(read), key=lambda one: (one.start, -one.end))
    kept: list[Paper] = []
    for paper in found:
        if not kept or paper.start >= kept[-1].end:
            kept.append(paper)
    for paper in _after_words(read):
        if not any(paper.start < other.end and other.start < paper.end for other in kept):
            kept.append(paper)
    return tuple(sorted(kept, key=lambda one: one.start))


#: Every number of a known form has one of these, and nothing of it is farther away than ``_FAR``.
_SIGN = re.compile(r"[0-9](?:[ ]?[/\-–]|[ ]{0,2}(?:pcb|đklh|dklh|bpl))")
_FAR = 100


def _shaped(read: Skeleton) -> Iterator[Paper]:
    parts = stretches(read.text, _SIGN, before=_FAR, after=_FAR)
    if not parts:
        return
    stand = " ".join([read.text[low:high] for low, high in parts])
    for sort, holds, form in _FORMS:
        if not any(map(stand.__contains__, holds)):
            continue
        for match in (match for low, high in parts for match in form.finditer(read.text, low, high)):
            if sort == "food_declared" and not _FOOD_WORD.search(read.text[max(0, match.start() - 60) : match.start()]):
                continue
            groups = match.groupdict()
            written = groups.get("year") or groups.get("year2")
            year = _full_year(written) if written else None
            number = groups.get("number")
            why = ""
            if number is not None and int(number) == 0:
                why = "zero"
            elif year is not None and not _SINCE.get(sort, 1990) <= year <= _LAST_YEAR:
                why = "year"
            yield _paper(read, match.span(), sort, year if why != "year" else None, why)


def _full_year(written: str) -> int:
    year = int(written)
    return year if year >= 100 else year + (1900 if year >= 90 else 2000)


def _after_words(read: Skeleton) -> Iterator[Paper]:
    """What stands where a number of a paper should, and has no shape that is known."""
    if not any(map(read.text.__contains__, NAMES)):
        return
    parts = stretches(read.text, _FIGURES, before=_FAR, after=0)
    for match in (match for low, high in parts for match in _NAMED.finditer(read.text, low, high)):
        number = match["number"].strip(".-–/")
        start = match.start("number") + match["number"].index(number)
        end = start + len(number)
        business = match["word"] in ("đkkd", "dkkd", "gpkd", "giấy phép kinh doanh", "đăng ký kinh doanh")
        bare = number.replace(".", "")
        if re.fullmatch(r"\d{12}", bare) and not business:
            yield _paper(read, (start, end), "drug", None, "")  # twelve digits since 2022 (circular 08/2022/TT-BYT)
        elif business and _HOUSEHOLD.fullmatch(bare):
            yield _paper(read, (start, end), "business", None, "")
        elif business and re.fullmatch(r"\d{10}(?:-\d{3})?", bare):
            yield _paper(read, (start, end), "business", None, "" if tax_check_digit(bare[:9]) == bare[9] else "check_digit")
        elif match["word"] in _OF_GOODS and _VETERINARY.fullmatch(number) and _ANIMALS.search(read.text):
            yield _paper(read, (start, end), "veterinary", None, "")
        elif _MASK.search(number):
            yield _paper(read, (start, end), "unknown", None, "masked")
        elif sum(char.isdigit() for char in number) >= 3:
            yield _paper(read, (start, end), "unknown", None, "shape")


def _paper(read: Skeleton, place: tuple[int, int], sort: str, year: int | None, why: str) -> Paper:
    start, end = place
    first, last = read.place(start, end)
    value = re.sub(r"\s", "", read.text[start:end]).upper().replace("–", "-")
    return Paper(start=first, end=last, text=read.original[first:last], value=value, valid=not why, why_not=why, sort=sort, year=year)

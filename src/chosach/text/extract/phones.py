"""Phone numbers in every way Vietnamese sellers write them."""

import re
from collections.abc import Iterator
from itertools import pairwise

from chosach.text.extract.digits import Run, runs
from chosach.text.extract.found import Phone
from chosach.text.extract.skeleton import Skeleton, skeleton
from chosach.text.extract.tables import areas, prefixes

#: Words that announce a number to call.
_CALL = re.compile(
    r"(?<![^\W_])(?:sđt|sdt|số đt|so dt|đt|dt|đtdđ|số điện thoại|so dien thoai|điện thoại|dien thoai|zalo|za\.?lo|zl|hotline|"
    r"hot line|tổng đài|tong dai|"
    r"liên hệ|lien he|lh|l/h|gọi|goi|call|tel|phone|mobile|alo|cskh|tư vấn|tu van|inbox|ib|viber|whatsapp|momo)\W{0,3}"
    r"(?:(?:số|so|ngay|qua|theo|zalo|em|mình|shop|này|nay|là|la|cskh|mua hàng|hỗ trợ)\W{1,3}){0,3}$|[📞☎📱✆🤙]\W{0,3}$"
)
_REACH = 48
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d")
#: Digits of a number from its first on, by how it begins.
_ABROAD = re.compile(r"(?:00840?|0?840?)(?=([35789]\d{8}|1[2689]\d{8}|2\d{9}))")
_AT_HOME = re.compile(r"(?=(0[35789]\d{8}|01[2689]\d{8}|02\d{9}|1[89]00\d{6}|1[89]00\d{4}))")
_OLD_LANDLINE = re.compile(r"(?=(0(?!2)\d{9}))")
_LINK = re.compile(r"(?:https?://|www\.)\S+")


def phones(text: str) -> list[Phone]:
    """Phones of a text, in their order. One that follows a word for a phone but can't be one is told with ``why_not``.

    Read: +84, 0084, (+84)(0), blanks, dots, hyphens; mobile numbers of 11 digits that became 10 in 2018, landlines before and after 2017;
    1800 and 1900 after a word that says so; o for 0, l for 1, digits as words, emoji, styled or full-width figures, hidden characters.
    Not read: numbers inside a web address (but for zalo.me and wa.me).
    """
    read = skeleton(text)
    closed = [m.span() for m in _LINK.finditer(read.text) if "zalo.me" not in m[0] and "wa.me" not in m[0]]
    found: list[Phone] = []
    for run in runs(read.text, 8):
        if not any(start <= run.starts[0] < end for start, end in closed):
            found += _in_run(run, read)
    return found


def _in_run(run: Run, read: Skeleton) -> Iterator[Phone]:
    place = 0
    while place < len(run.digits):
        if not run.group_begins(place):
            place += 1
            continue
        named = bool(_CALL.search(read.text, max(0, run.starts[place] - _REACH), run.starts[place]))
        hit = _at(run, place, read, named)
        if hit is None:
            place += 1
            continue
        phone, place = hit
        yield phone


def _at(run: Run, place: int, read: Skeleton, named: bool) -> tuple[Phone, int] | None:
    """The number that begins at this digit, and the digit after it."""
    for end, national in _readings(run, place, read):
        if not run.group_begins(end) or not _plausible(run, place, end, read, named):
            continue
        if national.startswith(("18", "19")) and not named:
            continue
        told = _described(national)
        if told is not None:
            return _phone(run, place, end, read, **told), end
    if not named:
        return None
    end = _group_end(run, place)
    size = end - place
    if 8 <= size <= 12 and (run.digits[place] == "0" or run.digits[place : place + 2] == "84") and _plausible(run, place, end, read, named):
        why = "prefix" if size in (10, 11) else "length"
        return _phone(run, place, end, read, value=run.digits[place:end], valid=False, why_not=why), end
    return None


def _readings(run: Run, place: int, read: Skeleton) -> Iterator[tuple[int, str]]:
    """(digit after it, national number) of what may begin here, the likeliest first."""
    for pattern, lead in ((_AT_HOME, ""), (_ABROAD, "0"), (_OLD_LANDLINE, "")):
        match = pattern.match(run.digits, place)
        if match:
            if lead and run.digits.startswith("84", place) and not run.group_begins(match.end(1)):
                continue
            yield match.end(1), lead + match[1]
    shorter = re.compile(r"1[89]00\d{4}").match(run.digits, place)
    if shorter:
        yield shorter.end(), shorter[0]


def _group_end(run: Run, place: int) -> int:
    """The digit after the group, or after the groups that only blanks and dots part."""
    end = place + 1
    while end < len(run.digits) and (not run.group_begins(end) or end - place < 9):
        end += 1
    return end


def _plausible(run: Run, place: int, end: int, read: Skeleton, named: bool) -> bool:
    """Not a date, not a list of sizes, not a decimal, and not mostly letters."""
    plain = read.text[run.starts[place] : run.ends[end - 1]]
    if "," in plain and not named:
        return False
    if _DATE.search(plain) or re.search(r"[^\w\s][ ]*\n|\n", plain):
        return False
    figures = sum(plain[s - run.starts[place]].isdigit() for s in run.starts[place:end])
    spelt = sum(run.ends[k] - run.starts[k] > 1 for k in range(place, end))
    if figures + spelt < end - place and figures < 6:
        return False
    if spelt and figures == 0 and spelt < end - place:
        return False
    sizes = _group_sizes(run, place, end)
    return named or spelt > 0 or len(sizes) <= 5 or len(set(sizes)) == 1 or set(sizes[:-1]) == {1}


def _group_sizes(run: Run, place: int, end: int) -> list[int]:
    borders = [k for k in range(place, end) if k == place or run.group_begins(k)] + [end]
    return [after - before for before, after in pairwise(borders)]


def _described(national: str) -> dict[str, object] | None:
    """What is known of a national number, or None where the numbering plan has no such one."""
    known = prefixes()
    if national.startswith(("18", "19")):
        return {"value": national, "line": known[national[:4]].line}
    if len(national) == 11:
        old = known.get(national[:4])
        if old is not None:
            return {"value": old.now + national[4:], "operator": old.operator, "formerly": national, "since": old.since}
        return _landline(national)
    mobile = known.get(national[:3])
    return {"value": national, "operator": mobile.operator} if mobile is not None else _old_landline(national)


def _landline(national: str) -> dict[str, object] | None:
    for size in (4, 3):
        province = areas().get(national[:size])
        if province is not None and province.area == national[:size] and national[size] not in "01":
            return {"value": national, "line": "landline", "province": province.name}
    return None


def _old_landline(national: str) -> dict[str, object] | None:
    """As it was before 2017. Where an old area code is now a mobile prefix, the number is read as mobile."""
    for size in (4, 3, 2):
        province = areas().get(national[:size])
        value = province.area + national[size:] if province is not None and province.area_was == national[:size] else ""
        if province is not None and len(value) == 11 and national[size] not in "01":
            told = {"line": "landline", "province": province.name, "formerly": national, "since": province.area_since}
            return {"value": value, **told}
    return None


def _phone(run: Run, place: int, end: int, read: Skeleton, **told: object) -> Phone:
    begin = run.starts[place]
    if (begin and read.text[begin - 1] == "+") or read.text[max(0, begin - 2) : begin] in ("(+",):
        begin -= 1
    first, last = read.place(begin, run.ends[end - 1])
    words = read.text[begin : run.ends[end - 1]]
    original = (read.original[read.starts[run.starts[k]]] for k in range(place, end))
    disguised = last - first != len(words) or not all("0" <= char <= "9" for char in original)
    return Phone(start=first, end=last, text=read.original[first:last], disguised=disguised, **told)  # type: ignore[arg-type]

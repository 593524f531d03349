"""Numbers with a check: tax codes and barcodes."""

import re

from chosach.text.extract.digits import has_number
from chosach.text.extract.found import Gtin, TaxCode
from chosach.text.extract.skeleton import skeleton, stretches
from chosach.text.extract.tables import office, provinces

_TAX = re.compile(
    r"(?<![^\W_])(?:mst|m\.s\.t|mã số thuế|ma so thue|mã thuế|mã số dn|msdn|mã số doanh nghiệp|ma so doanh nghiep|tax code|gpkd|"
    r"gpđkkd|đkkd|dkkd|"
    r"gcn đkdn|đkdn|giấy phép kinh doanh|đăng ký kinh doanh|đăng ký doanh nghiệp|giấy chứng nhận đăng ký doanh nghiệp)(?![^\W_])"
    r"[^\d\n]{0,16}(?<![^\W_])(\d(?:[ .]?\d){7,11}(?:[ ]?-[ ]?\d{3})?)(?![^\W_])"
)
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_BARCODE = re.compile(
    r"(?<![^\W_])(?P<word>mã vạch|ma vach|barcode|bar code|mã barcode|ean|ean-?13|ean-?8|gtin|gtin-?13|gtin-?14|upc|upc-?a|"
    r"mv)(?![^\W_])\D{0,16}"
    r"(?<![^\W_])(?P<code>\d(?:[ \-]?\d){6,13})(?![^\W_])"
)
_BARE = re.compile(r"(?<![^\W_])(?<![./=\-])\d{13}(?![^\W_])(?![./=\-]\w)")
_LONG = re.compile(r"\d(?:[ \-]?\d){6,13}")
_THIRTEEN = re.compile(r"\d{13}")
_GTIN_SIZES = (8, 12, 13, 14)


def tax_check_digit(nine: str) -> str:
    """The tenth digit of a tax code whose first nine are these; "" where no code begins so (circular 105/2020, before it 95/2016)."""
    check = 10 - sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, nine, strict=True)) % 11
    return str(check) if check < 10 else ""


def tax_codes(text: str) -> list[TaxCode]:
    """Tax codes after a word for them. ``why_not``: ``length``, ``check_digit``, ``province`` (of a personal number)."""
    read = skeleton(text)
    if not has_number(read.text):
        return []
    found = []
    for match in _TAX.finditer(read.text):
        value, of, why = _tax(re.sub(r"[ .]", "", match[1]))
        first, last = read.place(*match.span(1))
        found.append(TaxCode(start=first, end=last, text=text[first:last], value=value, valid=not why, why_not=why, of=of))
    return found


def _tax(written: str) -> tuple[str, str, str]:
    """(value, of, why not)."""
    head, _, branch = written.partition("-")
    if branch and len(head) == 10:
        of = "branch"
    elif not branch and len(head) == 12:
        return head, "person", "" if head[:3] in {f"0{one.code}" for one in provinces()} else "province"
    elif len(head) == 10:
        of = "enterprise"
    else:
        return written, "enterprise", "length"
    why = "" if tax_check_digit(head[:9]) == head[9] else "check_digit"
    return written, of, why


def gtin_check_digit(digits: str) -> str:
    """The last digit of a GTIN of 8, 12, 13 or 14 digits whose others are these (GS1 General Specifications, 7.9)."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def gtin_prefix(value: str) -> str:
    """The three digits that tell which office gave out a valid GTIN."""
    if len(value) == 12:
        return "0" + value[:2]
    return value[1:4] if len(value) == 14 else value[:3]


def gtins(text: str) -> list[Gtin]:
    """Barcode numbers: 8, 12, 13 or 14 digits after a word for barcode, or 13 digits alone whose check digit and prefix are right.

    ``why_not``: ``length``, ``check_digit``, ``prefix`` (no office has it). The prefix tells who registered the number, never where goods
    were made.
    """
    read = skeleton(text)
    places: dict[tuple[int, int], bool] = {}
    for low, high in stretches(read.text, _LONG, before=40, after=20):
        places |= {match.span("code"): True for match in _BARCODE.finditer(read.text, low, high)}
    if not places and not _THIRTEEN.search(read.text):
        return []
    for match in _BARE.finditer(read.text):
        if not any(start < match.end() and match.start() < end for start, end in places):
            places[match.span()] = False
    found = []
    for (start, end), named in sorted(places.items()):
        value = re.sub(r"\D", "", read.text[start:end])
        known = office(gtin_prefix(value)) if len(value) in _GTIN_SIZES else None
        why = ""
        if len(value) not in _GTIN_SIZES:
            why = "length"
        elif gtin_check_digit(value[:-1]) != value[-1]:
            why = "check_digit"
        elif known is None:
            why = "prefix"
        if why and not named:
            continue
        first, last = read.place(start, end)
        found.append(
            Gtin(
                start=first,
                end=last,
                text=text[first:last],
                value=value,
                valid=not why,
                why_not=why,
                named=named,
                country=known.country if known and not why else "",
                office=known.name if known and not why else "",
            )
        )
    return found

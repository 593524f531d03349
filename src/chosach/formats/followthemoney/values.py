"""Values as FollowTheMoney keeps them. Each function gives None for what its type does not accept; the text as read is kept besides."""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from urllib.parse import urlsplit

from chosach.formats.followthemoney.model import Property
from chosach.text import extract
from chosach.text.extract.tables import Bank, banks

_BREAKS = re.compile(r"\r\n|\n|\t|;")
_FIRM = re.compile(
    r"\b(?:công ty|cong ty|cty|tnhh|doanh nghiệp|doanh nghiep|dntn|tập đoàn|tap doan|hợp tác xã|hop tac xa|htx|co\.?,? ?ltd|company|jsc|"
    r"corporation|corp)\b",
    re.IGNORECASE,
)
#: Nineteen of twenty people in Viet Nam have one of these family names.
_FAMILIES = (
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý", "đào",
    "đoàn", "vương", "trịnh", "trương", "đinh", "lâm", "phùng", "mai", "tô", "hà", "tạ", "lương", "cao", "chu", "châu", "thái",
    "quách", "nghiêm", "tống", "triệu", "diệp", "kiều", "lưu", "thạch", "doãn", "văn",
)  # fmt: skip
_HOUSEHOLD = re.compile(
    r"\b(?:hộ kinh doanh|ho kinh doanh|hkd|cửa hàng|cua hang|shop|store|cơ sở|co so|nhà thuốc|official)\b", re.IGNORECASE
)


def text(value: str) -> str | None:
    """Long text."""
    return value if Property("text").holds(value) else None


def line(value: str) -> str | None:
    """Text of one line."""
    return value if Property("string").holds(value) else None


def identifier(value: str) -> str | None:
    """A number that an authority gave."""
    return value if Property("identifier").holds(value) else None


def name(value: str) -> str | None:
    """A name in one line without quotes around it."""
    flat = _flat(value).strip("'\"“”‘’ ")
    return flat if Property("name").holds(flat) else None


def address(value: str) -> str | None:
    """An address in one line."""
    flat = _flat(re.sub(r",\s?[,.]", ", ", _BREAKS.sub(", ", value)))
    return flat if Property("address").holds(flat) else None


def phone(value: str) -> str | None:
    """A Vietnamese mobile or landline number in the international form (+84…), the first of several."""
    found = [one for one in extract.phones(f"đt {value}") if one.valid and one.line in ("mobile", "landline")]
    return f"+84{found[0].value[1:]}" if found else None


def email(value: str) -> str | None:
    """An e-mail address."""
    local, sign, host = value.strip().rpartition("@")
    made = f"{local}@{host.lower()}"
    return made if sign and Property("email").holds(made) else None


def url(value: str) -> str | None:
    """A web address with its scheme; http where none is told."""
    made = value if re.match(r"https?://", value, re.IGNORECASE) else f"http://{value}"
    try:
        parts = urlsplit(made)
        host = parts.hostname or ""
        known = "." in host and re.fullmatch(r"[\w.-]+", host) is not None and parts.username is None
    except ValueError:
        return None
    made = parts._replace(scheme=parts.scheme.lower()).geturl()
    return made if known and not re.search(r"\s", made) and Property("url").holds(made) else None


def domain(value: str) -> str | None:
    """The host of a web address, where it is the seller's own and not a marketplace's or a network's."""
    made = url(value)
    if made is None:
        return None
    found = extract.links(made)
    if not found or found[0].shared:
        return None
    host = found[0].value.lower().rstrip(".").removeprefix("www.").removeprefix("m.")
    return host if "." in host and not host.replace(".", "").isdigit() else None


@lru_cache(maxsize=1)
def _banks() -> dict[str, Bank]:
    return {_letters(form): one for one in banks() for form in (one.code, one.name, *one.spellings)}


@lru_cache(maxsize=4_096)
def bank(value: str) -> str:
    """The bank's name as it is known here, else as read."""
    plain = _letters(value)
    found = next((_banks()[form] for form in (plain, re.sub(r"^(?:nganhang)?(?:tmcp)?", "", plain)) if form in _banks()), None)
    return found.name if found else value


def account(value: str) -> str | None:
    """Figures and letters of an account number."""
    return identifier(re.sub(r"[^0-9A-Z]", "", value.upper()))


def number(value: float | int | str) -> str:
    """A number without an exponent, from which exactly the same is read again. `value`: as Python or NumPy writes it shortest."""
    made = format(Decimal(str(value)), "f")
    return made.rstrip("0").rstrip(".") if "." in made else made


def schema_of(names: list[str]) -> str:
    """Company, Person, or LegalEntity where the names do not tell."""
    if any(_FIRM.search(one) for one in names):
        return "Company"
    if names and all(_is_person(one) for one in names):
        return "Person"
    return "LegalEntity"


def _is_person(value: str) -> bool:
    """Two to six words, the first a family name (with or without its marks), and nothing that says shop."""
    words = value.split()
    return 2 <= len(words) <= 6 and _letters(words[0]) in _families() and value.replace(" ", "").isalpha() and not _HOUSEHOLD.search(value)


@lru_cache(maxsize=16_384)
def _letters(value: str) -> str:
    bare = unicodedata.normalize("NFD", value.lower().replace("đ", "d"))
    return "".join(sign for sign in bare if sign.isascii() and sign.isalnum())


@lru_cache(maxsize=1)
def _families() -> frozenset[str]:
    return frozenset(_letters(one) for one in _FAMILIES)


def _flat(value: str) -> str:
    return " ".join(value.split())


#: Field of a record → property of MarketShop, and how its value is made. Fields not told here have a way of their own.
SHOP: dict[str, tuple[str, Callable[[str], str | None]]] = {
    "name": ("operatorName", name),
    "seller_name": ("name", name),
    "phone": ("phone", phone),
    "tax_code": ("taxNumber", identifier),
    "email": ("email", email),
    "address": ("address", address),
    "warehouse": ("warehouse", address),
    "url": ("sourceUrl", url),
    "handle": ("handle", line),
}
#: The same for texts of a listing.
LISTING: dict[str, tuple[str, Callable[[str], str | None]]] = {
    "platform": ("platform", line),
    "url": ("sourceUrl", url),
    "seller_id": ("sellerId", line),
    "seller_name": ("sellerName", line),
    "title": ("name", name),
    "description": ("description", text),
    "brand": ("brand", line),
    "category": ("category", line),
    "origin": ("origin", line),
    "location": ("location", line),
}

"""Phones, accounts, tax codes, e-mails, domains and social ids in a listing's text: found, brought to one form, hashed.

Only forms that can't easily be something else are taken: a mobile number has a valid prefix, an account or tax code stands after
its word ("STK", "MST"). A wrong joint would join two honest sellers, so a missed one is the lesser harm.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from chosach.desk.registry.folding import fold

PHONE, ACCOUNT, TAX_CODE, DOMAIN, EMAIL, ADDRESS, SOCIAL = "phone", "account", "tax_code", "domain", "email", "address", "social"

_GAP = r"[\s.\-_]{0,2}"
_PHONE = re.compile(rf"(?<![\d.])(?:\+?84|0){_GAP}[35789](?:{_GAP}\d){{8}}(?!\d)")
_ACCOUNT = re.compile(r"\b(?:stk|số tài khoản|so tai khoan|số tk|so tk|tài khoản|tai khoan)\b\D{0,20}?(\d(?:[\s.\-]?\d){7,18})(?!\d)", re.I)
_TAX = re.compile(r"\b(?:mst|mã số thuế|ma so thue|mã số dn|mã số doanh nghiệp)\b\D{0,6}(\d{12}(?!\d)|\d{10}(?:\s?-\s?\d{3})?)(?!\d)", re.I)
_EMAIL = re.compile(r"[\w.+-]{2,64}@[\w-]{2,63}(?:\.[\w-]{2,24}){1,3}", re.ASCII)
_DOMAIN = re.compile(r"(?:https?://|\bwww\.)([\w-]{2,63}(?:\.[\w-]{2,24}){1,3})", re.I | re.ASCII)
_SOCIAL = re.compile(r"\b(?:facebook\.com|fb\.com|tiktok\.com|instagram\.com|t\.me|m\.me)/@?([\w.\-]{3,50})", re.I | re.ASCII)
_ADDRESS = re.compile(r"(?:địa chỉ|dia chi|đ/c|kho hàng|kho hang|showroom|cửa hàng tại|xem hàng tại)\s*[:：]\s*([^\n.;]{8,120})", re.I)
#: Hosts that thousands share: naming them says nothing about who sells.
_SHARED_HOSTS = re.compile(
    r"(?:^|\.)(?:facebook|fb|tiktok|instagram|youtube|youtu|google|zalo|shopee|lazada|tiki|sendo|t|m|bit|goo|gmail)"
    r"\.\w{2,4}(?:\.vn)?$",
    re.I,
)


@dataclass(frozen=True)
class Found:
    """One identifier: its kind, its one form, and the place in the field where it stands (code points, half-open)."""

    kind: str
    value: str
    start: int
    end: int


def normal(kind: str, value: str) -> str:
    """The one form of an identifier: digits of a phone beginning with 0, digits of an account, a lower-case domain…"""
    if kind == PHONE:
        digits = re.sub(r"\D", "", value)
        return "0" + digits[2:] if digits.startswith("84") and len(digits) == 11 else digits
    if kind == ACCOUNT:
        return re.sub(r"\D", "", value)
    if kind == TAX_CODE:
        return re.sub(r"[^\d-]", "", value).strip("-")
    if kind == DOMAIN:
        return re.sub(r"^(?:https?://)?(?:www\.)?", "", value.strip().lower()).split("/")[0].rstrip(".")
    if kind == ADDRESS:
        return " ".join(value.split()).strip(" .,")
    return value.strip().lower().lstrip("@")


def digest(kind: str, value: str) -> str:
    """The look-up key of a normalised value: fixed in length whatever the kind. It finds; it doesn't hide (the value stands beside it)."""
    return hashlib.sha256(f"{kind}:{fold(value) if kind == ADDRESS else value}".encode()).hexdigest()


def find(text: str) -> Iterator[Found]:
    """Every identifier in a text. The same value may come twice. What a text can't hold isn't looked for: most texts hold none."""
    lower = text.lower()
    if any(char.isdigit() for char in text):
        yield from _numbers(text)
    if "@" in text:
        yield from (Found(EMAIL, normal(EMAIL, match[0]), *match.span()) for match in _EMAIL.finditer(text))
    if "http" in lower or "www." in lower:
        yield from _domains(text)
    if ".com/" in lower or ".me/" in lower:
        for match in _SOCIAL.finditer(text):
            yield Found(SOCIAL, match[0].lower().replace("/@", "/"), *match.span())
    if ":" in text or "：" in text:
        yield from (Found(ADDRESS, normal(ADDRESS, match[1]), *match.span(1)) for match in _ADDRESS.finditer(text))


def _numbers(text: str) -> Iterator[Found]:
    """Tax codes and accounts after their word; then phones in what is left."""
    taken: list[tuple[int, int]] = []
    for kind, pattern in ((TAX_CODE, _TAX), (ACCOUNT, _ACCOUNT)):
        for match in pattern.finditer(text):
            taken.append(match.span(1))
            yield Found(kind, normal(kind, match[1]), *match.span(1))
    for match in _PHONE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            yield Found(PHONE, normal(PHONE, match[0]), *match.span())


def _domains(text: str) -> Iterator[Found]:
    for match in _DOMAIN.finditer(text):
        host = normal(DOMAIN, match[1])
        if not _SHARED_HOSTS.search(host):
            yield Found(DOMAIN, host, *match.span(1))

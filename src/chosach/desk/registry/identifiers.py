"""Phones, accounts, tax codes, e-mails, domains and social ids in a listing's text: one form each, hashed.

What is found, and in which spellings, is `chosach.text.extract`'s; here only what may join two sellers is kept. A wrong joint would
join two honest sellers, so a missed one is the lesser harm: a number that can't be one is left, and so is a host that thousands share.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from chosach.desk.registry.folding import fold
from chosach.text import extract
from chosach.text.extract.placeholders import PLACEHOLDERS

PHONE, ACCOUNT, TAX_CODE, DOMAIN, EMAIL, ADDRESS, SOCIAL = "phone", "account", "tax_code", "domain", "email", "address", "social"

_HOSTS = {"facebook": "facebook.com", "tiktok": "tiktok.com", "instagram": "instagram.com", "telegram": "t.me", "youtube": "youtube.com"}
_SOCIAL_LINK = re.compile(r"^(?:https?://)?(?:www\.|m\.)?(?:facebook|fb|tiktok|instagram|telegram|youtube)\.\w{2,3}/@?", re.I)
#: Letters before or among digits, four digits at least, and no word for "account" before them.
_LETTERED = re.compile(r"(?!STK|SOTK|TK|ACC|SỐ)(?=[0-9A-Z]*[A-Z])(?=(?:[A-Z]*[0-9]){4})[0-9A-Z]{6,25}")
SHORTEST_ACCOUNT = 6
LONGEST_ACCOUNT = 25
#: Without such a word figures are not taken for a phone or a tax code.
_WORDS = {PHONE: "sđt", TAX_CODE: "MST"}
#: A hotline is a platform's or a company's, not a seller's.
_LINES = frozenset({"mobile", "landline"})


@dataclass(frozen=True)
class Found:
    """One identifier: its kind, its one form, and the place in the field where it stands (code points, half-open)."""

    kind: str
    value: str
    start: int
    end: int


def normal(kind: str, value: str) -> str:
    """The one form of an identifier that a person types: digits of a phone beginning with 0, digits of an account, a lower-case domain…"""
    bare = value.strip()
    if kind == PHONE:
        read = extract.phones(f"sđt {bare}")
        form = read[0].value if read and read[0].valid else re.sub(r"\D", "", bare)
    elif kind == ACCOUNT:
        form = _account(bare)
    elif kind == TAX_CODE:
        form = re.sub(r"[^\d-]", "", bare).strip("-")
    elif kind == DOMAIN:
        form = re.sub(r"^(?:https?://)?(?:www\.)?", "", bare.lower()).split("/")[0].rstrip(".")
    elif kind == ADDRESS:
        form = " ".join(bare.split()).strip(" .,")
    elif kind == SOCIAL and _SOCIAL_LINK.match(bare) and (named := extract.handles(bare)):
        form = _social(named[0])
    else:
        form = bare.lower().lstrip("@")
    return form


def _account(text: str) -> str:
    """Digits; of an account with letters in it, as payment codes have them (a virtual account of a shop), letters and digits. A word
    before it (*VCB 0071…*) is the bank's name, so letters count only where no blank parts them."""
    whole = re.sub(r"[.\-]", "", text).upper()
    if _LETTERED.fullmatch(whole):
        return whole
    return re.sub(r"\D", "", text)


def typed(kind: str, value: str) -> str | None:
    """The one form of an identifier that a person states, as `find` would read it in a listing; None where it can be none of this kind
    (a wrong check figure, too few figures, a host that thousands share, figures that stand for no number). Addresses are places: None."""
    bare = " ".join(value.split())
    if kind == ACCOUNT:
        form = _account(bare)
        return form if SHORTEST_ACCOUNT <= len(form) <= LONGEST_ACCOUNT and form not in PLACEHOLDERS else None
    if kind == TAX_CODE and not any(code.valid for code in extract.tax_codes(f"MST {bare}")):
        return None
    if kind == ADDRESS:
        return None
    found = {one.value for one in find(f"{_WORDS.get(kind, '')} {bare}") if one.kind == kind}
    return found.pop() if len(found) == 1 else None


def digest(kind: str, value: str) -> str:
    """The look-up key of a normalised value: fixed in length whatever the kind. It finds; it doesn't hide (the value stands beside it)."""
    return hashlib.sha256(f"{kind}:{fold(value) if kind == ADDRESS else value}".encode()).hexdigest()


def _social(handle: extract.Handle) -> str:
    return f"{_HOSTS[handle.platform]}/{handle.value.partition(':')[2]}"


def find(text: str) -> Iterator[Found]:
    """Every identifier in a text. The same value may come twice. Figures that stand for no number (*STK 123456789*) are none."""
    taken: list[tuple[int, int]] = []
    for code in extract.tax_codes(text):
        if code.why_not != "length":
            taken.append((code.start, code.end))
            if code.value.partition("-")[0] not in PLACEHOLDERS:
                yield Found(TAX_CODE, code.value, code.start, code.end)
    for account in extract.accounts(text):
        if account.valid and not _overlaps(account, taken):
            taken.append((account.start, account.end))
            if account.value not in PLACEHOLDERS:
                yield Found(ACCOUNT, account.value, account.start, account.end)
    for phone in extract.phones(text):
        if phone.valid and phone.line in _LINES and not _overlaps(phone, taken):
            yield Found(PHONE, phone.value, phone.start, phone.end)
    yield from (Found(EMAIL, one.value, one.start, one.end) for one in extract.emails(text))
    yield from (Found(DOMAIN, one.value, one.start, one.end) for one in extract.links(text) if not one.shared)
    yield from (Found(SOCIAL, _social(one), one.start, one.end) for one in extract.handles(text) if one.platform in _HOSTS)
    yield from (Found(ADDRESS, one.value.strip(" .,"), one.start, one.end) for one in extract.addresses(text))


def _overlaps(one: extract.Found, taken: list[tuple[int, int]]) -> bool:
    return any(start < one.end and one.start < end for start, end in taken)

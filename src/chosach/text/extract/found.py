"""What an extractor finds: one frozen dataclass a kind, with its place in the text and whether it can be what it looks like."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something found in a text.

    ``start``, ``end``: code points, half-open, into the text as given; ``text`` is ``text[start:end]``. ``value``: the one form that all
    spellings come down to; "" where there is none. ``valid``: can be what it looks like (length, prefix, check digit, calendar); it never
    says that the number was given out. ``why_not``: "" or a code of docs/extract.md.
    """

    kind: ClassVar[str] = ""

    start: int
    end: int
    text: str
    value: str
    valid: bool = True
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone(Found):
    """``value``: national, ten digits for a mobile (today's prefix), eleven for a landline, 8 or 10 for 1800/1900.

    ``line``: mobile, landline, toll_free, premium. ``formerly``: the number as it was before prefixes changed, "" where the text has
    today's; ``since``: the day the new one came into use. ``disguised``: digits were written as letters, words or emoji.
    """

    kind: ClassVar[str] = "phone"

    line: str = "mobile"
    operator: str = ""
    province: str = ""
    formerly: str = ""
    since: date | None = None
    disguised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Found):
    """An account at a bank or wallet. ``bank``: code of ``data/banks.csv``, "" where the text names none beside it."""

    kind: ClassVar[str] = "account"

    bank: str = ""
    bank_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxCode(Found):
    """``of``: enterprise (10 digits), branch (10-3), person (12, as on the citizen card). ``value``: digits, a hyphen before a branch."""

    kind: ClassVar[str] = "tax_code"

    of: str = "enterprise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gtin(Found):
    """A barcode number.

    ``country``, ``office``: who gave out the prefix, which says where the owner of the number is registered, not where the goods were
    made. ``named``: a word for barcode stands before it.
    """

    kind: ClassVar[str] = "gtin"

    country: str = ""
    office: str = ""
    named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Found):
    """``amount``: whole VND, None where it is hidden (*giá inbox*, *2xx*). ``most``: upper end of a range.

    ``per``: the unit it is for, or "".
    """

    kind: ClassVar[str] = "price"

    amount: int | None = None
    most: int | None = None
    per: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry(Found):
    """The last day of use. ``precision``: day, month (its last day), year (its last day).

    ``of``: goods, or voucher where the sentence speaks of a voucher, a code or a programme.
    """

    kind: ClassVar[str] = "expiry"

    day: date | None = None
    precision: str = "day"
    of: str = "goods"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(Found):
    """A number of a registration, notification, licence. ``sort``: what paper (``papers.SORTS``); ``year``: where the number tells it."""

    kind: ClassVar[str] = "paper"

    sort: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle(Found):
    """An account on a network, by name or link. ``value``: ``platform:name``, in small letters; for Zalo a phone where the name is one."""

    kind: ClassVar[str] = "handle"

    platform: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Found):
    """An address on the web. ``value``: the host without ``www.``. ``shared``: thousands share the host, it names nobody."""

    kind: ClassVar[str] = "link"

    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Email(Found):
    kind: ClassVar[str] = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Found):
    """``province``: its name until 30 June 2025 where the words name one, ``province_now``: since. ``value``: the words, blanks evened."""

    kind: ClassVar[str] = "address"

    province: str = ""
    province_now: str = ""

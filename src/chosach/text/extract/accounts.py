"""Bank accounts and wallets, with the bank that the text names beside the number."""

import re
from functools import lru_cache

from chosach.text.extract.digits import has_number
from chosach.text.extract.found import Account
from chosach.text.extract.skeleton import Skeleton, skeleton
from chosach.text.extract.tables import Bank, banks

_NUMBER = r"(?P<number>\d(?:[ .\-]?\d){3,27})(?![^\W_])"
#: A word for an account, then perhaps bank and owner, then the number.
_NAMED = re.compile(
    r"(?<![^\W_])(?P<owner>chủ |chu )?"
    r"(?:stk|s\.t\.k|số tài khoản|so tai khoan|số tk|so tk|tài khoản|tai khoan|tk nh|tk ngân hàng|tk|account|a/c)(?![^\W_])"
    rf"(?P<between>\D{{0,40}}?)(?<![^\W_]){_NUMBER}"
)
#: Words by which a number that follows is somebody's phone, though a word for an account stands before: "chủ TK Lan. Liên hệ 0957…".
#: Not those of ``phones``: there a word announces the very next number and *momo* is one; here it may stand anywhere between, and
#: the number of a wallet is an account.
_OF_A_PHONE = re.compile(
    r"(?<![^\W_])(?:liên hệ|lien he|lh|hotline|hot line|điện thoại|dien thoai|sđt|sdt|đt|dt|tel|phone|mobile|zalo|viber|gọi|goi|call|"
    r"alo|nhắn tin|nhan tin|đặt hàng|dat hang|đặt mua|dat mua|inbox|ib)(?![^\W_])"
)
_MOBILE = re.compile(r"0[35789]\d{8}")
#: Words of paying, which make a number beside a bank's name an account.
_PAYING = re.compile(
    r"(?<![^\W_])(?:ck|chuyển khoản|chuyen khoan|chuyển tiền|chuyen tien|thanh toán|thanh toan|banking|bank|đặt cọc|dat coc|cọc|"
    r"chủ tk|chu tk|"
    r"ctk|chủ tài khoản|chu tai khoan|stk|tk|ví|nạp)(?![^\W_])"
)
_REACH = 60
LEAST, MOST = 6, 19  #: digits of an account that banks give out


@lru_cache(maxsize=1)
def _bank_names() -> tuple[re.Pattern[str], dict[str, Bank]]:
    by_name = {name: bank for bank in banks() for name in bank.spellings}
    names = "|".join(re.escape(name) for name in sorted(by_name, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{names})(?![^\W_])"), by_name


def accounts(text: str) -> list[Account]:
    """Accounts of a text: a number after a word for one (*STK*, *số tài khoản*), or beside a bank's name where the text speaks of paying.

    ``value``: digits alone. ``why_not``: ``length`` where no bank gives out so few or so many.
    """
    read = skeleton(text)
    if not has_number(read.text):
        return []
    names, _ = _bank_names()
    places = {match.span("number"): True for match in _NAMED.finditer(read.text) if not _is_phone(match)}
    paying = bool(_PAYING.search(read.text))
    if paying:
        for bank in names.finditer(read.text):
            match = re.compile(rf"[^\d\n]{{0,15}}(?<![^\W_]){_NUMBER}").match(read.text, bank.end())
            if match and not any(start < match.end("number") and match.start("number") < end for start, end in places):
                places[match.span("number")] = False
    found = (_account(read, start, end, named) for (start, end), named in sorted(places.items()))
    return [account for account in found if account is not None]


def _is_phone(match: re.Match[str]) -> bool:
    """After a word for a phone, or where the owner of the account is named and what follows is shaped as a mobile number."""
    if _OF_A_PHONE.search(match["between"]):
        return True
    return match["owner"] is not None and _MOBILE.fullmatch(re.sub(r"\D", "", match["number"])) is not None


def _account(read: Skeleton, start: int, end: int, named: bool) -> Account | None:
    digits = re.sub(r"\D", "", read.text[start:end])
    if len(digits) < (LEAST if named else 8):
        return None
    bank = _beside(read.text, start, end)
    first, last = read.place(start, end)
    valid = len(digits) <= MOST
    return Account(
        start=first, end=last, text=read.original[first:last], value=digits, valid=valid, why_not="" if valid else "length",
        bank=bank.code if bank else "", bank_name=bank.name if bank else "",
    )  # fmt: skip


def _beside(plain: str, start: int, end: int) -> Bank | None:
    """The bank named nearest to the number, in its line or the next: after it before one before it, at the same distance."""
    names, by_name = _bank_names()
    best: tuple[int, Bank] | None = None
    for match in names.finditer(plain, max(0, start - _REACH), end + _REACH):
        if match.start() >= end:
            away = match.start() - end
            between = plain[end : match.start()]
        elif match.end() <= start:
            away = start - match.end() + 1
            between = plain[match.end() : start]
        else:
            continue
        if re.search(r"\d{6}", between):  # another number lies between
            continue
        if best is None or away < best[0]:
            best = (away, by_name[match[0]])
    return best[1] if best else None

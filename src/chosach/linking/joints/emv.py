"""The text of a payment code: EMVCo's "Merchant-Presented QR Code" (tag, length, value; a check sum at the end) as NAPAS fills it (VietQR).

A transfer's fields: 38 the account (00 the AID of NAPAS; 01 the bank's BIN and the account; 02 the service), 53 currency, 54 amount,
58 country, 59 name, 60 town, 62-08 the message, 63 CRC-16.
"""

import re
from dataclasses import dataclass

from chosach.text.extract.tables import banks_by_bin

NAPAS = "A000000727"
VNPAY = "A000000775"
#: Tags that hold accounts: 02 to 25 are of card schemes, 26 to 51 templates that name their scheme.
_TEMPLATES = range(26, 52)


@dataclass(frozen=True)
class Payment:
    """`bin`: six figures of the bank; `bank`, `bank_name`: its code and name in `banks.csv`, "" where the BIN is in no list.

    `account`: account or card as written. `amount`: VND, None where the payer fills it in. `card`: the number is a card's.
    `holder`: the merchant's name, which most personal codes leave out. `valid`: check sum and form are right; `why_not`: `crc`, `bank`
    (unknown BIN), `account` (no account of a form that banks give out), "" where valid.
    """

    bin: str
    bank: str
    bank_name: str
    account: str
    amount: int | None
    message: str
    holder: str
    card: bool
    valid: bool
    why_not: str


@dataclass(frozen=True)
class Merchant:
    """A payment code of another scheme (`scheme`: its AID, or "card"): `account`, as that scheme numbers its shops; `name`, `town`."""

    scheme: str
    account: str
    name: str
    town: str
    valid: bool


def read(text: str) -> Payment | Merchant | None:
    """What a code's text says, None where it is no payment code. Never raises."""
    fields = _fields(text)
    if fields is None or fields.get("00") != "01" or "63" not in fields:
        return None
    sound = _checked(text)
    templates = {tag: _fields(value) for tag, value in fields.items() if int(tag) in _TEMPLATES}
    for template in templates.values():
        if template and template.get("00", "").upper() == NAPAS:
            return _payment(fields, template, sound)
    name, town = fields.get("59", "").strip(), fields.get("60", "").strip()
    for template in templates.values():
        if template and template.get("00") and template.get("01"):
            return Merchant(template["00"].upper(), template["01"], name, town, sound)
    card = next((value for tag, value in sorted(fields.items()) if 2 <= int(tag) < 26), "")
    return Merchant("card" if card else "", card, name, town, sound)


def _payment(fields: dict[str, str], template: dict[str, str], sound: bool) -> Payment:
    receiver = _fields(template.get("01", "")) or {}
    number, account = receiver.get("00", ""), re.sub(r"[ .\-]", "", receiver.get("01", ""))
    bank = banks_by_bin().get(number)
    amount = re.fullmatch(r"(\d{1,13})(?:\.0*)?", fields.get("54", ""))
    in_dong = fields.get("53", "704") == "704"
    more = _fields(fields.get("62", "")) or {}
    faults = {
        "crc": not sound,
        "account": not re.fullmatch(r"[0-9A-Za-z]{4,25}", account),
        "bank": bank is None,
    }
    why_not = next((code for code, is_so in faults.items() if is_so), "")
    return Payment(
        bin=number, bank=bank.code if bank else "", bank_name=bank.name if bank else "", account=account,
        amount=int(amount[1]) if amount and in_dong else None, message=more.get("08", "").strip(), holder=fields.get("59", "").strip(),
        card=template.get("02", "").upper() == "QRIBFTTC", valid=not why_not, why_not=why_not,
    )  # fmt: skip


def _fields(text: str) -> dict[str, str] | None:
    """Tag → value, lengths counted in characters, or in bytes as some makers do; None where the text is of another form."""
    found = _split(text)
    if found is None and not text.isascii():
        octets = _split(text.encode("utf-8", "replace").decode("latin-1"))
        found = octets and {tag: value.encode("latin-1").decode("utf-8", "replace") for tag, value in octets.items()}
    return found


def _split(text: str) -> dict[str, str] | None:
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        head = text[at : at + 4]
        if len(head) < 4 or not (head.isascii() and head.isdigit()):
            return None
        end = at + 4 + int(head[2:])
        if end > len(text):
            return None
        found.setdefault(head[:2], text[at + 4 : end])
        at = end
    return found or None


def _checked(text: str) -> bool:
    """The last field is the check sum of all before it, its own tag and length among them."""
    body, told = text[:-4], text[-4:]
    return body.endswith("6304") and told.upper() == crc(body)


def crc(text: str) -> str:
    """CRC-16/CCITT-FALSE of the text's UTF-8 bytes, four hexadecimal figures."""
    value = 0xFFFF
    for octet in text.encode("utf-8", "replace"):
        value ^= octet << 8
        for _ in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return f"{value:04X}"

"""QR codes in pictures: payment codes, links, Zalo accounts, phones.

for code in qr.codes(content):      # raises pictures.Unusable
    code.kind, code.value, code.payment
"""

import re
from dataclasses import dataclass

from PIL import Image

from chosach.linking.joints import emv
from chosach.linking.joints.pictures import opened
from chosach.text.extract import phones

KINDS = ("payment", "merchant", "zalo", "phone", "url", "text")
#: Codes of one picture that are told; a sheet of labels has more, which say nothing of its seller.
MOST_CODES = 32
_ENLARGED = 400  # a picture smaller than this is also read at twice its size
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_ZALO = re.compile(r"^(?:https?://)?(?:[a-z]+\.)?zalo\.(?:me|vn)/(?:pc/)?([^\s?#]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Code:
    """A code as read. `text`: what stands in it; `kind`: of `KINDS`; `value`: what it comes down to.

    payment: the account (and `payment`); merchant: the shop's number with its scheme (and `merchant`); zalo: path below zalo.me, or the
    phone; phone: national number of today; url: the link; text: the text itself.
    """

    text: str
    kind: str
    value: str
    payment: emv.Payment | None = None
    merchant: emv.Merchant | None = None


def codes(content: bytes) -> list[Code]:
    """All QR codes of a picture's bytes, each text once, in the order of their texts. Raises `pictures.Unusable`."""
    return codes_of(opened(content))


def codes_of(image: Image.Image) -> list[Code]:
    """The same of a picture that `pictures.opened` gave."""
    found = _read(image)
    if not found and max(image.size) < _ENLARGED:
        found = _read(image.resize((image.width * 2, image.height * 2), Image.Resampling.BICUBIC))
    return [understood(text) for text in sorted(found)[:MOST_CODES]]


def _read(image: Image.Image) -> set[str]:
    import zxingcpp

    kinds = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return {code.text.strip() for code in zxingcpp.read_barcodes(image.convert("L"), formats=kinds, text_mode=zxingcpp.TextMode.Plain)} - {
        ""
    }


def understood(text: str) -> Code:
    """What a code's text is."""
    told = emv.read(text)
    if isinstance(told, emv.Payment):
        return Code(text, "payment", told.account, payment=told)
    if isinstance(told, emv.Merchant):
        return Code(text, "merchant", f"{told.scheme}:{told.account}", merchant=told)
    zalo = _ZALO.match(text)
    if zalo:
        return Code(text, "zalo", _number(zalo[1]) or zalo[1].rstrip("/"))
    link = _LINK.search(text)
    if link:
        return Code(text, "url", link[0])
    number = _number(text)
    return Code(text, "phone", number) if number else Code(text, "text", text)


def _number(text: str) -> str:
    """The phone of `tel:…`, a visiting card, or a text that is hardly more than a number; "" for none."""
    plain = re.sub(r"(?i)^(?:tel|smsto|sms):", "", text.strip())
    found = [one for one in phones(plain[:2000]) if one.valid]
    card = re.match(r"(?i)(?:BEGIN:VCARD|MECARD:)", text.strip())
    if found and (card or len(found[0].text) * 2 >= len(plain)):
        return found[0].value
    return ""

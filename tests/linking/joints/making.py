"""Pictures and payment codes made for the tests."""

import io
import struct
import zlib

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw

from chosach.linking.joints import emv


def tagged(*fields: tuple[str, str]) -> str:
    return "".join(f"{tag}{len(value):02}{value}" for tag, value in fields)


def vietqr(bin_: str, account: str, *, amount: str = "", message: str = "", service: str = "QRIBFTTA", holder: str = "") -> str:
    receiver = tagged(("00", "A000000727"), ("01", tagged(("00", bin_), ("01", account))), ("02", service))
    fields = [("00", "01"), ("01", "12" if amount else "11"), ("38", receiver), ("53", "704"), ("54", amount), ("58", "VN"), ("59", holder)]
    if message:
        fields.append(("62", tagged(("08", message))))
    body = tagged(*(field for field in fields if field[1])) + "6304"
    return body + emv.crc(body)


def code(text: str, scale: int = 6) -> Image.Image:
    made = zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode), scale=scale)
    return Image.fromarray(np.array(made)).convert("RGB")


def poster(*codes: Image.Image) -> Image.Image:
    """Codes on a coloured sheet with words around them, as shops send it."""
    sheet = Image.new("RGB", (1000, 1400), (20, 90, 160))
    draw = ImageDraw.Draw(sheet)
    draw.text((60, 40), "QUET MA DE THANH TOAN", fill="white", font_size=60)
    for place, one in enumerate(codes):
        sheet.paste(one, (120 + 60 * place, 180 + 420 * place))
    draw.text((60, 1320), "Cam on quy khach! Hotline 1900 0000", fill="yellow", font_size=40)
    return sheet


def jpeg(image: Image.Image, quality: int = 80) -> bytes:
    told = io.BytesIO()
    image.convert("RGB").save(told, "JPEG", quality=quality)
    return told.getvalue()


def png(width: int, height: int) -> bytes:
    """A grey PNG of that size, written without holding it: a few kilobytes that open into width × height."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(b"\0" + bytes(width)) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")

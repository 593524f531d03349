"""Pictures, codes and ZIPs for the tests of pictures: made by the tests themselves."""

import csv
import io
import struct
import zipfile
from functools import cache

import numpy as np
from PIL import Image, ImageDraw

from tests.linking.joints.making import code, jpeg, vietqr

ACCOUNT, BANK = "0071000123456", "970436"


@cache
def photo(seed: int) -> Image.Image:
    """A made-up photograph with enough in it to be known again."""
    rng = np.random.default_rng(seed)
    image = Image.new("RGB", (640, 480), tuple(rng.integers(120, 220, 3).tolist()))
    draw = ImageDraw.Draw(image)
    for _ in range(70):
        x, y, size = int(rng.integers(0, 600)), int(rng.integers(0, 440)), int(rng.integers(12, 70))
        shape = draw.ellipse if rng.random() < 0.5 else draw.rectangle
        shape((x, y, x + size, y + int(size * 0.8)), fill=tuple(rng.integers(0, 255, 3).tolist()))
    return image


def copied(seed: int) -> bytes:
    """The photograph as another shop uses it: cut, smaller, pressed harder."""
    return jpeg(photo(seed).crop((40, 30, 620, 460)).resize((430, 320)), quality=55)


def poster(account: str = ACCOUNT) -> bytes:
    """A sheet with a payment code."""
    sheet = Image.new("RGB", (600, 600), (20, 90, 160))
    sheet.paste(code(vietqr(BANK, account), scale=7), (80, 80))
    return jpeg(sheet)


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """A ZIP of these files: the same bytes whenever it is made."""
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return told.getvalue()


def told_in_zip64(data: bytes, number: int) -> bytes:
    """The same ZIP, its end told once more in the larger form, which says that it has so many files."""
    at = data.rfind(b"PK\x05\x06")
    size, start = struct.unpack("<LL", data[at + 12 : at + 20])
    end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, number, number, size, start)
    return data[:at] + end + struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1) + data[at:]


def listings_file(rows: dict[str, tuple[str, str]]) -> bytes:
    """A file of listings: id → shop and the names in the column of pictures."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["Mã tin", "Tên sản phẩm", "Sàn", "Mã shop", "Tên shop", "Ảnh"])
    for listing_id, (shop, images) in rows.items():
        writer.writerow([listing_id, f"Túi mẫu {listing_id}", "shopee", shop, f"Gian hàng {shop}", images])
    return text.getvalue().encode()

"""Pictures of the made-up marketplace: drawn here, so nobody's. A few shops use copies of one photograph and show a payment code."""

import io
import random
from typing import TYPE_CHECKING

from chosach.demo.market.make import Market, Seller

if TYPE_CHECKING:
    from PIL import Image

#: The network whose shops use the photograph.
NETWORK = "N01"
#: Sellers that only their pictures tie to the network, and shops that are paid into one account.
NEWCOMERS, PAID_TOGETHER = 3, 2
BANK = "970436"


def planted(market: Market, *, late: int) -> dict[str, bytes]:
    """Name of a picture, as a listing of the market gives it → the picture's bytes. Every `late`-th shop has none: it is not there yet."""
    names = _names(market, late)
    network = [shop for shop in market.sellers if shop.network == NETWORK and shop.id in names]
    if not network:
        return {}
    photo, made = _photo(), dict[str, bytes]()
    for number, shop in enumerate([*network, *_free(market, names, NEWCOMERS)]):
        first, *more = names[shop.id]
        made[first] = _jpeg(_copy(photo, number))
        if more and (number % 3 == 0 or not shop.network):
            made[more[0]] = _jpeg(_poster(network[0].collects, number))
    together = _free(market, names, NEWCOMERS + PAID_TOGETHER)[NEWCOMERS:]
    for number, shop in enumerate(together):
        made[names[shop.id][0]] = _jpeg(_poster(together[0].account, number))
    return made


def _names(market: Market, late: int) -> dict[str, list[str]]:
    """Shop → the names of its pictures."""
    found: dict[str, list[str]] = {}
    rows = market.listings.select(["seller_id", "images"]).to_pylist()
    for row in rows:
        if int(row["seller_id"][4:]) % late:
            found.setdefault(row["seller_id"], []).extend(row["images"])
    return found


def _free(market: Market, names: dict[str, list[str]], number: int) -> list[Seller]:
    """Shops with several listings that deal in something and that nothing else ties."""
    free = (shop for shop in market.sellers if shop.kinds and not shop.ring and not shop.network and "Đồng Nai" in shop.place)
    return [shop for shop in free if len(names.get(shop.id, ())) > 1][:number]


def _photo() -> "Image.Image":
    """A bag on a cloth, drawn."""
    from PIL import Image, ImageDraw

    rng = random.Random(389)
    image = Image.new("RGB", (720, 720), (214, 205, 190))
    draw = ImageDraw.Draw(image)
    for row in range(0, 720, 40):
        for column in range(0, 720, 40):
            shade = rng.randint(-14, 14)
            draw.rectangle((column, row, column + 38, row + 38), fill=(206 + shade, 196 + shade, 178 + shade))
    draw.arc((230, 90, 490, 420), 180, 360, fill=(70, 38, 22), width=22)
    draw.rounded_rectangle((130, 260, 590, 620), 46, fill=(122, 66, 38), outline=(70, 38, 22), width=8)
    for at in range(160, 570, 34):
        draw.line((at, 282, at + 12, 296), fill=(236, 200, 150), width=4)
        draw.ellipse((at, 580 + at % 5, at + 10, 590 + at % 5), fill=(236, 200, 150))
    for row in range(340, 560, 62):
        for column in range(170, 560, 66):
            size = rng.randint(10, 22)
            sign = draw.rectangle if rng.random() < 0.5 else draw.ellipse
            sign((column, row, column + size, row + size), fill=rng.choice([(226, 180, 92), (58, 30, 18), (172, 108, 62)]))
    draw.polygon([(330, 300), (390, 300), (376, 372), (344, 372)], fill=(228, 190, 80), outline=(120, 84, 20))
    draw.rectangle((520, 470, 650, 566), fill=(246, 244, 236), outline=(60, 60, 60), width=3)
    for row in range(486, 556, 16):
        draw.line((532, row, 532 + rng.randint(50, 104), row), fill=(70, 70, 80), width=4)
    return image


def _copy(photo: "Image.Image", number: int) -> "Image.Image":
    """The photograph as this shop uses it: cut, mirrored, smaller, with a strip of its own."""
    from PIL import ImageDraw, ImageOps

    rng = random.Random(number)
    left, top = rng.randint(0, 60), rng.randint(0, 60)
    image = photo.crop((left, top, 720 - rng.randint(0, 60), 720 - rng.randint(0, 60)))
    if number % 4 == 3:
        image = ImageOps.mirror(image)
    side = rng.choice([360, 420, 480])
    image = image.resize((side, side * image.height // image.width))
    if number % 2:
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, image.height - 44, side, image.height), fill=rng.choice([(176, 32, 40), (24, 84, 150), (20, 110, 60)]))
        draw.text((12, image.height - 38), f"SALE {rng.randint(2, 7)}0%", fill="white", font_size=26)
    return image


def _poster(account: str, number: int) -> "Image.Image":
    """A sheet with a payment code, as shops send it."""
    import numpy as np
    import zxingcpp
    from PIL import Image, ImageDraw

    written = zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(_vietqr(account), zxingcpp.BarcodeFormat.QRCode), scale=6)
    code = Image.fromarray(np.array(written)).convert("RGB")
    grounds = [(20, 90, 160), (110, 40, 110), (18, 110, 84)]
    sheet = Image.new("RGB", (code.width + 120, code.height + 180), grounds[number % len(grounds)])
    draw = ImageDraw.Draw(sheet)
    draw.text((60, 24), "QUÉT MÃ ĐỂ THANH TOÁN", fill="white", font_size=28)
    sheet.paste(code, (60, 80))
    draw.text((60, code.height + 110), f"Gian hàng số {number + 1}. Cảm ơn quý khách!", fill="white", font_size=20)
    return sheet


def _vietqr(account: str) -> str:
    """The text of a payment code for this account."""
    from chosach.linking.joints import emv

    def field(tag: str, value: str) -> str:
        return f"{tag}{len(value):02}{value}"

    receiver = field("00", emv.NAPAS) + field("01", field("00", BANK) + field("01", account)) + field("02", "QRIBFTTA")
    body = field("00", "01") + field("01", "11") + field("38", receiver) + field("53", "704") + field("58", "VN") + "6304"
    return body + emv.crc(body)


def _jpeg(image: "Image.Image") -> bytes:
    told = io.BytesIO()
    image.save(told, "JPEG", quality=82)
    return told.getvalue()

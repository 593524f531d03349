"""Made-up pictures of goods, what happens to pictures on their way from shop to shop, and pictures that are nobody's.

All of it is drawn from a number: the same number, the same picture. Nothing here is anybody's photograph.
"""

import io
import math
import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

WORDS: tuple[str, ...] = (
    "SERUM", "TRANG", "DA", "COLLAGEN", "NUOC", "HOA", "TUI", "XACH", "DONG", "HO", "GIAY", "SUA", "ONG", "CHUA", "TRA", "GUNG", "KEM",
    "NGHE", "MAT", "NA", "SON", "LI", "DAU", "GOI", "VITAMIN", "GINSENG", "SEN", "BACH", "MAI", "THANH", "TAM", "PHUC", "AN", "MINH",
    "CHAU", "KIM", "LONG", "VIET", "SAIGON", "HANOI", "PARIS", "TOKYO", "SEOUL",
)  # fmt: skip


def _colour(draw: random.Random, low: int = 0, high: int = 255) -> tuple[int, int, int]:
    return draw.randint(low, high), draw.randint(low, high), draw.randint(low, high)


def _ground(draw: random.Random, width: int, height: int) -> Image.Image:
    kind = draw.random()
    if kind < 0.5:
        return Image.new("RGB", (width, height), "white")
    if kind < 0.7:
        ramp = Image.linear_gradient("L").resize((width, height)).rotate(draw.choice([0, 90, 180]), expand=False)
        return ImageOps.colorize(ramp, _colour(draw, 90), _colour(draw, 150))
    grain = np.random.default_rng(draw.getrandbits(32)).normal(0, 1, (height // 8, width // 8))
    grown = Image.fromarray(np.uint8(np.clip(grain * 40 + 150, 0, 255))).resize((width, height), Image.Resampling.BICUBIC)
    return ImageOps.colorize(grown.filter(ImageFilter.GaussianBlur(2)), _colour(draw, 0, 120), _colour(draw, 120))


def _thing(draw: random.Random, image: Image.Image, box: tuple[int, int, int, int]) -> None:
    """One piece of goods: a body, a cap, a label with words, a few ornaments."""
    pen = ImageDraw.Draw(image)
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    body = _colour(draw, 0, 230)
    shape = draw.choice(["box", "round", "oval", "bag"])
    if shape == "oval":
        pen.ellipse(box, fill=body, outline=_colour(draw), width=3)
    elif shape == "bag":
        lean = width // draw.randint(5, 9)
        pen.polygon([(left + lean, top), (right - lean, top), (right, bottom), (left, bottom)], fill=body, outline=_colour(draw))
        pen.arc(
            (left + width // 4, top - height // 4, right - width // 4, top + height // 4), 180, 360, fill=body, width=max(3, width // 25)
        )
    else:
        pen.rounded_rectangle(box, radius=width // (3 if shape == "round" else 20), fill=body, outline=_colour(draw), width=3)
        cap = width // draw.randint(3, 6)
        pen.rectangle((left + cap, top - height // 8, right - cap, top), fill=_colour(draw))
    label = (left + width // 8, top + height // draw.randint(3, 5), right - width // 8, bottom - height // draw.randint(4, 7))
    pen.rectangle(label, fill=_colour(draw, 120), outline=_colour(draw), width=2)
    line = label[1] + 4
    while line < label[3] - 14:
        size = draw.randint(12, max(13, height // 10))
        pen.text(
            (label[0] + draw.randint(2, 20), line),
            " ".join(draw.sample(WORDS, draw.randint(1, 3))),
            fill=_colour(draw, 0, 110),
            font_size=size,
        )
        line += size + draw.randint(4, 18)
    for _ in range(draw.randint(2, 7)):
        x, y, radius = draw.randint(left, right), draw.randint(top, bottom), draw.randint(4, max(5, width // 8))
        corner = (x - radius, y - radius, x + radius, y + radius)
        if draw.random() < 0.5:
            pen.ellipse(corner, fill=_colour(draw), outline=_colour(draw))
        else:
            pen.regular_polygon((x, y, radius), draw.randint(3, 7), rotation=draw.randint(0, 90), fill=_colour(draw))


def goods(number: int, side: int = 640) -> Image.Image:
    """A shop's picture of its goods: half of them stand on white."""
    draw = random.Random(number)
    width, height = draw.choice([(side, side), (side, side * 3 // 4), (side * 3 // 4, side)])
    image = _ground(draw, width, height)
    count = draw.choice([1, 1, 1, 2, 3])
    for place in range(count):
        room = width // count
        left = place * room + draw.randint(room // 10, room // 4)
        right = (place + 1) * room - draw.randint(room // 10, room // 4)
        top, bottom = draw.randint(height // 6, height // 3), height - draw.randint(height // 16, height // 5)
        _thing(draw, image, (left, top, right, bottom))
    noise = np.random.default_rng(number).normal(0, draw.uniform(1, 5), (height, width, 1))
    return Image.fromarray(np.uint8(np.clip(np.asarray(image, np.float32) + noise, 0, 255)))


def plain(number: int, side: int = 640) -> Image.Image:
    """What is nobody's: one colour, a gradient, a frame, a sign in the middle, a short word on white."""
    draw = random.Random(number)
    image = Image.new("RGB", (side, side), "white")
    pen = ImageDraw.Draw(image)
    kind = number % 5
    if kind == 0:
        return Image.new("RGB", (side, side), _colour(draw))
    if kind == 1:
        return ImageOps.colorize(Image.linear_gradient("L").resize((side, side)), _colour(draw), _colour(draw))
    if kind == 2:
        pen.rectangle((10, 10, side - 10, side - 10), outline=_colour(draw), width=draw.randint(4, 30))
    elif kind == 3:
        pen.ellipse((side // 3, side // 3, side * 2 // 3, side * 2 // 3), fill=_colour(draw))
    else:
        pen.text((side // 3, side // 2), draw.choice(WORDS)[:3], fill=_colour(draw, 0, 90), font_size=side // 8)
    return image


def strip(image: Image.Image, words: str = "SHOP GIA TOT  0900 000 000  FREESHIP") -> Image.Image:
    """A band with the shop's words over the lower part."""
    made = image.copy()
    width, height = made.size
    pen = ImageDraw.Draw(made)
    pen.rectangle((0, int(height * 0.86), width, height), fill=(214, 32, 40))
    pen.text((width * 0.04, height * 0.885), words, fill="white", font_size=height * 0.06)
    return made


def _crop(share: float) -> Callable[[Image.Image, random.Random], Image.Image]:
    def cropped(image: Image.Image, draw: random.Random) -> Image.Image:
        width, height = image.size
        left, top = width * share * draw.random(), height * share * draw.random()
        return image.crop((int(left), int(top), int(left + width * (1 - share)), int(top + height * (1 - share))))

    return cropped


def as_jpeg(image: Image.Image, quality: int = 85) -> bytes:
    told = io.BytesIO()
    image.convert("RGB").save(told, "JPEG", quality=quality)
    return told.getvalue()


def _everything(image: Image.Image, draw: random.Random) -> Image.Image:
    made = strip(_crop(0.15)(image, draw))
    return Image.open(io.BytesIO(as_jpeg(made.resize((400, math.ceil(400 * made.height / made.width))), 50)))


#: What happens to a picture, by name. Shares of crops are of both sides; the place is drawn.
CHANGES: dict[str, Callable[[Image.Image, random.Random], Image.Image]] = {
    "crop 10 %": _crop(0.1),
    "crop 20 %": _crop(0.2),
    "crop 30 %": _crop(0.3),
    "resize to a half": lambda image, _: image.resize((image.width // 2, image.height // 2)),
    "JPEG 40": lambda image, _: Image.open(io.BytesIO(as_jpeg(image, 40))),
    "strip": lambda image, _: strip(image),
    "brightness + 30 %": lambda image, _: ImageEnhance.Brightness(image).enhance(1.3),
    "flip": lambda image, _: ImageOps.mirror(image),
    "white border": lambda image, _: ImageOps.expand(image, image.width // 10, "white"),
    "crop 15 %, strip, 400 pixels, JPEG 50": _everything,
}


def changed(image: Image.Image, name: str, number: int) -> Image.Image:
    return CHANGES[name](image, random.Random(number))

"""A picture from bytes that nobody vouches for: small, grey or coloured, upright, or an error with a code. Bounded in memory.

Decoding is Pillow's. What is asked of it beforehand: a kind that listings use, few enough pixels. Nothing beyond the first picture of a
moving one is read, and nothing of what is written beside the pixels except how the picture is turned.
"""

import io
import warnings

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

#: Largest file (bytes), and picture (pixels) as JPEG, which phones make of 50 million and which is shrunk while it is read, and as another.
MOST_BYTES = 32 << 20
MOST_PIXELS, MOST_PIXELS_ELSE = 60_000_000, 30_000_000
#: Longer side in pixels of what is given out.
SIDE = 2048
_KINDS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_LEAST_SIDE = 8


class Unusable(ValueError):
    """Bytes that are no picture one can look at. `code`: for programs; the text, in Vietnamese: what is wrong, for people.

    `picture.empty`, `picture.too_many_bytes`, `picture.kind` (none of those read here), `picture.too_many_pixels`,
    `picture.too_small`, `picture.broken`; `picture.unexpected` (see `facts`).
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def opened(content: bytes) -> Image.Image:
    """The picture as RGB or L, upright, its longer side at most `SIDE`; see-through parts are white. Raises `Unusable`."""
    if not content:
        raise Unusable("picture.empty", "Tệp ảnh rỗng.")
    if len(content) > MOST_BYTES:
        raise Unusable("picture.too_many_bytes", f"Tệp ảnh nặng {len(content) >> 20} MB, quá {MOST_BYTES >> 20} MB.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # pixels are counted below, with a sentence
            image = Image.open(io.BytesIO(content), formats=_KINDS)
    except Image.DecompressionBombError:
        raise _too_many() from None
    except UnidentifiedImageError:
        raise Unusable("picture.kind", "Không phải ảnh JPEG, PNG, WebP, GIF hay BMP, hoặc phần đầu tệp đã hỏng.") from None
    except Exception as error:  # broken headers raise whatever their decoder meets
        raise _broken() from error
    with image:
        if image.width * image.height > (MOST_PIXELS if image.format in {"JPEG", "MPO"} else MOST_PIXELS_ELSE):
            raise _too_many(image)
        if min(image.size) < _LEAST_SIDE:
            raise Unusable("picture.too_small", f"Ảnh chỉ có {image.width} × {image.height} điểm ảnh.")
        try:
            return _plain(image)
        except MemoryError:
            raise _too_many(image) from None
        except Exception as error:
            raise _broken() from error


def _plain(image: Image.Image) -> Image.Image:
    image.draft("RGB", (SIDE, SIDE))  # a JPEG is read at an eighth, a quarter or half of its size where that is enough
    image.load()
    if image.mode.startswith(("I", "F")):
        image = _from_deep(image)
    if image.mode in {"P", "PA"} or (image.mode in {"L", "RGB"} and "transparency" in image.info):
        image = image.convert("RGBA")
    if image.mode not in {"L", "LA", "RGB", "RGBA"}:
        image = image.convert("L" if image.mode == "1" else "RGB")
    image.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    image = ImageOps.exif_transpose(image)
    if image.mode in {"LA", "RGBA"}:
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image.convert("RGB"), mask=image.getchannel("A"))
        image = ground
    return image


def _from_deep(image: Image.Image) -> Image.Image:
    """Sixteen bits of grey to eight."""
    image.thumbnail((SIDE, SIDE), Image.Resampling.NEAREST)
    grey = np.asarray(image, np.float32)
    return Image.fromarray(np.clip(grey / max(255.0, float(grey.max())) * 255, 0, 255).astype(np.uint8))


def grey(image: Image.Image) -> NDArray[np.uint8]:
    """(height, width) of grey."""
    return np.asarray(image.convert("L"))


def _too_many(image: Image.Image | None = None) -> Unusable:
    size = f" {image.width} × {image.height}" if image else ""
    most = f"{MOST_PIXELS // 1_000_000} triệu (JPEG) hoặc {MOST_PIXELS_ELSE // 1_000_000} triệu (loại khác)"
    return Unusable("picture.too_many_pixels", f"Ảnh quá lớn{size}: chỉ mở ảnh có tối đa {most} điểm ảnh.")


def _broken() -> Unusable:
    return Unusable("picture.broken", "Ảnh hỏng hoặc thiếu phần cuối, không đọc được.")

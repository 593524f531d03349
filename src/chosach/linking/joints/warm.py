"""Compiles what is compiled at first use and keeps it: `python -m chosach.linking.joints.warm`, once after installing.

Without it the first texts and pictures that are set side by side on a machine take half a minute longer; nothing else changes.
"""

import io

import numpy as np
from PIL import Image

from chosach.linking.joints import images, texts

_TEXT = "Giày thể thao nam đế cao su màu đen, hàng đúng hình chụp tại cửa hàng, đổi trả trong ba ngày, giao toàn quốc, nhắn tin để chọn cỡ"


def warm() -> None:
    """Run every compiled loop on a made-up picture and a made-up text. Pictures first: what texts share with screening may be compiled
    beside this."""
    hashes = images.hashes(_picture())
    images.near(["a", "b"], [hashes, hashes])
    texts.near(["a", "b"], [_TEXT, f"{_TEXT}."])
    texts.similarity([_TEXT], [_TEXT])


def _picture() -> bytes:
    spots = np.random.default_rng(1).integers(0, 255, (12, 12, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(spots).resize((480, 480), Image.Resampling.BICUBIC).save(out, "PNG")
    return out.getvalue()


if __name__ == "__main__":
    warm()

"""The folded form that searches go by: lower case, no marks, one space. Made by our own code, so both databases answer alike."""

import unicodedata

_DROP = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
_LETTERS = str.maketrans({"đ": "d", "Đ": "d", "ð": "d"})


def fold(text: str) -> str:
    """Fold a text: "Hàng  Giả" → "hang gia". Not for judging text (marks carry meaning there), only for finding it."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_DROP).translate(_LETTERS))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.lower().split())

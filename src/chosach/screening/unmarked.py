"""Words without their marks, letter by letter: how a text is compared that may be written with marks or without any."""

import unicodedata


class _Bare(dict[int, str]):
    """A character without its marks: worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = found = {"đ": "d", "Đ": "D"}.get(char) or unicodedata.normalize("NFD", char)[0]
        return found


_BARE = _Bare()


def without_marks(text: str) -> str:
    """The first letter of each character's decomposition; *đ* as *d*. As long as the text."""
    return text if text.isascii() else text.translate(_BARE)

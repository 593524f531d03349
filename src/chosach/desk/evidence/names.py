"""File names are data from outside: shown, and cleaned before they go back to a person's disk."""

import re
import unicodedata

from chosach.desk.evidence.recognise import extension

_UNFIT = re.compile(r'[\\/:*?"<>|;%\r\n\t]+')


def original(name: str) -> str:
    """The name as sent, without folders and without characters that cannot be seen; at most 255 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    return seen.strip()[-255:] or "khong-ten"


def for_download(name: str, media: str) -> str:
    """A safe name whose ending is that of the recognised type: `hoa-don.pdf.exe` holding text comes back as `hoa-don.pdf.exe.txt`."""
    ending = extension(media)
    clean = _UNFIT.sub("_", original(name)).strip(" .") or "tep"
    if clean.lower().endswith(f".{ending}"):
        return clean[-150:]
    return f"{clean[:140]}.{ending}"

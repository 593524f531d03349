"""What a file is, judged by its bytes and never by its name."""

import codecs
import re

import filetype

#: How much of a file's beginning is looked at, in bytes.
HEAD = 8192
#: Programs: never taken as evidence by upload (they could be run by whoever opens them).
REFUSED = frozenset(
    {
        "application/x-msdownload",
        "application/x-executable",
        "application/x-mach-binary",
        "application/wasm",
        "application/java-vm",
        "application/x-ms-shortcut",
        "application/x-google-chrome-extension",
        "application/x-deb",
        "application/x-rpm",
        "text/x-script",
    }
)
EXTENSIONS = {
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/gzip": "gz",
    "application/json": "json",
    "application/octet-stream": "bin",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/rtf": "rtf",
    "image/svg+xml": "svg",
    "text/html": "html",
    "text/plain": "txt",
    "text/xml": "xml",
}
_PROGRAMS = (
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"\xfe\xed\xfa\xce", "application/x-mach-binary"),
    (b"\xfe\xed\xfa\xcf", "application/x-mach-binary"),
    (b"\xce\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\xca\xfe\xba\xbe", "application/java-vm"),
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", "application/x-ms-shortcut"),
    (b"#!", "text/x-script"),
)
_HTML = re.compile(r"<(!doctype\s+html|html|head|body|script|iframe|meta|title)\b", re.IGNORECASE)
_SVG = re.compile(r"<(\w+:)?svg\b", re.IGNORECASE)


def media_type(head: bytes) -> str:
    """The media type of a file that begins with `head` (the first 8 KiB or more); `application/octet-stream` when unknown."""
    for magic, found in _PROGRAMS:
        if head.startswith(magic):
            return found
    guess = filetype.guess(head)
    if guess is not None:
        return str(guess.mime)
    text = _text(head)
    if text is None:
        return "application/octet-stream"
    return _text_type(text.lstrip("\ufeff \t\r\n"))


def extension(media: str) -> str:
    """The ending that a file of this type is downloaded with (no dot)."""
    if media in EXTENSIONS:
        return EXTENSIONS[media]
    known = filetype.get_type(mime=media)
    return str(known.extension) if known is not None else "bin"


def _text_type(text: str) -> str:
    if _SVG.search(text[:2000]):
        return "image/svg+xml"
    if _HTML.search(text[:2000]):
        return "text/html"
    if text.startswith("<?xml"):
        return "text/xml"
    return "application/json" if text[:1] in {"{", "["} else "text/plain"


def _text(head: bytes) -> str | None:
    """The beginning as text, or None when it is no text (UTF-8, or UTF-16 with its mark)."""
    try:
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return head[: len(head) // 2 * 2].decode("utf-16", errors="strict")
        if b"\x00" in head:
            return None
        return codecs.getincrementaldecoder("utf-8")("strict").decode(head, final=False)
    except UnicodeDecodeError:
        return None

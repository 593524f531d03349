"""Accounts on networks, web addresses, e-mails."""

import re
from bisect import bisect_left

from chosach.text.extract.found import Email, Handle, Link
from chosach.text.extract.phones import phones
from chosach.text.extract.skeleton import skeleton

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{2,64}@[\w-]{2,63}(?:\.[\w-]{2,24}){1,3}", re.ASCII)
_LINK = re.compile(
    r"(?:https?://|(?<![^\W_])www\.)(?P<host>[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})(?P<path>/[^\s<>\"')\]]*)?|"
    r"(?<![\w@.\-])(?P<bare>(?:facebook|fb|tiktok|instagram|zalo|youtube|t|m|wa|chat\.zalo|telegram|shopee|lazada|tiki|"
    r"shp)\.(?:com|me|vn|ee)/[^\s<>\"')\]]+)",
    re.ASCII,
)
_PLATFORMS = {
    "facebook.com": "facebook", "fb.com": "facebook", "m.me": "facebook", "fb.me": "facebook", "tiktok.com": "tiktok",
    "instagram.com": "instagram",
    "zalo.me": "zalo", "chat.zalo.me": "zalo", "t.me": "telegram", "telegram.me": "telegram", "youtube.com": "youtube", "wa.me": "whatsapp",
}  # fmt: skip
_SHARED = re.compile(
    r"(?:^|\.)(?:facebook|fb|tiktok|instagram|youtube|youtu|google|goo|zalo|shopee|shp|lazada|tiki|sendo|t|m|wa|bit|gmail|telegram|"
    r"linktr|amazon|alibaba|taobao|1688)\.\w{2,4}(?:\.vn)?$"
)
_NAMES = {
    "zalo": "zalo", "zl": "zalo", "za.lo": "zalo", "facebook": "facebook", "fb": "facebook", "face": "facebook", "fanpage": "facebook",
    "page": "facebook", "telegram": "telegram", "tele": "telegram", "tg": "telegram", "tiktok": "tiktok", "tik tok": "tiktok",
    "instagram": "instagram", "insta": "instagram",
    "ig": "instagram", "whatsapp": "whatsapp", "viber": "viber", "youtube": "youtube",
}  # fmt: skip
_NAMED = re.compile(
    rf"(?<![^\W_])(?P<network>{'|'.join(re.escape(name) for name in sorted(_NAMES, key=len, reverse=True))})(?![^\W_])[ ]?(?:id|"
    rf"shop|nick|tên|ten|:|：|@|-|=)[ :：]*"
    r"(?P<name>@?[a-z0-9][\w.\-]{3,49})",
    re.ASCII,
)
_ZALO_PHONE = re.compile(r"(?<![^\W_])(?:zalo|za\.lo|zl|viber|whatsapp)(?:\W|số|so|kết bạn|add|qua|:|\d{0,2}/)*$")
_NOT_A_NAME = frozenset({"shop", "page", "inbox", "facebook", "zalo", "telegram", "http", "https", "www", "com"})
#: Parts of addresses that name no account.
_NOT_AN_ACCOUNT = frozenset(
    {
        "groups",
        "watch",
        "share",
        "sharer",
        "profile.php",
        "photo.php",
        "story.php",
        "permalink.php",
        "video",
        "reel",
        "pages",
        "g",
        "joinchat",
    }
)


def emails(text: str) -> list[Email]:
    """E-mail addresses; ``value`` in small letters."""
    if "@" not in text:
        return []
    return [Email(start=m.start(), end=m.end(), text=m[0], value=m[0].lower()) for m in _EMAIL.finditer(text)]


def links(text: str) -> list[Link]:
    """Web addresses that begin with http, www or the host of a network or marketplace. ``value``: the host."""
    read = skeleton(text)
    found = []
    for match in _LINK.finditer(read.text):
        host = (match["host"] or match["bare"].partition("/")[0]).removeprefix("www.")
        end = match.start() + len(match[0].rstrip(".,;:!?"))
        first, last = read.place(match.start(), end)
        found.append(Link(start=first, end=last, text=text[first:last], value=host, shared=bool(_SHARED.search(host))))
    return found


def handles(text: str) -> list[Handle]:
    """Accounts on Zalo, Facebook, Telegram, TikTok, Instagram, WhatsApp, Viber, YouTube.

    By link, by name (*tele: @abc*), or by phone (*zalo 09…*).
    """
    read = skeleton(text)
    found: dict[tuple[int, int], Handle] = {}
    for link in links(text):
        platform = _PLATFORMS.get(link.value.removeprefix("m.").removeprefix("vn.") if link.value not in _PLATFORMS else link.value)
        path = re.sub(r"^(?:https?://)?(?:www\.)?[^/]*/?", "", link.text.lower())
        name = re.split(r"[/?#&]", path.lstrip("@"))[0].rstrip(".")
        if platform and len(name) >= 3 and name not in _NOT_AN_ACCOUNT:
            found[link.start, link.end] = Handle(
                start=link.start, end=link.end, text=link.text, value=f"{platform}:{_zalo(platform, name)}", platform=platform
            )
    for match in _NAMED.finditer(read.text):
        name = match["name"].lstrip("@").rstrip(".-")
        first, last = read.place(match.start("name"), match.start("name") + len(match["name"].rstrip(".-")))
        if name in _NOT_A_NAME or name.isdigit() or any(start < last and first < end for start, end in found):
            continue
        platform = _NAMES[match["network"]]
        found[first, last] = Handle(start=first, end=last, text=text[first:last], value=f"{platform}:{name}", platform=platform)
    for phone in phones(text):
        place = bisect_left(read.starts, phone.start)
        before = read.text[max(0, place - 24) : place]
        named = _ZALO_PHONE.search(before)
        if phone.valid and named and not any(start < phone.end and phone.start < end for start, end in found):
            platform = "zalo" if named[0].startswith("z") else "viber" if named[0].startswith("v") else "whatsapp"
            found[phone.start, phone.end] = Handle(
                start=phone.start, end=phone.end, text=phone.text, value=f"{platform}:{phone.value}", platform=platform
            )
    return [found[place] for place in sorted(found)]


def _zalo(platform: str, name: str) -> str:
    """A phone in a link in its one form."""
    if platform in ("zalo", "whatsapp"):
        read = phones(f"zalo {name}")
        if read and read[0].valid:
            return read[0].value
    return name

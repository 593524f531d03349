"""The short code of a body in the numbers of its cases: VV-<code>-<year>-<sequence>."""

import re
import unicodedata

from chosach.desk.agencies.models import Body


def short_code(body: Body) -> str:
    """Abbreviations and figures of the short name as they are, other words by their first letter, without tones:
    “Cục QLTT” gives CQLTT, “BCĐ 389 huyện Tân Phú” BCD389HTP."""
    words = re.findall(r"\w+", body.short_name)
    letters = "".join(word if word.isupper() or word.isdigit() else word[0] for word in words)
    plain = unicodedata.normalize("NFD", letters.replace("Đ", "D").replace("đ", "d")).upper()
    return re.sub(r"[^A-Z0-9]", "", plain)[:40] or re.sub(r"[^A-Z0-9]", "", body.code.upper())[:40]

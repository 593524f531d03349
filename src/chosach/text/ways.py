"""In which way a word was disguised, in Vietnamese, for the sentences of reasons."""

from functools import lru_cache

import pyarrow as pa

from chosach.text.matcher import JOINED, LEETED, MARKED, ODD, Matcher, Pattern
from chosach.text.spellings import DOUBLED, GAPPED, KEYED, TEEN

#: Flag → words that go on "… " in a sentence; in the order in which they are told.
WAYS = {
    JOINED: "viết chen dấu hoặc tách từng chữ",
    GAPPED: "viết cách chữ trong từ",
    LEETED: "dùng số hoặc ký hiệu thay chữ",
    KEYED: "kiểu gõ Telex hoặc VNI chưa bỏ dấu",
    TEEN: "viết tắt, biến âm kiểu tuổi teen",
    DOUBLED: "viết lặp chữ",
    ODD: "dùng ký tự lạ hoặc ký tự ẩn",
    MARKED: "thêm dấu vào chữ",
}


@lru_cache(maxsize=4096)
def ways(text: str, term: str) -> tuple[str, ...]:
    """How ``text``, found as ``term``, was disguised; nothing where it was written plainly or is no spelling of the term."""
    if not any(char.isalpha() for char in term) or term.casefold() == text.casefold():
        return ()
    hits = Matcher([Pattern(term, any_marks=True, compact=True)], lines=0).find([pa.array([text])])
    covering = [flags for start, end, flags in zip(hits.start, hits.end, hits.flags, strict=True) if start == 0 and end == len(text)]
    if not covering:
        return ()
    flags = min(int(found) for found in covering)
    return tuple(said for flag, said in WAYS.items() if flags & flag)

"""Is it said that the goods were used? Then a low price says little: used goods of a brand are cheap because they are used.

What is said of others' goods (*thu mua đồ cũ*), in terms of sale (*không nhận lại hàng đã qua sử dụng*), of other things that are old
(*giá cũ*, *mẫu cũ*) or of a likeness (*giống auth 99%*) is not said of the goods.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from chosach.screening.unmarked import without_marks

_OPENING = 600  #: code points of a title or description in which the condition is looked for
_BEFORE, _AFTER = 40, 30  #: code points to either side that tell of what it is said

_HUNDREDTHS = r"(?:9\d|8[05]) ?%"
_TIMES = r"(?:\d{1,2}|một|hai|ba|vài|mấy) ?(?:lần|tháng|năm|tuần|buổi|bữa|hôm)"
#: They say it wherever they stand.
_SURE = (
    "2 ?(?:nd ?)?hand",
    "(?:second|sec)[ -]?hand",
    "pre[ -]?(?:owned|loved)",
    "(?:hàng|đồ|giày|túi|áo) lướt",
    "(?:đã )?qua sử dụng",
    "(?:hàng|đồ) (?:cũ|bãi|thùng|sida)",
    "bãi (?:nhật|hàn|mỹ)",
    "(?:hàng|đồ) si",
    "si (?:tuyển|nhật|hàn|mỹ|thái|thùng|kiện)",
    "like[ -]?new",
    f"(?:mới|new|còn(?: mới)?|tình trạng|ngoại hình)(?: (?:đẹp|khoảng|tầm|trên|hơn|đến|tới))? ?:? ?{_HUNDREDTHS}",
    f"{_HUNDREDTHS} (?:mới|new)",
    f"(?:mới|đã|chỉ|vừa|mình) (?:dùng|mặc|đi|đeo|xài|mang|sử dụng)(?: (?:được|khoảng|tầm|đúng|có))? {_TIMES}",
)
#: They say it of the goods where they stand in the title.
_TITLED = (
    "cũ",
    "used",
    "second",
    "lướt(?! (?:sóng|ván|web|net|mạng|gió|nước))",
    "đã (?:đi|mặc|dùng|đeo|xài)(?! (?:là|thì|phải))",
    "thanh lý(?! (?:kho|xả|lô|xưởng|toàn bộ|hàng (?:mới|tồn|loạt)|shop|cửa hàng|sỉ|hợp đồng|hải quan))",
    "(?:giày|dép|áo|quần|túi|ví|balo|váy|đầm|nón|mũ|kính|đồng hồ) si",
    "(?:cần )?pass",
    "(?:nhượng|bán) lại",
    "cần để lại",
    rf"(?<!đẹp ){_HUNDREDTHS}(?=\s*(?:$|[,.;!|)\-–+]|full|fullbox|size|sz|giá|\d))",
)
#: Right before: denied, or said of something else.
_OF_ELSE = (
    "không|không phải|không phải là|ko|ko phải|kg|chưa|chẳng|đừng|"
    "khác|hơn|thay vì|mua|thu|đổi|trả|nhận|nhận lại|giá|mẫu|khách|như|bản|đời|logo|form|kiểu|màu|phong cách|"
    "giả|wash|làm|nhuộm|cổ|bạc|phố|năm|kho|lô|cotton|poly|polyester|spandex|giảm|off|sale|up to|upto|giống|chuẩn|y|tên|"
    "chủ|shop|size|cửa hàng|giống auth|like auth|chuẩn auth|với auth"
)
_OF_A_SHARE = "cotton|poly|polyester|spandex|len|lông|tơ|giống|như|so với|auth|chuẩn|hãng|chính hãng|off|giảm|kỹ|kĩ"
#: In the sentence: terms of sale, and what buyers bring.
_TERMS = (
    "đổi trả|đổi hàng|trả hàng|hoàn tiền|hoàn hàng|bảo hành|khiếu nại|không nhận|không đổi|nếu|trường hợp|điều kiện|thu mua|thu cũ|"
    "đổi mới|nói không|cam kết không|không bán|phân biệt|khác với"
)
#: They are new, whoever passes them on: "thanh lý giày mới nguyên tem".
_NEW = (
    "(?:mới|new) (?:nguyên |tinh )?100 ?%|(?:mới )?nguyên (?:tem|seal|mác|hộp)|mới (?:tinh|nguyên)|brand ?new|"
    "chưa (?:qua )?(?:sử dụng|dùng|đi|mặc|đeo|xài)(?: lần nào)?"
)
#: They grade a copy: then it is no use that makes it cheap.
_GRADES = "rep|replica|super|sf|siêu cấp|f1|1[:.-]1|fake|nhái|(?:like|giống|chuẩn|như) ?auth|dupe|mirror|clone|copy"
_SENTENCE = re.compile(r"[;!?\n\r•●▪★✅❌]|\.(?!\d)")


_MARKED_ONLY = re.compile(r"(?:^| )si(?: |$)|lướt|^đã \(")
#: *Cu sac* is a charger (*củ sạc*).
_PLAIN = {"cũ": r"cũ(?=\s*$| (?:size|sz|còn|giá)(?!\w))"}


def _words(words: str, ahead: str = r"(?<![^\W_])", behind: str = r"(?![^\W_])") -> tuple[re.Pattern[str], re.Pattern[str]]:
    """With their marks, and for texts without any."""
    marked, plain = (re.compile(f"{ahead}(?:{form}){behind}") for form in (words, without_marks(words)))
    return marked, plain


def _conditions(words: Iterable[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """As ``_words``, without those that are other words where marks are missing: *hang si* (*hàng sỉ*), *da di bo* (*da đi bộ*)."""
    marked = tuple(words)
    return _words("|".join(marked))[0], _words("|".join(_PLAIN.get(word, word) for word in marked if not _MARKED_ONLY.search(word)))[1]


_said = {"title": _conditions((*_SURE, *_TITLED)), "description": _conditions(_SURE)}
_of_else = _words(_OF_ELSE, behind=r"(?: (?:hàng|đồ|loại|hang|do|loai))?[^\w.;!?]{0,3}$")
_of_a_share = _words(_OF_A_SHARE, ahead="^ ?")
_terms, _grades, _new = _words(_TERMS), _words(_GRADES), _words(_NEW)


def is_used(text: Mapping[str, str]) -> bool:
    """Does the title, or the opening of the description, say that the goods were used, and neither that they copy others'?"""
    opening = {field: unicodedata.normalize("NFKC", text[field][:_OPENING]).lower() for field in _said}
    bare = all(words == without_marks(words) for words in opening.values())
    if any(_grades[bare].search(words) for words in opening.values()):
        return False
    new = any(_says(words, field, bare, _new) for field, words in opening.items())  # then only the sure words say that they were used
    return any(_says(words, field, bare, _said["description" if new else field]) for field, words in opening.items())


def _says(words: str, field: str, bare: bool, what: tuple[re.Pattern[str], re.Pattern[str]]) -> bool:
    for found in what[bare].finditer(words):
        before, behind = words[max(0, found.start() - _BEFORE) : found.start()], words[found.end() : found.end() + _AFTER]
        if _of_else[bare].search(before) or _of_a_share[bare].match(behind):
            continue
        if field == "title" or not _terms[bare].search(_SENTENCE.split(before)[-1] + found.group() + _SENTENCE.split(behind)[0]):
            return True
    return False

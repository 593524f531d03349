"""Headings and words of tables that people write or keep beside records: judgements on two records, and the traders of an earlier run."""

from collections.abc import Sequence
from functools import lru_cache

from chosach.formats.listings.columns import plain, toneless

#: Column → what it is called.
LABELS: dict[str, str] = {
    "record_id_l": "Mã hồ sơ 1",
    "record_id_r": "Mã hồ sơ 2",
    "verdict": "Kết luận",
    "decided": "Thời điểm",
    "record_id": "Mã hồ sơ",
    "cluster_id": "Mã thương nhân",
    "ring_id": "Mã đường dây",
}
FIELDS: tuple[str, ...] = tuple(LABELS)
_SIDES = {
    "record_id_l": ("1", "a", "thứ nhất"),
    "record_id_r": ("2", "b", "thứ hai"),
}
#: Other names of each.
SYNONYMS: dict[str, tuple[str, ...]] = {
    **{
        column: tuple(f"{what} {side}" for what in ("mã hồ sơ", "hồ sơ", "mã", "id", "record id", "mã người bán") for side in sides)
        for column, sides in _SIDES.items()
    },
    "verdict": ("kết luận của cán bộ", "nhận định", "kết quả", "quyết định", "judgement"),
    "decided": (
        "ngày", "ngày kết luận", "thời điểm kết luận", "thời gian", "thời gian kết luận", "ngày nhận định", "ngày giờ", "date",
    ),
    "record_id": ("hồ sơ", "mã người bán"),
    "cluster_id": ("thương nhân", "trader id"),
    "ring_id": ("đường dây", "mã nhóm", "nhóm"),
}  # fmt: skip
#: Verdict of linking → what people write for it. Compared as headings are.
VERDICTS: dict[str, tuple[str, ...]] = {
    "same": (
        "cùng một người", "cùng một thương nhân", "cùng người", "cùng thương nhân", "cùng chủ", "cùng một chủ", "là một", "là một người",
        "một người",
    ),
    "different": (
        "khác nhau", "khác", "khác người", "khác chủ", "hai người", "hai người khác nhau", "hai thương nhân khác nhau",
        "không phải một người", "không phải cùng một người", "không cùng một người", "không cùng một thương nhân", "không cùng người",
    ),
    "cut": (
        "không liên quan", "không liên quan với nhau", "không có mối liên hệ", "không có liên hệ", "cắt", "cắt mối liên hệ",
        "cắt liên kết",
    ),
    "join": ("cùng một đường dây", "cùng đường dây", "cùng nhóm", "cùng một nhóm", "nối", "nối đường dây"),
}  # fmt: skip


def recognise(header: Sequence[str]) -> dict[str, int]:
    """Column → place, as far as the names tell: its own name first, then its label, then the others. Each place serves one column."""
    found: dict[str, int] = {}
    for form in (plain, toneless):
        places: dict[str, int] = {}
        for place, name in enumerate(header):
            if name.strip():
                places.setdefault(form(name), place)
        for names in ({field: (field,) for field in FIELDS}, {field: (LABELS[field],) for field in FIELDS}, SYNONYMS):
            for field in FIELDS:
                place_of = next((places[form(name)] for name in names[field] if form(name) in places), None)
                if field not in found and place_of is not None and place_of not in found.values():
                    found[field] = place_of
    return found


def verdict(text: str | None) -> str | None:
    """What a person wrote as the code that linking knows; as it is where it means none."""
    if not text:
        return text
    return _verdicts().get(plain(text)) or _verdicts().get(toneless(text)) or text


@lru_cache(maxsize=1)
def _verdicts() -> dict[str, str]:
    words = {plain(word): code for code, others in VERDICTS.items() for word in (code, *others)}
    bare = {toneless(word): code for word, code in words.items()}
    return {**bare, **words}

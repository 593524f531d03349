"""What an officer reads: sentences in Vietnamese for a finding."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from chosach.screening.data import rows
from chosach.text.ways import ways

_FIELD_NAMES = {
    "title": "tiêu đề",
    "description": "mô tả",
    "category": "ngành hàng",
    "brand": "nhãn hiệu",
    "price": "giá",
    "origin": "xuất xứ",
    "platform": "nơi đăng",
}

#: A reason that stands in no field: what else its seller has (``sellers``).
SELLER = "seller.pattern"
SELLER_LABEL = "Nhiều tin của người bán có cùng dấu hiệu"

#: Of a finding, not of the listing: its other kinds may rest on words. A high figure is one of the labelled listings (docs/prices.md).
_PRICE_ONLY = "Chỉ dựa vào nhãn hiệu và giá, không có từ ngữ nào được tính là dấu hiệu trong mục này."
_PRICE_HIGH = (
    "Xác suất cao vì trong các tin mẫu đã gán nhãn, hầu hết tin có giá thấp như vậy được người đọc gán cùng loại này; "
    "giá không phải là chứng cứ, cần kiểm tra hàng và giấy tờ."
)
_PRICE_LOW = "Giá thấp có thể có lý do khác, cần kiểm tra hàng và giấy tờ."

_HIGH = 0.5


#: Goods in words, for sentences about a price.
_GOODS = {
    "shoes": "giày",
    "slippers": "dép",
    "clothes": "quần áo",
    "bags": "túi, ví",
    "caps": "mũ, nón",
    "belts": "thắt lưng",
    "watches": "đồng hồ",
    "glasses": "kính mắt",
}


def rules() -> dict[str, str]:
    """Rule id → its name in Vietnamese."""
    return {row["rule"]: row["label"] for row in rows("rules.csv")} | {SELLER: SELLER_LABEL}


@lru_cache(maxsize=1)
def _sentences() -> dict[str, str]:
    return {row["rule"]: row["sentence"] for row in rows("rules.csv")}


def _money(amount: str) -> str:
    return f"{int(amount):,}".replace(",", ".") + " đồng" if amount.lstrip("-").isdigit() else amount


def compared(reference: Mapping[str, Any]) -> str:
    """What a price was compared with (``schema.REFERENCE``), in words. What listings of the brand ask proves nothing, and it says so."""
    goods = f"{_GOODS.get(reference['group'], 'hàng')} {reference['brand']}"
    floor = reference.get("floor")
    said = "" if floor is None else f"{goods} chính hãng hiếm khi bán mới dưới {_money(str(floor))}"
    if reference.get("n"):
        day = ".".join(reversed(str(reference["date"]).split("-")))
        count = f"{reference['n']:,}".replace(",", ".")
        low, high = (_money(str(reference[name])) for name in ("p5", "p90"))
        said += (
            f"{'; ' if said else ''}tin rao {goods} thường từ {low} đến {high} (bảng giá ngày {day}, {count} tin, có thể gồm cả hàng giả)"
        )
    return said


def explain(finding: Mapping[str, Any], listing: Mapping[str, Any] | None = None) -> str:
    """One paragraph for one finding (a row of ``schema.FINDING`` as a mapping). Never says that there is a violation.

    Without its ``probability`` nothing is said of what the figure rests on: one reason of several is not the only one.
    ``listing`` is not needed today; it is taken so that a later version can name what the listing lacks.
    """
    sentences = _sentences()
    words: dict[str, list[str]] = {}
    sellers = [reason["term"] for reason in finding["reasons"] if reason["rule"] == SELLER]
    for reason in finding["reasons"]:
        if reason["rule"] == SELLER:
            continue
        quoted = words.setdefault(reason["rule"], [])
        text = _money(reason["text"]) if reason["field"] == "price" else f"“{' '.join(reason['text'].split())}”"
        place = [_FIELD_NAMES.get(reason["field"], reason["field"])]
        if reason["field"] != "price":
            place += ways(reason["text"], reason.get("term") or "")
        said = f"{text} ({', '.join(place)})"
        if said not in quoted:
            quoted.append(said)
    parts = [f"{sentences.get(rule, rule)}: {', '.join(quoted)}." for rule, quoted in words.items()]
    compare = dict.fromkeys(compared(r["reference"]) for r in finding["reasons"] if r.get("reference"))
    parts += [f"{said[0].upper()}{said[1:]}." for said in compare]
    probability = finding.get("probability")
    if words and probability is not None and all(rule.endswith(("brand_price", "genuine_price")) for rule in words):
        parts.insert(0, f"{_PRICE_ONLY} {_PRICE_HIGH if probability >= _HIGH else _PRICE_LOW}")
    parts += [f"Cùng dấu hiệu: {term.replace(' tin cùng dấu hiệu', '')} của người bán này." for term in sellers]
    return " ".join(parts)

"""Why two records are one trader: a sentence for each field, made in SQL because there may be millions.

In a sentence {l} and {r} stand for the values as read, {n} for the number of records that carry the value.
"""

import math
from collections.abc import Sequence

from chosach.linking.comparisons import Comparison
from chosach.linking.model import Model
from chosach.linking.scoring import weight_of

SENTENCES: dict[tuple[str, str], str] = {
    ("name", "same"): "Cùng tên “{l}”. Tên này có ở {n} hồ sơ.",
    ("name", "no_tones"): "Cùng tên, một bên viết không dấu: “{l}” và “{r}”. Tên này có ở {n} hồ sơ.",
    ("name", "other_tones"): "Tên chỉ giống khi bỏ dấu, dấu khác nhau: “{l}” và “{r}”. Có thể là hai người.",
    ("name", "part"): "Tên giống một phần, có thể thiếu chữ đệm: “{l}” và “{r}”.",
    ("name", "other_word"): "Tên khác một chữ, và cả hai chữ đều là tên thường gặp: “{l}” và “{r}”. Có thể là hai người.",
    ("name", "letter"): "Tên khác một chữ cái hoặc đổi chỗ hai chữ cái: “{l}” và “{r}”.",
    ("name", "letters"): "Tên khác vài chữ cái: “{l}” và “{r}”.",
    ("name", "near"): "Tên hơi giống nhau: “{l}” và “{r}”.",
    ("name", "other"): "Tên khác nhau: “{l}” và “{r}”.",
    ("seller_name", "same"): "Cùng tên gian hàng: “{l}” và “{r}”. Tên này có ở {n} hồ sơ.",
    ("seller_name", "no_tones"): "Cùng tên gian hàng, một bên viết không dấu: “{l}” và “{r}”. Tên này có ở {n} hồ sơ.",
    ("seller_name", "other_tones"): "Tên gian hàng chỉ giống khi bỏ dấu: “{l}” và “{r}”.",
    ("seller_name", "letters"): "Tên gian hàng khác một vài chữ cái: “{l}” và “{r}”.",
    ("seller_name", "part"): "Tên gian hàng này nằm trong tên kia: “{l}” và “{r}”.",
    ("seller_name", "near"): "Tên gian hàng gần giống: “{l}” và “{r}”.",
    ("seller_name", "other"): "Tên gian hàng khác nhau: “{l}” và “{r}”.",
    ("phone", "same"): "Cùng số điện thoại {l}. Số này có ở {n} hồ sơ.",
    ("phone", "figure"): "Số điện thoại khác một chữ số hoặc đổi chỗ hai chữ số: {l} và {r}.",
    ("phone", "figures"): "Số điện thoại khác hai chữ số: {l} và {r}.",
    ("phone", "other"): "Số điện thoại khác nhau: {l} và {r}.",
    ("bank_account", "same"): "Cùng tài khoản ngân hàng {l}. Tài khoản này có ở {n} hồ sơ.",
    ("bank_account", "other_bank"): "Cùng số tài khoản {l} nhưng khác ngân hàng.",
    ("bank_account", "figure"): "Số tài khoản khác một chữ số hoặc đổi chỗ hai chữ số: {l} và {r}.",
    ("bank_account", "figures"): "Số tài khoản khác hai chữ số: {l} và {r}.",
    ("bank_account", "other"): "Số tài khoản khác nhau: {l} và {r}.",
    ("tax_code", "same"): "Cùng mã số thuế {l}. Mã này có ở {n} hồ sơ.",
    ("tax_code", "figure"): "Mã số thuế khác một chữ số hoặc đổi chỗ hai chữ số: {l} và {r}.",
    ("tax_code", "figures"): "Mã số thuế khác hai chữ số: {l} và {r}.",
    ("tax_code", "other"): "Mã số thuế khác nhau: {l} và {r}.",
    ("email", "same"): "Cùng thư điện tử {l}. Địa chỉ này có ở {n} hồ sơ.",
    ("email", "other_host"): "Thư điện tử cùng tên, khác nơi cấp: {l} và {r}.",
    ("email", "letters"): "Thư điện tử khác một vài chữ: {l} và {r}.",
    ("email", "near"): "Thư điện tử gần giống: {l} và {r}.",
    ("email", "other"): "Thư điện tử khác nhau: {l} và {r}.",
    ("handle", "same"): "Cùng tên tài khoản mạng “{l}”. Tên này có ở {n} hồ sơ.",
    ("handle", "letter"): "Tên tài khoản mạng khác một chữ: “{l}” và “{r}”.",
    ("handle", "other"): "Tên tài khoản mạng khác nhau: “{l}” và “{r}”.",
    ("url", "same"): "Cùng đường dẫn {l}. Đường dẫn này có ở {n} hồ sơ.",
    ("url", "other"): "Đường dẫn khác nhau: {l} và {r}.",
    ("address", "same"): "Cùng địa chỉ: “{l}” và “{r}”. Địa chỉ này có ở {n} hồ sơ.",
    ("address", "near"): "Cùng số nhà, tên đường khớp: “{l}” và “{r}”.",
    ("address", "street"): "Cùng đường, cùng phường xã, khác số nhà: “{l}” và “{r}”.",
    ("address", "letters"): "Địa chỉ khác một vài chữ: “{l}” và “{r}”.",
    ("address", "unit"): "Cùng phường xã (theo đơn vị hành chính từ tháng 7/2025): “{l}” và “{r}”.",
    ("address", "province"): "Cùng tỉnh, thành phố: “{l}” và “{r}”.",
    ("address", "other"): "Địa chỉ khác nhau: “{l}” và “{r}”.",
}


#: SQL: the reason of a pair that a person judged. It weighs nothing: what the evidence says stands beside it.
JUDGEMENT = (
    "CASE WHEN said IS NOT NULL THEN struct_pack(field := 'judgement', level := 'same', agreement := CAST(1 AS FLOAT), "
    "weight := CAST(0 AS FLOAT), shared_by := CAST(NULL AS BIGINT), sentence := said) END"
)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _sentence(one: Comparison, level: str) -> str:
    """SQL for a sentence: its pieces and values put together."""
    template = SENTENCES[one.field, level]
    values = {
        "{l}": f"coalesce(raw_l.{one.field}, '')",
        "{r}": f"coalesce(raw_r.{one.field}, '')",
        "{n}": f"coalesce(shared_{one.field}, 0)",
    }
    pieces = [template]
    for mark in values:
        pieces = [part for piece in pieces for part in _around(piece, mark)]
    return "concat(" + ", ".join(values.get(piece) or _text(piece) for piece in pieces if piece) + ")"


def _around(piece: str, mark: str) -> list[str]:
    before, found, after = piece.partition(mark)
    return [before, found, *_around(after, mark)] if found else [piece]


def shared(one: Comparison, side: str = "l") -> str:
    """SQL: how many records carry the value that the two share, null where they share none. Reads `n_…` of table `tf_…`."""
    cases = " ".join(f"WHEN {at} THEN n_{level.rare}" for at, level in enumerate(one.levels) if level.rare)
    return f"CASE level_{one.field} {cases} END" if cases else "NULL"


def reason(one: Comparison, model: Model) -> str:
    """SQL: the struct of one field (see `schema.REASON`), null where one side has nothing to compare."""

    def case(values: Sequence[str]) -> str:
        return f"CASE level_{one.field} {' '.join(f'WHEN {at} THEN {value}' for at, value in enumerate(values))} END"

    level = case([_text(level.name) for level in one.levels])
    agreement = case([str(level.agreement) for level in one.levels])
    sentence = case([_sentence(one, level.name) for level in one.levels])
    return (
        f"CASE WHEN level_{one.field} >= 0 THEN struct_pack(field := {_text(one.field)}, level := {level}, "
        f"agreement := CAST({agreement} AS FLOAT), weight := CAST({weight_of(one, model)} AS FLOAT), "
        f"shared_by := CAST(shared_{one.field} AS BIGINT), sentence := {sentence}) END"
    )


def agreement(comparisons: Sequence[Comparison], model: Model) -> str:
    """SQL: how far two records agree, 0 to 1: the mean over the fields that both have, each by what its full agreement can say."""
    above, below = [], []
    for one in comparisons:
        full = max(math.log2(model.m[one.field][one.levels[0].name] / model.u[one.field][one.levels[0].name]), 1.0)
        cases = " ".join(f"WHEN {at} THEN {full * level.agreement!r}" for at, level in enumerate(one.levels))
        above.append(f"(CASE level_{one.field} {cases} ELSE 0 END)")
        below.append(f"(CASE WHEN level_{one.field} >= 0 THEN {full!r} ELSE 0 END)")
    return f"CAST(({' + '.join(above)}) / nullif({' + '.join(below)}, 0) AS FLOAT)"

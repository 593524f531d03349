"""Why two records are one trader: a sentence for each field, made in SQL because there may be millions.

In a sentence {l} and {r} stand for the values as read, {n} for the number of records that carry the value.
"""

import math
import re
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
    ("name", "near"): "Tên chỉ giống nhau một phần chữ: “{l}” và “{r}”. Có thể là hai người.",
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

_WORDS_L, _WORDS_R = "string_split(name_folded_l, ' ')", "string_split(name_folded_r, ' ')"
_SHOP_L, _SHOP_R = "string_split(shop_folded_l, ' ')", "string_split(shop_folded_r, ' ')"
#: The same words, each as often (one may have them twice), in another order.
_OTHER_ORDER = (
    f"length(shop_folded_l) = length(shop_folded_r) and list_has_all({_SHOP_L}, {_SHOP_R}) and list_has_all({_SHOP_R}, {_SHOP_L})",
    "Tên gian hàng có cùng các chữ nhưng khác thứ tự, không coi là một tên: “{l}” và “{r}”.",
)
#: (field, level) → SQL on the normal columns of both sides, and what is said instead where it holds: pairs of one level may agree in
#: different things. It changes the words alone, never level or weight.
REFINED: dict[tuple[str, str], tuple[str, str]] = {
    ("name", "near"): (
        "split_part(name_folded_l, ' ', 1) = split_part(name_folded_r, ' ', 1) and len(list_filter("
        f"{_WORDS_L}, lambda word: contains(concat(' ', name_folded_r, ' '), concat(' ', word, ' ')))) = 1 and len({_WORDS_R}) > 1",
        "Tên chỉ giống ở chữ đầu (họ): “{l}” và “{r}”. Có thể là hai người.",
    ),
    ("seller_name", "near"): _OTHER_ORDER,
    ("seller_name", "other"): _OTHER_ORDER,
    ("address", "letters"): (
        "unit_l <> unit_r",
        "Địa chỉ gần giống nhưng ở hai phường xã khác nhau (theo đơn vị hành chính từ tháng 7/2025): “{l}” và “{r}”.",
    ),
}


#: SQL: the reason of a pair that a person judged. It weighs nothing: what the evidence says stands beside it.
JUDGEMENT = (
    "CASE WHEN said IS NOT NULL THEN struct_pack(field := 'judgement', level := 'same', agreement := CAST(1 AS FLOAT), "
    "weight := CAST(0 AS FLOAT), shared_by := CAST(NULL AS BIGINT), sentence := said) END"
)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _sentence(one: Comparison, level: str) -> str:
    """SQL for the sentence of a level. Reads `refined_…`."""
    told = _put_together(one, SENTENCES[one.field, level])
    if (one.field, level) not in REFINED:
        return told
    return f"CASE WHEN refined_{one.field} THEN {_put_together(one, REFINED[one.field, level][1])} ELSE {told} END"


def _put_together(one: Comparison, template: str) -> str:
    """SQL for a sentence: its pieces and values."""
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


def refined(one: Comparison, left: str, right: str) -> str:
    """SQL: whether the pair's level has something more to say (`REFINED`). `left`, `right`: tables of the normal columns."""
    tables = {"l": left, "r": right}

    def placed(condition: str) -> str:
        return re.sub(r"\b([a-z_]+)_([lr])\b", lambda name: f"{tables[name[2]]}.{name[1]}", condition)

    known = [(at, REFINED.get((one.field, level.name))) for at, level in enumerate(one.levels)]
    cases = [f"WHEN {at} THEN coalesce({placed(more[0])}, false)" for at, more in known if more]
    return f"CASE level_{one.field} {' '.join(cases)} ELSE false END" if cases else "false"


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

"""One record is read without a data frame and without SQL, and comes out as a batch does."""

import duckdb
import pyarrow as pa
import pytest
from bench.sellers import make
from hypothesis import given
from hypothesis import strategies as st

from chosach.linking import tables
from chosach.linking.comparisons import COMPARISONS
from chosach.linking.living import one
from chosach.linking.living.sql import compiled, jaro_winkler
from chosach.linking.normal import normal
from chosach.linking.schema import RECORDS
from tests.examples import examples

_FIELDS = tuple(name for name in RECORDS.names if name not in ("record_id", "images", "texts"))


def in_a_batch(records: list[dict[str, str | None]]) -> list[dict[str, object]]:
    table = pa.table({"record_id": [f"{at:06d}" for at in range(len(records))]} | {
        name: pa.array([record.get(name) for record in records], pa.string()) for name in _FIELDS
    })  # fmt: skip
    with duckdb.connect() as con:
        tables.prepared(con, normal(table))
        rows = con.sql("SELECT * EXCLUDE (id, record_id) FROM records ORDER BY id").to_arrow_table().to_pylist()
    return list(rows)


def alone(record: dict[str, str | None]) -> dict[str, object]:
    made = one.columns(record)
    del made["record_id"]
    return made


def test_made_up_sellers() -> None:
    records = [{name: row.get(name) for name in _FIELDS} for row in make(300, wrong=0.3, seed=21)[0].to_pylist()]
    assert [alone(record) for record in records] == in_a_batch(records)


ODD: list[dict[str, str | None]] = [
    {"address": "d\u0301 12 Lê Lợi", "name": "Иван Петров", "phone": "0912 hoac\u0301 3"},
    {"name": "李小龙 Ltd", "seller_name": "ООО Ромашка"},
    {"name": "Νίκος Παπαδόπουλος Lan", "handle": "ª.º"},
    {"name": "Bà NGUYỄN  THỊ LAN", "seller_name": "✨Official Store Q7✨ Cn 2", "phone": "+84 (0) 912.345.678 / 0987"},
    {"name": "Công ty TNHH", "seller_name": "shop", "phone": "0168 765 4321", "email": "A.B+x@GoogleMail.com", "handle": "https://fb.com/@Ho.Lan/"},
    {"name": "Hòa\u0301 ｌａｎ ₫ ÆØ İı ß", "seller_name": "𝐒𝐇𝐎𝐏 ①②", "phone": "O9l2 345 678", "url": "HTTPS://www.m.site.vn/a/?x#y/"},
    {"name": "CTY TNHH TM-DV ĐT & XD Đại Phát tm"},
    {"name": "cong ty cp dtxd va tm Dai Phat sxtmdv"},
    {"name": "Công ty TNHH thương mại và dịch vụ và sản xuất và"},
    {"name": "TNHH tm\u0301 TM_DV xnk"},
    {"name": "Hộ kinh doanh"},
    {"name": "", "seller_name": " ", "phone": "-", "bank_account": "", "tax_code": "12", "email": "@", "handle": "@@", "url": "/"},
    {"phone": "Zalo: 01 682 345 678 (giờ hành chính), ext 5", "name": "Lo"},
    {"phone": "iIlO o9\u00a0l2–345 678 0987654321", "seller_name": "Zalo\u0301 ０９１２"},
    {"phone": "ｚａｌｏ ０９１２３４５６７８ MÁY LẺ 3"},
    {"phone": "ooo lll", "handle": "o"},
    {"address": ",", "tax_code": "3601234567-001"},
    {"address": "Số 12/3 đ. Lê Lợi, KP.3, P. Tân Mai, TP Biên Hòa, tỉnh Đồng Nai, Việt Nam", "phone": "0613 822 123"},
    {"address": "tổ 5 ấp 2 xã An Phước huyện Long Thành", "bank": "Ngân hàng TMCP Ngoại thương", "bank_account": "VN-0071 000"},
    {"address": "12 Phan Trung P Tân Tiến TP Biên Hòa Đồng Nai"},
    {"address": "Kho 9, 12 Phan Trung Tân Tiến TX.Biên Hòa Đồng Nai, VN"},
    {"address": "Lô 5 - KCN Amata"},
    {"address": "Kho 12 khu công nghiệp Long Thành, xã An Phước"},
    {"address": "Lô 3 cụm công nghiệp Phú Thạnh, Nhơn Trạch, Đồng Nai"},
    {"address": "120 đường 30 tháng 4, P. Thanh Bình, Biên Hòa"},
    {"address": "Đ/c: Nhà số 07, đường 30/4, Khu CN Biên Hòa II, BH - ĐN 76000"},
    {"address": "kiệt 12 số 5 Lý Thường Kiệt | K/P 3, tổ 2 | Bà Rịa - Vũng Tàu"},
    {"address": "12 - 14 ba mươi tháng tư, ki-ốt số B12 hẻm 5/7, P.1205"},
    {"address": "đường Lê Lợi số 9bis, QL 1A, f7 q3 HCM"},
    {"address": "12 Lê Lợi P.3 Q5 HCM\nVN", "phone": "19001234;0912", "email": "no at sign", "handle": "zalo.me/0912345678?x=1"},
]  # fmt: skip


def test_odd_writing() -> None:
    assert [alone(record) for record in ODD] == in_a_batch(ODD)


_LETTERS = "aàáảâăeêoơòóuưydđiLNQPTH 0123456789.,;/-@+#?&()'\"\n\t_₫ⓐ１ｏ\u0301\u0300\u200bоаİßŁ"
_ALPHABET = st.sampled_from(
    [
        *_LETTERS,
        *(" tp ", " phường ", "q", "kp ", "cty ", "tm ", " và ", "sx", " hẻm 5", " số ", "nhà ", " tháng ba", " kcn ", " 30/4", " bis"),
        *("zalo", " ext ", "0912345678", "o9l2345678", "(+84) "),
    ]
)
_TEXTS = st.one_of(st.none(), st.lists(_ALPHABET, max_size=24).map("".join))


@examples(15)
@given(st.fixed_dictionaries(dict.fromkeys(_FIELDS, _TEXTS)))
def test_any_writing(record: dict[str, str | None]) -> None:
    assert [alone(record)] == in_a_batch([record])


_WORDS = st.text(alphabet="abnđ 0", max_size=14)


@examples(8)
@given(st.lists(st.tuples(_WORDS, _WORDS), min_size=1, max_size=150))
def test_likeness_is_counted_as_duckdb_counts_it(pairs: list[tuple[str, str]]) -> None:
    told = pa.table({"place": range(len(pairs)), "a": [a for a, _ in pairs], "b": [b for _, b in pairs]})
    with duckdb.connect() as con:
        con.register("told", told)
        likeness = con.execute("SELECT jaro_winkler_similarity(a, b) FROM told ORDER BY place").fetchall()
    for (a, b), (theirs,) in zip(pairs, likeness, strict=True):
        assert jaro_winkler(a, b) == pytest.approx(theirs, abs=1e-15)
        for border in (0.8, 0.85, 0.88, 0.9, 0.93, 0.94):
            assert (jaro_winkler(a, b) >= border) == (theirs >= border)


@pytest.mark.parametrize(
    "sql",
    [
        "a = b",
        "a <> b OR b IS NULL",
        "NOT (a = b) AND a IS NOT NULL",
        "coalesce(a = b, true)",
        "a || '|' || b",
        "left(a, 3) || right(b, 2)",
        "CASE WHEN length(a) >= 4 THEN left(a, length(a) // 2 + 1) END",
        "CASE WHEN a = b THEN NULL WHEN a < b THEN 1 ELSE 2 END <= 1",
        "list_sort(string_split(a, ' '))[-1]",
        "array_to_string(list_sort(string_split(a, ' ')), ' ')",
        "concat_ws('|', coalesce(a, ''), b)",
        "len(list_filter(string_split(a, ' '), lambda word: NOT contains(b, concat(' ', word, ' ')))) = 0",
        "nullif(split_part(a, '@', 1), '')",
        "list_has_all(string_split(a, ' '), string_split(b, ' '))",
        "least(a, b) || greatest(a, b)",
        "starts_with(a, b) or contains(b, a)",
        "a >= b and (b = 'x''y' or false)",
        "-length(a) * 2 + 1",
        "levenshtein(a, b)",
        "regexp_replace(a, '[^a-c]+', '', 'g') = regexp_replace(b, '[^a-c]+', '', 'g')",
    ],
)
def test_sql_means_what_it_means_to_duckdb_nulls_too(sql: str) -> None:
    values = [None, "", "a", "b a", "đa b@c", "x'y", " a b ", "abcdef"]
    compute = compiled(sql)
    with duckdb.connect() as con:
        for a in values:
            for b in values:
                told = con.execute(f"SELECT {sql} FROM (SELECT CAST(? AS VARCHAR) AS a, CAST(? AS VARCHAR) AS b)", [a, b]).fetchall()[0][0]
                assert compute({"a": a, "b": b}) == told, (a, b)


def test_sql_that_is_not_known_is_refused() -> None:
    for sql in ("soundex(a)", "a LIKE 'x'", "a = ", "(a", "a ~ b"):
        with pytest.raises(ValueError):
            compiled(sql)
    assert all(level.sql == "" or callable(compiled(one_.spelt_out(level.sql))) for one_ in COMPARISONS for level in one_.levels)

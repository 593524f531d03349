"""Values in which nothing to compare can be read are told, all of them and no others."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from chosach.linking.normal import normal
from chosach.linking.unread import FIELDS, unread
from tests.examples import examples

NORMAL = {"phone": "phone", "bank_account": "account", "tax_code": "tax", "email": "email", "handle": "handle"}
VALUES = st.one_of(
    st.text("0123456789 +-().,;/oO@a", max_size=16),
    st.text(max_size=8),
    st.from_regex(r"\A0[0-9]{8,10}\Z"),
    st.from_regex(r"\A[a+@. /?:]{0,9}\Z"),
)


@examples(100)
@given(st.lists(VALUES, min_size=1, max_size=20))
def test_it_is_told_of_just_those_that_reading_makes_nothing_of(values: list[str]) -> None:
    texts = [value.encode("utf-8", "ignore").decode() for value in values]
    records = pa.table({"record_id": [str(at) for at in range(len(texts))]} | dict.fromkeys(FIELDS, texts))
    read = normal(records)
    told = {(row, field) for row, field, _ in unread(records)}
    nothing = {(row, field) for field in FIELDS for row, value in enumerate(read[NORMAL[field]]) if value is None}
    assert told <= nothing
    left_out = {texts[row] for row, _ in nothing - told}
    assert all(not any(map(str.isalnum, text)) or len(text.split()) <= 2 for text in left_out), "only words for nothing are left out"
    assert all((row, field) in told for row, field in nothing if sum(map(str.isdigit, texts[row])) > 0)


def test_words_for_nothing_are_no_values() -> None:
    values = ["Không có", "N/A", "-", "không", "chưa rõ", "gọi sau", "0912345678", None, "09123"]
    assert [(row, value) for row, _, value in unread(pa.table({"record_id": list("abcdefghi"), "phone": values}))] == [
        (5, "gọi sau"),
        (8, "09123"),
    ]

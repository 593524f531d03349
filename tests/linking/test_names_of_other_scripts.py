"""Names of other scripts, foreign firms, and names written in other ways."""

import pyarrow as pa
import pytest

from chosach.linking import link
from chosach.linking.likeness import likeness
from chosach.linking.names import weigh_names
from chosach.linking.normal import normal


def like(one: str, other: str) -> float:
    found = likeness(one, other)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ольга Соколова", "Olga Sokolova"),
        ("SOKOLOVA, Olga", "Olga Sokolova"),
        ("OlgaSokolova", "Olga Sokolova"),
        ("O. Sokolova", "Olga Petrovna Sokolova"),
        ("Van der Berg Trading", "Vanderberg Trading"),
        ("Hoa Sen G.m.b.H.", "HOA SEN GmbH"),
        ("Công ty TNHH Hoa Sen", "Hoa Sen Co., Ltd"),
        ("Trần Thị Na", "Tran Thi Na"),
    ],
)
def test_one_name_written_in_two_ways_is_alike(one: str, other: str) -> None:
    assert like(one, other) > 0.75
    assert weigh_names([(one, other)])[0] > 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trần Thị Hà", "Trần Thị Hạ"),
        ("Trần Văn Nam", "Trần Văn Hải"),
        ("Olga Sokolova", "Irina Sokolova"),
        ("Hoa Sen Foods GmbH", "Hoa Sen Logistics GmbH"),
        ("Hoa Sen 23", "Hoa Sen 24"),
    ],
)
def test_two_names_that_share_a_word_are_not(one: str, other: str) -> None:
    assert like(one, other) < 0.75
    assert weigh_names([(one, other)])[0] < 3


def test_likeness_does_not_ask_which_name_comes_first() -> None:
    names = ["Trần Thị Hà", "Hà Trần", "O. Sokolova", "Olga Petrovna Sokolova", "Hoa Sen GmbH", "Hoasen", "Nguyễn Văn A", "Vanderberg"]
    for one in names:
        for other in names:
            assert like(one, other) == pytest.approx(like(other, one))


def test_a_vietnamese_name_that_looks_like_a_legal_form_stays() -> None:
    assert like("Lê Thị Na", "Lê Thị Sa") < 0.75


def test_foreign_names_are_compared_in_latin_letters_and_disguised_ones_are_left_to_their_look_alikes() -> None:
    names = ["Ольга Соколова", "Hoa Sen GmbH", "Nguуễn Thị Нoa", "Trần Văn Corp"]  # the third with look-alikes of y and H
    told = normal(pa.table({"record_id": ["a", "b", "c", "d"], "name": names}))
    assert told["name_folded"].to_list() == ["olga sokolova", "hoa sen", "nguyen thi hoa", "tran van"]


def test_a_seller_who_writes_two_scripts_is_one_trader() -> None:
    records = pa.table(
        {
            "record_id": ["1", "2", "3"],
            "name": ["Ольга Соколова", "Olga Sokolova", "Trần Thị Hà"],
            "phone": ["0912345678", "0912 345 678", "0987654321"],
        }
    )
    first, second, third = link(records, edges=False).clusters["cluster_id"].to_pylist()
    assert first == second != third

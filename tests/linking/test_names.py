"""What two names alone say."""

import pytest
from bench.linking_quality import average_precision, tone_pairs

from chosach.linking.comparisons import NAME
from chosach.linking.living import weighing
from chosach.linking.living.one import columns
from chosach.linking.names import weigh_names


def test_tones_equal_absent_and_different_are_three_things() -> None:
    same, absent, different, stranger = weigh_names(
        [("Trần Thị Hạ", "Trần Thị Hạ"), ("Trần Thị Hạ", "Tran Thi Ha"), ("Trần Thị Hạ", "Trần Thị Hà"), ("Trần Thị Hạ", "Lê Văn Bình")]
    )
    assert same > absent > 0 > different > stranger


def test_order_and_a_missing_middle_name_are_read_and_another_middle_name_is_not() -> None:
    turned, missing, other = weigh_names(
        [("Nguyễn Thu Trang", "Trang Nguyễn Thu"), ("Nguyễn Thị Thu Trang", "Nguyễn Trang"), ("Nguyễn Hoài Trang", "Nguyễn Bích Trang")]
    )
    assert turned > missing > 0
    assert missing > other


def test_a_letter_that_makes_another_name_is_no_slip() -> None:
    slip, another = weigh_names([("Nguyễn Thị Lan", "Nguyễn Thị Lxan"), ("Nguyễn Thị Lan", "Nguyễn Thị Loan")])
    assert slip > another + 2


def test_a_name_with_nothing_to_compare_says_nothing() -> None:
    assert weigh_names([("", "Lan"), ("...", "...")]) == [0.0, 0.0]
    assert weigh_names([]) == []


def test_people_whose_names_differ_in_tones_rank_below_slips_and_missing_tones() -> None:
    pairs, labels = tone_pairs()
    assert average_precision(weigh_names([(a, b) for _, a, b in pairs]), labels) >= 0.98


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Nguyễn Thị Hà", "Nguyễn Hà", "part"),
        ("Nguyễn Thị Hà", "nguyen ha", "part"),
        ("Hà Nguyễn", "Nguyễn Thị Hà", "part"),
        ("Nguyễn Thị Quỳnh Lan", "Nguyễn Thị Quỳnh La", "part"),
        ("Nguyễn Thị Hạ", "Nguyễn Hà", "other_tones"),
        ("Nguyễn Thị Hạ", "Hà Nguyễn", "other_tones"),
        ("Trần Thị Bích Thủy", "Bích Thùy", "other_tones"),
        ("Nguyễn Hạ", "Nguyễn Hà", "other_tones"),
        ("Hà Nguyễn Thị", "nguyen thi ha", "no_tones"),
    ],
)
def test_a_middle_name_may_be_missing_and_words_may_change_places_but_tones_stay_what_they_are(one: str, other: str, level: str) -> None:
    """In a full run too, whose conditions these are."""
    left, right = (weighing.side(columns({"record_id": "1", "name": name}), end) for name, end in ((one, "l"), (other, "r")))
    assert NAME.levels[weighing.levels(left, right)["name"]].name == level

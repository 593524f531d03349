"""What two names alone say."""

from bench.linking_quality import average_precision, tone_pairs

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

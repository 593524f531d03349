"""Texts copied from one shop to another are found however they were dressed up, and what only sounds alike is not."""

import numpy as np
import pyarrow as pa
import pytest

from chosach.linking.joints import texts

SERUM = (
    "Serum dưỡng trắng da cấp tốc sau bảy ngày, cam kết hoàn tiền nếu không hiệu quả. Nguyên liệu thảo mộc gia truyền, "
    "chỉ bán tại xưởng của chị Hoa, giao hàng toàn quốc, kiểm tra trước khi trả tiền."
)
BAG = (
    "Túi xách da bò thật khâu tay từng mũi, khóa đồng, quai đeo chéo tháo rời được, bảo hành đường chỉ hai năm, "
    "đổi màu miễn phí trong tuần đầu, hộp quà kèm thiệp viết tay theo yêu cầu."
)


def pairs(found: pa.Table) -> list[tuple[str, str]]:
    return [(row["l"], row["r"]) for row in found.to_pylist()]


@pytest.mark.parametrize(
    "copy",
    [
        SERUM.upper(),
        SERUM.replace("Serum", "S.e.r.u.m").replace("trắng", "tr@ng").replace("cam kết", "c a m kết"),
        SERUM.replace("a", "а").replace("o", "ο"),  # letters of other scripts
        "".join(letter + "\u200b" for letter in SERUM),
        "🔥🔥 " + SERUM.replace(", ", " ✅ ") + " 🔥🔥",
        SERUM.replace("bảy ngày", "mười ngày"),
    ],
)
def test_a_copy_is_found_whatever_its_dress(copy):
    found = texts.near(["a", "b", "c"], [SERUM, copy, BAG])
    assert pairs(found) == [("a", "b")]
    assert found["similarity"][0].as_py() >= 0.7


def test_marks_left_out_part_no_copies():
    bare = "Serum duong trang da cap toc sau bay ngay, cam ket hoan tien neu khong hieu qua. Nguyen lieu thao moc gia truyen"
    with_marks = "Serum dưỡng trắng da cấp tốc sau bảy ngày, cam kết hoàn tiền nếu không hiệu quả. Nguyên liệu thảo mộc gia truyền"
    assert texts.near(["a", "b"], [bare, with_marks])["similarity"].to_pylist() == [1.0]


def test_short_texts_have_no_bands_and_match_nothing():
    title = "Áo thun nam cổ tròn"
    assert texts.bands([title, None, SERUM])["band_00"].null_count == 2
    assert texts.near(["a", "b"], [title, title]).num_rows == 0


def test_bands_are_the_same_for_ever():
    """They lie in databases: another number here would part tomorrow's copies from yesterday's."""
    assert texts.bands([SERUM]).slice(0, 1).to_pylist()[0]["band_00"] == 284416751683592426
    assert texts.COLUMNS[0] == "band_00"
    assert len(texts.COLUMNS) == 16


def test_a_record_with_several_texts_is_near_by_its_best_and_never_to_itself():
    found = texts.near(pa.array(["x", "y"]), pa.array([[SERUM, SERUM.upper(), BAG], ["Hàng mới về", None, SERUM]]))
    assert found.to_pylist() == [{"l": "x", "r": "y", "similarity": 1.0}]


def test_the_order_of_records_says_nothing():
    every = [SERUM, BAG, SERUM.lower(), BAG + " Nhận đặt số lượng lớn.", None, ""]
    ids = [f"r{k}" for k in range(len(every))]
    turned = [3, 5, 0, 4, 2, 1]
    assert texts.near(ids, every).equals(texts.near([ids[k] for k in turned], [every[k] for k in turned]))
    assert pairs(texts.near(ids, every)) == [("r0", "r2"), ("r1", "r3")]


def test_a_text_that_thousands_copied_gives_few_pairs_that_hold_all_together():
    count = 3000
    found = texts.near([f"{k:05}" for k in range(count)], [SERUM] * count)
    assert found.num_rows <= count * texts.REACH
    reached, left = {"00000"}, found["l"].to_pylist()
    for one, other in sorted(zip(left, found["r"].to_pylist(), strict=True)):
        if one in reached:
            reached.add(other)
    assert len(reached) == count


def test_similarity_read_off_the_bands_is_near_the_exact_one():
    words = (SERUM + " " + BAG).split()
    left = [" ".join(words[k % 9 :] + words[: k % 9]) for k in range(40)]
    right = [" ".join(word for place, word in enumerate(text.split()) if place % (5 + k % 7)) for k, text in enumerate(left)]
    exact = texts.similarity(left, right)
    bands = [np.stack([column.to_numpy() for column in texts.bands(side).columns], axis=1) for side in (left, right)]
    assert np.abs(texts.estimate(*bands) - exact).mean() < 0.08


def test_nothing_comes_of_nothing():
    assert texts.near([], []).num_rows == 0
    assert texts.near(["a"], pa.array([None], pa.list_(pa.string()))).num_rows == 0
    with pytest.raises(ValueError, match="2 ids against 1"):
        texts.near(["a", "b"], [SERUM])


def trade(number: int, seed: int) -> list[str]:
    """Texts of one trade: each some of the same phrases, in an order and with words of its own."""
    rng = np.random.default_rng(seed)
    made = ["".join(rng.choice(list("bcdghklmnprstvx"), 2)) + rng.choice(list("aeiou")) + rng.choice(list("mnptc")) for _ in range(3_000)]
    words = np.array(made)  # an array: of a list, `choice` would make one each time
    phrases = [" ".join(rng.choice(words, 6)) for _ in range(60)]
    return [
        " ".join([" ".join(rng.choice(words, 14)), *rng.choice(phrases, 3, replace=False), " ".join(rng.choice(words, 14))])
        for _ in range(number)
    ]


def test_pairs_that_share_a_band_by_chance_are_not_read():
    """They would be as many as the square of the texts."""
    column = pa.array(trade(12_000, 3))
    every, _ = texts.candidates(column, least=0.0)
    left = texts.candidates(column)[0]
    assert len(every) > 50
    assert len(left) < len(every) / 10
    assert texts.near(pa.array([str(at) for at in range(12_000)]), column).num_rows <= len(left)


def test_no_pair_that_is_near_is_lost_by_it():
    """Copies with ever more words exchanged."""
    rng = np.random.default_rng(4)
    column, words = [], SERUM.split() + BAG.split()
    for text in trade(1_500, 5):
        own = text.split()
        for at in rng.choice(len(own), int(rng.integers(0, 6)), replace=False):
            own[at] = words[int(rng.integers(0, len(words)))]
        column += [text, " ".join(own)]
    every, kept = (set(_places(texts.candidates(pa.array(column), least=least))) for least in (0.0, 0.7))
    ordered = sorted(every)
    similar = texts.similarity(*(pa.array([column[pair[side]] for pair in ordered]) for side in (0, 1)))
    near = {pair for pair, alike in zip(ordered, similar, strict=True) if alike >= 0.7}
    assert 500 < len(near) < 1_500
    assert near <= kept


def _places(found: tuple[np.ndarray, np.ndarray]) -> list[tuple[int, int]]:
    return list(zip(*(side.tolist() for side in found), strict=True))

"""Hashes of pictures, whoever made them, are matched in bits."""

import numpy as np
import pyarrow as pa

from chosach.linking.joints import images


def some_hashes(count: int, bits: int = 64) -> list[str]:
    numbers = np.random.default_rng(7).bytes(count * bits // 8)
    return [numbers[k : k + bits // 8].hex() for k in range(0, len(numbers), bits // 8)]


def with_bits_turned(told: str, *places: int) -> str:
    return f"{int(told, 16) ^ sum(1 << place for place in places):0{len(told)}x}"


def test_a_few_bits_do_not_part_two_pictures():
    made = some_hashes(500)
    copies = [with_bits_turned(one, 3, 40, 61) for one in made[:50]]
    found = images.near([f"a{k:03}" for k in range(500)] + [f"b{k:03}" for k in range(50)], made + copies)
    assert [(row["l"], row["r"]) for row in found.to_pylist()] == [(f"a{k:03}", f"b{k:03}") for k in range(50)]
    assert set(found["distance"].to_pylist()) == {np.float32(3 / 64)}


def test_longer_hashes_count_by_their_share():
    (one,) = some_hashes(1, 256)
    assert images.near(["a", "b"], [one, with_bits_turned(one, *range(0, 100, 5))]).num_rows == 1
    assert images.near(["a", "b"], [one, with_bits_turned(one, *range(0, 250, 5))]).num_rows == 0


def test_plain_pictures_match_nothing():
    assert images.near(["a", "b", "c"], ["0" * 16, "0" * 16, "f" * 16]).num_rows == 0


def test_lists_of_hashes_and_what_is_none():
    one, other = some_hashes(2)
    table = pa.array([[one, "không phải mã băm"], [other, one.upper()], None, ["http://example.vn/a.jpg"]])
    assert images.near(["a", "b", "c", "d"], table).to_pylist() == [{"l": "a", "r": "b", "distance": 0.0}]


def test_the_order_of_records_says_nothing():
    made = some_hashes(60)
    ids = [f"r{k:02}" for k in range(120)]
    every = made + [with_bits_turned(one, k % 64, (k * 7 + 1) % 64) for k, one in enumerate(made)]
    turned = list(np.random.default_rng(3).permutation(120))
    assert images.near(ids, every).equals(images.near([ids[k] for k in turned], [every[k] for k in turned]))

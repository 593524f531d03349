"""A picture that went from shop to shop is found again, cut, shrunk or written over; what is nobody's picture ties nobody."""

import random
from functools import lru_cache

import numpy as np
import pytest
from bench import pictures
from bench.pictures import CHANGES, as_jpeg, changed, plain, strip
from PIL import Image

from chosach.linking.joints import images, signatures

COUNT = 16


goods = lru_cache(pictures.goods)


def of(picture: Image.Image) -> list[str]:
    return images.hashes(as_jpeg(picture, 90))


@pytest.fixture(scope="module")
def originals():
    return [of(goods(number)) for number in range(COUNT)]


@pytest.mark.parametrize("name", list(CHANGES))
def test_copies_are_found_and_no_others(originals, name):
    copies = [of(changed(goods(number), name, number)) for number in range(COUNT)]
    ids = [f"{side}{number:02}" for side in "ab" for number in range(COUNT)]
    found = images.near(ids, originals + copies).to_pylist()
    right = [row for row in found if row["l"][1:] == row["r"][1:]]
    assert len(right) >= 0.8 * COUNT
    assert len(found) - len(right) <= (1 if name == "strip" else 0)
    assert all(0 <= row["distance"] < 1 for row in found)


def test_plain_pictures_tie_nobody():
    grounds = [plain(number) for number in range(0, 40) if number % 5 != 4]
    assert images.near([str(k) for k in range(len(grounds))], [of(one) for one in grounds]).num_rows == 0


def test_the_same_strip_on_other_goods_ties_hardly_anybody():
    found = images.near([str(number) for number in range(COUNT)], [of(strip(goods(number))) for number in range(COUNT)])
    assert found.num_rows <= 1


def test_a_signature_is_short_and_says_what_it_is(originals):
    for (told,) in originals:
        assert signatures.is_signature(told)
        assert len(told) <= 2 * (6 + 11 * signatures.MOST_POINTS) < 2000
        assert not signatures.is_signature(told[:-2])


def test_the_order_of_records_and_other_pictures_say_nothing(originals):
    copies = [of(changed(goods(number), "crop 20 %", number)) for number in range(10)]
    ids, every = [f"r{k:02}" for k in range(20)], originals[:10] + copies
    first = images.near(ids, every)
    turned = random.Random(2).sample(range(20), 20)
    assert first.equals(images.near([ids[k] for k in turned], [every[k] for k in turned]))
    more = images.near([*ids, *(f"z{k}" for k in range(COUNT - 10))], every + originals[10:])
    assert [row for row in more.to_pylist() if row["r"][0] != "z"] == first.to_pylist()


def test_other_peoples_hashes_and_ours_stand_in_one_column(originals):
    other = "9f3c5a7e12d4b680"
    found = images.near(["a", "b", "c"], [[originals[0][0], other], originals[0], [other, ""]])
    assert [(row["l"], row["r"], row["distance"]) for row in found.to_pylist()] == [("a", "b", 0.0), ("a", "c", 0.0)]


def test_broken_signatures_match_nothing(originals):
    told = originals[0][0]
    points = np.frombuffer(bytes.fromhex(told), np.uint8)
    none = (points[:3].tobytes() + bytes([0, 255, 255])).hex()
    assert images.near(["a", "b", "c"], [told[:-8], none, "c5a101"]).num_rows == 0

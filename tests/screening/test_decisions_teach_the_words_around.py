"""What officers decide moves findings with like wording, and nothing else: never the found words themselves, never other goods."""

import pyarrow as pa
import pytest

from chosach.screening import screen
from chosach.screening.correction import Correction, Decision, correct, features, fit
from chosach.screening.guard import LIKELY, found_in_guard, guard

HONEST = [
    "Đồ chơi mô hình giày super fake trưng bày tủ kính, tỷ lệ nhỏ",
    "Mô hình giày super fake bằng nhựa, đồ chơi trưng bày",
    "Móc khóa mô hình giày super fake đồ chơi tỷ lệ nhỏ",
    "Đồ chơi mô hình túi super fake trưng bày cho bé",
    "Bộ mô hình đồ chơi super fake tỷ lệ nhỏ trưng bày tủ",
    "Mô hình đồ chơi super fake nhựa trưng bày",
]
LIKE_THEM = "Mô hình giày super fake đồ chơi trưng bày tủ kính, hàng mới"
GOODS = ["Túi xách nữ super fake loại 1", "Giày thể thao super fake giống auth", "Bán đồng hồ super fake giao hàng toàn quốc"]


def table(titles: list[str]) -> pa.Table:
    return pa.table({"listing_id": [str(at) for at in range(len(titles))], "title": titles})


def decided(titles: list[str], *, right: bool, weight: float = 1.0) -> list[Decision]:
    listings = table(titles)
    rows = {row["listing_id"]: row for row in listings.to_pylist()}
    return [
        Decision(row["kind"], row["probability"], right, weight, features(rows[row["listing_id"]], row["reasons"]))
        for row in screen(listings).to_pylist()
    ]


def likeliest(titles: list[str], correction: Correction | None = None) -> list[float]:
    listings = table(titles)
    found = screen(listings)
    found = correct(listings, found, correction) if correction else found
    best = dict.fromkeys(listings["listing_id"].to_pylist(), 0.0)
    for row in found.to_pylist():
        best[row["listing_id"]] = max(best[row["listing_id"]], row["probability"])
    return list(best.values())


def test_like_wording_falls_below_the_threshold_and_other_goods_stay() -> None:
    taught = fit(decided(HONEST, right=False))
    assert likeliest([LIKE_THEM])[0] >= LIKELY > likeliest([LIKE_THEM], taught)[0]
    assert min(likeliest(GOODS, taught)) >= 0.75


def test_no_number_of_dismissals_takes_a_term_out_of_the_lexicon() -> None:
    listings, must = guard()
    taught = fit(decided(GOODS * 100, right=False))
    found = {
        (row["listing_id"], row["kind"]) for row in correct(listings, found_in_guard(), taught).to_pylist() if row["probability"] >= LIKELY
    }
    bare = [pair for pair in must if pair[0].endswith("-0")]
    assert len(bare) > 300 and not set(bare) - found


def test_what_was_confirmed_rises() -> None:
    weak = ["Giày thể thao nam super fake"]
    taught = fit(decided(weak * 5, right=True))
    assert likeliest(weak, taught)[0] > likeliest(weak)[0]


def test_two_who_contradict_one_another_teach_little() -> None:
    taught = fit(decided(HONEST, right=False) + decided(HONEST, right=True))
    assert likeliest([LIKE_THEM], taught)[0] >= LIKELY


def test_a_decision_without_weight_teaches_nothing() -> None:
    assert not fit(decided(HONEST, right=False, weight=0.0)).weights


def test_bytes_are_the_same_again_and_are_read_back() -> None:
    one, two = (fit(decided(HONEST, right=False), card={"labels": 6}) for _ in range(2))
    assert one.to_bytes() == two.to_bytes()
    again = Correction.load(one.to_bytes())
    assert (again.id, again.card) == (one.id, {"labels": 6})
    assert likeliest([LIKE_THEM], again) == likeliest([LIKE_THEM], one)


@pytest.mark.parametrize("spoilt", [b"", b"PK\x03\x04", b"CHOSACH-CORRECTION-1\n\xff\xff\xff\xff", None])
def test_other_bytes_are_refused(spoilt: bytes | None) -> None:
    data = fit(decided(HONEST, right=False)).to_bytes()[:-1] if spoilt is None else spoilt
    with pytest.raises(ValueError):
        Correction.load(data)


def test_the_screener_of_a_finding_names_the_correction() -> None:
    taught = fit(decided(HONEST, right=False))
    listings = table(GOODS)
    assert {row["screener"].rsplit("+", 1)[1] for row in correct(listings, screen(listings), taught).to_pylist()} == {taught.id}

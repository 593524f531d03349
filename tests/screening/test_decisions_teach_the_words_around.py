"""What officers decide moves findings with like wording, and nothing else: never the found words themselves, never other goods."""

import pyarrow as pa
import pytest

from chosach.screening import screen
from chosach.screening.correction import Correction, Decision, correct, features, fit, moved, self_declared
from chosach.screening.guard import LIKELY, found_in_guard, guard

HONEST = [
    "Đồ chơi mô hình giày super fake trưng bày tủ kính, tỷ lệ nhỏ",
    "Mô hình giày super fake bằng nhựa, đồ chơi trưng bày",
    "Móc khóa mô hình giày super fake đồ chơi tỷ lệ nhỏ",
    "Đồ chơi mô hình túi super fake trưng bày cho bé",
    "Bộ mô hình đồ chơi super fake tỷ lệ nhỏ trưng bày tủ",
    "Mô hình đồ chơi super fake nhựa trưng bày",
    "Mô hình giày super fake đồ chơi bằng nhựa trưng bày",
    "Đồ chơi mô hình giày super fake trưng bày tỷ lệ nhỏ",
]
#: What the sellers say themselves, in the words of the trade.
DECLARED = {
    "Sách photo giáo trình, sách lậu giá rẻ": "ip_infringing",
    "Giày Converse super fake": "counterfeit",
    "Thuốc lá Jet lậu nguyên cây giao tận nơi": "smuggled",
}
#: A sign that the seller does not say himself: a name on goods that cost too little.
HINTED = "Áo in hình Mickey"
LIKE_THEM = "Mô hình giày super fake đồ chơi trưng bày tủ kính, hàng mới"
GOODS = ["Túi xách nữ super fake loại 1", "Giày thể thao super fake giống auth", "Bán đồng hồ super fake giao hàng toàn quốc"]


def table(titles: list[str]) -> pa.Table:
    return pa.table({"listing_id": [str(at) for at in range(len(titles))], "title": titles})


def decided(titles: list[str], *, right: bool, weight: float = 1.0, people: int = 8) -> list[Decision]:
    """A decision on each finding of these titles, by so many people in turn."""
    listings = table(titles)
    rows = {row["listing_id"]: row for row in listings.to_pylist()}
    return [
        Decision(
            row["kind"],
            row["probability"],
            right,
            weight,
            features(rows[row["listing_id"]], row["reasons"]),
            f"p{int(row['listing_id']) % people}",
        )
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
    taught = fit(decided(HONEST * 2, right=False))
    assert likeliest([LIKE_THEM])[0] >= LIKELY > likeliest([LIKE_THEM], taught)[0]
    before, after = likeliest(GOODS), likeliest(GOODS, taught)
    assert max(b - a for b, a in zip(before, after, strict=True)) <= 0.05


@pytest.mark.parametrize(("number", "people"), [(1, 1), (50, 1), (3, 3), (7, 7), (50, 3)])
@pytest.mark.parametrize("title", DECLARED)
def test_what_the_seller_says_himself_does_not_fall_by_one_person_or_a_handful(title: str, number: int, people: int) -> None:
    """Beside many confirmations of other goods or without them, and however wrong the officers are."""
    beside = decided(GOODS * 10, right=True)
    for others in ([], beside):
        taught = fit([*others, *decided([title] * number, right=False, people=people)])
        found = {row["kind"]: row["probability"] for row in screen(table([title])).to_pylist()}
        after = {row["kind"]: row["probability"] for row in correct(table([title]), screen(table([title])), taught).to_pylist()}
        assert after[DECLARED[title]] >= found[DECLARED[title]] - 0.05
        assert after[DECLARED[title]] >= LIKELY


def test_one_decision_moves_other_signs_by_little_and_agreeing_decisions_of_several_people_move_them() -> None:
    [sign] = [row for row in screen(table([HINTED])).to_pylist() if row["kind"] == "ip_infringing"]
    assert sign["probability"] >= 0.8 and not self_declared(sign["reasons"])
    around = features({"title": HINTED}, sign["reasons"])

    def after(number: int, people: int) -> float:
        taught = fit(decided([HINTED] * number, right=False, people=people))
        return moved(sign["probability"], taught.step("ip_infringing", around, strong=False))

    assert after(1, 1) >= sign["probability"] - 0.02
    assert after(6, 1) >= LIKELY
    assert after(6, 6) < LIKELY


def test_the_guard_reads_the_words_around_and_sees_what_many_who_are_wrong_would_lose(guard_once: None) -> None:
    """Eight people agree that books which say they are pirated are innocent: their listing falls, and so do cases of the guard in the
    same words of the trade, though none of its bare terms does."""
    title = "Sách photo giáo trình, sách lậu giá rẻ"
    taught = fit(decided([title] * 40, right=False))
    listings, must = guard()
    found = {
        (row["listing_id"], row["kind"]) for row in correct(listings, found_in_guard(), taught).to_pylist() if row["probability"] >= LIKELY
    }
    lost = set(must) - found
    assert likeliest([title], taught)[0] < LIKELY
    assert lost and not any(pair[0].endswith("-0") for pair in lost)


def test_a_correction_of_the_first_version_is_read_and_takes_nothing_from_strong_words() -> None:
    taught = fit(decided(HONEST, right=False))
    first = Correction.load(as_the_first_version_wrote(taught))
    assert {kind: ids.tolist() for kind, (ids, *_) in first.weights.items()} == {k: ids.tolist() for k, (ids, *_) in taught.weights.items()}
    assert likeliest([LIKE_THEM], first)[0] >= likeliest([LIKE_THEM])[0]


def as_the_first_version_wrote(taught: Correction) -> bytes:
    """Without what people agreed on."""
    data = taught.to_bytes().replace(b"CHOSACH-CORRECTION-2", b"CHOSACH-CORRECTION-1")
    end = 25 + int.from_bytes(data[21:25], "little")
    return data[:end] + b"".join(
        ids.astype("<i4").tobytes() + weights.astype("<f4").tobytes() for ids, weights, _ in taught.weights.values()
    )


def test_no_number_of_dismissals_takes_a_term_out_of_the_lexicon(guard_once: None) -> None:
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
    one, two = (fit(decided(HONEST, right=False), card={"labels": 8}) for _ in range(2))
    assert one.to_bytes() == two.to_bytes()
    again = Correction.load(one.to_bytes())
    assert (again.id, again.card) == (one.id, {"labels": 8})
    assert likeliest([LIKE_THEM], again) == likeliest([LIKE_THEM], one)


@pytest.mark.parametrize("spoilt", [b"", b"PK\x03\x04", b"CHOSACH-CORRECTION-2\n\xff\xff\xff\xff", None])
def test_other_bytes_are_refused(spoilt: bytes | None) -> None:
    data = fit(decided(HONEST, right=False)).to_bytes()[:-1] if spoilt is None else spoilt
    with pytest.raises(ValueError):
        Correction.load(data)


def test_the_screener_of_a_finding_names_the_correction() -> None:
    taught = fit(decided(HONEST, right=False))
    listings = table(GOODS)
    assert {row["screener"].rsplit("+", 1)[1] for row in correct(listings, screen(listings), taught).to_pylist()} == {taught.id}

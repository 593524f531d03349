"""No number of dismissals by one body takes a strong term out: what is lost by them cannot be put in force."""

import random
from typing import Any, NamedTuple

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chosach.desk.core.kinds import ViolationKind
from chosach.desk.learning import limits, measuring
from chosach.screening import screen
from chosach.screening.correction import Correction, correct, features, moved, self_declared
from chosach.screening.guard import LIKELY, found_in_guard, guard
from tests.examples import examples


class Plain(NamedTuple):
    """The guard set: its listings, the same by id, all findings in them, and those that must stay found."""

    listings: pa.Table
    rows: dict[str, dict[str, Any]]
    found: pa.Table
    must: list[dict[str, Any]]


@pytest.fixture(scope="module")
def plain() -> Plain:
    listings, must = guard()
    found = found_in_guard()
    wanted = set(must)
    return Plain(
        listings,
        {row["listing_id"]: row for row in listings.to_pylist()},
        found,
        [row for row in found.to_pylist() if (row["listing_id"], row["kind"]) in wanted],
    )


def dismissed(plain: Plain, seed: int, number: int, people: int) -> Correction:
    """What is learnt when one body dismisses so many plain cases, drawn by `seed`, by the hands of so many people."""
    chosen = random.Random(seed).choices(plain.must, k=number)
    votes = [
        limits.Vote(row["kind"], tuple({r["term"] for r in row["reasons"]}), False, f"p{at % people}", "qltt", 1.0)
        for at, row in enumerate(chosen)
    ]
    return measuring.learn(
        [
            measuring.Example(
                row["kind"], False, weight, 0, row["probability"], features(plain.rows[row["listing_id"]], row["reasons"]), by=vote.person
            )
            for row, weight, vote in zip(chosen, limits.limited(votes), votes, strict=True)
        ]
    )


def test_no_number_of_dismissals_by_one_body_takes_a_strong_term_out(plain: Plain) -> None:
    """The whole guard set is looked at in every example. The check says of every correction what `correct` does with it, and a version
    that loses one case is refused."""

    @examples(3)
    @given(st.integers(0, 2**32), st.integers(1, 120), st.integers(1, 40))
    def each(seed: int, number: int, people: int) -> None:
        learnt = dismissed(plain, seed, number, people)
        guarded = measuring.guard_check(learnt)
        after = correct(plain.listings, plain.found, learnt).select(["listing_id", "kind", "probability"]).to_pylist()
        kept = {(row["listing_id"], row["kind"]) for row in after if row["probability"] >= LIKELY}
        lost = [row for row in plain.must if (row["listing_id"], row["kind"]) not in kept]
        assert (guarded["cases"], guarded["lost"]) == (len(plain.must), len(lost))
        refused = {one.code for one in measuring.obstacles({}, guarded, dict(ViolationKind.choices))}
        assert ("guard.lost" in refused) == bool(lost)

    each()


def test_the_check_counts_what_a_reckless_correction_loses(plain: Plain) -> None:
    """Not limited, the same dismissals would take terms out: the check sees it, names the cases, and the version is refused."""
    shown = [(row, features(plain.rows[row["listing_id"]], row["reasons"])) for row in plain.must[:300]]
    learnt = measuring.learn([measuring.Example(row["kind"], False, 1000.0, 0, row["probability"], around) for row, around in shown])
    after = correct(plain.listings, plain.found, learnt).select(["listing_id", "kind", "probability"]).to_pylist()
    kept = {(row["listing_id"], row["kind"]) for row in after if row["probability"] >= LIKELY}
    lost = sorted((row["listing_id"], row["kind"]) for row in plain.must if (row["listing_id"], row["kind"]) not in kept)
    guarded = measuring.guard_check(learnt)
    assert guarded["lost"] == len(lost) > 0
    assert guarded["first"] == [[plain.rows[one]["title"], kind] for one, kind in lost[:20]]
    assert [one.code for one in measuring.obstacles({}, guarded, dict(ViolationKind.choices))] == ["guard.lost"]


def test_dismissing_one_strong_term_ten_thousand_times_alone_keeps_it_found_in_every_sentence(plain: Plain) -> None:
    """One body, many people, always the same word: the limits alone are enough, no refusal needed."""
    target = plain.must[0]
    terms = tuple({reason["term"] for reason in target["reasons"]})
    votes = [limits.Vote(target["kind"], terms, False, f"p{at % 50}", "qltt", 1.0) for at in range(10_000)]
    shown = features(plain.rows[target["listing_id"]], target["reasons"])
    assert self_declared(target["reasons"])
    examples = [measuring.Example(target["kind"], False, weight, 0, target["probability"], shown) for weight in limits.limited(votes)]
    total = sum(example.counted for example in examples)
    assert abs(total - limits.BODY_FREE) < 1e-6
    single = measuring.Example(target["kind"], False, total, 0, target["probability"], shown)
    assert measuring.guard_check(measuring.learn([single]))["lost"] == 0


BOOKS = "Sách photo giáo trình, sách lậu giá rẻ"


def taught_by(people: int, number: int) -> tuple[Correction, float]:
    """What is learnt when so many people of one body dismiss the same pirated books so often, within the limits; and what is said of
    these books then."""
    listing = {"listing_id": "sach", "title": BOOKS}
    [row] = [row for row in screen(pa.Table.from_pylist([listing])).to_pylist() if row["kind"] == "ip_infringing"]
    terms, shown = tuple({reason["term"] for reason in row["reasons"]}), features(listing, row["reasons"])
    votes = [limits.Vote(row["kind"], terms, False, f"p{at % people}", "qltt", 1.0) for at in range(number)]
    learnt = measuring.learn(
        [
            measuring.Example(row["kind"], False, weight, 0, row["probability"], shown, by=vote.person)
            for weight, vote in zip(limits.limited(votes), votes, strict=True)
        ]
    )
    return learnt, moved(row["probability"], learnt.step(row["kind"], shown, strong=True))


def test_one_person_or_a_handful_of_labels_never_silences_a_wording_that_sells_pirated_goods():
    for people, number in ((1, 1), (1, 500), (3, 6), (3, 500), (7, 7)):
        learnt, after = taught_by(people, number)
        assert after >= 0.9
        assert measuring.guard_check(learnt)["lost"] == 0


def test_a_body_whose_people_agree_on_what_is_wrong_is_refused_by_the_guard():
    learnt, after = taught_by(8, 40)
    assert after < LIKELY
    guarded = measuring.guard_check(learnt)
    assert [one.code for one in measuring.obstacles({}, guarded, dict(ViolationKind.choices))] == ["guard.lost"]
    assert all("Sách" in title for title, _ in guarded["first"])

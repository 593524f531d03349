"""No number of dismissals by one body takes a strong term out: what is lost by them cannot be put in force."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from chosach.desk.core.kinds import ViolationKind
from chosach.desk.learning import limits, measuring
from chosach.screening import screen
from chosach.screening.correction import correct, features
from chosach.screening.guard import LIKELY, guard


def test_no_number_of_dismissals_by_one_body_takes_a_strong_term_out() -> None:
    listings, must = guard()
    rows = {row["listing_id"]: row for row in listings.to_pylist()}
    everything = screen(listings)
    found = [row for row in everything.to_pylist() if (row["listing_id"], row["kind"]) in set(must)]

    @settings(max_examples=4, deadline=None)
    @given(st.integers(0, 2**32), st.integers(1, 120), st.integers(1, 40))
    def each(seed: int, number: int, people: int) -> None:
        chosen = random.Random(seed).choices(found, k=number)
        votes = [
            limits.Vote(row["kind"], tuple({r["term"] for r in row["reasons"]}), False, f"p{at % people}", "qltt", 1.0)
            for at, row in enumerate(chosen)
        ]
        counted = limits.limited(votes)
        examples = [
            measuring.Example(row["kind"], False, weight, 0, row["probability"], features(rows[row["listing_id"]], row["reasons"]))
            for row, weight in zip(chosen, counted, strict=True)
        ]
        learnt = measuring.learn(examples)
        guarded = measuring.guard_check(learnt)
        refused = {one.code for one in measuring.obstacles({}, guarded, dict(ViolationKind.choices))}
        after = correct(listings, everything, learnt).to_pylist()
        kept = {(row["listing_id"], row["kind"]) for row in after if row["probability"] >= LIKELY}
        assert "guard.lost" in refused or kept.issuperset(must)

    each()


def test_dismissing_one_strong_term_ten_thousand_times_alone_keeps_it_found_in_every_sentence() -> None:
    """One body, many people, always the same word: the limits alone are enough, no refusal needed."""
    listings, must = guard()
    rows = {row["listing_id"]: row for row in listings.to_pylist()}
    target = next(row for row in screen(listings).to_pylist() if (row["listing_id"], row["kind"]) in set(must))
    terms = tuple({reason["term"] for reason in target["reasons"]})
    votes = [limits.Vote(target["kind"], terms, False, f"p{at % 50}", "qltt", 1.0) for at in range(10_000)]
    shown = features(rows[target["listing_id"]], target["reasons"])
    examples = [measuring.Example(target["kind"], False, weight, 0, target["probability"], shown) for weight in limits.limited(votes)]
    total = sum(example.counted for example in examples)
    assert abs(total - limits.BODY_FREE) < 1e-6
    single = measuring.Example(target["kind"], False, total, 0, target["probability"], shown)
    assert measuring.guard_check(measuring.learn([single]))["lost"] == 0

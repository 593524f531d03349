"""Nobody moves the screener alone: what one person and one body count at most."""

from hypothesis import given
from hypothesis import strategies as st

from chosach.desk.learning import limits
from chosach.desk.learning.limits import Vote, limited

VOTES = st.lists(
    st.builds(
        Vote,
        kind=st.sampled_from(["counterfeit", "banned"]),
        terms=st.lists(st.sampled_from(["rep 1:1", "siêu cấp", "fake"]), max_size=2, unique=True).map(tuple),
        right=st.booleans(),
        person=st.sampled_from(["an", "bình", "chi"]),
        body=st.sampled_from(["qltt", "công an"]),
        weight=st.floats(0.01, 3),
    ),
    max_size=60,
)


def same(number: int, person: str = "an", body: str = "qltt", *, right: bool = False) -> list[Vote]:
    return [Vote("counterfeit", ("rep 1:1",), right, person, body, 1.0)] * number


def test_a_few_decisions_count_in_full():
    assert limited(same(3) + same(3, "bình")) == [1.0] * 6


def test_one_person_alone_counts_up_to_a_limit_however_often():
    for number in (5, 50, 5000):
        assert abs(sum(limited(same(number))) - limits.PERSON_FREE) < 1e-6


def test_one_body_alone_counts_up_to_a_limit_however_many_people_it_has():
    votes = [vote for person in range(40) for vote in same(20, str(person))]
    assert abs(sum(limited(votes)) - limits.BODY_FREE) < 1e-6


def test_what_others_say_as_well_lets_a_body_count_for_more():
    alone = sum(limited(same(400, "an") + same(400, "bình") + same(400, "chi")))
    others = [vote for body in ("công an", "hải quan") for person in "xyz" for vote in same(20, body + person, body)]
    together = limited(same(400, "an") + same(400, "bình") + same(400, "chi") + others)
    assert sum(together[:1200]) > 1.5 * alone


def test_dismissals_do_not_use_up_what_confirmations_count():
    confirmed = same(4, right=True)
    assert limited(confirmed + same(1000, "an"))[:4] == [1.0] * 4


@given(VOTES)
def test_a_limit_never_adds_and_never_takes_all(votes):
    counted = limited(votes)
    assert all(0 < weight <= vote.weight for weight, vote in zip(counted, votes, strict=True))
    for body in ("qltt", "công an"):
        for term in ("rep 1:1", "siêu cấp", "fake"):
            for right in (True, False):
                of = [
                    (vote.body == body, weight)
                    for vote, weight in zip(votes, counted, strict=True)
                    if term in vote.terms and vote.right == right and vote.kind == "banned"
                ]
                own, others = sum(w for mine, w in of if mine), sum(v.weight for v in votes if v.body != body)
                assert own <= max(limits.BODY_FREE, limits.BODY_BESIDE_OTHERS * others) + 1e-6

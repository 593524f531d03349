"""The score is the formula, and every part of it can be shown."""

import math
from uuid import uuid4

import pytest

from chosach.desk.core.errors import Problem, Refused
from chosach.desk.leads import weights
from chosach.desk.leads.scoring import Signal, score
from chosach.desk.leads.services import set_weight
from chosach.desk.ledger.models import Entry

WEIGHTS = {name: default.value for name, default in weights.defaults().items()}


def signal(**values) -> Signal:
    return Signal(
        **{
            "finding": uuid4(), "listing": uuid4(), "kind": "counterfeit", "probability": 0.5, "price": 200_000, "sold": 10,
            "channel_class": "shop",
        }
        | values
    )  # fmt: skip


def test_one_finding_is_probability_times_severity_times_volume_times_reach():
    assert score([signal()], 1, WEIGHTS).total == pytest.approx(0.5 * 8 * math.log(1 + 200_000 * 10) * 1.2)


def test_the_parts_add_up_to_the_score_and_to_the_shares_of_the_kinds():
    result = score([signal(), signal(kind="banned"), signal(kind="banned", probability=0.9)], 2, WEIGHTS)
    assert sum(part.harm for part in result.parts) == pytest.approx(result.total)
    assert sum(harm for _, harm in result.by_kind().values()) == pytest.approx(result.total)
    assert result.by_kind()["banned"][0] == 2


def test_nothing_sold_yet_is_one_piece_on_offer():
    assert score([signal(sold=0)], 1, WEIGHTS).total == score([signal(sold=1)], 1, WEIGHTS).total > 0


def test_many_channels_reach_further_up_to_a_limit():
    one, two, fifty = (score([signal()], number, WEIGHTS).total for number in (1, 2, 50))
    assert (two / one, fifty / one) == (pytest.approx(1.25), pytest.approx(2))


def test_the_lead_kind_follows_the_legal_order_among_the_likely():
    assert score([signal(probability=0.9), signal(kind="banned", probability=0.6)], 1, WEIGHTS).lead_kind == "banned"
    assert score([signal(probability=0.9), signal(kind="banned", probability=0.3)], 1, WEIGHTS).lead_kind == "counterfeit"


def test_every_kind_and_channel_class_has_a_weight():
    from chosach.desk.core.kinds import ViolationKind
    from chosach.desk.registry.models import ChannelClass

    assert {f"kind:{kind}" for kind in ViolationKind.values} | {f"channel:{one}" for one in ChannelClass.values} <= set(WEIGHTS)


def test_the_head_of_the_standing_office_sets_a_weight_and_ranks_follow(market, cast):
    market.sell("a", kind="counterfeit")
    market.sell("b", kind="expired")
    market.open()
    assert market.of("a").score > market.of("b").score
    set_weight(subject="kind:expired", value=20, ground="Đợt cao điểm Tết", actor=cast["vptt.lanh-dao"].actor)
    assert market.of("b").rank == 1
    assert Entry.objects.filter(event="leads.weight_set").count() == 1


def test_nobody_else_sets_a_weight(market, cast):
    for key in ("vptt.can-bo", "qltt.lanh-dao", "quantri", "kiemtoan"):
        with pytest.raises(Refused):
            set_weight(subject="kind:expired", value=20, ground="x", actor=cast[key].actor)


def test_a_weight_needs_a_reason_and_a_sensible_value(market, cast):
    head = cast["vptt.lanh-dao"].actor
    for values in ({"value": 3, "ground": " "}, {"value": -1, "ground": "x"}, {"value": math.inf, "ground": "x"}):
        with pytest.raises(Problem):
            set_weight(subject="kind:expired", **values, actor=head)

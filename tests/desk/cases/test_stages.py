"""Stages move as the table says; a refused move says why and what to do instead."""

from typing import Any

import pytest

from chosach.desk.cases import stages
from chosach.desk.cases.models import Case
from chosach.desk.cases.services import opening
from chosach.desk.cases.stages import MOVES, Stage
from chosach.desk.core.errors import Problem
from chosach.desk.ledger.selectors import entries_of


def put(case: Case, stage: str) -> None:
    Case.objects.filter(pk=case.pk).update(stage=stage)


@pytest.mark.parametrize("move", [move for move in MOVES if not move.act], ids=lambda move: f"{move.source}-{move.target}")
def test_each_move_by_hand_works_and_is_written_down(cast: Any, case: Case, move: stages.Move) -> None:
    put(case, move.source)
    moved = opening.move_stage(case.id, target=move.target, reason="Có căn cứ", actor=cast["qltt.can-bo"].actor)
    assert moved.stage == move.target
    assert entries_of("case", case.id).filter(event="case.stage_moved").count() == 1


@pytest.mark.parametrize("source", list(Stage))
def test_every_other_move_is_refused_with_an_explanation(cast: Any, case: Case, source: Stage) -> None:
    by_hand = {move.target for move in stages.by_hand(source)}
    for target in Stage:
        if target in by_hand:
            continue
        put(case, source)
        with pytest.raises(Problem) as problem:
            opening.move_stage(case.id, target=target, reason="Có căn cứ", actor=cast["qltt.can-bo"].actor)
        assert problem.value.code == "case.move_refused"
        assert len(problem.value.message) > 20
        assert Case.objects.get(pk=case.pk).stage == source


def test_a_move_that_needs_a_reason_does_not_go_without(cast: Any, case: Case) -> None:
    with pytest.raises(Problem) as problem:
        opening.move_stage(case.id, target=Stage.INSPECTING, actor=cast["qltt.can-bo"].actor)
    assert problem.value.code == "case.reason_missing"


def test_every_move_says_why_it_exists_and_every_stage_can_be_left() -> None:
    assert all(move.why.endswith(".") for move in MOVES)
    assert {move.source for move in MOVES} == set(Stage)
    assert len({(move.source, move.target, move.act) for move in MOVES}) == len(MOVES)

"""A file goes to another body under seal, is accepted or returned within the clock, and its result comes back."""

import json
from pathlib import Path
from typing import Any

import pytest

from chosach.desk.cases.models import Case, Transfer
from chosach.desk.cases.selectors import case_for, cases_for, sight_of, waiting_for
from chosach.desk.cases.services import contents, outcomes, transferring
from chosach.desk.cases.services.transferring import answer_transfer, check_seal, decide_transfer
from chosach.desk.core import businessdate
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.evidence import services as evidence
from chosach.desk.evidence import store
from chosach.desk.law.models import Clock
from chosach.desk.ledger.models import Entry
from chosach.desk.ledger.selectors import entries_of
from tests.desk.cases.making import DAY, a_transfer


def add_piece(cast: Any, case: Case, content: bytes = b"%PDF-1.4 bien ban") -> Any:
    return evidence.add(
        "case", case.id, chunks=[content], name="bb.pdf", description="Biên bản", source="QLTT", actor=cast["qltt.can-bo"].actor
    )


def test_the_receiver_sees_the_file_only_when_it_is_sent(cast: Any, case: Case) -> None:
    transfer, police = a_transfer(cast, case, send=False), cast["congan.can-bo"].actor
    assert not cases_for(police).exists()
    decide_transfer(case.id, transfer.id, approve=True, actor=cast["qltt.lanh-dao"].actor)
    sight = sight_of(police, case_for(police, case.id))
    assert (sight.read, sight.protected, sight.receiver, sight.contribute, sight.owner) == (True, True, True, False, False)
    assert [item.what for item in waiting_for(police)] == ["Trả lời chuyển giao"]
    assert waiting_for(police)[0].due is not None


def test_sending_takes_a_second_person_who_is_a_head(cast: Any, case: Case) -> None:
    transfer = a_transfer(cast, case, send=False)
    with pytest.raises(Refused):
        decide_transfer(case.id, transfer.id, approve=True, actor=cast["qltt.can-bo"].actor)
    with pytest.raises(Problem):
        decide_transfer(case.id, transfer.id, approve=False, actor=cast["qltt.lanh-dao"].actor)
    decide_transfer(case.id, transfer.id, approve=False, reason="Chưa đủ hồ sơ", actor=cast["qltt.lanh-dao"].actor)
    assert Case.objects.get(pk=case.pk).stage == "opened"
    assert a_transfer(cast, case, send=False).state == "proposed"


def test_the_seal_covers_evidence_and_entries_and_stands_in_the_ledger(cast: Any, case: Case) -> None:
    piece = add_piece(cast, case)
    before = list(entries_of("case", case.id).values_list("seq", "hash"))
    transfer = a_transfer(cast, case)
    assert transfer.manifest["evidence"] == [{"number": 1, "id": str(piece.id), "sha256": piece.sha256, "size": piece.size}]
    assert [tuple(row) for row in transfer.manifest["entries"]][: len(before)] == before
    sent = entries_of("case", case.id).get(event="case.transfer_sent")
    assert json.loads(sent.payload.text)["seal"] == transfer.seal
    assert entries_of("evidence", piece.id).filter(event="case.transfer_sent").exists(), "the hand-over is in the custody record"


def test_the_seal_holds_until_something_changes(cast: Any, case: Case, files: Path) -> None:
    piece = add_piece(cast, case)
    transfer, police = a_transfer(cast, case), cast["congan.can-bo"].actor
    assert check_seal(case.id, transfer.id, actor=police) == []
    path = files / store.key(piece.sha256)
    path.chmod(0o640)
    path.write_bytes(b"khac")
    assert check_seal(case.id, transfer.id, actor=police) == ["Tệp của bút lục 01 bị thiếu hoặc không còn khớp mã SHA-256."]
    transfer.manifest["entries"][0][1] = "0" * 64
    transfer.save()
    assert len(check_seal(case.id, transfer.id, actor=police)) == 3
    assert entries_of("transfer", transfer.id).filter(event="case.transfer_checked").count() == 3


def test_a_sealed_file_can_not_be_changed(cast: Any, case: Case) -> None:
    a_transfer(cast, case)
    with pytest.raises(Problem) as problem:
        contents.write_note(case.id, words="x", audience="own", actor=cast["qltt.can-bo"].actor)
    assert problem.value.code == "case.sealed"
    with pytest.raises(Problem):
        add_piece(cast, case)


def test_acceptance_makes_the_receiver_owner_and_the_sender_a_reader(cast: Any, case: Case) -> None:
    transfer = a_transfer(cast, case)
    answer_transfer(case.id, transfer.id, accept=True, actor=cast["congan.lanh-dao"].actor)
    case.refresh_from_db()
    assert (case.owner.code, case.stage) == ("police", "transferred")
    sight = sight_of(cast["qltt.can-bo"].actor, case)
    assert (sight.owner, sight.read, sight.contribute, sight.protected) == (False, True, False, False)
    clock = Clock.objects.get(noun="transfer", object_id=str(transfer.id))
    assert (clock.state, clock.body.code) == ("met", "police")


def test_a_return_needs_a_reason_and_puts_the_file_back_where_it_was(cast: Any, case: Case) -> None:
    from chosach.desk.cases.services import opening

    opening.move_stage(case.id, target="verifying", actor=cast["qltt.can-bo"].actor)
    transfer, police = a_transfer(cast, case), cast["congan.can-bo"].actor
    with pytest.raises(Problem):
        answer_transfer(case.id, transfer.id, accept=False, actor=police)
    answer_transfer(case.id, transfer.id, accept=False, answer="Không có dấu hiệu tội phạm", actor=police)
    case.refresh_from_db()
    assert (case.owner.code, case.stage) == ("market-surveillance", "verifying")
    assert not cases_for(police).exists()
    assert Transfer.objects.get(pk=transfer.pk).answer == "Không có dấu hiệu tội phạm"


def test_the_clock_counts_working_days_over_a_week_end(cast: Any, case: Case) -> None:
    transfer = a_transfer(cast, case)  # Wednesday 10 March: Thursday, Friday, Monday
    clock = Clock.objects.get(noun="transfer", object_id=str(transfer.id))
    assert str(clock.due_on) == "2021-03-15"
    businessdate.simulate(DAY.replace(day=16))
    answer_transfer(case.id, transfer.id, accept=True, actor=cast["congan.can-bo"].actor)
    clock.refresh_from_db()
    assert clock.state == "missed"


def test_nobody_else_answers(cast: Any, case: Case) -> None:
    transfer = a_transfer(cast, case)
    for key in ("qltt.can-bo", "qltt.lanh-dao", "thue.can-bo", "vptt.can-bo", "quantri", "kiemtoan"):
        with pytest.raises(Refused):
            answer_transfer(case.id, transfer.id, accept=True, actor=cast[key].actor)


def test_the_result_comes_back_to_the_body_that_handed_over(cast: Any, case: Case) -> None:
    from chosach.desk.cases.outcome_rules import OutcomeInput

    transfer = a_transfer(cast, case)
    officer, head = cast["congan.can-bo"].actor, cast["congan.lanh-dao"].actor
    answer_transfer(case.id, transfer.id, accept=True, actor=head)
    given = OutcomeInput("prosecuted", DAY, "Quyết định khởi tố", prosecuted_cases=1, prosecuted_persons=2)
    outcome = outcomes.propose_outcome(case.id, given, actor=officer)
    outcomes.decide_outcome(case.id, outcome.id, approve=True, actor=head)
    back = entries_of("transfer", transfer.id).get(event="case.transfer_result")
    assert json.loads(back.refs)["body"] == "market-surveillance"
    assert Transfer.objects.get(pk=transfer.pk).result_on == DAY
    assert json.loads(Entry.objects.get(event="case.outcome_recorded").payload.text)["body"] == "police"


@pytest.mark.parametrize("to", ["market-surveillance", "justice", "provider-isp", "nowhere", ""])
def test_a_file_goes_only_to_another_body_that_may_act(cast: Any, case: Case, to: str) -> None:
    with pytest.raises(Problem) as problem:
        transferring.propose_transfer(case.id, to_body=to, reason="x", ground="x", actor=cast["qltt.can-bo"].actor)
    assert problem.value.code == "case.receiver_unknown"

"""Legal clocks: started, paused, resumed, met, missed; late on the business date; nobody else's."""

import datetime as dt
import json
import uuid

import pytest

from chosach.desk.core import access, businessdate
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.law import selectors, services
from chosach.desk.law.catalogue import kinds, laws_for, penalties_on
from chosach.desk.law.models import Clock, DeadlineRule
from chosach.desk.ledger.models import Entry
from tests.people import Cast

CASE = str(uuid.uuid4())
BEFORE_TET = dt.date(2021, 2, 8)


@pytest.fixture(autouse=True)
def law(plan_2020: None) -> None:
    businessdate.simulate(BEFORE_TET)


def start(actor: access.Actor, rule: str = "transfer-answer", body: str = "police", **options: object) -> Clock:
    return services.start_clock("case", CASE, rule, actor=actor, body=body, **options)  # type: ignore[arg-type]


def test_a_transfer_before_tet_is_due_after_it(cast: Cast) -> None:
    clock = start(cast["qltt.can-bo"].actor)
    assert clock.due_on == dt.date(2021, 2, 18)
    entry = Entry.objects.get(event="clock.started")
    assert json.loads(entry.refs)["case"] == CASE
    assert json.loads(entry.payload.text)["due_on"] == "2021-02-18"


def test_a_clock_is_late_the_day_after_its_last_day(cast: Cast) -> None:
    clock = start(cast["qltt.can-bo"].actor)
    police = cast["congan.can-bo"].actor
    businessdate.simulate(dt.date(2021, 2, 18))
    assert selectors.overdue_for(police) == []
    businessdate.simulate(dt.date(2021, 2, 19))
    assert selectors.overdue_for(police) == [clock]
    [face] = selectors.faces([clock], police)
    assert (face.overdue, face.days_left) == (True, -1)


def test_each_body_sees_its_own_clocks_the_standing_office_and_the_auditor_all(cast: Cast) -> None:
    clock = start(cast["qltt.can-bo"].actor)
    for key in ("congan.can-bo", "vptt.can-bo", "bcd.lanh-dao", "kiemtoan"):
        assert list(selectors.clocks_for(cast[key].actor)) == [clock], key
    for key in ("thue.can-bo", "qltt.can-bo"):
        assert list(selectors.clocks_for(cast[key].actor)) == [], key
    for key in ("mttq.can-bo", "hoi.can-bo", "quantri", "isp.lien-he"):
        with pytest.raises(Refused):
            selectors.clocks_for(cast[key].actor)
    with pytest.raises(Refused):
        selectors.clock_for(cast["thue.can-bo"].actor, clock.pk)


def test_stopping_in_time_meets_the_deadline_and_late_misses_it(cast: Cast) -> None:
    police = cast["congan.can-bo"].actor
    clock = services.stop_clock(start(cast["qltt.can-bo"].actor), actor=police, on=dt.date(2021, 2, 18))
    assert clock.state == "met"
    clock = services.stop_clock(start(cast["qltt.can-bo"].actor), actor=police, on=dt.date(2021, 2, 19))
    assert clock.state == "missed"
    assert Entry.objects.filter(event="clock.stopped").count() == 2


def test_what_was_left_runs_on_after_a_pause(cast: Cast) -> None:
    qltt = cast["qltt.can-bo"].actor
    clock = start(qltt, rule="request-answer", body="market-surveillance", on=dt.date(2021, 3, 1))  # due 8 March
    paused = services.pause_clock(clock, actor=qltt, reason="Hồ sơ ở Công an", on=dt.date(2021, 3, 3))
    assert (paused.state, paused.remaining) == ("paused", 3)
    assert not selectors.is_overdue(paused)
    resumed = services.resume_clock(paused, actor=qltt, on=dt.date(2021, 4, 28))
    assert resumed.due_on == dt.date(2021, 5, 5)  # 30 April, 1 and 3 May are off


def test_a_pause_needs_a_reason_and_a_state_that_allows_it(cast: Cast) -> None:
    qltt = cast["qltt.can-bo"].actor
    clock = start(qltt)
    with pytest.raises(Problem, match=r"clock\.reason_missing"):
        services.pause_clock(clock, actor=qltt, reason=" ")
    with pytest.raises(Problem, match=r"clock\.wrong_state"):
        services.resume_clock(clock, actor=qltt)
    services.stop_clock(clock, actor=qltt, void=True, reason="Rút việc chuyển")
    with pytest.raises(Problem, match=r"clock\.wrong_state"):
        services.stop_clock(clock, actor=qltt)
    with pytest.raises(Problem, match=r"clock\.before_start"):
        services.stop_clock(start(qltt), actor=qltt, on=BEFORE_TET - dt.timedelta(days=1))


def test_an_outsider_can_neither_start_nor_touch_a_clock(cast: Cast) -> None:
    clock = start(cast["qltt.can-bo"].actor)
    for key in ("mttq.can-bo", "hoi.can-bo", "quantri", "kiemtoan", "isp.lien-he"):
        with pytest.raises(Refused):
            start(cast[key].actor, rule="request-answer")
    for key in ("thue.can-bo", "bienhoa.can-bo", "kiemtoan", "hoi.can-bo"):
        actor = cast[key].actor
        for act in (
            lambda a=actor: services.stop_clock(clock, actor=a),
            lambda a=actor: services.pause_clock(clock, actor=a, reason="x"),
            lambda a=actor: services.resume_clock(clock, actor=a),
        ):
            with pytest.raises(Refused):
                act()
    clock.refresh_from_db()
    assert clock.state == "running"


def test_the_same_deadline_does_not_run_twice_on_one_object(cast: Cast) -> None:
    start(cast["qltt.can-bo"].actor)
    with pytest.raises(Problem, match=r"clock\.already_running"):
        start(cast["qltt.can-bo"].actor)


def test_a_deadline_in_hours_counts_hours(cast: Cast) -> None:
    at = selectors.now()
    clock = start(cast["qltt.can-bo"].actor, rule="minutes-transfer", at=at)
    assert clock.due_at == at + dt.timedelta(hours=24)
    businessdate.simulate(BEFORE_TET + dt.timedelta(days=2))
    assert selectors.is_overdue(clock)
    assert services.stop_clock(clock, actor=cast["qltt.can-bo"].actor).state == "missed"


def test_the_rule_in_force_on_the_day_is_taken(cast: Cast) -> None:
    with pytest.raises(Problem, match=r"law\.rule_unknown"):
        start(cast["qltt.can-bo"].actor, rule="decision")  # in this form only since 2022
    assert start(cast["qltt.can-bo"].actor, rule="decision", on=dt.date(2022, 1, 4)).due_on == dt.date(2022, 1, 13)
    assert DeadlineRule.objects.get(code="minutes").valid_from == dt.date(2025, 3, 20)


def test_the_law_of_a_kind_is_that_of_the_day_of_the_act() -> None:
    in_2020 = {law.instrument for law in laws_for("unregistered_site", dt.date(2020, 12, 1))}
    in_2026 = {law.instrument for law in laws_for("unregistered_site", dt.date(2026, 8, 1))}
    assert "Nghị định 52/2013/NĐ-CP" in in_2020 - in_2026
    assert "Luật Thương mại điện tử 122/2025/QH15" in in_2026 - in_2020


def test_every_kind_has_a_law_today_and_in_2020() -> None:
    for kind in kinds():
        for day in (dt.date(2020, 12, 1), dt.date(2026, 11, 24)):
            assert laws_for(kind.code, day), (kind.code, day)


def test_fines_are_dated_and_carry_how_well_they_are_known() -> None:
    in_2020, in_2026 = penalties_on(dt.date(2020, 12, 1)), penalties_on(dt.date(2026, 8, 1))
    assert not in_2020.filter(instrument__contains="174/2026").exists()
    assert in_2026.filter(instrument__contains="174/2026").exists()
    assert not in_2020.filter(instrument__contains="185/2013").exists()
    assert in_2020.filter(confidence="unverified").exists()

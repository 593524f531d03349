"""Keeping the list of bodies between two plan files: added, renamed, merged, with contact; each act in the ledger."""

import datetime as dt
import json

import pytest

from chosach.desk.agencies import selectors, services
from chosach.desk.agencies.models import Body, BodySuccession
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.ledger.models import Entry
from tests.people import Cast

NEW = {"code": "provider-vnpt", "name": "Nhà mạng thử", "short_name": "Nhà mạng", "kind": "provider"}
OUTSIDERS = ("vptt.lanh-dao", "bcd.lanh-dao", "qltt.lanh-dao", "mttq.lanh-dao", "kiemtoan", "isp.lien-he")


def test_the_administrator_adds_and_renames_a_body(cast: Cast) -> None:
    actor = cast["quantri"].actor
    services.add_body(actor=actor, **NEW)
    services.rename_body(actor=actor, code="provider-vnpt", name="Nhà mạng mới", short_name="NM")
    assert Body.objects.get(code="provider-vnpt").name == "Nhà mạng mới"
    assert list(Entry.objects.filter(actor=actor.id).values_list("event", flat=True).order_by("seq")) == ["body.added", "body.changed"]
    payload = json.loads(Entry.objects.get(event="body.changed").payload.text)
    assert payload["before"]["name"] == "Nhà mạng thử"


def test_a_name_that_does_not_change_writes_nothing(cast: Cast) -> None:
    actor = cast["quantri"].actor
    body = services.add_body(actor=actor, **NEW)
    services.rename_body(actor=actor, code=body.code, name=body.name, short_name=body.short_name)
    assert not Entry.objects.filter(event="body.changed").exists()


def test_nobody_else_adds_renames_or_merges(cast: Cast) -> None:
    for key in OUTSIDERS:
        actor = cast[key].actor
        with pytest.raises(Refused):
            services.add_body(actor=actor, **NEW)
        with pytest.raises(Refused):
            services.rename_body(actor=actor, code="tax", name="x", short_name="x")
        with pytest.raises(Refused):
            services.merge_bodies(actor=actor, code="tax", into="customs", on=dt.date(2021, 1, 1), ground="x")


def test_a_head_keeps_the_contact_of_the_own_body_only(cast: Cast) -> None:
    services.set_contact(actor=cast["thue.lanh-dao"].actor, code="tax", contact="Phòng Thanh tra - Kiểm tra")
    assert Body.objects.get(code="tax").contact == "Phòng Thanh tra - Kiểm tra"
    for key in ("thue.can-bo", "haiquan.lanh-dao", "vptt.can-bo", "kiemtoan"):
        with pytest.raises(Refused):
            services.set_contact(actor=cast[key].actor, code="tax", contact="Số khác")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "ministry"}, "body.kind_unknown"),
        ({"name": "  "}, "body.name_missing"),
        ({"code": "tax"}, "body.code_taken"),
    ],
)
def test_a_body_with_bad_input_is_refused(cast: Cast, changes: dict[str, str], code: str) -> None:
    with pytest.raises(Problem) as caught:
        services.add_body(actor=cast["quantri"].actor, **(NEW | changes))
    assert caught.value.code == code


def test_a_merge_needs_a_ground_and_makes_no_circle(cast: Cast) -> None:
    actor = cast["quantri"].actor
    on = dt.date(2021, 1, 1)
    for values, code in (
        ({"code": "tax", "into": "tax", "ground": "QĐ"}, "body.merge_self"),
        ({"code": "tax", "into": "customs", "ground": " "}, "body.ground_missing"),
        ({"code": "tax", "into": "customs", "ground": "QĐ", "kinds": ("khác",)}, "body.scope_unknown"),
        ({"code": "nobody", "into": "customs", "ground": "QĐ"}, "body.unknown"),
    ):
        with pytest.raises(Problem) as caught:
            services.merge_bodies(actor=actor, on=on, **values)  # type: ignore[arg-type]
        assert caught.value.code == code
    services.merge_bodies(actor=actor, code="tax", into="customs", on=on, ground="QĐ 1")
    with pytest.raises(Problem) as caught:
        services.merge_bodies(actor=actor, code="customs", into="tax", on=dt.date(2022, 1, 1), ground="QĐ 2")
    assert caught.value.code == "body.successor_ended"
    assert BodySuccession.objects.count() == 1


def test_a_merged_body_leaves_the_list_but_keeps_its_page(cast: Cast) -> None:
    services.merge_bodies(actor=cast["quantri"].actor, code="tax", into="customs", on=dt.date(2021, 1, 1), ground="QĐ 1")
    officer = cast["qltt.can-bo"].actor
    assert "tax" in {body.code for body in selectors.bodies_for(officer, dt.date(2020, 12, 31))}
    assert "tax" not in {body.code for body in selectors.bodies_for(officer, dt.date(2021, 1, 1))}
    assert selectors.body_for(officer, "tax").valid_to == dt.date(2020, 12, 31)


def test_those_outside_the_plan_read_neither_bodies_nor_competence(cast: Cast) -> None:
    for key in ("isp.lien-he", "nhanhieu.lien-he", "kiemtoan"):
        with pytest.raises(Refused):
            selectors.bodies_for(cast[key].actor)
        with pytest.raises(Refused):
            selectors.competences_for(cast[key].actor)
    with pytest.raises(Refused):
        selectors.body_for(cast["qltt.can-bo"].actor, "no-such-body")

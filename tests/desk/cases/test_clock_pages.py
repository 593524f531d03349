"""A running deadline leads to its case for those who may read the file, and to nothing for the others."""

import json
from typing import Any

from chosach.desk.cases.models import Case
from chosach.desk.law import selectors
from chosach.desk.ledger.models import Entry
from chosach.desk.plan import services
from tests.desk.cases.making import a_transfer


def test_the_list_of_deadlines_opens_the_case_for_those_who_may_read_it(cast: Any, case: Case) -> None:
    a_transfer(cast, case)
    police = cast["congan.can-bo"].actor
    [clock] = selectors.clocks_for(police)
    [face] = selectors.faces([clock], police)
    assert face.shown.label == "Chuyển vụ việc"
    assert face.shown.url == f"/vu-viec/{case.pk}/"
    for key in ("vptt.can-bo", "kiemtoan"):
        [face] = selectors.faces([clock], cast[key].actor)
        assert face.shown.url == ""
    page = cast["congan.can-bo"].client.get("/phap-luat/thoi-han/").content.decode()
    assert f"/vu-viec/{case.pk}/" in page
    assert f"/vu-viec/{case.pk}/" not in cast["kiemtoan"].client.get("/phap-luat/thoi-han/").content.decode()


def test_evidence_of_progress_names_the_case_and_stays_out_of_its_file(cast: Any, case: Case) -> None:
    links = [f"http://chosach.test/vu-viec/{case.pk}/"]
    note = services.note_progress(
        actor=cast["qltt.can-bo"].actor, plan="dong-nai-2020", code="A1b", text="Đã mở vụ việc.", progress="ongoing", links=links
    )
    assert note.links == [{"noun": "case", "id": str(case.pk), "path": f"/vu-viec/{case.pk}/", "label": "Vụ việc"}]
    entry = Entry.objects.get(event="obligation.noted")
    assert "case" not in json.loads(entry.refs), "a note of the plan puts no line into another body's case file"
    assert str(case.pk) in str(entry.payload.text)

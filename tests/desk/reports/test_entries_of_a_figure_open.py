"""The entries behind a figure are links for who may read the ledger, and numbers for everybody else."""

import datetime as dt

from django.urls import reverse

from tests.desk.cases.making import a_case
from tests.desk.reports.making import a_round, an_entry, set_up
from tests.people import Cast


def test_entries_behind_a_figure_lead_to_the_ledger_for_who_may_read_it(cast: Cast) -> None:
    set_up()
    seq = an_entry(a_case(cast, "thue.can-bo"), day=dt.date(2021, 1, 11), body="tax", subjects=1).seq
    address = f"/bao-cao/{a_round(cast).pk}/so-lieu/tax/2/"
    entry = reverse("oversight:entry", args=[seq])
    head, officer = (cast[who].client.get(address).content.decode() for who in ("vptt.lanh-dao", "vptt.can-bo"))
    assert f'<a href="{entry}">bút toán {seq}</a>' in head
    assert f"bút toán {seq}" in officer and entry not in officer
    assert cast["vptt.lanh-dao"].client.get(entry).status_code == 200
    assert cast["vptt.can-bo"].client.get(entry).status_code == 404


def test_the_standing_office_opens_from_a_figure_what_it_may_see_of_a_case(cast: Cast) -> None:
    set_up()
    case = a_case(cast, "thue.can-bo")
    an_entry(case, day=dt.date(2021, 1, 11), body="tax", subjects=1)
    address = f"/bao-cao/{a_round(cast).pk}/so-lieu/tax/2/"
    figures, whole = reverse("cases:figures", args=[case.pk]), reverse("cases:case", args=[case.pk])
    office, owner = (cast[who].client.get(address).content.decode() for who in ("vptt.can-bo", "thue.can-bo"))
    assert figures in office and whole not in office
    assert whole in owner and figures not in owner
    assert cast["vptt.can-bo"].client.get(figures).status_code == 200


def test_the_standing_offices_empty_list_of_cases_says_why_and_where_to_look(cast: Cast) -> None:
    set_up()
    a_case(cast, "thue.can-bo")
    told = cast["vptt.can-bo"].client.get(reverse("cases:list")).content.decode()
    assert "không thụ lý vụ việc" in told and reverse("cases:figure_list") in told
    assert "không thụ lý vụ việc" not in cast["qltt.can-bo"].client.get(reverse("cases:list")).content.decode()

"""Building blocks: tables that stack, forms that say what is wrong, lists in pages, navigation and first page by person."""

import datetime as dt
import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from chosach.desk.core import home, navigation
from chosach.desk.core.access import NOBODY, Actor
from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import DayInput, add_problem
from chosach.desk.core.tables import label_cells

OFFICER = Actor(id="user:1", body_kind="market_surveillance", role="officer")


def show(source: str, **values: object) -> str:
    return Template("{% load chosach %}" + source).render(Context(values))


class Dismissal(forms.Form):
    reason = forms.CharField(label="Lý do", help_text="Ghi rõ căn cứ.", widget=forms.Textarea)
    place = forms.ChoiceField(label="Địa bàn", choices=[("in", "Trong tỉnh")], widget=forms.RadioSelect, required=False)
    day = forms.DateField(label="Ngày", required=False, widget=DayInput())


def test_each_cell_learns_the_heading_of_its_column() -> None:
    rows = "<thead><tr><th>Tên &amp; mã</th><th>Giá &quot;cũ&quot;</th></tr></thead><tbody><tr><td>a</td><td class='x'>b</td></tr></tbody>"
    shown = label_cells(rows)
    assert '<td data-label="Tên &amp; mã">a</td>' in shown
    assert "<td data-label=\"Giá &quot;cũ&quot;\" class='x'>b</td>" in shown


def test_a_wide_cell_and_a_cell_with_its_own_label_do_not_shift_the_headings() -> None:
    head = "<thead><tr><th>A</th><th>B</th><th>C</th></tr></thead>"
    rows = head + "<tr><td colspan=2>1</td><td>2</td></tr><tr><td data-label='x'>1</td><td>2</td></tr>"
    shown = label_cells(rows)
    assert '<td data-label="C">2</td>' in shown
    assert "<td data-label='x'>1</td>" in shown
    assert '<td data-label="B">2</td>' in shown


def test_a_table_within_a_cell_is_left_alone() -> None:
    rows = "<thead><tr><th>A</th></tr></thead><tr><td><table><tr><td>trong</td></tr></table></td></tr>"
    assert "<td>trong</td>" in label_cells(rows)


def test_a_data_table_has_a_caption_for_those_who_do_not_see_it() -> None:
    shown = show('{% datatable caption="Đầu mối" %}<thead><tr><th>A</th></tr></thead><tr><td>{{ x }}</td></tr>{% enddatatable %}', x="<i>")
    assert '<caption class="visually-hidden">Đầu mối</caption>' in shown
    assert '<td data-label="A">&lt;i&gt;</td>' in shown


def test_a_field_in_error_is_tied_to_its_help_and_its_error() -> None:
    shown = show("{% field form.reason %}", form=Dismissal({"reason": ""}))
    control = re.search(r"<textarea[^>]*>", shown)
    assert control is not None
    assert 'aria-describedby="id_reason_help id_reason_error"' in control[0]
    assert 'aria-invalid="true"' in control[0]
    assert 'id="id_reason_help"' in shown
    assert 'id="id_reason_error"' in shown
    assert '<label for="id_reason">Lý do' in shown


def test_several_choices_stand_under_one_legend() -> None:
    shown = show("{% field form.place %}", form=Dismissal())
    assert re.search(r"<fieldset[^>]*>\s*<legend>Địa bàn", shown)


def test_a_day_is_written_as_the_calendar_of_the_browser_reads_it() -> None:
    assert 'value="2021-03-15"' in show("{% field form.day %}", form=Dismissal(initial={"day": dt.date(2021, 3, 15)}))
    form = Dismissal({"reason": "x", "day": "2021-03-15"})
    assert form.is_valid()
    assert form.cleaned_data["day"] == dt.date(2021, 3, 15)


def test_the_summary_of_errors_leads_to_the_fields() -> None:
    shown = show("{% form_errors form %}", form=Dismissal({"reason": ""}))
    assert '<a href="#id_reason">Lý do: ' in shown
    assert show("{% form_errors form %}", form=Dismissal()) == ""


def test_a_problem_of_a_service_is_shown_at_its_field_or_above_the_form() -> None:
    form = Dismissal({"reason": "vì"})
    add_problem(form, Problem("lead.reason_short", "Lý do quá ngắn.", where="reason"))
    add_problem(form, Problem("lead.closed", "Đầu mối <đã> đóng.", where="elsewhere"))
    shown = show("{% form_errors form %}{% field form.reason %}", form=form)
    assert "Đầu mối &lt;đã&gt; đóng." in shown
    assert "Lý do quá ngắn." in shown
    assert form.errors.as_data()["reason"][0].code == "lead.reason_short"


def test_an_act_with_consequences_carries_token_reason_and_the_second_person() -> None:
    source = (
        '{% confirm title="Bỏ qua" submit="Bỏ qua" action="/x/" reason=form.reason four_eyes="Cần lãnh đạo." %}<p>A</p>{% endconfirm %}'
    )
    shown = show(source, form=Dismissal(), csrf_token="dấu")
    assert 'action="/x/"' in shown
    assert 'name="csrfmiddlewaretoken" value="dấu"' in shown
    assert "Cần lãnh đạo." in shown
    assert 'name="reason"' in shown


def test_pages_of_a_list_keep_the_filters() -> None:
    request = RequestFactory().get("/dau-moi/", {"kind": "banned", "q": "túi & ví", "page": "9"})
    shown = show("{% pagination page %}", page=Paginator(range(500), 50).get_page(2), request=request)
    assert "?kind=banned&amp;q=t%C3%BAi+%26+v%C3%AD&amp;page=3" in shown
    assert "page=9" not in shown
    assert "51–100 trong 500" in shown


def test_a_bar_without_a_known_total_claims_no_share() -> None:
    shown = show("{% progress 120 None label='Đang đọc' %}")
    assert "chưa rõ tổng số" in shown
    assert "value=" not in shown
    assert 'max="20000" value="7500"' in show("{% progress 7500 20000 %}")


def test_a_person_sees_only_the_entries_that_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr("chosach.desk.core.access._permissions", {})
    from chosach.desk.core import access
    from chosach.desk.core.kinds import Role

    access.register("t.read", "Đọc", roles=[Role.OFFICER])
    access.register("t.audit", "Kiểm", roles=[Role.AUDITOR])
    navigation.register("Trang đầu", "core:home", permission=None, order=0)
    navigation.register("Phiên", "usersessions_list", permission="t.audit", group=navigation.Group.SYSTEM)
    navigation.register("Hai lớp", "mfa_index", permission=["t.audit", "t.read"], group=navigation.Group.SYSTEM)
    shown = navigation.sections_for(OFFICER, "/tai-khoan/hai-lop/totp/")
    assert [(str(link.label), link.current) for section in shown for link in section.links] == [("Trang đầu", False), ("Hai lớp", True)]
    assert [str(link.label) for section in navigation.sections_for(NOBODY, "/") for link in section.links] == ["Trang đầu"]


def test_every_registered_entry_of_the_navigation_has_an_address_an_icon_and_known_permissions() -> None:
    from pathlib import Path

    from django.contrib.staticfiles import finders
    from django.urls import reverse

    from chosach.desk.core.access import permission_named
    from chosach.desk.core.looks import SPRITE

    sprite = Path(str(finders.find(SPRITE))).read_text(encoding="utf-8")
    for item in navigation.all_items():
        assert reverse(item.url_name)
        assert f'id="{item.icon}"' in sprite, item
        assert all(permission_named(code) for code in item.permissions)


def test_the_first_page_shows_what_the_apps_say_waits_for_this_person(cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def waiting(actor: Actor) -> home.Section | None:
        if actor.role != "officer":
            return None
        return home.Section("Đầu mối mới", 12, [home.Entry("Cửa hàng <A>", "/x/", due=dt.date(2021, 3, 1))], url="/dau-moi/")

    def idle(actor: Actor) -> home.Section | None:
        return home.Section("Thời hạn đã quá", 0, url="/thoi-han/")

    home.discover()  # now, and not into the place of what this test puts there
    monkeypatch.setattr(home, "_sources", [(1, "waiting", waiting), (2, "idle", idle)])
    shown = cast["qltt.can-bo"].client.get("/").content.decode()
    assert "Đầu mối mới" in shown
    assert "Cửa hàng &lt;A&gt;" in shown
    assert '<li><a href="/thoi-han/">Thời hạn đã quá</a></li>' in shown, "what has nothing waiting is one line at the end"
    assert "Đầu mối mới" not in cast["qltt.lanh-dao"].client.get("/").content.decode()

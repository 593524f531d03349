"""A report's figures by goods group: from the same entries, adding up to the whole; on the page and opened to their cases."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from chosach.desk.reports import overview
from chosach.desk.reports.figures import FigureEntry, by_goods, compute
from tests.desk.cases.making import a_case
from tests.desk.reports.making import a_round, an_entry, set_up
from tests.examples import examples
from tests.people import Cast

JANUARY = dt.date(2021, 1, 11)


def shown(cast: Cast, who: str, report: object) -> dict[str, list[int]]:
    """Goods group → its figures in the first table of the page."""
    blocks = cast[who].client.get(reverse("reports:report", args=[report.pk])).context["overview"].goods  # type: ignore[attr-defined]
    return {line.label: [cell.value for cell in line.cells] for line in blocks[0].lines} if blocks else {}


@pytest.fixture
def two_groups(cast: Cast) -> object:
    """Two cosmetics cases of the tax office, one food case of the market surveillance, one of goods in no group."""
    set_up()
    for who, body, group in (
        ("thue.can-bo", "tax", "cosmetic"),
        ("thue.can-bo", "tax", "cosmetic"),
        ("qltt.can-bo", "market-surveillance", "food"),
        ("qltt.can-bo", "market-surveillance", ""),
    ):
        an_entry(a_case(cast, who), day=JANUARY, body=body, goods_group=group, subjects=1, fine=1_000_000, collected=1_000_000)
    return a_round(cast)


def test_the_page_breaks_the_figures_down_by_goods_group(cast: Cast, two_groups: object) -> None:
    handled = {label: cells[1] for label, cells in shown(cast, "vptt.can-bo", two_groups).items()}
    assert handled == {"Thực phẩm": 1, "Mỹ phẩm": 2, "Hàng hóa khác, chưa xếp nhóm": 1}


def test_who_sees_only_the_own_figures_sees_only_the_own_goods(cast: Cast, two_groups: object) -> None:
    assert {label: cells[1] for label, cells in shown(cast, "thue.can-bo", two_groups).items()} == {"Mỹ phẩm": 2}
    assert shown(cast, "khcn.can-bo", two_groups) == {}


def test_a_figure_of_a_group_opens_to_its_cases_for_who_sees_them_all(cast: Cast, two_groups: object) -> None:
    address = reverse("reports:cell", args=[two_groups.pk, "hang-cosmetic", "2"])  # type: ignore[attr-defined]
    page = cast["vptt.can-bo"].client.get(address)
    assert page.context["value"] == 2 and len(page.context["page"]) == 2
    assert "Mỹ phẩm" in page.context["label"]
    assert address in cast["vptt.can-bo"].client.get(reverse("reports:report", args=[two_groups.pk])).content.decode()  # type: ignore[attr-defined]
    assert cast["thue.can-bo"].client.get(address).status_code == 404
    assert overview.goods_of("hang-khac") == "" and overview.goods_of("tax") is None


GROUPS = st.sampled_from(["", "food", "cosmetic"])
ENTRIES = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["inspected", "sanctioned", "prosecuted", "dismissed"]), GROUPS), max_size=12
)


@pytest.mark.once
@examples(40)
@given(given_entries=ENTRIES)
def test_the_groups_add_up_to_the_whole_whatever_happened(given_entries: list[tuple[int, str, str]]) -> None:
    entries = [
        FigureEntry(
            at,
            dt.date(2020, 11, 13) + dt.timedelta(days=30 * at),
            f"case{case}",
            f"outcome{at}",
            {"outcome": outcome, "body": "tax", "kind": "counterfeit", "place": "inside", "goods_group": group, "fine": 5, "collected": 5},
        )
        for at, (case, outcome, group) in enumerate(given_entries)
    ]
    start, end = dt.date(2021, 1, 1), dt.date(2021, 6, 30)
    whole, groups = compute(entries, start, end), compute(by_goods(entries), start, end)
    sums: dict[str, int] = {}
    for (_, measure), cell in groups.items():
        sums[measure] = sums.get(measure, 0) + cell.value
    totals = {measure: cell.value for (_, measure), cell in whole.items() if cell.value}
    assert {measure: value for measure, value in sums.items() if value} == totals


@pytest.mark.once
def test_the_tables_by_body_fit_on_a_screen_and_keep_their_headings(cast: Cast, page_as) -> None:  # type: ignore[no-untyped-def]
    set_up()
    an_entry(
        a_case(cast, "thue.can-bo"),
        day=JANUARY,
        body="tax",
        goods_group="food",
        subjects=1,
        fine=987_654_321_000,
        collected=987_654_321_000,
    )
    report = a_round(cast)
    page = page_as("vptt.can-bo")
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(reverse("reports:report", args=[report.pk]))
    tables = page.locator(".table-tall")
    assert tables.count() == 4
    for at in range(4):
        assert tables.nth(at).evaluate("box => box.scrollWidth - box.clientWidth") <= 1
    heads = tables.first.evaluate(
        "box => { box.scrollTop = 400; return box.querySelector('th').getBoundingClientRect().top - box.getBoundingClientRect().top }"
    )
    assert 0 <= heads <= 2

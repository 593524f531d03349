"""One lead per trader, for the one competent body, ranked by expected harm; a second run changes nothing."""

import pytest

from chosach.desk.core.access import NOBODY
from chosach.desk.core.errors import Refused
from chosach.desk.leads.models import Lead
from chosach.desk.leads.services import dismiss, open_leads
from chosach.desk.leads.services.open_leads import LeadCounts
from chosach.desk.ledger.models import Entry


def test_findings_of_one_trader_make_one_lead(market):
    market.sell("a")
    market.sell("a", kind="smuggled")
    market.sell("b", kind=None)
    assert market.open() == LeadCounts(opened=1)
    lead = market.of("a")
    assert (lead.findings, lead.listings, lead.state, lead.rank) == (2, 2, "new", 1)
    assert lead.kind == "counterfeit"
    assert set(lead.kinds.values_list("kind", flat=True)) == {"counterfeit", "smuggled"}


def test_a_second_run_changes_nothing_and_writes_nothing(market):
    market.sell("a")
    market.open()
    before = (list(Lead.objects.values()), Entry.objects.count())
    assert market.open() == LeadCounts()
    assert market.open(import_id="1") == LeadCounts()
    assert (list(Lead.objects.values()), Entry.objects.count()) == before


@pytest.mark.parametrize(
    ("kind", "category", "body"),
    [
        ("counterfeit", "Giày dép", "market-surveillance"),
        ("conditional", "Thực phẩm chức năng", "health"),
        ("substandard", "Mũ bảo hiểm", "science-technology"),
        ("ip_infringing", "Sách", "culture"),
    ],
)
def test_the_competent_body_owns_the_lead(market, kind, category, body):
    for _ in range(5):
        market.sell("a", kind=kind, category=category)
    market.open()
    assert market.of("a").body.code == body


def test_a_few_goods_sold_under_conditions_make_no_lead_and_many_do(market):
    for _ in range(4):
        market.sell("a", kind="conditional")
    assert market.open() == LeadCounts()
    market.sell("a", kind="conditional")
    assert market.open() == LeadCounts(opened=1)


def test_an_unlikely_finding_makes_no_lead(market):
    market.sell("a", probability=0.4)
    assert market.open() == LeadCounts()


def test_more_harm_ranks_higher_and_ranks_have_no_gap(market):
    leads = market.many(5)
    assert [lead.rank for lead in leads] == [1, 2, 3, 4, 5]
    assert [lead.score for lead in leads] == sorted((lead.score for lead in leads), reverse=True)


def test_a_lead_lapses_when_its_findings_go(market):
    lead = market.lead("a", title="Giày siêu cấp")
    from chosach.desk.registry.models import Finding

    Finding.objects.update(current=False)
    assert market.open() == LeadCounts(lapsed=1)
    lead.refresh_from_db()
    assert (lead.state, lead.rank) == ("lapsed", None)


def test_a_dismissed_lead_comes_back_for_new_listings_only(market, cast):
    market.many(20)
    lead = market.lead("a", sold=1)
    dismiss(lead.id, reason="innocent", text="Đồ chơi", actor=cast["qltt.can-bo"].actor)
    assert market.open() == LeadCounts()
    market.sell("a", sold=1)
    assert market.open() == LeadCounts(updated=1, reopened=1)
    lead.refresh_from_db()
    assert lead.state == "new"


def test_leads_of_traders_that_turn_out_to_be_one_are_folded(market):
    market.lead("a", description="Gọi 0951234567")
    market.lead("b")
    market.sell("b", description="Gọi 0951234567")
    assert market.open().joined == 1
    assert sorted(Lead.objects.values_list("state", flat=True)) == ["joined", "new"]
    assert market.of("a").findings == 3


def test_unknown_and_outside_are_not_inside(market):
    market.sell("a", location="Hà Nội")
    market.sell("b", location=None)
    market.open()
    assert (market.of("a").trader.place, market.of("b").trader.place) == ("outside", "unknown")


def test_nobody_opens_leads(market):
    with pytest.raises(Refused):
        open_leads(actor=NOBODY)

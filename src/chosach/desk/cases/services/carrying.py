"""What a lead brings into a case: its trader as a party, the listings that it rests on as a piece of evidence.

No line of goods: those are goods that were found, and a fine is reckoned by them; what a listing asks is in the piece of evidence.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from django.db.models import Count

from chosach.desk.cases import kinds
from chosach.desk.cases.models import Case
from chosach.desk.cases.selectors.access import contributed_case_for
from chosach.desk.cases.services.contents import add_party
from chosach.desk.core import words
from chosach.desk.core.access import Actor
from chosach.desk.core.kinds import ViolationKind
from chosach.desk.evidence import services as evidence
from chosach.desk.leads import false_alarms
from chosach.desk.leads.models import Lead
from chosach.desk.registry.models import Finding, Listing, Trader
from chosach.desk.registry.selectors import identifiers_of
from chosach.formats.listings.rejects import neutral

#: Listings of a piece of evidence, those with most signs first; identifiers of a party.
MOST_LISTINGS, MOST_IDENTIFIERS = 2_000, 20
COLUMNS = (
    "Mã tin", "Sàn", "Gian hàng", "Tên hàng", "Giá rao (đồng)", "Đường dẫn", "Ghi nhận lúc", "Nguồn", "Mã băm nội dung", "Dấu hiệu",
    "Xác suất (%)", "Từ ngữ", "Bộ sàng lọc",
)  # fmt: skip
_ORGANISATION = re.compile(r"^(?:công ty|cty|tập đoàn|doanh nghiệp|hợp tác xã|htx|tổng công ty)\b", re.IGNORECASE)


def carry(case: Case, leads: Iterable[Lead], *, actor: Actor) -> None:
    """Put the traders of these leads and their flagged listings into the case; a party once. Part of the act that opens or attaches."""
    actor.require("cases.work", case=case.id)
    case = contributed_case_for(actor, case.id, lock=True)
    traders = {lead.trader_id: lead.trader for lead in leads}
    for trader in traders.values():
        _party(case, trader, actor)
        _listings(case, trader, actor)


def _party(case: Case, trader: Trader, actor: Actor) -> None:
    """Not as the one who broke the law: that is for the officer to say. What identifies it is what its listings show: what
    a body stated of it is not this case's to pass on to who takes part in it."""
    name = trader.name[:200] or "Chưa rõ tên"
    if case.parties.filter(name=name, struck_on__isnull=True).exists():
        return
    found = identifiers_of(trader)[:MOST_IDENTIFIERS]
    add_party(
        case.id,
        kind=kinds.PartyKind.ORGANISATION if _ORGANISATION.match(trader.name) else kinds.PartyKind.UNKNOWN,
        role=kinds.PartyRole.RELATED,
        name=name,
        identifiers=[{"kind": one.get_kind_display(), "value": one.value} for one in found],
        address=trader.place_text,
        actor=actor,
    )


def _listings(case: Case, trader: Trader, actor: Actor) -> None:
    """The listings with signs as they stand in the registry today, whose content may be another tomorrow. Signs that an officer has
    called false alarms are none, and take no listing's place."""
    standing = false_alarms.without(Finding.objects.filter(listing__channel__trader=trader, current=True))
    number = standing.order_by().values_list("listing").annotate(signs=Count("id"))
    most = [listing for listing, _ in number.order_by("-signs", "-listing__captured_at", "listing")[:MOST_LISTINGS]]
    signs: dict[UUID, list[Finding]] = {}
    for finding in standing.filter(listing__in=most).order_by("-probability", "id"):
        signs.setdefault(finding.listing_id, []).append(finding)
    held = Listing.objects.select_related("channel").in_bulk(most)
    listings = [held[listing] for listing in most]
    if not listings:
        return
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(listings, signs):
        writer.writerow([neutral(cell) if isinstance(cell, str) else cell for cell in row])
    evidence.add(
        "case",
        case.id,
        chunks=[out.getvalue().encode("utf-8-sig")],
        name=f"tin-ban-{case.number}.csv",
        description=f"{len(listings)} tin bán có dấu hiệu của {trader.name}, như hệ thống ghi nhận đến ngày mở hồ sơ"[:500],
        source=f"Tin bán đã nhập vào hệ thống: {', '.join(sorted({listing.source for listing in listings}))}"[:300],
        protected=True,
        actor=actor,
    )


def _rows(listings: list[Listing], signs: Mapping[UUID, list[Finding]]) -> Iterator[list[object]]:
    for listing in listings:
        for finding in signs[listing.id]:
            texts = dict.fromkeys(" ".join(str(reason.get("text") or "").split()) for reason in finding.reasons)
            yield [
                listing.external_id, listing.platform, str(listing.channel or ""), listing.title, listing.price, listing.url,
                words.moment(listing.captured_at), listing.source, listing.content_hash,
                str(ViolationKind(finding.kind).label), round(100 * finding.probability), "; ".join(filter(None, texts)), finding.screener,
            ]  # fmt: skip

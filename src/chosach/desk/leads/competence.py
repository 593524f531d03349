"""Which body is competent for what was found about traders. Leads and cases ask here, so that both name the same body of the same facts."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from chosach.desk.agencies.services import Proposal, propose_body
from chosach.desk.core import businessdate
from chosach.desk.core.kinds import LEAD_ORDER
from chosach.desk.leads import scoring, weights
from chosach.desk.leads.facts import read_facts
from chosach.desk.leads.goods import goods_group
from chosach.desk.leads.models import OPEN, Lead, LeadState
from chosach.desk.leads.selectors import receivers_on
from chosach.desk.registry.models import PlaceState, Trader


@dataclass(frozen=True)
class Matter:
    """What the competence table is asked: kind and group of the goods, the place (a code; "" where unknown or outside the province, where
    nobody is competent and the body that would be it here keeps the matter), the value of the goods in VND where it is known."""

    kind: str
    goods_group: str = ""
    territory: str = ""
    value: int | None = None

    @classmethod
    def of(cls, kind: str, group: str, traders: Iterable[Trader], value: int | None) -> "Matter":
        """The matter of these traders: the first district known inside the province, else the province. The value says who is competent
        only where the district is known."""
        inside = [trader for trader in traders if trader.place == PlaceState.INSIDE]
        district = next((trader.district for trader in inside if trader.district), "")
        province = next((trader.province for trader in inside if trader.province), "")
        return cls(kind, group, district or province, value if district else None)


def propose(matter: Matter, *, on: dt.date | None = None, criminal: bool = False) -> Proposal:
    """The body for a matter on a day (the business date by default). Goods of small value go to the committee of the district first (the
    competence table says up to where), if it has people who work on leads: what goes where nobody is would lie there for ever."""
    day = on or businessdate.today()
    ask = partial(propose_body, kind=matter.kind, goods_group=matter.goods_group, territory=matter.territory, criminal=criminal, on=day)
    if matter.value is not None:
        small = ask(value=matter.value)
        if receivers_on(day).filter(pk=small.body.pk).exists():
            return small
    return ask()


def matter_of(kinds: Sequence[str], traders: Sequence[Trader], *, value: int | None = None) -> Matter:
    """The matter of a case of these kinds of violation on these traders. Its kind is the one that the traders' leads are of, the worst
    lead first, as long as it is among `kinds`; else the first of `kinds` in the legal order. A lead that was dismissed, has lapsed or was
    handed over says nothing any more; the trader's findings of today do. `value` of goods that were found counts before what listings ask
    for."""
    speaking = Lead.objects.filter(trader__in=traders, state__in=(*OPEN, LeadState.ACCEPTED))
    leads = {lead.trader_id: lead for lead in speaking}
    facts = read_facts([trader.id for trader in traders])
    known = weights.current()
    told: list[tuple[float, Trader, str, str]] = []
    for trader in traders:
        if lead := leads.get(trader.id):
            told.append((lead.score, trader, lead.kind, lead.goods_group))
        elif found := facts.get(trader.id):
            score = scoring.score(found.signals, found.channels, known)
            told.append((score.total, trader, score.lead_kind, goods_group(score.lead_kind, sorted(found.terms[score.lead_kind]))))
    told.sort(key=lambda one: -one[0])
    if value is None and facts and all(trader.id in facts and facts[trader.id].prices_known for trader in traders):
        value = sum(found.value(known) for found in facts.values())
    in_order = [trader for _, trader, _, _ in told] + [trader for trader in traders if trader.id not in facts and trader.id not in leads]
    for _, _, kind, group in told:
        if kind in kinds:
            return Matter.of(kind, group, in_order, value)
    kind = next(str(one.value) for one in LEAD_ORDER if one.value in kinds)
    groups = (goods_group(kind, sorted(facts[trader.id].terms[kind])) for trader in in_order if trader.id in facts)
    return Matter.of(kind, next(filter(None, groups), ""), in_order, value)

"""Pages of rings: the list, one ring, two tied traders side by side, a trader's links."""

from collections import Counter
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from chosach.desk.core import businessdate, searches
from chosach.desk.core.access import Actor
from chosach.desk.core.pages import Request, page
from chosach.desk.registry.files import open_files
from chosach.desk.registry.forms import FindForm
from chosach.desk.registry.models import Trader
from chosach.desk.registry.places import HOME_PROVINCE, unit_name, units
from chosach.desk.registry.selectors import channels_of, trader_for
from chosach.desk.rings import map as province_map
from chosach.desk.rings import network, outside, places, selectors, telling
from chosach.desk.rings.evidence import MOST, evidence_of
from chosach.desk.rings.forms import ReasonForm, RingFilterForm, SplitForm
from chosach.desk.rings.models import Ring, TieKind

PAGE = 50
#: Members with a role that are named beside the drawing; the table has all.
LEADING = 4
#: Channels of a trader that are named beside a tie and on a trader's page; there the others are opened by a click.
CHANNELS = 10
#: Pairs of channels of which a trader's page says at once why they are one trader's; the others are opened by a click.
LINKS = 3
BITS_WORDS = "Sức nặng tính bằng bit: thêm một bit, khả năng chỉ là trùng hợp giảm một nửa."
TABS = ("thanh-vien", "moi-lien-ket", "dien-bien", "nhan-dinh", "ben-ngoai")


@page("rings.read", methods=("GET", "POST"))
def rings(request: Request) -> HttpResponseBase:
    """Rings with filters; POST looks for a name."""
    actor = request.actor
    form = RingFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    word = wanted.get(searches.PARAMETER, "")
    given = {name: value for name, value in wanted.items() if value and name != searches.PARAMETER}
    here = f"{reverse('rings:rings')}?{urlencode(given)}"
    if request.method == "POST":
        find = FindForm(request.POST)
        find.is_valid()
        word = searches.keep(request, find.cleaned_data.get("q", ""))
        return redirect(f"{here}&{urlencode({searches.PARAMETER: word})}" if word else here)
    q = searches.kept(request, word)
    state = wanted.get("state") or Ring.State.LIVE
    chosen = selectors.RingFilter(
        q=q, district=wanted.get("district", ""), kind=wanted.get("kind", ""), size=int(wanted.get("size") or 0),
        state="" if state == "all" else state,
    )  # fmt: skip
    found = Paginator(chosen.of(selectors.rings_for(actor)), PAGE).get_page(request.GET.get("page"))
    counts = selectors.rings_by_district(replace(chosen, district="").of(selectors.rings_for(actor)))
    others = {name: value for name, value in given.items() if name != "district"}
    if q:
        others[searches.PARAMETER] = word
    context = {
        "filters": form,
        "find": FindForm(initial={"q": q}),
        "here": here,
        "page": found,
        "rows": [(ring, _districts(ring)) for ring in found],
        "run": selectors.last_run(),
        "running": selectors.open_run(),
        "may_link": actor.may("rings.link"),
        "waiting": selectors.asks_for(actor).count() if actor.may("rings.answer") else 0,
        "map": province_map.shaded(counts, chosen=chosen.district),
        "map_address": f"{reverse('rings:rings')}?{urlencode([*others.items(), ('district', '')])}",
        "districts": [
            (code, unit_name(code), counts[code])
            for code in sorted(_home_districts(), key=lambda code: (-counts[code], unit_name(code)))
            if counts[code]
        ],
        "elsewhere": _elsewhere(counts),
        "chosen": chosen.district,
    }
    return render(request, "rings/rings.html", context)


def _home_districts() -> set[str]:
    return {unit.code for unit in units().values() if unit.province == HOME_PROVINCE and unit.level == "district"}


def _elsewhere(counts: Counter[str]) -> list[tuple[str, int]]:
    """Rings with traders in the province of which no district is known, in other provinces (districts of theirs count for them), and with
    no trader whose place is known."""
    found: Counter[str] = Counter()
    for code, number in counts.items():
        unit = units().get(code)
        if code not in _home_districts():
            found[unit.province if unit else places.NOWHERE] += number
    return [
        (places.name_of(code), number)
        for code, number in sorted(found.items(), key=lambda item: (item[0] != HOME_PROVINCE, -item[1], item[0]))
    ]


def _districts(ring: Ring) -> str:
    names = [unit_name(code) for code in ring.districts.strip("|").split("|") if code]
    return ", ".join(names[:3]) + (f" và {len(names) - 3} nơi khác" if len(names) > 3 else "")


@page("rings.read")
def ring(request: Request, ring_id: UUID) -> HttpResponseBase:
    """One ring: its drawing, and under tabs the same in tables, how it grew, what was judged."""
    actor = request.actor
    found = selectors.ring_for(actor, ring_id)
    members = selectors.members_of(found)
    kind = request.GET.get("loai", "")
    pairs = network.pairs_of(selectors.ties_of(actor, found))
    kinds = sorted({tie.kind for pair in pairs for tie in pair.ties}, key=TieKind.values.index)
    drawn = [pair for pair in pairs if not kind or any(tie.kind == kind for tie in pair.ties)]
    tab = request.GET.get("muc") if request.GET.get("muc") in TABS else TABS[0]
    names = {member.trader_id: member.called for member in members}
    flagged = selectors.flagged_by_trader(found)
    districts = places.rows_of(members)
    place = request.GET.get("noi", "") if request.GET.get("noi") in {row.code for row in districts} else ""
    leading = [member for member in members if member.role != "member"]
    listed = [member for member in members if not place or places.where(member.trader).code == place]
    context: dict[str, Any] = {
        "ring": found,
        "members": members,
        "leading": leading[:LEADING],
        "more_leading": max(0, len(leading) - LEADING),
        "drawing": network.draw(members, drawn) if members else None,
        "kinds": [(one, TieKind(one).label) for one in kinds],
        "kind": kind if kind in kinds else "",
        "tab": tab,
        "bits_words": BITS_WORDS,
        "pairs_count": len(drawn),
        "districts": districts,
        "map": province_map.shaded(
            {row.code: row.traders for row in districts}, chosen=place, marked=(row.code for row in districts if row.organiser)
        ),
        "place": place,
        "place_name": places.name_of(place) if place else "",
        "judgements": telling.rows_of(actor, selectors.judgements_of_ring(actor, found, names)),
        "linking": selectors.open_run(),
        "changes_count": found.changes.count(),
        "beside_count": outside.number_beside(found),
    }
    if tab == TABS[0]:
        rows = Paginator(listed, PAGE).get_page(request.GET.get("page"))
        context |= {
            "page": rows,
            "rows": [(member, flagged.get(member.trader_id, 0), places.name_of(places.where(member.trader).code)) for member in rows],
        }
    elif tab == TABS[1]:
        shown = Paginator(drawn, PAGE).get_page(request.GET.get("page"))
        context |= {"page": shown, "rows": [(pair, names[pair.first], names[pair.second]) for pair in shown]}
    elif tab == TABS[2]:
        changes = Paginator(selectors.changes_of(found), PAGE).get_page(request.GET.get("page"))
        context |= {"page": changes, "growth": network.growth(selectors.first_seen(found), businessdate.today())}
    elif tab == TABS[4]:
        beside = Paginator(outside.beside(actor, found), PAGE).get_page(request.GET.get("page"))
        called = selectors.names_of(one.trader for one in beside)
        context |= {"page": beside, "rows": [(one, called[one.trader.id], names[one.nearest]) for one in beside]}
    return render(request, "rings/ring.html", context)


@page("rings.read")
def pair(request: Request, first_id: UUID, second_id: UUID) -> HttpResponseBase:
    """Two traders: what ties them, in words and side by side."""
    return show_pair(request, first_id, second_id, same=ReasonForm(auto_id="cung_%s"), cut=ReasonForm(auto_id="cat_%s"))


def show_pair(
    request: Request, first_id: UUID, second_id: UUID, *, same: ReasonForm, cut: ReasonForm, status: int = 200
) -> HttpResponseBase:
    """The page, also where a form did not succeed."""
    actor = request.actor
    traders = sorted((_now(actor, first_id), _now(actor, second_id)), key=lambda one: one.id)
    if traders[0].id == traders[1].id:
        messages.info(request, "Hai thương nhân này nay là một.")
        return redirect("rings:trader", traders[0].id)
    ties = selectors.ties_between(actor, traders[0].id, traders[1].id)
    memberships = {member.trader_id: member for member in selectors.memberships_of([one.id for one in traders])}
    rings = {member.ring_id: member.ring for member in memberships.values()}
    names = selectors.names_of(traders)
    context = {
        "first": traders[0],
        "second": traders[1],
        "names": [names[one.id] for one in traders],
        "sides": [
            (
                one,
                names[one.id],
                memberships.get(one.id),
                places.name_of(places.where(one).code),
                channels[:CHANNELS],
                max(0, len(channels) - CHANNELS),
                open_files(actor, one),
            )
            for one in traders
            for channels in [channels_of(actor, one)]
        ],
        "ring": next(iter(rings.values())) if len(rings) == 1 else None,
        "shown": evidence_of(actor, ties),
        "more": max(0, len(ties) - MOST),
        "bits_words": BITS_WORDS,
        "uncut": [tie for tie in ties if not tie.cut],
        "judgements": telling.rows_of(actor, selectors.judgements_of_pair(actor, traders[0].id, traders[1].id)),
        "waiting": selectors.waiting_on([one.id for one in traders]).first(),
        "may_judge": actor.may("rings.judge"),
        "same": same,
        "cut": cut,
    }
    return render(request, "rings/pair.html", context, status=status)


def _now(actor: Actor, trader_id: UUID) -> Trader:
    """The trader that this one is now."""
    found = trader_for(actor, trader_id)
    while found.merged_into_id is not None:
        found = trader_for(actor, found.merged_into_id)
    return found


@page("rings.read")
def trader(request: Request, trader_id: UUID) -> HttpResponseBase:
    """A trader's channels, why they are held to be one trader's, and what ties it to others."""
    return show_trader(request, trader_id, None)


def show_trader(request: Request, trader_id: UUID, form: SplitForm | None, status: int = 200) -> HttpResponseBase:
    """The page, also where the form did not succeed."""
    actor = request.actor
    found = trader_for(actor, trader_id)
    if found.merged_into_id is not None:
        messages.info(request, f"“{found.name}” đã nhập vào thương nhân dưới đây.")
        return redirect("rings:trader", found.merged_into_id)
    channels = channels_of(actor, found)
    pairs = network.pairs_of(selectors.ties_of_trader(actor, found.id))
    others = {one.id: one for pair in pairs for tie in pair.ties for one in (tie.left, tie.right)}
    names = selectors.names_of(list({**others, found.id: found}.values()))
    links = selectors.links_of(actor, found.id)[:PAGE]
    context = {
        "trader": found,
        "member": next(iter(selectors.memberships_of([found.id])), None),
        "channels": channels,
        "called": names[found.id],
        "links": links[:LINKS],
        "more_links": links[LINKS:],
        "channels_shown": channels[:CHANNELS],
        "more_channels": channels[CHANNELS:],
        "bits_words": BITS_WORDS,
        "page": Paginator([(pair, names[pair.second if pair.first == found.id else pair.first]) for pair in pairs], PAGE).get_page(
            request.GET.get("page")
        ),
        "judgements": telling.rows_of(actor, selectors.judgements_of_trader(actor, found.id)),
        "waiting": selectors.waiting_on([found.id]).first(),
        "may_judge": actor.may("rings.judge") and len(channels) > 1,
        "form": form or SplitForm(choices_of(channels)),
    }
    return render(request, "rings/trader.html", context, status=status)


def choices_of(channels: list[Any]) -> list[tuple[str, str]]:
    """Channels to choose among: id and words."""
    return [(str(item.channel.id), f"{item.channel} · {item.channel.platform} · {item.listings} tin") for item in channels]

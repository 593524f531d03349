"""Pages of the registry: traders, a trader, a listing, look-up by identifier."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from chosach.desk.core import searches
from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.pages import Request, page
from chosach.desk.registry import selectors, services
from chosach.desk.registry.files import open_files
from chosach.desk.registry.forms import FindForm, IdentifierForm, PlaceForm, StateForm, TraderFilter, WithdrawForm
from chosach.desk.registry.models import Trader
from chosach.desk.registry.panels import panels_of
from chosach.desk.registry.pictures import copy_of, gallery_of, picture_for
from chosach.desk.registry.places import unit_name
from chosach.desk.registry.rulings import rulings_of
from chosach.desk.registry.show import ruled, shown_listing, source_words

PAGE = 50
LISTINGS = 25


@page("registry.read", methods=("GET", "POST"))
def traders(request: Request) -> HttpResponseBase:
    """Traders by place; POST looks for a name."""
    form = TraderFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    place, word = wanted.get("place", ""), wanted.get(searches.PARAMETER, "")
    here = f"{reverse('registry:traders')}?{urlencode({'place': place} if place else {})}"
    if request.method == "POST":
        find = FindForm(request.POST)
        find.is_valid()
        word = searches.keep(request, find.cleaned_data.get("q", ""))
        return redirect(f"{here}&{urlencode({searches.PARAMETER: word})}" if word else here)
    q = searches.kept(request, word)
    found = selectors.traders_for(request.actor, q=q, place=place)
    context = {
        "filters": form,
        "find": FindForm(initial={"q": q}),
        "here": here,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "search": IdentifierForm(),
    }
    return render(request, "registry/traders.html", context)


@page("registry.read", methods=("GET", "POST"))
def search(request: Request) -> HttpResponseBase:
    """Traders by phone, account or another identifier; the value travels in the body of a POST only."""
    form = IdentifierForm(request.POST or None)
    found: list[Trader] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            found = list(services.search_identifier(**form.cleaned_data, actor=request.actor)[:PAGE])
        except Problem as problem:
            add_problem(form, problem)
    status = 422 if request.method == "POST" and found is None else 200
    return render(request, "registry/search.html", {"form": form, "found": found}, status=status)


@page("registry.read")
def trader(request: Request, trader_id: UUID) -> HttpResponseBase:
    """One trader: place, channels, identifiers, joins, listings, and who has an open file."""
    found = selectors.trader_for(request.actor, trader_id)
    if found.merged_into_id is not None:
        messages.info(request, f"“{found.name}” đã nhập vào thương nhân dưới đây theo định danh dùng chung.")
        return redirect("registry:trader", trader_id=found.merged_into_id)
    return _trader(request, found)


def _trader(
    request: Request, found: Trader, form: PlaceForm | None = None, stating: StateForm | None = None, status: int = 200
) -> HttpResponseBase:
    flagged = request.GET.get("tin") != "tat-ca"
    only = selectors.channel_of(found, request.GET.get("kenh", ""))
    channel = only.id if only else None
    listings = selectors.listings_of(found, flagged=flagged, channel=channel)
    context = {
        "trader": found,
        "province": unit_name(found.province),
        "district": unit_name(found.district),
        "channels": selectors.channels_of(request.actor, found),
        "only": only,
        "identifiers": selectors.identifiers_of(found),
        "flagged": flagged,
        "flagged_count": selectors.listings_of(found, flagged=True, channel=channel).count(),
        "all_count": selectors.listings_of(found, channel=channel).count(),
        "page": Paginator(listings, LISTINGS).get_page(request.GET.get("page")),
        "files": open_files(request.actor, found),
        "panels": panels_of(request.actor, found),
        "may_open_case": request.actor.may("cases.open"),
        "form": form or PlaceForm(),
        "may_place": request.actor.may("registry.place"),
        "statements": selectors.statements_of(request.actor, found),
        "may_state": request.actor.may("registry.identify"),
        "stating": stating or StateForm(channels=found.channels.all()),
        "own_body": request.actor.body_id,
    }
    return render(request, "registry/trader.html", context, status=status)


@page("registry.place", methods=("POST",))
def set_place(request: Request, trader_id: UUID) -> HttpResponseBase:
    """Set the place on better grounds."""
    form = PlaceForm(request.POST)
    if form.is_valid():
        try:
            services.set_place(trader_id, **form.cleaned_data, actor=request.actor)
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(request, "Đã ghi địa bàn của thương nhân.")
            return redirect("registry:trader", trader_id=trader_id)
    return _trader(request, selectors.trader_for(request.actor, trader_id), form, status=422)


@page("registry.identify", methods=("POST",))
def state_identifier(request: Request, trader_id: UUID) -> HttpResponseBase:
    """State an identifier that nobody published."""
    found = selectors.trader_for(request.actor, trader_id)
    form = StateForm(request.POST, channels=found.channels.all())
    if form.is_valid():
        try:
            services.state_identifier(trader_id, **form.cleaned_data, actor=request.actor)
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(request, "Đã ghi định danh. Ít phút nữa hệ thống sẽ tìm lại liên kết.")
            return redirect("registry:trader", trader_id=trader_id)
    return _trader(request, found, stating=form, status=422)


@page("registry.identify", methods=("POST",))
def withdraw_identifier(request: Request, sighting_id: UUID) -> HttpResponseBase:
    """Take back an identifier that one's own body stated."""
    form = WithdrawForm(request.POST)
    form.is_valid()
    try:
        trader = services.withdraw_identifier(sighting_id, reason=form.cleaned_data.get("reason", ""), actor=request.actor)
    except Problem as problem:
        messages.error(request, problem.message)
        return redirect("registry:trader", trader_id=selectors.trader_of_statement(request.actor, sighting_id))
    messages.success(request, "Đã rút định danh. Ít phút nữa hệ thống sẽ tìm lại liên kết.")
    return redirect("registry:trader", trader_id=trader.id)


@page("registry.read")
def listing(request: Request, listing_id: UUID) -> HttpResponseBase:
    """One listing: marked words, findings with law and what would clear them, earlier versions."""
    found = selectors.listing_for(request.actor, listing_id)
    context = {
        "listing": found,
        "shown": ruled(shown_listing(found), rulings_of(request.actor, found)),
        "gallery": gallery_of(request.actor, found),
        "versions": found.versions.all()[:50],
        "source": source_words(found.source),
        "files": open_files(request.actor, found.channel.trader) if found.channel else [],
    }
    return render(request, "registry/listing.html", context)


@page("registry.read")
def picture(request: Request, picture_id: UUID) -> HttpResponseBase:
    """A small copy of a picture that a listing shows."""
    response = HttpResponse(copy_of(picture_for(request.actor, picture_id)), content_type="image/jpeg")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

"""What can be asked of the registry. Bodies of the State read it all; nobody else reads any of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.registry import disclosure, identifiers
from chosach.desk.registry.folding import fold
from chosach.desk.registry.models import Channel, Identifier, Join, Listing, PlaceState, Sighting, Trader

#: The shortest text that is looked for: one letter would find everybody.
SHORTEST = 2


def traders_for(actor: Actor, *, q: str = "", place: str = "") -> QuerySet[Trader]:
    """Traders by name (marks and case don't matter) and place, with numbers of listings."""
    actor.require("registry.read")
    traders = Trader.objects.filter(merged_into=None)
    if place in PlaceState.values:
        traders = traders.filter(place=place)
    for word in fold(q).split():
        traders = traders.filter(search__contains=word)
    # A subquery, so that only the page's own rows are counted and not the whole registry.
    number = Listing.objects.filter(channel__trader=OuterRef("pk")).order_by().values("channel__trader").annotate(n=Count("pk")).values("n")
    return traders.annotate(listings=Coalesce(Subquery(number), 0)).order_by("name", "id")


def trader_for(actor: Actor, trader_id: UUID | str) -> Trader:
    """One trader; raises `Refused` if there is none or the actor may not read the registry."""
    actor.require("registry.read", trader=trader_id)
    found = Trader.objects.filter(id=trader_id).select_related("merged_into").first()
    if found is None:
        raise Refused("object.not_visible", refs={"trader": str(trader_id)})
    return found


def listing_for(actor: Actor, listing_id: UUID | str) -> Listing:
    """One listing with its channel and trader."""
    actor.require("registry.read", listing=listing_id)
    found = Listing.objects.filter(id=listing_id).select_related("channel__trader").first()
    if found is None:
        raise Refused("object.not_visible", refs={"listing": str(listing_id)})
    return found


def listings_of(trader: Trader, *, flagged: bool = False, channel: UUID | None = None) -> QuerySet[Listing]:
    """A trader's listings with the number of their current findings, flagged ones first; of one of its channels, or of all."""
    number = Count("findings", filter=Q(findings__current=True))
    listings = Listing.objects.filter(channel__trader=trader).select_related("channel").annotate(signs=number)
    if channel is not None:
        listings = listings.filter(channel=channel)
    return (listings.filter(signs__gt=0) if flagged else listings).order_by("-signs", "-captured_at", "id")


@dataclass(frozen=True)
class ShownChannel:
    """A channel of a trader: how many listings it has, how many of them have findings, and what it shares with which other channels."""

    channel: Channel
    listings: int
    flagged: int
    shared: Sequence[tuple[Join, Channel]]


def channels_of(actor: Actor, trader: Trader) -> list[ShownChannel]:
    """The channels of a trader, the one with most flagged listings first."""
    actor.require("registry.read", trader=trader.id)
    signs = Count("listings", filter=Q(listings__findings__current=True), distinct=True)
    channels = Channel.objects.filter(trader=trader).annotate(number=Count("listings", distinct=True), signs=signs)
    shared: dict[UUID, list[tuple[Join, Channel]]] = {}
    joins = trader.joins.filter(second__trader=trader).select_related("first", "second", "identifier")
    hidden = disclosure.hidden_from(actor, ((join.identifier_id, side) for join in joins for side in (join.first_id, join.second_id)))
    for join in joins:
        if join.identifier is not None and not hidden.isdisjoint(
            {(join.identifier.id, join.first_id), (join.identifier.id, join.second_id)}
        ):
            join.identifier.value = disclosure.HIDDEN
        shared.setdefault(join.first_id, []).append((join, join.second))
        shared.setdefault(join.second_id, []).append((join, join.first))
    return [
        ShownChannel(channel, channel.number, channel.signs, shared.get(channel.id, []))
        for channel in channels.order_by("-signs", "-number", "name", "id")
    ]


def channel_of(trader: Trader, channel_id: str) -> Channel | None:
    """The trader's channel of this id; None if there is none (an old address still opens the whole trader)."""
    try:
        return Channel.objects.filter(trader=trader, id=UUID(channel_id)).first()
    except ValueError:
        return None


def identifiers_of(trader: Trader) -> QuerySet[Identifier]:
    """What identifies a trader, as its listings show it, with the number of its channels that show it (`seen`), and a listing in whose
    picture it stands (`in_picture`, None: in none). What was only stated of it: `statements_of`."""
    own = Q(sightings__channel__trader=trader, sightings__listing__isnull=False)
    pictured = Sighting.objects.filter(identifier=OuterRef("pk"), channel__trader=trader, picture__isnull=False).order_by(
        "created_at", "id"
    )
    return (
        Identifier.objects.filter(own)
        .annotate(seen=Count("sightings", filter=own), in_picture=Subquery(pictured.values("listing")[:1], output_field=UUIDField()))
        .order_by("kind", "-seen", "value")
    )


def statements_of(actor: Actor, trader: Trader) -> list[Sighting]:
    """What is known of a trader's channels and stands in none of their listings, the latest first: for those who may read it."""
    if not disclosure.may_read_all(actor):
        return []
    stated = Sighting.objects.filter(channel__trader=trader, listing__isnull=True)
    return list(stated.select_related("identifier", "channel", "stated_by").order_by("-stated_on", "-created_at"))


def trader_of_statement(actor: Actor, sighting_id: UUID) -> UUID:
    """The trader that this statement is about. Raises `Refused` where there is none or the actor may not read it."""
    found = Sighting.objects.filter(id=sighting_id, stated_by__isnull=False).values_list("channel__trader", flat=True).first()
    if found is None or not disclosure.may_read_all(actor):
        raise Refused("object.not_visible", refs={"sighting": str(sighting_id)})
    return found


def traders_by_identifier(actor: Actor, kind: str, value: str) -> QuerySet[Trader]:
    """Traders on whose channels this phone, account… stands. The search is by the exact value, however it is written."""
    actor.require("registry.read")
    if kind not in Identifier.Kind.values:
        raise Problem("search.kind_unknown", "Hãy chọn loại định danh.", where="kind")
    normalised = identifiers.normal(kind, value)
    if len(normalised) < SHORTEST:
        raise Problem("search.too_short", "Hãy nhập đủ số hoặc chữ của định danh cần tìm.", where="value")
    seen = disclosure.readable(actor).filter(identifier__digest=identifiers.digest(kind, normalised))
    return Trader.objects.filter(channels__sightings__in=seen, merged_into=None).distinct().order_by("name")

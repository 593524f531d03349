"""What two channels of one trader share, told of the channels: the linker compares records, and a channel with further numbers has several,
so that of two channels with the same account it may have weighed the one's against another that the other has besides."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count

from chosach.desk.registry.models import Identifier, Sighting
from chosach.desk.rings.models import Link
from chosach.desk.rings.records import FIELDS, nobodys
from chosach.linking.reasons import SENTENCES

CHUNK = 500


def tell_what_both_have(links: Sequence[Link]) -> None:
    """Put the value that both channels carry in the place of a sentence that compares others of its kind; a kind of which no sentence
    speaks gets one. Of several values the one that fewest channels carry is told. Where linking weighed it, the weight stays; else it is
    null: the pair's weight has no part of it, and 0 would say that it is worth nothing."""
    held = _held({channel for link in links for channel in (link.first_id, link.second_id)})
    numbers = dict(
        Sighting.objects.filter(identifier__in=_shared(links, held)).order_by().values_list("identifier").annotate(n=Count("channel"))
    )
    for link in links:
        link.reasons = _told(link, held, numbers)


def _told(link: Link, held: dict[UUID, dict[UUID, Identifier]], numbers: dict[UUID, int]) -> list[dict[str, Any]]:
    both = [held[link.first_id][one] for one in held[link.first_id].keys() & held[link.second_id].keys()]
    rarest: dict[str, Identifier] = {}
    for one in sorted(both, key=lambda one: (numbers[one.id], one.digest)):
        rarest.setdefault(one.kind, one)
    told: list[dict[str, Any]] = []
    for reason in link.reasons:
        shared = rarest.pop(FIELDS.get(reason["field"], ""), None)
        told.append(reason if shared is None or reason["level"] == "same" else _same(reason["field"], shared, numbers[shared.id]))
    fields = [(field, rarest[kind]) for field, kind in FIELDS.items() if kind in rarest]
    return told + [_same(field, one, numbers[one.id]) for field, one in fields]


def _same(field: str, one: Identifier, number: int) -> dict[str, Any]:
    sentence = SENTENCES[field, "same"].format(l=one.value, r=one.value, n=number)
    return {"field": field, "level": "same", "agreement": 1.0, "weight": None, "shared_by": number, "sentence": sentence}


def _shared(links: Sequence[Link], held: dict[UUID, dict[UUID, Identifier]]) -> set[UUID]:
    return {one for link in links for one in held[link.first_id].keys() & held[link.second_id].keys()}


def _held(channels: set[UUID]) -> dict[UUID, dict[UUID, Identifier]]:
    """Channel → what it carries, by id."""
    held: dict[UUID, dict[UUID, Identifier]] = defaultdict(dict)
    ordered = sorted(channels)
    for start in range(0, len(ordered), CHUNK):
        seen = Sighting.objects.filter(channel__in=ordered[start : start + CHUNK], identifier__kind__in=FIELDS.values())
        for one in seen.select_related("identifier").order_by():
            if not nobodys(one.identifier.kind, one.identifier.value):
                held[one.channel_id][one.identifier_id] = one.identifier
    return held

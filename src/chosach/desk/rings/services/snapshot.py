"""What a judgement is about to change, kept so that undoing it restores exactly: channels, traders, rings, members, ties, links."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from chosach.desk.registry.models import Channel, Trader
from chosach.desk.registry.services import Regrouped, regroup
from chosach.desk.rings.models import Link, Member, Ring, Tie

CHUNK = 500


def take(traders: Iterable[UUID], rings: Iterable[UUID]) -> dict[str, Any]:
    """Everything about these traders and rings, as plain values."""
    ids, rings = sorted(traders), sorted(rings)
    return {
        "channels": {
            str(pk): str(trader) for pk, trader in Channel.objects.filter(trader__in=ids).order_by("id").values_list("id", "trader")
        },
        "traders": {
            str(pk): str(into) if into else None for pk, into in Trader.objects.filter(id__in=ids).values_list("id", "merged_into")
        },
        "rings": [_plain(ring) for ring in Ring.objects.filter(id__in=rings).order_by("number")],
        "members": [_plain(member) for member in Member.objects.filter(ring__in=rings).order_by("id")],
        "ties": [_plain(tie) for tie in _ties_of(ids)],
        "links": [_plain(link) for link in Link.objects.filter(trader__in=ids).order_by("id")],
    }


def put_back(before: Mapping[str, Any]) -> Regrouped:
    """Restore all of it. What came to these traders since then stays with the first of them; rings that the judgement made are gone."""
    told = {UUID(pk): UUID(trader) for pk, trader in before["channels"].items()}
    now = set(Channel.objects.filter(id__in=list(told)).values_list("trader", flat=True)) | {UUID(pk) for pk in before["traders"]}
    rings = {UUID(ring["id"]) for ring in before["rings"]}
    made = set(Member.objects.filter(trader__in=now).values_list("ring", flat=True)) - rings
    done = put_channels_back(before)
    Tie.objects.filter(Q(left__in=now) | Q(right__in=now)).delete()
    Link.objects.filter(trader__in=now).delete()
    Member.objects.filter(Q(ring__in=rings | made) | Q(trader__in=now)).delete()
    for ring in before["rings"]:
        Ring.objects.filter(id=ring["id"]).update(**{name: value for name, value in ring.items() if name != "id"})
    Ring.objects.filter(id__in=made).update(state=Ring.State.GONE)
    Member.objects.bulk_create((Member(**row) for row in before["members"]), batch_size=CHUNK)
    Tie.objects.bulk_create((Tie(**row) for row in before["ties"]), batch_size=CHUNK)
    Link.objects.bulk_create((Link(**row) for row in before["links"]), batch_size=CHUNK)
    return done


def put_channels_back(before: Mapping[str, Any]) -> Regrouped:
    """Channels go back to their traders, and traders are joined to others as they were."""
    told = {UUID(pk): UUID(trader) for pk, trader in before["channels"].items()}
    known = {UUID(pk) for pk in before["traders"]}
    strange = set(Channel.objects.filter(id__in=list(told)).exclude(trader__in=known).values_list("trader", flat=True))
    home = min(told.values()) if told else None
    since = Channel.objects.filter(trader__in=strange).exclude(id__in=list(told)).values_list("id", flat=True)
    moves = told | (dict.fromkeys(since, home) if home else {})
    done = regroup(moves)
    for pk, into in before["traders"].items():
        Trader.objects.filter(id=pk).update(merged_into=into)
    return done


def _ties_of(traders: list[UUID]) -> Iterable[Tie]:
    return Tie.objects.filter(Q(left__in=traders) | Q(right__in=traders)).order_by("id")


def _plain(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.attname != "created_at"}

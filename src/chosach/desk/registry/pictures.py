"""Pictures of listings, for people: what stands in them, where else they are shown, and a small copy to look at."""

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from chosach.desk.core.access import Actor
from chosach.desk.core.errors import Problem, Refused
from chosach.desk.evidence import store
from chosach.desk.registry.models import Listing, ListingPicture, Picture, PictureCode

#: Pictures of a listing that its page shows, and listings with the same picture that it names.
MOST, NAMED = 24, 5
#: Condition on `ListingPicture`: those that say something of who shows a copy. A sheet with a payment code is a bank's template, alike for
#: all its customers: what it says is its account.
COMPARABLE = Q(~Q(picture__points=""), ~Exists(PictureCode.objects.filter(picture=OuterRef("picture"), kind__in=("payment", "merchant"))))
#: Longer side of the copy that is looked at, in pixels, and the quality of its JPEG.
SIDE, QUALITY = 720, 80


@dataclass(frozen=True)
class ShownPicture:
    """A picture of a listing with the codes that stand in it, and the other listings that show the very same bytes."""

    shown: ListingPicture
    codes: Sequence[PictureCode]
    elsewhere: Sequence[Listing]
    more: int


@dataclass(frozen=True)
class Gallery:
    """The pictures of a listing; how many there are beyond those shown, and how many names have no picture in the desk."""

    pictures: Sequence[ShownPicture]
    more: int
    missing: int


def gallery_of(actor: Actor, listing: Listing) -> Gallery:
    """A listing's pictures, by name."""
    actor.require("registry.read", listing=listing.id)
    held = list(ListingPicture.objects.filter(listing=listing).select_related("picture").prefetch_related("picture__codes"))
    others = _others({one.picture_id for one in held[:MOST]}, listing)
    number = Counter(picture for picture, _ in others)
    pictures = []
    for one in held[:MOST]:
        named = [other for picture, other in others if picture == one.picture_id][:NAMED]
        pictures.append(ShownPicture(one, list(one.picture.codes.all()), named, number[one.picture_id] - len(named)))
    return Gallery(pictures, max(0, len(held) - MOST), max(0, len(listing.images) - len(held)))


def _others(pictures: Iterable[UUID], listing: Listing) -> list[tuple[UUID, Listing]]:
    rows = ListingPicture.objects.filter(picture__in=list(pictures)).exclude(listing=listing).select_related("listing__channel")
    return [(row.picture_id, row.listing) for row in rows.order_by("listing__title", "listing")[:500]]


def picture_for(actor: Actor, picture_id: UUID) -> Picture:
    """One picture, for who reads the registry: a seller published it with a listing."""
    actor.require("registry.read", picture=picture_id)
    found = Picture.objects.filter(id=picture_id, shown_in__isnull=False).first()
    if found is None:
        raise Refused("object.not_visible", refs={"picture": str(picture_id)})
    return found


def copy_of(picture: Picture) -> bytes:
    """A small JPEG made anew from the pixels: what an outsider sent is never handed to a browser as it came. Raises `Problem`."""
    from chosach.linking.joints import pictures

    file = store.open_checked(picture.sha256)
    if file is None:
        raise Problem(
            "picture.damaged", "Ảnh gốc bị thiếu hoặc không còn khớp mã SHA-256 trong kho lưu. Hãy báo quản trị viên.", where="picture"
        )
    with file:
        content = file.read(pictures.MOST_BYTES + 1)
    try:
        image = pictures.opened(content)
    except pictures.Unusable as error:
        raise Problem(error.code, error.message, where="picture") from error
    image.thumbnail((SIDE, SIDE))
    told = io.BytesIO()
    image.convert("RGB").save(told, "JPEG", quality=QUALITY)
    return told.getvalue()

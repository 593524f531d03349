"""Take pictures of listings into the registry: what copies of them are known by, the codes that stand in them, and whom these name."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from chosach.desk.core.access import Actor
from chosach.desk.ledger.services import in_turn, record
from chosach.desk.registry import identifiers
from chosach.desk.registry.models import Listing, ListingPicture, Picture, PictureCode
from chosach.desk.registry.services.identify import PICTURE, Seen, note

if TYPE_CHECKING:
    from chosach.linking.joints.facts import Facts
    from chosach.linking.joints.qr import Code

CHUNK = 500


@dataclass(frozen=True)
class ReadPicture:
    """One picture that could be read: its bytes' hash and number, what stands in it, the listings that show it, and by which name."""

    sha256: str
    size: int
    facts: "Facts"
    listings: Sequence[UUID]
    name: str


@dataclass
class PictureCounts:
    """What a batch of pictures did: pictures `new`; `shown`: listings that now have one more; sound payment `codes`."""

    new: int = 0
    shown: int = 0
    codes: int = 0


@in_turn
def take_pictures(pictures: Sequence[ReadPicture], *, source: str, actor: Actor) -> PictureCounts:
    """Note which listings show which pictures, and what stands in these. Idempotent: the same again adds nothing.

    An account in a sound VietQR code, and a phone in a code, become identifiers of the channel whose listing shows the picture; the
    sighting names the picture. Traders are joined by them once all of the source is there (`join_traders`). The bytes lie in the store
    before (`evidence.store`). One ledger entry a batch, in the caller's transaction.
    """
    actor.require("registry.take", source=source)
    held, new = _pictures(pictures)
    wanted = {one for picture in pictures for one in picture.listings}
    listings = {one.id: one for one in Listing.objects.filter(id__in=wanted).select_related("channel")}
    known = set(ListingPicture.objects.filter(listing__in=listings).values_list("listing_id", "picture_id"))
    shown: dict[tuple[UUID, UUID], ListingPicture] = {}
    seen: dict[tuple[str, UUID], Seen] = {}
    for read in pictures:
        picture = held[read.sha256]
        for listing in (listings[one] for one in read.listings if one in listings):
            if (listing.id, picture.id) not in known:
                made = ListingPicture(listing=listing, picture=picture, name=read.name[:300], source=source[:100])
                shown.setdefault((listing.id, picture.id), made)
            if listing.channel_id is not None:
                for kind, value in _identifiers(read.facts.codes):
                    key = (identifiers.digest(kind, value), listing.channel_id)
                    seen.setdefault(key, Seen(kind, value, listing, PICTURE, picture))
    ListingPicture.objects.bulk_create(shown.values(), batch_size=CHUNK)
    note(seen)
    sound = sum(_is_account(code) for read in pictures if held[read.sha256].id in new for code in read.facts.codes)
    counts = PictureCounts(len(new), len(shown), sound)
    if counts.new or counts.shown:
        refs = {"source": source, "picture": sorted({picture.id for picture in held.values()})}
        record("registry.pictures_taken", actor=actor, refs=refs, payload=asdict(counts))
    return counts


def _pictures(pictures: Sequence[ReadPicture]) -> tuple[dict[str, Picture], set[UUID]]:
    """The pictures by their hash, and the ids of those that were not known."""
    held = {one.sha256: one for one in Picture.objects.filter(sha256__in={read.sha256 for read in pictures})}
    new: dict[str, Picture] = {}
    codes: list[PictureCode] = []
    for read in pictures:
        if read.sha256 in held or read.sha256 in new:
            continue
        picture = Picture(sha256=read.sha256, size=read.size, points=next(iter(read.facts.hashes), ""))
        new[read.sha256] = picture
        told = [_code(picture, code) for code in read.facts.codes]
        codes += {(code.kind, code.value): code for code in told}.values()
    Picture.objects.bulk_create(new.values(), batch_size=CHUNK)
    PictureCode.objects.bulk_create(codes, batch_size=CHUNK)
    return held | new, {picture.id for picture in new.values()}


def _code(picture: Picture, code: "Code") -> PictureCode:
    payment, merchant = code.payment, code.merchant
    return PictureCode(
        picture=picture,
        kind=code.kind,
        # what else stands in a code may be anything, as all that is on a citizen's card: that it is there is kept, not what it says
        value="" if code.kind == PictureCode.Kind.TEXT else code.value.replace("\x00", "")[:300],
        bank=payment.bank_name[:120] if payment else "",
        holder=(payment.holder if payment else merchant.name if merchant else "").replace("\x00", "")[:120],
        card=bool(payment and payment.card),
        valid=payment.valid if payment else merchant.valid if merchant else True,
    )


def _is_account(code: "Code") -> bool:
    return bool(code.payment and code.payment.valid and not code.payment.card)


def _identifiers(codes: "Sequence[Code]") -> Iterator[tuple[str, str]]:
    """Accounts and phones that codes name. A card's number is nobody's account, a link anybody's."""
    for code in codes:
        if _is_account(code):
            value = identifiers.normal(identifiers.ACCOUNT, code.value)
            if len(value) >= identifiers.SHORTEST_ACCOUNT:
                yield identifiers.ACCOUNT, value[:300]
        elif code.kind in {PictureCode.Kind.PHONE, PictureCode.Kind.ZALO} and code.value.isdigit():
            yield from ((one.kind, one.value) for one in identifiers.find(f"sđt {code.value}") if one.kind == identifiers.PHONE)

"""Addresses of the registry: the bodies of the State read it; nobody else."""

from tests.desk.access import Row, bodies, permitted
from tests.desk.leads.market import Market
from tests.people import Cast


def a_trader(cast: Cast) -> dict[str, object]:
    return {"trader_id": Market().lead("dang-ky").trader_id}


def a_listing(cast: Cast) -> dict[str, object]:
    from chosach.desk.registry.models import Listing

    return {"listing_id": Listing.objects.filter(channel__trader=Market().lead("dang-ky").trader).first().id}


def a_picture(cast: Cast) -> dict[str, object]:
    from chosach.desk.evidence import store
    from chosach.desk.registry.models import Listing, ListingPicture, Picture
    from tests.linking.joints.making import code, jpeg

    stored = store.put([jpeg(code("https://example.vn"))], limit=1_000_000)
    picture = Picture.objects.create(sha256=stored.sha256, size=stored.size)
    ListingPicture.objects.create(listing_id=a_listing(cast)["listing_id"], picture=picture, name="a.jpg", source="test")
    assert Listing.objects.filter(pictures__picture=picture).exists()
    return {"picture_id": picture.id}


def a_statement(cast: Cast) -> dict[str, object]:
    """What the police have stated: market surveillance may state, too, but takes nothing back of others."""
    from chosach.desk.registry.models import Channel
    from chosach.desk.registry.services import state_identifier

    trader = a_trader(cast)["trader_id"]
    channel = Channel.objects.get(trader=trader)
    given = {"channel": str(channel.id), "kind": "account", "value": "19036625517018", "ground": "Vụ 1, bút lục 2"}
    return {"sighting_id": state_identifier(trader, **given, actor=cast["congan.can-bo"].actor).id}


READ, PLACE = permitted("registry.read"), permitted("registry.place")
ROWS = [
    Row("registry:traders", READ),
    Row("registry:traders", READ, method="POST", data={"q": "hoa sen"}),
    Row("registry:search", READ),
    Row("registry:search", READ, method="POST", data={"kind": "phone", "value": "0951234567"}),
    Row("registry:trader", READ, a_trader),
    Row("registry:listing", READ, a_listing),
    Row("registry:picture", READ, a_picture),
    Row("registry:state_identifier", permitted("registry.identify"), a_trader, "POST"),
    Row(
        "registry:withdraw_identifier", bodies("police") & permitted("registry.identify"), a_statement, "POST", data={"reason": "Ghi nhầm"}
    ),
    Row(
        "registry:set_place", PLACE, a_trader, "POST", data={"source": "registered", "address": "Biên Hòa, Đồng Nai", "reason": "Giấy phép"}
    ),
]

"""Addresses of learning: own labels, versions, and the acts of heads, analysts and the standing office."""

from chosach.desk.core.kinds import Role
from tests.desk.access import Row, bodies, permitted, role
from tests.desk.leads.market import Market
from tests.people import Cast


def a_label(cast: Cast) -> dict[str, object]:
    """A label of the market surveillance."""
    from chosach.desk.learning.models import Label

    lead = Market().lead("nhan-hoc", sold=1)
    finding = lead.trader.channels.get().listings.get().findings.get()
    given = {"by": cast["qltt.can-bo"].user, "body": lead.body, "on": "2020-11-20", "entry": 1, "lead": lead, "dismissal": None}
    dismissal = lead.dismissals.create(by=given["by"], on="2020-11-20", reason="innocent", text="Đồ chơi", state="done")
    label = Label.objects.create(
        listing=finding.listing,
        content_hash=finding.content_hash,
        kind=finding.kind,
        right=False,
        weight=1,
        probability=0.9,
        screener="thu",
        **{**given, "dismissal": dismissal},
    )
    return {"label_id": label.id}


def a_version(cast: Cast) -> dict[str, object]:
    from chosach.desk.learning.models import Version

    user = cast["vptt.lanh-dao"].user
    body_id = cast["vptt.lanh-dao"].actor.body_id
    figures = {"kinds": {}, "guard": {"cases": 1, "lost": 0, "first": []}}
    number = 1 + Version.objects.count()
    state = "ready" if number == 1 else "replaced"
    return {"version_id": Version.objects.create(number=number, state=state, by=user, body_id=body_id, on="2020-11-20", figures=figures).id}


def a_mass(cast: Cast) -> dict[str, object]:
    from chosach.desk.learning.models import Label

    Label.objects.filter(id=a_label(cast)["label_id"]).update(state="held")
    return {"by": cast["qltt.can-bo"].user.id, "on": "2020-11-20"}


READ, OFFICE = permitted("learning.read"), permitted("learning.oversee")
OWN = bodies("market-surveillance") | OFFICE
CORRECT = (bodies("market-surveillance") & role(Role.HEAD)) | OFFICE
TRAIN = permitted("learning.train") | permitted("learning.train_as_analyst")
REASON = {"reason": "Đã xem lại"}
ROWS = [
    Row("learning:versions", READ),
    Row("learning:train", TRAIN, method="POST"),
    Row("learning:rescreen", OFFICE, method="POST", data=REASON),
    Row("learning:put_back_original", OFFICE, method="POST", data=REASON),
    Row("learning:version", READ, a_version),
    Row("learning:changes", READ & permitted("screenings.read"), a_version),
    Row("learning:promote", OFFICE, a_version, "POST", data=REASON),
    Row("learning:put_back", OFFICE, a_version, "POST", data=REASON),
    Row("learning:labels", READ),
    Row("learning:label", OWN, a_label),
    Row("learning:withdraw", CORRECT, a_label, "POST", data=REASON),
    Row("learning:restore", CORRECT, a_label, "POST", data=REASON),
    Row("learning:turn", CORRECT, a_label, "POST", data=REASON),
    Row("learning:masses", OFFICE),
    Row("learning:mass", OFFICE, a_mass),
    Row(
        "learning:release_changes", OFFICE, method="POST", data={"by": "00000000-0000-0000-0000-000000000000", "on": "2020-11-20", **REASON}
    ),
    Row(
        "learning:refuse_changes", OFFICE, method="POST", data={"by": "00000000-0000-0000-0000-000000000000", "on": "2020-11-20", **REASON}
    ),
    Row("learning:release", OFFICE, method="POST", data={"by": "00000000-0000-0000-0000-000000000000", "on": "2020-11-20", **REASON}),
    Row("learning:refuse", OFFICE, method="POST", data={"by": "00000000-0000-0000-0000-000000000000", "on": "2020-11-20", **REASON}),
]

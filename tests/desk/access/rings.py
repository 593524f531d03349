"""Addresses of rings: who reads the registry reads them; bodies that enforce judge; the body that is asked answers."""

from tests.desk.access import Row, bodies, permitted
from tests.people import Cast


def a_ring(cast: Cast) -> dict[str, object]:
    from tests.desk.rings.making import market, ring

    market("r1", "r2", "r3", ring=("r1", "r2", "r3"))
    return {"ring_id": ring().id}


def a_pair(cast: Cast) -> dict[str, object]:
    from tests.desk.rings.making import market, trader

    market("p1", "p2", ring=("p1", "p2"))
    return {"first_id": trader("p1").id, "second_id": trader("p2").id}


def a_trader(cast: Cast) -> dict[str, object]:
    from tests.desk.rings.making import market, trader

    market("t1", "t2", "t3", ring=("t1", "t3"), same=[("t1", "t2")])
    return {"trader_id": trader("t1").id}


def a_judgement(cast: Cast) -> dict[str, object]:
    from chosach.desk.rings import services

    found = a_pair(cast)
    judged = services.cut(found["first_id"], found["second_id"], reason="Chung chợ", actor=cast["congan.can-bo"].actor)
    return {"judgement_id": judged.id}


def an_ask(cast: Cast) -> dict[str, object]:
    """The tax body disagrees with a judgement of the police, which is asked."""
    from chosach.desk.rings import services
    from chosach.desk.rings.models import Ask
    from tests.desk.rings.making import channel, market, trader

    market("h1", "h2", "h3", ring=("h1", "h3"), same=[("h1", "h2")])
    services.judge_different(trader("h1").id, channels=[channel("h2").id], reason="Hai người", actor=cast["congan.can-bo"].actor)
    services.judge_same(trader("h1").id, trader("h2").id, reason="Một người", actor=cast["thue.can-bo"].actor)
    return {"ask_id": Ask.objects.get().id}


READ, JUDGE = permitted("rings.read"), permitted("rings.judge")
REASON = {"reason": "Đã gặp hai người"}
ROWS = [
    Row("rings:rings", READ),
    Row("rings:rings", READ, method="POST", data={"q": "hoa sen"}),
    Row("rings:ring", READ, a_ring),
    Row("rings:pair", READ, a_pair),
    Row("rings:trader", READ, a_trader),
    Row("rings:judgement", READ, a_judgement),
    Row("rings:judgement", JUDGE, a_judgement, "POST", data=REASON),
    Row("rings:same", JUDGE, a_pair, "POST", data=REASON),
    Row("rings:cut", JUDGE, a_pair, "POST", data=REASON),
    Row("rings:different", JUDGE, a_trader, "POST", data=REASON),
    Row("rings:asks", permitted("rings.answer")),
    Row("rings:ask", bodies("police"), an_ask, "POST", data={"agree": "1"}),
    Row("rings:link", permitted("rings.link"), method="POST"),
]

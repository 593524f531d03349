"""Oversight: the ledger for auditor and head of the standing office, health for the administrator."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from chosach.desk.core.access import system
from chosach.desk.ledger.services import record_verification, sign_head
from chosach.desk.ledger.services.verifying import verify
from tests.desk.access import Row, people
from tests.people import Cast

READERS = people("kiemtoan", "vptt.lanh-dao")
HEADS = people("kiemtoan", "vptt.lanh-dao", "vptt.can-bo", "bcd.lanh-dao", "mttq.can-bo", "mttq.lanh-dao", "quantri")


def an_entry(cast: Cast) -> Mapping[str, Any]:
    return {"seq": record_verification(verify(), actor=system("test")).seq}


def a_head(cast: Cast) -> Mapping[str, Any]:
    return {"number": sign_head().number}


def an_order(cast: Cast) -> Mapping[str, Any]:
    from chosach.desk.ledger.models import Payload
    from chosach.desk.ledger.services import order_redaction

    seq = Payload.objects.filter(entry__event="plan.loaded").order_by("entry__seq").values_list("pk", flat=True)[0]
    given = {"document": "01/LX", "signed_on": dt.date(2020, 11, 20), "ground": "Theo đề nghị của người có dữ liệu"}
    return {"seq": order_redaction([seq], actor=cast["bcd.lanh-dao"].actor, **given).seq}


ROWS = [
    Row("oversight:ledger", READERS),
    Row("oversight:entry", READERS, an_entry),
    Row("oversight:verify", READERS, None, "POST"),
    Row("oversight:export", people("kiemtoan"), None, "POST"),
    Row("oversight:heads", HEADS),
    Row("oversight:head_file", HEADS, a_head),
    Row("oversight:verifier", HEADS),
    Row("oversight:redactions", people("kiemtoan", "vptt.lanh-dao", "bcd.lanh-dao", "quantri")),
    Row("oversight:order_redaction", people("vptt.lanh-dao", "bcd.lanh-dao"), None, "POST", data={"document": ""}),
    Row("oversight:carry_out_redaction", people("quantri"), an_order, "POST"),
    Row("oversight:plan_loads", people("kiemtoan", "vptt.can-bo", "vptt.lanh-dao", "bcd.lanh-dao", "quantri")),
    Row("oversight:health", people("quantri")),
]

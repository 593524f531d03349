"""Oversight: the ledger for auditor and head of the standing office, health for the administrator."""

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


ROWS = [
    Row("oversight:ledger", READERS),
    Row("oversight:entry", READERS, an_entry),
    Row("oversight:verify", READERS, None, "POST"),
    Row("oversight:export", people("kiemtoan"), None, "POST"),
    Row("oversight:heads", HEADS),
    Row("oversight:head_file", HEADS, a_head),
    Row("oversight:verifier", HEADS),
    Row("oversight:health", people("quantri")),
]

"""Bodies and competence."""

from tests.desk.access import Row, permitted, role
from tests.people import Cast


def a_body(cast: Cast) -> dict[str, str]:
    return {"code": "market-surveillance"}


KEEPERS = role("administrator")
ROWS = [
    Row("agencies:bodies", permitted("agencies.read")),
    Row("agencies:competence", permitted("agencies.competence")),
    Row("agencies:add", KEEPERS),
    Row("agencies:add", KEEPERS, method="POST"),
    Row("agencies:body", permitted("agencies.read"), a_body),
    Row("agencies:set_contact", frozenset({"qltt.lanh-dao", "quantri"}), a_body, "POST", data={"contact": "Trực ban"}),
    Row("agencies:rename", KEEPERS, a_body, "POST", data={"ten-name": "Chi cục", "ten-short_name": "CC"}),
    Row("agencies:merge", KEEPERS, a_body, "POST"),
]

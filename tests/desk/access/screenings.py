"""Addresses of screenings."""

from tests.desk.access import Row, permitted
from tests.people import Cast


def a_run(cast: Cast) -> dict[str, object]:
    from chosach.desk.core.access import system
    from chosach.desk.screenings.services import record_run

    return {"run_id": record_run(source="file:thu", listings=1, actor=system("test")).id}


READ = permitted("screenings.read")
ROWS = [Row("screenings:runs", READ), Row("screenings:run", READ, a_run), Row("screenings:changes", READ, a_run)]

"""Law tables, the calendar, clocks."""

from tests.desk.access import Row, permitted

READERS = permitted("law.read")
ROWS = [
    Row("law:kinds", READERS),
    Row("law:penalties", READERS),
    Row("law:deadlines", READERS),
    Row("law:calendar", READERS),
    Row("law:calendar_of", READERS, lambda cast: {"year": 2021}),
    Row("law:clocks", permitted("law.clocks") | permitted("law.clocks_all")),
]

"""Addresses of the core."""

from tests.desk.access import EVERYONE, Row

ROWS = [
    Row("core:home", EVERYONE),
    Row("core:language", EVERYONE, public=True),
    Row("core:language", EVERYONE, method="POST", data={"language": "en"}, public=True),
]

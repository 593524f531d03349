"""Addresses of the core."""

from tests.desk.access import EVERYONE, Row

ROWS = [Row("core:home", EVERYONE)]

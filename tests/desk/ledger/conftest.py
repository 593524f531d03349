"""Events for the tests of this folder."""

from tests.desk.ledger.acts import declared_events

__all__ = ["declared_events"]

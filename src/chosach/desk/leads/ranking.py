"""Ranks: the place of each open lead in its body's queue, by expected harm."""

from django.db import connection

from chosach.desk.leads.models import OPEN, Lead


def rank() -> None:
    """Number the open leads of every body anew; a lead that is closed has no rank. One statement each, whatever the number."""
    table = connection.ops.quote_name(Lead._meta.db_table)
    marks = ", ".join(["%s"] * len(OPEN))
    states = [str(state) for state in OPEN]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET rank = ranked.position FROM ("  # noqa: S608
            f"SELECT id AS lead_id, ROW_NUMBER() OVER (PARTITION BY body_id ORDER BY score DESC, id) AS position "
            f"FROM {table} WHERE state IN ({marks})) AS ranked "
            f"WHERE {table}.id = ranked.lead_id AND COALESCE({table}.rank, 0) <> ranked.position",
            states,
        )
    Lead.objects.exclude(state__in=OPEN).filter(rank__isnull=False).update(rank=None)

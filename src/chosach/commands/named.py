"""Names beside ids, in results that a person opens with a spreadsheet: who a trader is stands in the list that was read."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

NAMES = ("name", "seller_name")


class Names:
    """What records are called, kept while they are read (some 100 bytes a record)."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted
        self._held: list[pa.Table] = []

    def noting(self, tables: Iterable["pa.Table"]) -> Iterator["pa.Table"]:
        """The same tables, noted as they pass."""
        for table in tables:
            if self._wanted:
                self._held.append(table.select([name for name in ("record_id", *NAMES) if name in table.column_names]))
            yield table

    def beside(self, clusters: "pa.Table") -> "pa.Table":
        """Records and their traders (`CLUSTERS`) with the record's own names behind."""
        import pyarrow as pa

        schema = pa.schema([(name, pa.string()) for name in ("record_id", *NAMES)])
        held = pa.concat_tables([schema.empty_table(), *self._held], promote_options="permissive").cast(schema)
        named = clusters.cast(pa.schema([pa.field(one.name, pa.string()) for one in clusters.schema]))
        return named.join(held, "record_id", join_type="left outer").sort_by("record_id")

    def of_traders(self, rows: "pa.Table", clusters: "pa.Table") -> "pa.Table":
        """Rows with a `cluster_id`, with the trader's most frequent names behind; of equally many the first by letters."""
        import polars as pl

        told = pl.DataFrame(pl.from_arrow(self.beside(clusters)))
        for name in NAMES:
            counted = told.drop_nulls(name).group_by("cluster_id", name).len().sort(["len", name], descending=[True, False])
            first = counted.unique("cluster_id", keep="first", maintain_order=True).select("cluster_id", name)
            rows = _joined(rows, first)
        return rows


def _joined(rows: "pa.Table", names: "pl.DataFrame") -> "pa.Table":
    """`rows` in their order with the column of names behind."""
    import pyarrow as pa

    at = dict(names.iter_rows())
    values = [at.get(cluster) for cluster in rows["cluster_id"].to_pylist()]
    return rows.append_column(names.columns[1], pa.array(values, pa.string()))


__all__ = ["NAMES", "Names"]

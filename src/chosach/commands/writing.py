"""Tables as files, by the ending of the name: `.csv` for people with a spreadsheet, anything else Parquet."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from chosach.commands.running import USAGE, fail

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

#: Rows that stand in memory as text at a time.
_ROWS = 50_000


#: Endings of names that promise another form than what would be written.
_OTHER_FORMS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".json", ".jsonl", ".ndjson", ".txt", ".tsv", ".xml", ".html"})


def check_form(*targets: Path | None, csv: bool = True) -> None:
    """Ends the command where the name of a result asks for a form that isn't written. `csv`: that one is."""
    for target in targets:
        if target is None:
            continue
        ending = target.suffix.lower()
        if ending in _OTHER_FORMS and csv:
            message = f"{target}: không ghi được dạng {ending}. Hãy đặt tên .csv để mở bằng bảng tính, hoặc .parquet."
            fail(USAGE, message, "out.form")
        if (ending in _OTHER_FORMS or ending == ".csv") and not csv:
            fail(USAGE, f"{target}: kết quả chỉ ghi dạng Parquet. Hãy đặt tên .parquet.", "out.form")


def is_csv(target: Path) -> bool:
    """A table of this name is to be CSV."""
    return target.suffix.lower() == ".csv"


def write(table: "pa.Table", part: Path, target: Path) -> None:
    """The table to `part`, in the form that the name `target` asks for.

    CSV is UTF-8 with BOM, so that spreadsheets read Vietnamese; a cell that would be taken for a formula has an apostrophe before it. Of
    lists of reasons it has the sentences, a line each; of candidates also how likely each is, and if a person said that it is not this
    one. Metadata are in Parquet alone.
    """
    import pyarrow.parquet as pq

    if is_csv(target):
        _csv(table.schema.names, table.to_batches(max_chunksize=_ROWS), part)
    else:
        pq.write_table(table, part, compression="zstd")


def rewrite(parquet: Path, part: Path) -> None:
    """A Parquet file as CSV, a part of it in memory at a time."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(parquet) as file:
        _csv(file.schema_arrow.names, file.iter_batches(_ROWS), part)


def _csv(names: list[str], batches: Any, part: Path) -> None:
    import polars as pl

    with part.open("wb") as file:
        file.write(("\ufeff" + ",".join(names) + "\r\n").encode())
        for batch in batches:
            frame = pl.DataFrame(pl.from_arrow(batch))
            told = frame.with_columns(_told(name, kind) for name, kind in frame.schema.items() if isinstance(kind, pl.List))
            told.with_columns(_neutral(name) for name, kind in told.schema.items() if kind == pl.String).write_csv(
                file, include_header=False, line_terminator="\r\n", quote_style="necessary"
            )


def _told(name: str, kind: "pl.List") -> "pl.Expr":
    import polars as pl

    fields = {field.name: field.dtype for field in kind.inner.fields} if isinstance(kind.inner, pl.Struct) else {}
    one = pl.element()
    if "cluster_id" in fields:
        ring, person, shop = (pl.element().struct.field(field) for field in ("ring_id", "name", "seller_name"))
        parts = (("; ", person, ""), ("; gian hàng “", shop, "”"), ("; đường dây ", ring, ""))
        called = pl.concat_str(*(pl.concat_str(pl.lit(a), part, pl.lit(b)).fill_null("") for a, part, b in parts))
        trader = pl.concat_str(one.struct.field("cluster_id"), pl.lit(" – "), one.struct.field("record_id"))
    if name == "sharing":  # traders that show the same place
        one = pl.concat_str(trader, pl.lit(" ("), called.str.strip_chars_start("; "), pl.lit("): "), one.struct.field("sentence"))
    elif "sentence" in fields:
        one = one.struct.field("sentence")
    elif "reasons" in fields:  # traders that a record might be
        reasons = one.struct.field("reasons").list.eval(pl.element().struct.field("sentence")).list.join(" ")
        barred = pl.when(one.struct.field("barred")).then(pl.lit("; cán bộ đã kết luận không phải")).otherwise(pl.lit(""))
        likely = pl.concat_str(pl.lit(" (xác suất "), _share(one.struct.field("probability")), barred, called, pl.lit("): "))
        one = pl.concat_str(trader, likely, reasons)
    return pl.col(name).list.eval(one.cast(pl.String)).list.join("\n").alias(name)


def _share(probability: "pl.Expr") -> "pl.Expr":
    """97,3 %, as `linking.living.placed` says it."""
    import polars as pl

    tenths = (probability.clip(upper_bound=0.999) * 1000).round().cast(pl.Int64)
    told = pl.concat_str((tenths // 10).cast(pl.String), pl.lit(","), (tenths % 10).cast(pl.String), pl.lit(" %"))
    return pl.when(probability >= 0.001).then(told).otherwise(pl.lit("dưới 0,1 %"))


def _neutral(name: str) -> "pl.Expr":
    """`formats.listings.rejects.neutral` of a whole column."""
    import polars as pl

    from chosach.formats.listings.rejects import FORMULA

    cell = pl.col(name)
    return pl.when(pl.any_horizontal(cell.str.starts_with(sign) for sign in FORMULA)).then(pl.lit("'") + cell).otherwise(cell).alias(name)

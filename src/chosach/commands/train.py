"""`chosach train`: labelled listings in, the learnt part of the screener out (docs/model-card.md)."""

import csv
from pathlib import Path
from typing import Annotated, Any

import typer


def train(
    inputs: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp tin bán, hoặc thư mục kho (các tệp Parquet trong đó).")],
    *,
    labels: Annotated[
        Path, typer.Option("--labels", help="Tệp CSV nhãn: listing_id, kinds, kinds_borderline, group; các loại cách nhau bằng |.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Tệp ghi phần học được.")],
    calibration: Annotated[bool, typer.Option("--calibration", help="Chỉ chỉnh xác suất theo nhãn, không học từ câu chữ.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Chỉ in lỗi.")] = False,
) -> None:
    """Học từ các tin đã gắn nhãn để xác suất đúng với thực tế; cùng dữ liệu luôn cho cùng một tệp."""
    from chosach.commands.running import UNREADABLE, UNWRITABLE, fail, grouped
    from chosach.formats import listings
    from chosach.lake import replacing
    from chosach.screening.train import FEWEST_SHOPS, fit, labelled

    paths = [found for path in inputs for found in (sorted(path.rglob("*.parquet")) if path.is_dir() else [path])]
    try:
        wanted = _labels(labels)
    except (OSError, csv.Error, UnicodeDecodeError):
        fail(UNREADABLE, f"Không đọc được tệp nhãn {labels.name}.", "labels.unreadable")
    except KeyError as error:
        fail(UNREADABLE, f"Tệp nhãn {labels.name} thiếu cột {error.args[0]}.", "labels.column_missing")
    try:
        table = _listings(paths, wanted)
    except listings.Unreadable as error:
        fail(UNREADABLE, error.message, error.code)
    rows = [wanted[listing] for listing in table["listing_id"].to_pylist()]
    groups = [row["group"] or listing for row, listing in zip(rows, table["listing_id"].to_pylist(), strict=True)]
    try:
        data = labelled(table, [_kinds(row["kinds"]) for row in rows], [_kinds(row["kinds_borderline"]) for row in rows], groups)
    except ValueError as error:
        fail(UNREADABLE, f"Tệp nhãn {labels.name} không dùng được: {error}.", "labels.unusable")
    model = fit(data, words=not calibration)
    if not model.lines:
        fail(UNREADABLE, f"Không loại nào có nhãn đúng từ {FEWEST_SHOPS} nhóm tin trở lên.", "labels.too_few")
    try:
        with replacing(out) as part:
            part.write_bytes(model.to_bytes())
    except OSError as error:
        fail(UNWRITABLE, f"Không ghi được tệp kết quả: {listings.spoken(error)}.", "out.unwritable")
    if not quiet:
        typer.echo(f"Đã học từ {grouped(table.num_rows)} tin có nhãn: {', '.join(model.lines)} → {out} (mã {model.id})")


def _labels(path: Path) -> dict[str, dict[str, str]]:
    """listing → its row; the first where one stands twice. Raises ``KeyError`` with the name of a column that is missing."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for name in ("listing_id", "kinds"):
            if name not in (reader.fieldnames or ()):
                raise KeyError(name)
        found: dict[str, dict[str, str]] = {}
        for row in reader:
            found.setdefault(row["listing_id"], {name: row.get(name) or "" for name in ("kinds", "kinds_borderline", "group")})
    return found


def _kinds(cell: str) -> list[str]:
    return [kind.strip() for kind in cell.split("|") if kind.strip()]


def _listings(paths: list[Path], wanted: dict[str, dict[str, str]]) -> Any:
    """The labelled listings, in the order of their ids so that the order of files does not matter. A listing of a Parquet file takes the
    group of a column ``group`` there, where the labels name none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from chosach.formats import listings

    ids, seen, kept = pa.array(list(wanted), pa.string()), listings.SeenIds(), []
    for path in paths:
        for batch in listings.open_file(path).batches(seen=seen):
            kept.append(batch.table.filter(pc.is_in(batch.table["listing_id"].cast(pa.string()), value_set=ids)))
        _groups(path, wanted)
    table = pa.concat_tables(kept)
    return table.take(pc.sort_indices(table["listing_id"].cast(pa.string())))


def _groups(path: Path, wanted: dict[str, dict[str, str]]) -> None:
    import pyarrow.parquet as pq

    if path.suffix == ".parquet" and {"listing_id", "group"} <= set(pq.read_schema(path).names):
        table = pq.read_table(path, columns=["listing_id", "group"])
        for listing, group in zip(table["listing_id"].to_pylist(), table["group"].to_pylist(), strict=True):
            if listing in wanted and group is not None:
                wanted[listing]["group"] = wanted[listing]["group"] or str(group)

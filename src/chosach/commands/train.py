"""`chosach train`: labelled listings in, the learnt part of the screener out (docs/model-card.md)."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from chosach.commands.running import How
    from chosach.screening import Model


def train(
    inputs: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp tin bán, hoặc thư mục kho (các tệp Parquet trong đó).")],
    *,
    labels: Annotated[
        Path, typer.Option("--labels", help="Tệp CSV nhãn: listing_id, kinds, kinds_borderline, group; các loại cách nhau bằng |.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Tệp ghi phần học được.")],
    calibration: Annotated[bool, typer.Option("--calibration", help="Chỉ chỉnh xác suất theo nhãn, không học từ câu chữ.")] = False,
    maps: Annotated[list[str] | None, typer.Option("--map", metavar="TRƯỜNG=CỘT", help="Cột nào là trường nào, ví dụ title=Tên.")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Bảng mã, chỉ cần cho windows-1258.")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="Tên trang trong bảng tính XLSX.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Chỉ in lỗi.")] = False,
) -> None:
    """Học từ các tin đã gắn nhãn để xác suất đúng với thực tế; cùng dữ liệu luôn cho cùng một tệp."""
    from chosach.commands.listing_files import files_of, mapped
    from chosach.commands.running import How, Results, check_paths, grouped, stopping

    with stopping(Results(out).told):
        paths, how = files_of(inputs), How(mapped(maps or []), encoding, sheet, quiet=True)
        check_paths([*paths, labels], {"--out": out})
        model, number = _learn(paths, how, labels, out, calibration=calibration)
    if not quiet:
        typer.echo(f"Đã học từ {grouped(number)} tin có nhãn: {', '.join(model.lines)} → {out} (mã {model.id})")


def _learn(paths: list[Path], how: "How", labels: Path, out: Path, *, calibration: bool) -> "tuple[Model, int]":
    """What was learnt and written, and from how many listings. Ends the command where something can't be done."""
    from chosach.commands.running import UNREADABLE, UNWRITABLE, fail
    from chosach.formats.listings import spoken
    from chosach.lake import replacing
    from chosach.screening.train import FEWEST_SHOPS, fit, labelled

    wanted = _labels(labels)
    table = _listings(paths, how, wanted)
    if not table.num_rows:
        fail(UNREADABLE, f"Không mã tin nào trong tệp nhãn {labels} có trong các tệp tin bán.", "labels.no_listing")
    rows = [wanted[listing] for listing in table["listing_id"].to_pylist()]
    groups = [row["group"] or listing for row, listing in zip(rows, table["listing_id"].to_pylist(), strict=True)]
    data = labelled(table, [_kinds(row["kinds"]) for row in rows], [_kinds(row["kinds_borderline"]) for row in rows], groups)
    model = fit(data, words=not calibration)
    if not model.lines:
        fail(UNREADABLE, f"Không loại nào có nhãn đúng từ {FEWEST_SHOPS} nhóm tin trở lên.", "labels.too_few")
    try:
        with replacing(out) as part:
            part.write_bytes(model.to_bytes())
    except OSError as error:
        fail(UNWRITABLE, f"Không ghi được tệp kết quả: {spoken(error)}.", "out.unwritable")
    return model, table.num_rows


def _labels(path: Path) -> dict[str, dict[str, str]]:
    """listing → its row; the first where one stands twice. Ends the command where the file can't be read, lacks a column, or names a kind
    that there is not."""
    from chosach.commands.running import UNREADABLE, fail
    from chosach.formats.listings import spoken

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            for name in ("listing_id", "kinds"):
                if name not in (reader.fieldnames or ()):
                    fail(UNREADABLE, f"Tệp nhãn {path} thiếu cột {name}.", "labels.column_missing")
            found: dict[str, dict[str, str]] = {}
            for row in reader:
                told = {name: row.get(name) or "" for name in ("kinds", "kinds_borderline", "group")}
                _check_kinds(told, f"Tệp nhãn {path}, dòng {reader.line_num}")
                found.setdefault(row["listing_id"], told)
            return found
    except OSError as error:
        fail(UNREADABLE, f"Không đọc được tệp nhãn {path}: {spoken(error)}.", "labels.unreadable")
    except (csv.Error, UnicodeDecodeError):
        fail(UNREADABLE, f"Tệp nhãn {path} không phải CSV bằng UTF-8.", "labels.unreadable")


def _check_kinds(row: dict[str, str], where: str) -> None:
    """Ends the command where a label is none of the kinds."""
    from chosach.commands.running import UNREADABLE, fail
    from chosach.screening import KINDS

    for column in ("kinds", "kinds_borderline"):
        for kind in _kinds(row[column]):
            if kind not in KINDS:
                valid = f"Các loại: {', '.join(KINDS)}; nhiều loại trong một ô cách nhau bằng dấu |."
                fail(UNREADABLE, f"{where}, cột {column}: không có loại “{kind[:60]}”. {valid}", "labels.unknown_kind")


def _kinds(cell: str) -> list[str]:
    return [kind.strip() for kind in cell.split("|") if kind.strip()]


def _listings(paths: list[Path], how: "How", wanted: dict[str, dict[str, str]]) -> Any:
    """The labelled listings, in the order of their ids so that the order of files does not matter. A listing of a Parquet file takes the
    group of a column ``group`` there, where the labels name none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from chosach.commands.listing_files import batches, opened
    from chosach.formats import listings

    ids, seen, kept = pa.array(list(wanted), pa.string()), listings.SeenIds(), []
    for path in paths:
        for batch in batches(opened(path, how), seen):
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

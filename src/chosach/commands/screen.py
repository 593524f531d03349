"""`chosach screen`: files of listings in, a Parquet file of findings out. Columns, mapping and exit codes: docs/screen-command.md."""

import contextlib
import datetime as dt
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chosach.commands.running import (
    FAILED,
    OK,
    REJECTED,
    UNREADABLE,
    UNWRITABLE,
    USAGE,
    Interrupted,
    check_paths,
    describe,
    fail,
    grouped,
    progress,
    say,
    signals_caught,
)  # fmt: skip

if TYPE_CHECKING:
    from chosach.formats.listings import Batch, ListingFile, RejectsWriter
    from chosach.screening import PriceTable

_GROUP_ROWS = 50_000
#: Below this size starting other processes costs more than it saves.
_ALONE_BELOW = 24_000_000
_MAX_WORKERS = 4


@dataclass(frozen=True)
class _Options:
    """The command's options, checked."""

    out: Path
    mapping: dict[str, str]
    rejects: Path | None
    as_of: dt.date
    encoding: str | None
    sheet: str | None
    workers: int
    strict: bool
    quiet: bool
    prices: "PriceTable | None" = None


@dataclass
class _Tally:
    """What has been done so far."""

    read: int = 0
    accepted: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    flagged: int = 0


def screen(
    inputs: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp tin bán: CSV, XLSX, JSON từng dòng hoặc Parquet.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Tệp Parquet ghi các dấu hiệu tìm được.")],
    maps: Annotated[list[str] | None, typer.Option("--map", metavar="TRƯỜNG=CỘT", help="Cột nào là trường nào, ví dụ title=Tên.")] = None,
    rejects: Annotated[Path | None, typer.Option("--rejects", help="Tệp ghi dòng bị loại và ô bị bỏ trống (CSV, hoặc .jsonl).")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="NGÀY", help="Ngày xét luật cho tin không có thời điểm ghi nhận. Mặc định hôm nay.")
    ] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Bảng mã, chỉ cần cho windows-1258.")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="Tên trang trong bảng tính XLSX.")] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=0, max=64, help="Số tiến trình sàng lọc; 0: trong tiến trình này.")
    ] = None,
    prices: Annotated[
        Path | None, typer.Option("--prices", metavar="TỆP", help="Bảng giá làm bằng chosach prices. Mặc định bảng có sẵn.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Kết thúc với mã 1 nếu có dòng bị loại.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Chỉ in lỗi.")] = False,
) -> None:
    """Sàng lọc tệp tin bán, ghi các dấu hiệu vi phạm kèm lý do và căn cứ pháp luật."""
    options = _Options(
        out, _mapping(maps or []), rejects, _date(as_of), encoding, sheet, workers=0, strict=strict, quiet=quiet, prices=_prices(prices)
    )
    check_paths(inputs, {"--out": out, "--rejects": rejects})
    options = replace(options, workers=_workers(inputs) if workers is None else workers)
    try:
        with signals_caught():
            code = _run(inputs, options)
    except Interrupted as stop:
        say("Đã dừng theo yêu cầu. Không ghi tệp kết quả nào.")
        code = stop.code
    except BrokenProcessPool:
        fail(FAILED, "Một tiến trình sàng lọc bị dừng đột ngột, có thể vì thiếu bộ nhớ. Hãy thử lại với --workers 0.", "worker.lost")
    raise typer.Exit(code)


def _run(inputs: list[Path], options: _Options) -> int:
    from chosach.formats import listings
    from chosach.lake import replacing

    files = [_open(path, options) for path in inputs]
    tally = _Tally()
    with contextlib.ExitStack() as stack:
        try:
            out_part = stack.enter_context(replacing(options.out))
            rejects_part = stack.enter_context(replacing(options.rejects)) if options.rejects else Path(os.devnull)
            as_json = options.rejects is not None and options.rejects.suffix == ".jsonl"
            writer = stack.enter_context(listings.RejectsWriter(rejects_part, as_json=as_json))
            _screen_all(files, out_part, writer, options, tally)
        except listings.Unreadable as error:
            fail(UNREADABLE, error.message, error.code)
        except OSError as error:
            fail(UNWRITABLE, f"Không ghi được tệp kết quả: {listings.spoken(error)}.", "out.unwritable")
        if not tally.accepted:
            fail(UNREADABLE, "Không dòng nào dùng được. Hãy xem lại cột mã tin và cột tên hàng (--map).", "rows.none")
    if not options.quiet:
        _summary(tally, writer, options)
    return REJECTED if options.strict and writer.rejected else OK


def _open(path: Path, options: _Options) -> "ListingFile":
    from chosach.formats import listings

    try:
        file = listings.open_file(path, mapping=options.mapping, encoding=options.encoding, sheet=options.sheet)
    except listings.Unreadable as error:
        fail(UNREADABLE, f"{path}: {error.message}", error.code)
    if not options.quiet:
        describe(file)
    return file


def _screen_all(files: "list[ListingFile]", out: Path, rejects: "RejectsWriter", options: _Options, tally: _Tally) -> None:
    """Findings are kept as they come; what a seller has of them in all is known at the end, and is told when they are written again."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from chosach.commands.screening_run import screened
    from chosach.screening import FINDING
    from chosach.screening.sellers import Sellers

    sellers, beside = Sellers(), pa.field("seller", pa.uint64())
    metadata = {b"chosach.as_of": options.as_of.isoformat().encode()}
    with tempfile.TemporaryFile(prefix="chosach-findings-") as written, progress(files, options.quiet, "Sàng lọc", "tin") as advance:
        waiting: list[Any] = []
        with pq.ParquetWriter(out, FINDING.append(beside), compression="zstd") as first:
            batches = _batches(files, rejects, tally, advance)
            for batch, found in screened(batches, as_of=options.as_of, workers=options.workers, prices=options.prices):
                findings = found.replace_schema_metadata(None)
                tally.accepted += batch.table.num_rows
                tally.kinds.update(findings["kind"].to_pylist())
                tally.flagged += len(findings["listing_id"].unique())
                waiting.append(findings.append_column(beside, pa.array(sellers.add(batch.table, findings), pa.uint64())))
                if sum(table.num_rows for table in waiting) >= _GROUP_ROWS:
                    first.write_table(pa.concat_tables(waiting))
                    waiting.clear()
            if waiting:
                first.write_table(pa.concat_tables(waiting))
        if not tally.accepted:
            return
        with pq.ParquetFile(out) as kept, pq.ParquetWriter(written, FINDING.with_metadata(metadata), compression="zstd") as writer:
            for group in range(kept.num_row_groups):
                table = kept.read_row_group(group)
                findings = sellers.told(table.drop_columns(["seller"]).cast(FINDING), table["seller"].to_numpy())
                writer.write_table(findings.replace_schema_metadata(metadata))
        written.seek(0)
        with out.open("wb") as file:
            shutil.copyfileobj(written, file)


def _batches(files: "list[ListingFile]", rejects: "RejectsWriter", tally: _Tally, advance: Any) -> "Iterator[Batch]":
    """All batches of all files that hold a row; problems are written as they come."""
    from chosach.formats.listings import SeenIds

    seen = SeenIds()
    for place, file in enumerate(files):
        for batch in file.batches(seen=seen):
            rejects.write(str(file.path), batch.problems)
            tally.read += batch.table.num_rows + batch.rejected
            advance(place, batch.consumed / file.total, tally.read)
            if batch.table.num_rows:
                yield batch


def _summary(tally: _Tally, problems: "RejectsWriter", options: _Options) -> None:
    from chosach.desk.core.kinds import ViolationKind

    labels = {kind.value: kind.label for kind in ViolationKind}
    typer.echo(
        f"Đã đọc {grouped(tally.read)} dòng: {grouped(tally.accepted)} tin được sàng lọc, {grouped(problems.rejected)} dòng bị loại."
    )
    if problems.warnings:
        typer.echo(f"{grouped(problems.warnings)} ô có giá trị không đọc được hoặc đã được sửa; tin vẫn được sàng lọc.")
    typer.echo(f"{grouped(sum(tally.kinds.values()))} dấu hiệu ở {grouped(tally.flagged)} tin → {options.out}")
    for kind, number in tally.kinds.most_common():
        typer.echo(f"  {grouped(number):>9}  {labels.get(kind, kind)} ({kind})")
    day = options.as_of.strftime("%d/%m/%Y")
    typer.echo(f"Luật được xét tại thời điểm ghi nhận của từng tin; tin không có thời điểm ghi nhận: ngày {day}.")
    if options.rejects:
        typer.echo(f"Dòng bị loại và ô có vấn đề: {options.rejects}")
    elif problems.rejected or problems.warnings:
        typer.echo("Thêm --rejects TỆP để xem từng dòng bị loại và lý do.")


def _workers(inputs: list[Path]) -> int:
    """By the size of the input: packed formats unpack to several times theirs."""
    packed = {".parquet", ".xlsx"}
    size = sum(path.stat().st_size * (4 if path.suffix in packed else 1) for path in inputs if path.exists())
    return 0 if size < _ALONE_BELOW else min(_MAX_WORKERS, os.cpu_count() or 1)


def _prices(path: Path | None) -> "PriceTable | None":
    if path is None:
        return None
    from chosach.formats.listings import spoken
    from chosach.screening import PriceTable

    try:
        return PriceTable.load(path)
    except OSError as error:
        fail(UNREADABLE, f"{path}: {spoken(error)}.", "prices.unreadable")
    except ValueError:
        fail(UNREADABLE, f"{path}: không phải bảng giá làm bằng chosach prices.", "prices.form")


def _mapping(pairs: list[str]) -> dict[str, str]:
    mapping: dict[str, str] = {}
    for pair in pairs:
        name, sign, column = pair.partition("=")
        if not sign or not name.strip() or not column:
            fail(USAGE, f"“{pair}” không có dạng TRƯỜNG=CỘT, ví dụ title=Tên hàng.", "map.form")
        if name.strip() in mapping:
            fail(USAGE, f"Trường “{name.strip()}” được chỉ ra hai lần.", "map.twice")
        mapping[name.strip()] = column
    from chosach.formats.listings.schema import FIELDS

    for name in mapping:
        if name not in FIELDS:
            fail(USAGE, f"Không có trường “{name}”. Các trường: {', '.join(FIELDS)}.", "map.unknown_field")
    return mapping


def _date(value: str | None) -> dt.date:
    if value is None:
        return dt.datetime.now(dt.timezone(dt.timedelta(hours=7))).date()
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        with contextlib.suppress(ValueError):
            return dt.datetime.strptime(value, form).date()
    fail(USAGE, f"“{value}” không phải ngày. Hãy viết 2020-11-13 hoặc 13/11/2020.", "as_of.form")

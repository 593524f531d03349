"""`chosach screen`: files of listings in, a file of findings out. Columns, mapping and exit codes: docs/screen-command.md."""

import contextlib
import datetime as dt
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chosach.commands import writing
from chosach.commands.listing_files import batches, loaded, mapped, opened
from chosach.commands.running import (
    FAILED,
    OK,
    REJECTED,
    UNREADABLE,
    UNWRITABLE,
    USAGE,
    How,
    Results,
    check_paths,
    fail,
    grouped,
    progress,
    stopping,
)  # fmt: skip

if TYPE_CHECKING:
    import pyarrow as pa

    from chosach.formats.listings import Batch, ListingFile, RejectsWriter
    from chosach.formats.listings.problems import RowProblem
    from chosach.screening import Model, PriceTable

_GROUP_ROWS = 50_000
#: Below this size starting other processes costs more than it saves.
_ALONE_BELOW = 24_000_000
_MAX_WORKERS = 4
#: Characters of a value that the summary shows.
_SHOWN = 30


@dataclass(frozen=True)
class _Options:
    """The command's options, checked."""

    out: Path
    how: How
    rejects: Path | None
    as_of: dt.date
    workers: int
    strict: bool
    quiet: bool
    prices: "PriceTable | None" = None
    model: "Model | None" = None


@dataclass
class _Tally:
    """What has been done so far. `unread`: code of a warning → how many values had it, and where the first one stands."""

    read: int = 0
    accepted: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    flagged: int = 0
    unread: dict[str, tuple[int, str]] = field(default_factory=dict)

    def warned(self, problem: "RowProblem") -> None:
        """Counts it."""
        count, first = self.unread.get(problem.code, (0, ""))
        if not first:
            value = problem.value if len(problem.value) <= _SHOWN else f"{problem.value[:_SHOWN]}…"
            first = (
                f"dòng {grouped(problem.line)}" + (f", cột {problem.column}" if problem.column else "") + (f": “{value}”" if value else "")
            )
        self.unread[problem.code] = count + 1, first


def screen(
    inputs: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp tin bán: CSV, XLSX, JSON từng dòng hoặc Parquet.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Tệp Parquet, hoặc .csv để mở bằng bảng tính: các dấu hiệu tìm được.")],
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
    model: Annotated[
        Path | None, typer.Option("--model", metavar="TỆP", help="Phần học được làm bằng chosach train. Mặc định phần có sẵn.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Kết thúc với mã 1 nếu có dòng bị loại.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Chỉ in lỗi.")] = False,
) -> None:
    """Sàng lọc tệp tin bán, ghi các dấu hiệu vi phạm kèm lý do và căn cứ pháp luật."""
    writing.check_form(out)
    with stopping(Results(out, rejects).told):
        options = _Options(
            out, How(mapped(maps or []), encoding, sheet, quiet), rejects, _date(as_of), _workers(inputs) if workers is None else workers,
            strict, quiet, _prices(prices), _model(model),
        )  # fmt: skip
        check_paths([*inputs, *(path for path in (prices, model) if path)], {"--out": out, "--rejects": rejects})
        try:
            code = _run(inputs, options)
        except BrokenProcessPool:
            fail(FAILED, "Một tiến trình sàng lọc bị dừng đột ngột, có thể vì thiếu bộ nhớ. Hãy thử lại với --workers 0.", "worker.lost")
    raise typer.Exit(code)


def _run(inputs: list[Path], options: _Options) -> int:
    from chosach.formats import listings
    from chosach.lake import replacing

    files = [opened(path, options.how) for path in inputs]
    tally = _Tally()
    with contextlib.ExitStack() as stack:
        try:
            out_part = stack.enter_context(replacing(options.out))
            rejects_part = stack.enter_context(replacing(options.rejects)) if options.rejects else Path(os.devnull)
            as_json = options.rejects is not None and options.rejects.suffix == ".jsonl"
            writer = stack.enter_context(listings.RejectsWriter(rejects_part, as_json=as_json))
            _screen_all(files, out_part, writer, options, tally)
        except OSError as error:
            fail(UNWRITABLE, f"Không ghi được tệp kết quả: {listings.spoken(error)}.", "out.unwritable")
        if not tally.accepted:
            fail(UNREADABLE, "Không dòng nào dùng được. Hãy xem lại cột mã tin và cột tên hàng (--map).", "rows.none")
    if not options.quiet:
        _summary(tally, writer, options)
    return REJECTED if options.strict and writer.rejected else OK


def _screen_all(files: "list[ListingFile]", out: Path, rejects: "RejectsWriter", options: _Options, tally: _Tally) -> None:
    """Findings are kept as they come; what a seller has of them in all is known at the end, and is told when they are written again."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from chosach.commands import findings_csv
    from chosach.commands.screening_run import screened
    from chosach.screening import FINDING
    from chosach.screening.sellers import Sellers

    sellers, as_csv = Sellers(), writing.is_csv(options.out)
    more = [pa.field("seller", pa.uint64()), *(one.with_name(f"of_{one.name}") for one in findings_csv.LISTING if as_csv)]
    with tempfile.TemporaryFile(prefix="chosach-findings-") as written, progress(files, options.quiet, "Sàng lọc", "tin") as advance:
        waiting: list[Any] = []
        read = _batches(files, rejects, tally, advance)
        found = screened(read, as_of=options.as_of, workers=options.workers, prices=options.prices, model=options.model)
        with pq.ParquetWriter(out, pa.schema([*FINDING, *more]), compression="zstd") as first, contextlib.closing(found):
            for batch, some in found:
                findings = some.replace_schema_metadata(None)
                tally.accepted += batch.table.num_rows
                tally.kinds.update(findings["kind"].to_pylist())
                tally.flagged += len(findings["listing_id"].unique())
                beside = [pa.array(sellers.add(batch.table, findings), pa.uint64())]
                beside += findings_csv.beside(batch.table, findings) if as_csv else []
                waiting.append(pa.table([*findings.columns, *beside], schema=first.schema))
                if sum(table.num_rows for table in waiting) >= _GROUP_ROWS:
                    first.write_table(pa.concat_tables(waiting))
                    waiting.clear()
            if waiting:
                first.write_table(pa.concat_tables(waiting))
        if not tally.accepted:
            return
        with pq.ParquetFile(out) as kept:
            groups = map(kept.read_row_group, range(kept.num_row_groups))
            told = ((sellers.told(table.select(FINDING.names).cast(FINDING), table["seller"].to_numpy()), table) for table in groups)
            if as_csv:
                _write_csv(told, written)
            else:
                _write_parquet(told, written, options.as_of)
        written.seek(0)
        with out.open("wb") as file:
            shutil.copyfileobj(written, file)


def _write_parquet(told: "Iterable[tuple[pa.Table, pa.Table]]", file: Any, as_of: dt.date) -> None:
    import pyarrow.parquet as pq

    from chosach.screening import FINDING

    metadata = {b"chosach.as_of": as_of.isoformat().encode()}
    with pq.ParquetWriter(file, FINDING.with_metadata(metadata), compression="zstd") as writer:
        for findings, _ in told:
            writer.write_table(findings.replace_schema_metadata(metadata))


def _write_csv(told: "Iterable[tuple[pa.Table, pa.Table]]", file: Any) -> None:
    from chosach.commands import findings_csv

    with findings_csv.FindingsCsv(file) as writer:
        for findings, table in told:
            writer.write(findings, table.select([f"of_{one.name}" for one in findings_csv.LISTING]))


def _batches(files: "list[ListingFile]", rejects: "RejectsWriter", tally: _Tally, advance: Any) -> "Iterator[Batch]":
    """All batches of all files that hold a row; problems are written as they come."""
    from chosach.formats.listings import SeenIds

    seen = SeenIds()
    for place, file in enumerate(files):
        for batch in batches(file, seen):
            rejects.write(str(file.path), batch.problems)
            for problem in batch.problems:
                if not problem.rejected:
                    tally.warned(problem)
            tally.read += batch.table.num_rows + batch.rejected
            advance(place, batch.consumed / file.total, tally.read)
            if batch.table.num_rows:
                yield batch


def _summary(tally: _Tally, problems: "RejectsWriter", options: _Options) -> None:
    from chosach.desk.core.kinds import ViolationKind
    from chosach.formats.listings.problems import CODES

    labels = {kind.value: kind.label for kind in ViolationKind}
    typer.echo(
        f"Đã đọc {grouped(tally.read)} dòng: {grouped(tally.accepted)} tin được sàng lọc, {grouped(problems.rejected)} dòng bị loại."
    )
    if problems.warnings:
        typer.echo(f"{grouped(problems.warnings)} ô có giá trị không đọc được hoặc đã được sửa; tin vẫn được sàng lọc.")
        for code, (count, place) in sorted(tally.unread.items(), key=lambda one: (-one[1][0], one[0])):
            typer.echo(f"  {grouped(count):>9}  {CODES[code].reason} (đầu tiên: {place})")
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
    from chosach.screening import PriceTable

    table: PriceTable = loaded(path, PriceTable.load, "bảng giá làm bằng chosach prices", "prices")
    return table


def _model(path: Path | None) -> "Model | None":
    if path is None:
        return None
    from chosach.screening import Model

    model: Model = loaded(path, Model.open, "phần học được làm bằng chosach train", "model")
    return model


def _date(value: str | None) -> dt.date:
    if value is None:
        return dt.datetime.now(dt.timezone(dt.timedelta(hours=7))).date()
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        with contextlib.suppress(ValueError):
            return dt.datetime.strptime(value, form).date()
    fail(USAGE, f"“{value}” không phải ngày. Hãy viết 2020-11-13 hoặc 13/11/2020.", "as_of.form")

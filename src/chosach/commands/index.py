"""`chosach index build`, `insert`, `delete`: the index that `chosach place` asks. docs/linking.md."""

import contextlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chosach.commands import living, writing
from chosach.commands.place import Kept, Run, ending, opened_index
from chosach.commands.reading import Tally, batches, model_of, opened
from chosach.commands.running import (
    OK,
    REJECTED,
    UNREADABLE,
    UNWRITABLE,
    USAGE,
    How,
    check_paths,
    fail,
    grouped,
    mapped,
    progress,
    say,
    shown,
    stopping,
)
from chosach.commands.usage import App

if TYPE_CHECKING:
    import pyarrow as pa

    from chosach.linking import Model
    from chosach.linking.living.index import Index

app = App(help="Chỉ mục hồ sơ người bán cho chosach place: lập, thêm, bỏ hồ sơ.")

_Maps = Annotated[list[str] | None, typer.Option("--map", metavar="TRƯỜNG=CỘT", help="Cột nào là trường nào, ví dụ phone=SĐT.")]
_Rejects = Annotated[Path | None, typer.Option("--rejects", help="Tệp ghi dòng bị loại và ô đã sửa (CSV, hoặc .jsonl).")]
_Encoding = Annotated[str | None, typer.Option("--encoding", help="Bảng mã, chỉ cần cho windows-1258.")]
_Sheet = Annotated[str | None, typer.Option("--sheet", help="Tên trang trong bảng tính XLSX.")]
_Strict = Annotated[bool, typer.Option("--strict", help="Kết thúc với mã 1 nếu có dòng bị loại.")]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Chỉ in lỗi và cảnh báo.")]


@app.command("build")
def build(
    inputs: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp hồ sơ người bán đã đưa cho chosach link.")],
    *,
    clusters: Annotated[Path, typer.Option("--clusters", metavar="TỆP", help="Kết quả của chosach link (--out), Parquet hoặc CSV.")],
    out: Annotated[Path, typer.Option("--out", help="Chỉ mục sẽ lập; thay chỉ mục cũ ở đó khi đã lập xong.")],
    judgements: Annotated[
        Path | None, typer.Option("--judgements", metavar="TỆP", help="Kết luận của cán bộ về từng cặp hồ sơ (CSV, XLSX hoặc Parquet).")
    ] = None,
    model: Annotated[Path | None, typer.Option("--model", metavar="TỆP", help="Mô hình. Mặc định: mô hình ghi trong --clusters.")] = None,
    maps: _Maps = None,
    rejects: _Rejects = None,
    encoding: _Encoding = None,
    sheet: _Sheet = None,
    strict: _Strict = False,
    quiet: _Quiet = False,
) -> None:
    """Lập chỉ mục từ hồ sơ và kết quả của chosach link."""
    judged, traders = living.read_judgements(judgements), living.table_of(clusters)
    living.checked(judged, traders, judged=judgements, earlier=clusters)
    known = model_of(model) or _model_in(traders, clusters)
    given = [*inputs, clusters, *([judgements] if judgements else []), *([model] if model else [])]
    check_paths(given, {"--out": out, "--rejects": rejects})
    how, tally = How(mapped(maps or []), encoding, sheet, quiet), Tally()
    with stopping("Chỉ mục cũ, nếu có, vẫn như trước."):
        records, rejected = _read(inputs, how, rejects, tally)
        _same_run(records, traders)
        _build(records, traders, known or _learnt(records, clusters), judged, out)
    if not quiet:
        typer.echo(f"Đã đọc {grouped(tally.read)} dòng: {grouped(tally.accepted)} hồ sơ, {grouped(rejected)} dòng bị loại.")
        for line in tally.told():
            typer.echo(line)
        typer.echo(f"Chỉ mục {grouped(records.num_rows)} hồ sơ → {out}")
        typer.echo("Tệp có dữ liệu cá nhân, chỉ chủ tệp đọc được. Tiếp theo: chosach place --index …")
    tally.warn()
    raise typer.Exit(REJECTED if strict and rejected else OK)


def _model_in(traders: "pa.Table", path: Path) -> "Model | None":
    """The model that stands in the traders' file; None for one that can't carry any (CSV, XLSX)."""
    from chosach.linking import Model

    told = (traders.schema.metadata or {}).get(b"chosach.model")
    if told is None:
        with path.open("rb") as file:
            if file.read(4) != b"PAR1":
                return None
        fail(UNREADABLE, f"{path}: không có mô hình. Hãy dùng tệp --out của chosach link, hoặc ghi --model.", "model.missing")
    try:
        return Model.from_json(told.decode())
    except ValueError:
        fail(UNREADABLE, f"{path}: mô hình trong tệp không dùng được. Hãy ghi --model.", "model.form")


def _learnt(records: "pa.Table", path: Path) -> "Model":
    """The model that `chosach link` learns from these records: the very one of that run, if that was given none."""
    from chosach.linking import link

    say(f"{path}: không mang theo mô hình, đang học lại từ hồ sơ. Nếu chosach link đã chạy với --model, hãy ghi --model đó. [model.learnt]")
    return link(records.drop_columns([name for name in ("images", "texts") if name in records.column_names]), edges=False).model


def _read(inputs: list[Path], how: How, rejects: Path | None, tally: Tally) -> "tuple[pa.Table, int]":
    """All records, and how many rows were left out."""
    import pyarrow as pa

    from chosach.formats import listings
    from chosach.lake import replacing

    files = [opened(path, how) for path in inputs]
    try:
        with contextlib.ExitStack() as stack:
            part = stack.enter_context(replacing(rejects)) if rejects else Path(os.devnull)
            as_json = rejects is not None and rejects.suffix == ".jsonl"
            writer = stack.enter_context(listings.RejectsWriter(part, as_json=as_json))
            with progress(files, how.quiet, "Đọc hồ sơ", "hồ sơ") as advance:
                tables = [batch.table for _, batch in batches(files, writer, tally, advance)]
    except listings.Unreadable as error:
        fail(UNREADABLE, error.message, error.code)
    except OSError as error:
        fail(UNWRITABLE, f"Không ghi được tệp kết quả: {listings.spoken(error)}.", "out.unwritable")
    return pa.concat_tables(tables, promote_options="default"), writer.rejected


def _same_run(records: "pa.Table", traders: "pa.Table") -> None:
    ours, theirs = ({str(one) for one in table["record_id"].to_pylist()} for table in (records, traders))
    if ours == theirs:
        return
    sides = ((sorted(ours - theirs), "hồ sơ không có trong kết quả"), (sorted(theirs - ours), "hồ sơ chỉ có trong kết quả"))
    told = "; ".join(f"{grouped(len(ids))} {what} ({shown(ids)})" for ids, what in sides if ids)
    message = f"Hồ sơ và kết quả không phải của cùng một lần chạy chosach link: {told}. Hãy chạy lại chosach link trên chính các tệp này."
    fail(UNREADABLE, message, "index.other_run")


def _build(records: "pa.Table", traders: "pa.Table", model: "Model", judged: "pa.Table | None", out: Path) -> None:
    import sqlite3

    from chosach.linking.living.index import Index
    from chosach.linking.schema import CLUSTERS

    if "ring_id" not in traders.column_names:
        import pyarrow as pa

        traders = traders.append_column("ring_id", pa.nulls(traders.num_rows, pa.string()))
    try:
        Index.build(out, records, traders.select(CLUSTERS.names).cast(CLUSTERS), model, judged)
    except (OSError, sqlite3.Error) as error:
        fail(UNWRITABLE, f"Không ghi được chỉ mục: {error}.", "index.unwritable")


@app.command("insert")
def insert(
    index: Annotated[Path, typer.Argument(metavar="CHỈ_MỤC", help="Chỉ mục, do chosach index build lập.")],
    inputs: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp hồ sơ mới: CSV, XLSX, JSON từng dòng hoặc Parquet.")],
    *,
    out: Annotated[Path | None, typer.Option("--out", help="Tệp Parquet hoặc .csv: mỗi hồ sơ đã vào thương nhân nào, vì sao.")] = None,
    maps: _Maps = None,
    rejects: _Rejects = None,
    encoding: _Encoding = None,
    sheet: _Sheet = None,
    strict: _Strict = False,
    quiet: _Quiet = False,
) -> None:
    """Tìm thương nhân cho hồ sơ mới và giữ chúng trong chỉ mục: tất cả, hoặc không hồ sơ nào."""
    writing.check_form(out)
    check_paths([index, *inputs], {"--out": out, "--rejects": rejects})
    kept = Kept(index, files=bool(out or rejects))
    with stopping(kept.told), opened_index(index) as known:
        run = Run(known, How(mapped(maps or []), encoding, sheet, quiet), rejects, kept)
        run.whole(inputs, out)
        total = len(known)
    if not quiet:
        typer.echo(f"Đã đọc {grouped(run.tally.read)} dòng: thêm {grouped(run.placed)} hồ sơ, {grouped(run.rejected)} dòng bị loại.")
        where = f" → {out}" if out else "."
        typer.echo(f"{grouped(run.known)} hồ sơ vào thương nhân đã biết, {grouped(run.placed - run.known)} thành thương nhân mới{where}")
        typer.echo(f"Chỉ mục nay có {grouped(total)} hồ sơ. Kết quả là dấu hiệu để cán bộ kiểm tra, không phải kết luận.")
        ending(run, told=out is not None)
        if run.placed:
            typer.echo("Muốn bỏ lại đúng các hồ sơ vừa thêm: chosach index delete … --inserted")
    run.tally.warn()
    raise typer.Exit(REJECTED if strict and run.rejected else OK)


@app.command("delete")
def delete(
    index: Annotated[Path, typer.Argument(metavar="CHỈ_MỤC", help="Chỉ mục, do chosach index build lập.")],
    record_ids: Annotated[list[str] | None, typer.Argument(metavar="[MÃ...]", help="Mã các hồ sơ bỏ đi.")] = None,
    *,
    ids: Annotated[Path | None, typer.Option("--ids", metavar="TỆP", help="Tệp mỗi dòng một mã hồ sơ, hoặc bảng có cột mã hồ sơ.")] = None,
    inserted: Annotated[bool, typer.Option("--inserted", help="Bỏ đúng những hồ sơ mà lần chosach index insert gần nhất đã thêm.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Kết thúc với mã 1, không bỏ gì, nếu có mã không có trong chỉ mục.")] = False,
    quiet: _Quiet = False,
) -> None:
    """Bỏ hồ sơ khỏi chỉ mục: tất cả, hoặc không hồ sơ nào."""
    asked = list(dict.fromkeys([*(record_ids or []), *_lines(ids)]))
    if inserted and (record_ids or ids):
        fail(USAGE, "Hãy ghi mã hồ sơ (hoặc --ids), hoặc --inserted, không ghi cả hai.", "in.both")
    if not asked and not inserted:
        fail(USAGE, "Hãy ghi mã hồ sơ, hoặc tệp các mã (--ids), hoặc --inserted.", "in.none")
    with stopping("Chỉ mục vẫn như trước."), opened_index(index) as known:
        with known.changing():
            asked = _last(known) if inserted else asked
            there = {record_id: known.trader_of(record_id) is not None for record_id in asked}
            unknown = [record_id for record_id, is_there in there.items() if not is_there]
            if not (strict and unknown):
                for record_id in (one for one, is_there in there.items() if is_there):  # in the order asked: so the index's log has it
                    known.delete(record_id)
        total = len(known)
    if unknown:
        many = f" {grouped(len(unknown))}" if len(unknown) > 1 else ""
        say(f"Không có{many} hồ sơ {shown(unknown)} trong chỉ mục. [record.unknown]")
    gone = 0 if strict and unknown else len(asked) - len(unknown)
    if not quiet:
        typer.echo(f"Đã bỏ {grouped(gone)} hồ sơ. Chỉ mục nay có {grouped(total)} hồ sơ.")
    raise typer.Exit(REJECTED if strict and unknown else OK)


def _last(index: "Index") -> list[str]:
    """What `insert` put in the last time. Ends the command where it never did."""
    found = index.inserted()
    if found is None:
        fail(UNREADABLE, "Chỉ mục chưa ghi nhận lần thêm hồ sơ nào (chosach index insert) từ khi được lập.", "index.none_inserted")
    return found


def _lines(path: Path | None) -> list[str]:
    """Ids of a file: the column of ids of a table, else one a line."""
    if path is None:
        return []
    from chosach.formats.listings import spoken
    from chosach.formats.records import field_of

    try:
        start = path.read_bytes()
        text = start.decode("utf-8-sig")
    except OSError as error:
        fail(UNREADABLE, f"{path}: {spoken(error)}.", "file.unreadable")
    except UnicodeDecodeError:
        return _column(path)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    header = re.split(r"[,;\t|]", lines[0]) if lines else []
    if start.startswith(b"PAR1") or any(field_of(name.strip('" ')) == "record_id" for name in header):
        return _column(path)
    return lines


def _column(path: Path) -> list[str]:
    """The ids of a table: one of ids, or what `chosach index insert`, `place` and `link` wrote.

    Ends the command where it is a file of records: `insert` leaves those out whose ids are known already, so it is no list of what was
    put in, and taking out all of it would take out older records too.
    """
    from chosach.formats.records import field_of

    table = living.table_of(path)
    told = [name for name in table.column_names if field_of(name) not in {None, "record_id"}]
    if "record_id" in table.column_names and "cluster_id" not in table.column_names and told:
        message = (
            f"{path} là tệp hồ sơ (có cột “{told[0]}”): trong đó có thể có mã đã ở trong chỉ mục từ trước. Để bỏ những gì vừa thêm, "
            "hãy ghi --inserted, hoặc --ids với tệp kết quả (--out) của chosach index insert. Muốn bỏ mọi mã trong tệp: chỉ để lại cột mã."
        )
        fail(UNREADABLE, message, "ids.records")
    if "record_id" not in table.column_names:
        fail(UNREADABLE, f"{path}: không có cột mã hồ sơ (record_id), cũng không phải văn bản UTF-8 mỗi dòng một mã.", "file.form")
    return [str(one) for one in table["record_id"].to_pylist() if one]

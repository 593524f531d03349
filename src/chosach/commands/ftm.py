"""`chosach ftm`: sellers, traders, ties and rings to FollowTheMoney and back (docs/followthemoney.md)."""

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chosach.commands import living
from chosach.commands.running import (
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
    mapped,
    say,
    shown,
    stopping,
)  # fmt: skip
from chosach.commands.usage import App

if TYPE_CHECKING:
    import pyarrow as pa

    from chosach.formats.followthemoney import Read, Tables
    from chosach.formats.listings import RejectsWriter

app = App(help="Trao đổi với các công cụ điều tra dùng FollowTheMoney (Aleph, OpenSanctions…).")

_WRITTEN = {
    "records": "hồ sơ",
    "clusters": "hồ sơ đã gộp vào thương nhân",
    "edges": "cặp hồ sơ kèm lý do",
    "ties": "điểm dùng chung",
    "rings": "nhóm",
    "members": "thành viên nhóm",
    "listings": "tin bán",
    "domains": "tên miền",
}


def _file(words: str) -> Any:
    return typer.Option(help=f"{words} (do chosach link ghi ra).")


@app.command("export")
def export(
    inputs: Annotated[list[Path] | None, typer.Argument(metavar="[TỆP...]", help="Tệp hồ sơ người bán đã đưa cho chosach link.")] = None,
    *,
    out: Annotated[Path, typer.Option("--out", help="Tệp sẽ ghi: mỗi dòng một thực thể JSON.")],
    clusters: Annotated[Path | None, _file("Hồ sơ nào thuộc thương nhân nào")] = None,
    edges: Annotated[Path | None, typer.Option(help="Các cặp hồ sơ kèm lý do (Parquet, do chosach link ghi ra).")] = None,
    ties: Annotated[Path | None, _file("Những gì hai thương nhân dùng chung")] = None,
    rings: Annotated[Path | None, _file("Các nhóm, kèm thành viên và vai trò")] = None,
    members: Annotated[Path | None, typer.Option(help="Thành viên nhóm (Parquet, do chosach ftm import ghi ra).")] = None,
    domains: Annotated[Path | None, typer.Option(help="Tên miền (Parquet: domain, record_id).")] = None,
    listings: Annotated[list[Path] | None, typer.Option(help="Tệp tin bán: CSV, XLSX, JSON từng dòng hoặc Parquet.")] = None,
    maps: Annotated[list[str] | None, typer.Option("--map", metavar="TRƯỜNG=CỘT", help="Cột nào của hồ sơ là trường nào.")] = None,
    rejects: Annotated[Path | None, typer.Option("--rejects", help="Tệp ghi dòng bị loại và ô đã sửa (CSV, hoặc .jsonl).")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Bảng mã của tệp hồ sơ, chỉ cần cho windows-1258.")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="Tên trang hồ sơ trong bảng tính XLSX.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Không dùng phần mở rộng: cho máy chủ chưa nạp nó.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Chỉ in lỗi.")] = False,
) -> None:
    """Ghi hồ sơ, thương nhân, điểm dùng chung và nhóm thành thực thể FollowTheMoney."""
    parquet = {"clusters": clusters, "edges": edges, "ties": ties, "rings": rings, "members": members, "domains": domains}
    given = {name: path for name, path in parquet.items() if path is not None}
    if not (inputs or listings or given):
        fail(USAGE, "Chưa có tệp nào để xuất.", "in.none")
    mapping = mapped(maps or [])
    check_paths([*(inputs or []), *(listings or []), *given.values()], {"--out": out, "--rejects": rejects})
    with _ending(out, rejects), _rejects(rejects) as problems:
        tables = {name: _table(path, name) for name, path in given.items()}
        if "ties" in tables:
            tables["ties"] = _standing(tables["ties"])
        if "rings" in tables:
            tables |= _rings_and_members(tables["rings"])
        if inputs:
            tables["records"] = _read_files(inputs, How(mapping, encoding, sheet), problems)
        if listings:
            tables["listings"] = _read_files(listings, None, problems)
        _one_run(tables)
        _export(tables, out, plain, quiet)
        if problems.rejected and not quiet:
            say(f"{grouped(problems.rejected)} dòng bị loại." + ("" if rejects else " Thêm --rejects TỆP để xem từng dòng và lý do."))


#: What tells of records, by their ids in these columns; and of traders.
_OF_RECORDS = {"clusters": ("record_id",), "edges": ("record_id_l", "record_id_r"), "ties": ("record_id_l", "record_id_r")}
_OF_TRADERS = {"ties": ("cluster_id_l", "cluster_id_r"), "members": ("cluster_id",)}


def _one_run(tables: "dict[str, pa.Table]") -> None:
    """Files of one run of `chosach link` tell of the same records and traders. Ends the command where one has none of them, for that is
    another list's; says so where some are missing, for who hands over a part of a list may mean it."""
    for column, of, what in (("record_id", _OF_RECORDS, "hồ sơ"), ("cluster_id", _OF_TRADERS, "thương nhân")):
        whole = "records" if column == "record_id" else "clusters"
        if whole not in tables:
            continue
        ours = _ids(tables[whole], (column,))
        for name in (name for name in of if name in tables):
            theirs = _ids(tables[name], of[name])
            strange = sorted(theirs - ours)
            option = "rings" if "ring_sentence" in tables[name].column_names else name
            if theirs and ours and len(strange) == len(theirs):
                message = f"--{option} là của danh sách khác: không {what} nào trong đó có trong {_WHOLE[whole]} ({shown(strange)})."
                fail(UNREADABLE, f"{message} Hãy dùng các tệp của cùng một lần chạy chosach link.", "ftm.other_run")
            missing = sorted(ours - theirs) if name == "clusters" and theirs else []
            told = [f"{grouped(len(strange))} {what} trong đó không có trong {_WHOLE[whole]} ({shown(strange)})"] if strange else []
            told += [f"{grouped(len(missing))} hồ sơ trong danh sách không có thương nhân ({shown(missing)})"] if missing else []
            if told:
                say(f"--{option} có thể không phải của lần chạy chosach link đã cho {_WHOLE[whole]}: {'; '.join(told)}. [ftm.other_run]")


_WHOLE = {"records": "tệp hồ sơ", "clusters": "--clusters"}


def _ids(table: "pa.Table", columns: tuple[str, ...]) -> set[str]:
    """All ids of these columns; those that are missing are told elsewhere."""
    return {str(one) for name in columns if name in table.column_names for one in table[name].unique().to_pylist() if one is not None}


def _export(tables: "dict[str, pa.Table]", out: Path, plain: bool, quiet: bool) -> None:
    from chosach.formats import followthemoney
    from chosach.lake import replacing

    cut, written = followthemoney.Cut(), 0
    try:
        made = followthemoney.entities(followthemoney.Tables(**tables), plain=plain, cut=cut)
    except ValueError as error:
        table, _, column = str(error).partition(".")
        fail(UNREADABLE, f"Tệp --{table} thiếu cột {column}, hoặc cột không đúng kiểu.", "table.column")
    with replacing(out) as part, part.open("w", encoding="utf-8") as file:
        for entity in made:
            file.write(entity.line())
            written += 1
    if quiet:
        return
    typer.echo(f"{grouped(written)} thực thể → {out}")
    if cut.values:
        typer.echo(f"{grouped(cut.values)} nội dung dài hơn 65.000 ký tự đã bị cắt.")
    if not plain:
        typer.echo("Công cụ nhận tệp cần phần mở rộng: chosach ftm schema; nếu không nạp được, hãy xuất lại với --plain.")
    typer.echo("Tệp có dữ liệu cá nhân. Chỉ giao cho người có thẩm quyền, ghi lại đã giao cho ai và để làm gì.")


@app.command("import")
def import_(
    inputs: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp thực thể FollowTheMoney, mỗi dòng một đối tượng JSON.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Thư mục ghi các bảng Parquet: records, clusters, edges…")],
    rejects: Annotated[Path | None, typer.Option("--rejects", help="Tệp ghi dòng bị loại và giá trị bỏ đi (CSV, hoặc .jsonl).")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Kết thúc với mã 1 nếu có dòng bị loại.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Chỉ in lỗi.")] = False,
) -> None:
    """Đọc thực thể FollowTheMoney thành các bảng; người và doanh nghiệp từ công cụ khác thành hồ sơ cho chosach link."""
    from chosach.formats import followthemoney, listings

    check_paths(inputs, {"--rejects": rejects})
    if out.exists() and not out.is_dir():
        fail(UNWRITABLE, f"{out} không phải thư mục.", "out.not_folder")
    with _ending(*(out / f"{name}.parquet" for name in _WRITTEN), rejects), _rejects(rejects) as problems:
        try:
            read = followthemoney.read(*inputs)
        except listings.Unreadable as error:
            fail(UNREADABLE, error.message, error.code)
        for path, some in read.problems.items():
            problems.write(str(path), some)
        _write(read.tables, out)
        if not quiet:
            _told(read, problems, rejects, out)
    raise typer.Exit(REJECTED if strict and problems.rejected else OK)


@app.command("schema")
def schema() -> None:
    """In phần mở rộng của mô hình FollowTheMoney: gian hàng, tin bán, tên miền, điểm dùng chung, nhóm."""
    from chosach.formats import followthemoney

    typer.echo(followthemoney.extension(), nl=False)


@contextlib.contextmanager
def _ending(*targets: Path | None) -> Any:
    """A signal or a disk that can't be written ends the command with its code and a sentence."""
    from chosach.formats.listings import spoken

    results = Results(*targets)
    try:
        with stopping(results.told):
            yield
    except OSError as error:
        fail(UNWRITABLE, f"Không ghi được tệp kết quả: {spoken(error)}. {results.told()}", "out.unwritable")


@contextlib.contextmanager
def _rejects(path: Path | None) -> Any:
    from chosach.formats import listings
    from chosach.lake import replacing

    with contextlib.ExitStack() as stack:
        part = stack.enter_context(replacing(path)) if path else Path(os.devnull)
        yield stack.enter_context(listings.RejectsWriter(part, as_json=path is not None and path.suffix == ".jsonl"))


def _read_files(paths: Sequence[Path], how: How | None, problems: "RejectsWriter") -> "pa.Table":
    """All rows of files of records, or of listings where `how` is None."""
    import pyarrow as pa

    from chosach.formats import listings, records

    seen, tables = listings.SeenIds(), []
    for path in paths:
        try:
            if how is None:
                file: Any = listings.open_file(path)
            else:
                file = records.open_file(path, mapping=how.mapping, encoding=how.encoding, sheet=how.sheet)
            for batch in file.batches(seen=seen):
                problems.write(str(path), batch.problems)
                tables.append(batch.table)
        except listings.Unreadable as error:
            fail(UNREADABLE, f"{path}: {error.message}", error.code)
    if not any(table.num_rows for table in tables):
        fail(UNREADABLE, f"{', '.join(map(str, paths))}: không dòng nào dùng được.", "rows.none")
    return pa.concat_tables(tables, promote_options="default")


def _table(path: Path, name: str) -> "pa.Table":
    """A table of linking, as Parquet or, where it loses nothing by it, as CSV."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from chosach.formats.listings import spoken

    try:
        return pq.read_table(path)
    except OSError as error:
        if error.errno is not None:
            fail(UNREADABLE, f"{path}: {spoken(error)}.", "table.unreadable")
        fail(UNREADABLE, f"{path}: tệp Parquet bị hỏng.", "table.unreadable")
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        if name != "edges":
            return living.table_of(path)
        fail(UNREADABLE, f"{path} (--edges): không phải tệp Parquet. Tệp CSV không mang đủ các lý do.", "table.unreadable")


def _standing(table: "pa.Table") -> "pa.Table":
    """Ties without those that a person cut: to others they would be ties like all."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if "cut" not in table.column_names:
        return table
    cut = table["cut"].cast(pa.string())
    return table.filter(pc.fill_null(pc.not_equal(pc.utf8_lower(cut), "true"), True))


def _rings_and_members(table: "pa.Table") -> "dict[str, pa.Table]":
    """`chosach link` tells rings and their members in one table, a row for each member; `chosach ftm import` in two."""
    if "ring_sentence" not in table.column_names:
        return {"rings": table}
    once = {row["ring_id"]: at for at, row in enumerate(table.select(["ring_id"]).to_pylist())}
    rings = table.take(sorted(once.values())).drop_columns(["sentence"])
    return {"rings": rings.rename_columns({"ring_sentence": "sentence"}), "members": table}


def _write(tables: "Tables", out: Path) -> None:
    import pyarrow.parquet as pq

    from chosach.lake import replacing

    out.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        for name in _WRITTEN:
            pq.write_table(getattr(tables, name), stack.enter_context(replacing(out / f"{name}.parquet")), compression="zstd")


def _told(read: "Read", problems: "RejectsWriter", rejects: Path | None, out: Path) -> None:
    typer.echo(f"Đã đọc {grouped(read.rows)} dòng, {grouped(problems.rejected)} dòng bị loại → {out}")
    counts = {label: getattr(read.tables, name).num_rows for name, label in _WRITTEN.items()}
    typer.echo("; ".join(f"{grouped(count)} {label}" for label, count in counts.items() if count) or "Không có gì để ghi.")
    if read.others:
        told = ", ".join(f"{name} {grouped(count)}" for name, count in read.others.items())
        typer.echo(f"Không mang theo các loại: {told}.")
    if rejects is None and (problems.rejected or problems.warnings):
        typer.echo("Thêm --rejects TỆP để xem từng dòng bị loại, giá trị bỏ đi và lý do.")

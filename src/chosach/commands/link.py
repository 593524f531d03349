"""`chosach link`: files of sellers' records in, a file of traders out. Columns, output and exit codes: docs/linking.md."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chosach.commands import living, writing
from chosach.commands.named import Names
from chosach.commands.reading import Tally, batches, model_of, opened
from chosach.commands.running import (
    OK,
    REJECTED,
    UNREADABLE,
    UNWRITABLE,
    How,
    Results,
    check_paths,
    fail,
    grouped,
    mapped,
    progress,
    say,
    stopping,
)  # fmt: skip

if TYPE_CHECKING:
    import pyarrow as pa

    from chosach.formats.listings import RejectsWriter
    from chosach.linking import Linked, Model


#: How the summary counts what became of the traders and rings of the run before.
_EVENTS = {
    "kept": "giữ nguyên", "grown": "thêm hồ sơ", "shrunk": "bớt hồ sơ", "merged": "gộp", "split": "tách", "born": "mới",
    "returned": "có lại", "gone": "không còn",
}  # fmt: skip


@dataclass(frozen=True)
class _Options:
    """The command's options, checked."""

    out: Path
    edges: Path | None
    rings: Path | None
    ties: Path | None
    rejects: Path | None
    mapping: dict[str, str]
    encoding: str | None
    sheet: str | None
    model: "Model | None"
    judgements: "pa.Table | None"
    previous: "pa.Table | None"
    events: Path | None
    strict: bool
    quiet: bool


def link(
    inputs: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp hồ sơ người bán: CSV, XLSX, JSON từng dòng hoặc Parquet.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Tệp Parquet, hoặc .csv để mở bằng bảng tính: hồ sơ nào thuộc thương nhân nào.")],
    edges: Annotated[
        Path | None, typer.Option("--edges", help="Tệp Parquet hoặc .csv ghi các cặp hồ sơ của một thương nhân kèm lý do.")
    ] = None,
    rings: Annotated[
        Path | None, typer.Option("--rings", help="Tệp Parquet hoặc .csv ghi các nhóm có dấu hiệu liên kết, vai trò từng thương nhân.")
    ] = None,
    ties: Annotated[
        Path | None, typer.Option("--ties", help="Tệp Parquet hoặc .csv ghi những gì các thương nhân dùng chung, kèm lý do.")
    ] = None,
    maps: Annotated[list[str] | None, typer.Option("--map", metavar="TRƯỜNG=CỘT", help="Cột nào là trường nào, ví dụ phone=SĐT.")] = None,
    rejects: Annotated[Path | None, typer.Option("--rejects", help="Tệp ghi dòng bị loại và ô đã sửa (CSV, hoặc .jsonl).")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Bảng mã, chỉ cần cho windows-1258.")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="Tên trang trong bảng tính XLSX.")] = None,
    model: Annotated[Path | None, typer.Option("--model", metavar="TỆP", help="Mô hình có sẵn. Mặc định: học từ chính các hồ sơ.")] = None,
    judgements: Annotated[
        Path | None, typer.Option("--judgements", metavar="TỆP", help="Kết luận của cán bộ về từng cặp hồ sơ (CSV, XLSX hoặc Parquet).")
    ] = None,
    previous: Annotated[
        Path | None, typer.Option("--previous", metavar="TỆP", help="Kết quả lần trước (--out): thương nhân giữ nguyên mã.")
    ] = None,
    events: Annotated[
        Path | None,
        typer.Option("--events", metavar="TỆP", help="Tệp Parquet hoặc .csv ghi thương nhân nào mới, gộp, tách, thêm bớt hồ sơ, vì sao."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Kết thúc với mã 1 nếu có dòng bị loại.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Chỉ in lỗi và cảnh báo.")] = False,
) -> None:
    """Tìm các hồ sơ người bán là cùng một thương nhân, và các thương nhân có dấu hiệu liên kết, kèm lý do."""
    writing.check_form(out, edges, rings, ties, events)
    judged, earlier = living.read_judgements(judgements), living.read_table(previous)
    living.checked(judged, earlier, judged=judgements, earlier=previous)
    options = _Options(
        out, edges, rings, ties, rejects, mapped(maps or []), encoding, sheet, model_of(model), judged, earlier, events, strict, quiet
    )  # fmt: skip
    besides = {"--edges": edges, "--rings": rings, "--ties": ties, "--rejects": rejects, "--events": events}
    read = [path for path in (judgements, model) if path]
    check_paths([*inputs, *read], {"--out": out, **besides})
    if previous:
        check_paths([previous], besides)  # --out alone may take its place
    results = Results(out, edges, rings, ties, events, rejects)
    with stopping(results.told):
        code = _run(inputs, options, results)
    raise typer.Exit(code)


def _run(inputs: list[Path], options: _Options, results: Results) -> int:
    from chosach.formats import listings
    from chosach.lake import passing, replacing
    from chosach.linking import link_batches

    how = How(options.mapping, options.encoding, options.sheet, options.quiet)
    files = [opened(path, how) for path in inputs]
    tally = Tally()
    names = Names(wanted=any(map(writing.is_csv, filter(None, (options.out, options.rings)))))
    try:
        with contextlib.ExitStack() as stack:
            out = stack.enter_context(replacing(options.out))
            edges = stack.enter_context(replacing(options.edges)) if options.edges else None
            rings = stack.enter_context(replacing(options.rings)) if options.rings else None
            ties = stack.enter_context(replacing(options.ties)) if options.ties else None
            events = stack.enter_context(replacing(options.events)) if options.events else None
            rejects_part = stack.enter_context(replacing(options.rejects)) if options.rejects else Path(os.devnull)
            as_json = options.rejects is not None and options.rejects.suffix == ".jsonl"
            writer = stack.enter_context(listings.RejectsWriter(rejects_part, as_json=as_json))
            pairs = edges
            if edges and options.edges and writing.is_csv(options.edges):  # pairs come as Parquet, many times the records
                pairs = stack.enter_context(passing(options.edges))
            with progress(files, options.quiet, "Đọc hồ sơ", "hồ sơ") as advance:
                tables = names.noting(batch.table for _, batch in batches(files, writer, tally, advance))
                linked = link_batches(
                    tables, model=options.model, edges=pairs or False, judgements=options.judgements, previous=options.previous
                )
            if edges and pairs and pairs != edges:
                writing.rewrite(pairs, edges)
            _write(linked, out, rings, ties, options, names=names)
            if events and options.events:
                writing.write(linked.events, events, options.events)
    except listings.Unreadable as error:
        fail(UNREADABLE, error.message, error.code)
    except OSError as error:
        fail(UNWRITABLE, f"Không ghi được tệp kết quả: {listings.spoken(error)}. {results.told()}", "out.unwritable")
    if not options.quiet:
        _summary(tally, linked, writer, options)
    _warn(tally, linked, options)
    return REJECTED if options.strict and writer.rejected else OK


def _warn(tally: Tally, linked: "Linked", options: _Options) -> None:
    """What a person must know of the result, whether or not the command is to be quiet."""
    tally.warn()
    _warn_of_strangers(linked, options)
    for row in linked.overruled.to_pylist():
        say(f"{row['sentence']} [{row['code']}]")


def _warn_of_strangers(linked: "Linked", options: _Options) -> None:
    """Says where no id of a table that was given is in the list: most likely some program has changed the ids."""
    import pyarrow as pa
    import pyarrow.compute as pc

    here = linked.clusters["record_id"]
    changed = "Nếu tệp đã được lưu bằng phần mềm bảng tính, mã như 00123 hoặc mã toàn chữ số từ 16 số trở lên có thể đã bị đổi."
    for table, columns, option, name, so in (
        (options.previous, ["record_id"], "--previous", "previous.no_record", "không thương nhân nào giữ được mã"),
        (options.judgements, ["record_id_l", "record_id_r"], "--judgements", "judgement.no_record", "không kết luận nào được áp dụng"),
    ):
        if table is not None and table.num_rows and not any(pc.any(pc.is_in(table[c].cast(pa.string()), here)).as_py() for c in columns):
            say(f"Không mã hồ sơ nào trong {option} có trong danh sách lần này nên {so}. {changed} [{name}]")


def _write(linked: "Linked", out: Path, rings: Path | None, ties: Path | None, options: _Options, *, names: Names) -> None:
    told = {**(linked.clusters.schema.metadata or {}), b"chosach.model": linked.model.to_json().encode()}
    clusters = names.beside(linked.clusters) if writing.is_csv(options.out) else linked.clusters
    writing.write(clusters.replace_schema_metadata(told), out, options.out)
    if rings and options.rings:
        named = linked.rings.rename_columns({"sentence": "ring_sentence"})
        joined = linked.members.join(named, "ring_id", join_type="inner").sort_by([("ring_id", "ascending"), ("cluster_id", "ascending")])
        if writing.is_csv(options.rings):
            joined = names.of_traders(joined, linked.clusters)
        writing.write(joined, rings, options.rings)
    if ties and options.ties:
        from chosach.linking.rings.output import marked

        writing.write(marked(linked.ties, linked.cut), ties, options.ties)


def _changes(events: "pa.Table") -> str:
    """How many traders, and how many rings, each thing happened to."""
    import pyarrow.compute as pc

    parts = []
    for level, what in (("trader", "thương nhân"), ("ring", "đường dây")):
        counts = {
            row["values"]: row["counts"] for row in pc.value_counts(events.filter(pc.equal(events["level"], level))["event"]).to_pylist()
        }
        told = ", ".join(f"{grouped(counts[event])} {word}" for event, word in _EVENTS.items() if event in counts)
        parts.append(f"{what}: {told or 'không có'}")
    return "; ".join(parts)


def _summary(tally: Tally, linked: "Linked", problems: "RejectsWriter", options: _Options) -> None:
    import pyarrow.compute as pc

    traders = pc.value_counts(linked.clusters["cluster_id"]).field("counts")
    shared = pc.sum(pc.greater(traders, 1)).as_py() or 0
    typer.echo(f"Đã đọc {grouped(tally.read)} dòng: {grouped(tally.accepted)} hồ sơ, {grouped(problems.rejected)} dòng bị loại.")
    for line in tally.told():
        typer.echo(line)
    typer.echo(f"{grouped(len(traders))} thương nhân, trong đó {grouped(shared)} có từ hai hồ sơ trở lên → {options.out}")
    if writing.is_csv(options.out):
        typer.echo("CSV không mang theo mô hình và các mã đã mất. Dùng làm --previous vẫn giữ được mã đang có.")
        typer.echo("Để mã đã mất có thể trở lại, và để chosach index build khỏi học lại mô hình, hãy ghi --out dạng .parquet.")
    if options.edges:
        typer.echo(f"{grouped(linked.held)} cặp hồ sơ kèm lý do → {options.edges}")
    told = f"{grouped(linked.rings.num_rows)} nhóm có dấu hiệu liên kết, gồm {grouped(linked.members.num_rows)} thương nhân"
    typer.echo(f"{told} → {options.rings}" if options.rings else f"{told}.")
    if options.ties:
        cut = f", và {grouped(linked.cut.num_rows)} mối cán bộ đã cắt" if linked.cut.num_rows else ""
        typer.echo(f"{grouped(linked.ties.num_rows)} mối liên hệ giữa các thương nhân{cut} → {options.ties}")
    if options.previous is not None:
        typer.echo(f"So với lần trước, {_changes(linked.events)}{f' → {options.events}' if options.events else '.'}")
    typer.echo(f"Đã so {grouped(linked.pairs)} cặp. Kết quả là dấu hiệu để cán bộ kiểm tra, không phải kết luận.")
    if options.rejects:
        typer.echo(f"Dòng bị loại và ô có vấn đề: {options.rejects}")
    elif problems.rejected or problems.warnings:
        typer.echo("Thêm --rejects TỆP để xem từng dòng bị loại, từng ô có vấn đề và lý do.")

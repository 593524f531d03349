"""`chosach joints`: pictures, or records that name them, in; records with the pictures' hashes and accounts out. docs/joints.md."""

import contextlib
import os
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chosach.commands import writing
from chosach.commands.reading import opened
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
    stopping,
)  # fmt: skip

if TYPE_CHECKING:
    import pyarrow as pa

    from chosach.formats.listings import RejectsWriter, SeenIds
    from chosach.linking.joints.facts import Facts


#: Endings of files that the summary names.
_NAMED = 8


@dataclass
class _Run:
    """What a run is told, and what it counts. `own`: the files that it writes itself."""

    pictures_in: Path | None
    how: How
    writer: "RejectsWriter"
    seen: "SeenIds"
    records: int = 0
    pictures: int = 0
    hashed: int = 0
    broken: int = 0
    accounts: int = 0
    unread: set[str] = field(default_factory=set)
    passed_over: "Counter[str]" = field(default_factory=Counter)
    own: frozenset[Path] = frozenset()


def joints(
    inputs: Annotated[
        list[Path],
        typer.Argument(metavar="TỆP...", help="Ảnh, thư mục ảnh (mỗi thư mục con là một hồ sơ), hoặc tệp hồ sơ có cột ảnh là tên tệp."),
    ],
    *,
    out: Annotated[Path, typer.Option("--out", help="Tệp Parquet: hồ sơ kèm mã băm ảnh và tài khoản trong mã QR, dùng cho chosach link.")],
    pictures: Annotated[
        Path | None, typer.Option("--pictures", metavar="THƯ_MỤC", help="Thư mục chứa ảnh mà tệp hồ sơ nêu tên. Mặc định: cạnh tệp hồ sơ.")
    ] = None,
    maps: Annotated[list[str] | None, typer.Option("--map", metavar="TRƯỜNG=CỘT", help="Cột nào là trường nào, ví dụ images=Ảnh.")] = None,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", help="Tệp ghi ảnh không đọc được và dòng bị loại (CSV, hoặc .jsonl).")
    ] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Bảng mã, chỉ cần cho windows-1258.")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="Tên trang trong bảng tính XLSX.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Kết thúc với mã 1 nếu có dòng bị loại hoặc ảnh không đọc được.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Chỉ in lỗi.")] = False,
) -> None:
    """Đọc ảnh: mã băm để tìm ảnh chép lại, tài khoản ngân hàng trong mã QR; ghi thành hồ sơ cho chosach link."""
    writing.check_form(out, csv=False)
    how = How(mapped(maps or []), encoding, sheet, quiet)
    check_paths([path for path in inputs if path.is_file()], {"--out": out, "--rejects": rejects})
    with stopping(Results(out, rejects).told):
        code = _run(inputs, out, rejects, pictures, how, strict=strict)
    raise typer.Exit(code)


def _run(inputs: list[Path], out: Path, rejects: Path | None, pictures: Path | None, how: How, *, strict: bool) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from chosach.formats import listings
    from chosach.lake import replacing

    try:
        with contextlib.ExitStack() as stack:
            target = stack.enter_context(replacing(out))
            rejects_part = stack.enter_context(replacing(rejects)) if rejects else Path(os.devnull)
            writer = stack.enter_context(listings.RejectsWriter(rejects_part, as_json=rejects is not None and rejects.suffix == ".jsonl"))
            own = frozenset(path.resolve() for path in (out, rejects, target, rejects_part) if path)
            run = _Run(pictures, how, writer, listings.SeenIds(), own=own)
            for path in inputs:
                _refuse_unread(path)
            made = [table for path in inputs for table in (_of_pictures if _is_picture(path) else _of_records)(path, run)]
            if not run.records:
                raise listings.Unreadable("rows.none", "Không có hồ sơ hay ảnh nào dùng được.")
            pq.write_table(pa.concat_tables(made, promote_options="default"), target, compression="zstd")
    except listings.Unreadable as error:
        fail(UNREADABLE, error.message, error.code)
    except OSError as error:
        fail(UNWRITABLE, f"Không ghi được tệp kết quả: {listings.spoken(error)}.", "out.unwritable")
    if not how.quiet:
        _summary(run, out, rejects)
    return REJECTED if strict and (writer.rejected or run.unread) else OK


def _refuse_unread(path: Path) -> None:
    from chosach.formats.listings import Unreadable
    from chosach.formats.listings.problems import CODES
    from chosach.linking.joints.facts import UNREAD_ENDINGS

    if path.suffix.lower() in UNREAD_ENDINGS and not path.is_dir():
        raise Unreadable("picture.ending", f"{path}: {CODES['picture.ending'].reason}")


def _is_picture(path: Path) -> bool:
    from chosach.linking.joints.facts import ENDINGS

    return path.is_dir() or path.suffix.lower() in ENDINGS


def _of_pictures(path: Path, run: _Run) -> "Iterator[pa.Table]":
    """Records of a picture or a folder of pictures."""
    import pyarrow as pa

    from chosach.formats.listings import Unreadable
    from chosach.formats.listings.problems import RowProblem
    from chosach.linking.joints import facts

    if not path.exists():
        raise Unreadable("file.unreadable", f"{path}: không có tệp hoặc thư mục này.")
    found = facts.found_in(path) if path.is_dir() else {path.stem: [path]}
    if path.is_dir():
        _pass_over(path, run)
    ids = list(found)
    doubled = run.seen.add(ids)
    for place, again in enumerate(doubled, 1):
        if again:
            run.writer.write(str(path), [RowProblem(place, place, "", "record.id_doubled", ids[place - 1])])
    kept = [one for one, again in zip(ids, doubled, strict=True) if not again]
    read = facts.of_files(file for one in kept for file in found[one])
    for place, (file, fact) in enumerate(read.items(), 1):
        _tell(fact, _Where(str(path), place, place, ""), str(file), run)
    if kept:
        yield _counted(facts.joined(pa.table({"record_id": pa.array(kept)}), [[read[file] for file in found[one]] for one in kept]), run)


def _pass_over(folder: Path, run: _Run) -> None:
    """Tell of the files of a folder that are no pictures by their endings. Those of pictures that are not read count as unread."""
    from chosach.formats.listings.problems import RowProblem
    from chosach.linking.joints import facts

    files = [file for file in facts.passed_over(folder) if file.resolve() not in run.own]
    for place, file in enumerate(files, 1):
        run.passed_over[_ending(file)] += 1
        if file.suffix.lower() in facts.UNREAD_ENDINGS:
            run.unread.add(str(file))
        run.writer.write(str(folder), [RowProblem(place, place, "", "picture.ending", str(file)[:200])])


@dataclass(frozen=True)
class _Where:
    """Where a problem is told to be."""

    file: str
    line: int
    row: int
    column: str


def _tell(fact: "Facts", at: _Where, value: str, run: _Run) -> None:
    from chosach.formats.listings.problems import RowProblem

    run.pictures += 1
    run.hashed += bool(fact.hashes)
    if fact.error:
        run.broken += 1
        run.unread.add(value)
        run.writer.write(at.file, [RowProblem(at.line, at.row, at.column, fact.error.code, value[:200])])


def _of_records(path: Path, run: _Run) -> "Iterator[pa.Table]":
    """Records of a file whose column `images` names pictures; what is a hash already stays."""
    from chosach.linking.joints import facts

    file = opened(path, run.how)
    folder = _Folder(run.pictures_in or path.parent)
    for batch in file.batches(seen=run.seen):
        run.writer.write(str(path), batch.problems)
        table = batch.table
        named = table["images"].to_pylist() if "images" in table.column_names else [None] * table.num_rows
        places = {name: folder.place(name) for names in named for name in names or ()}
        read = facts.of_files(place for place in places.values() if isinstance(place, Path))
        told: dict[str, Facts] = {name: read[place] if isinstance(place, Path) else place for name, place in places.items()}
        for names, line, row in zip(named, batch.lines, batch.rows, strict=True):
            for name in names or ():
                _tell(told[name], _Where(str(path), line, row, file.mapping.column("images")), name, run)
        if table.num_rows:
            yield _counted(facts.joined(table, [[told[name] for name in names or ()] for names in named]), run)


class _Folder:
    """A folder of pictures that lists name: to the letter, else whatever the case, the form of the marks and the sort of slash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._listed: dict[Path, dict[str, list[str]]] = {}

    def place(self, name: str) -> "Path | Facts":
        """Where a named picture lies, or what is known of it without looking."""
        from chosach.linking.joints.facts import Facts
        from chosach.linking.joints.images import is_hash
        from chosach.linking.joints.pictures import Unusable

        if is_hash(name):
            return Facts(hashes=(name,))
        if "://" in name:
            return Facts(error=Unusable("picture.not_here", "Ảnh trên mạng không được tải về."))
        try:
            place = (self._folder / name).resolve()
            if place.is_relative_to(self._folder) and not place.exists():
                place = self._nearly(name).resolve()
        except _SeveralNames:
            return Facts(error=Unusable("picture.names_alike", "Nhiều tệp ảnh chỉ khác nhau ở chữ hoa, chữ thường hay cách ghi dấu."))
        except (OSError, ValueError, RuntimeError):  # longer than a name may be, a folder one may not look into, links in a circle
            return Facts(error=Unusable("picture.not_found", "Không có tệp ảnh này, hoặc không đọc được."))
        if not place.is_relative_to(self._folder) or place == self._folder:
            return Facts(error=Unusable("picture.outside", "Ảnh nằm ngoài thư mục ảnh."))
        return place

    def _nearly(self, name: str) -> Path:
        """The file that is called so but for case and form; as named, where there is none."""
        at = self._folder
        for part in name.replace("\\", "/").split("/"):
            if part in {"", "."}:
                continue
            if part == ".." or not (at / part).exists():
                alike = self._names(at).get(_plain(part), []) if part != ".." else []
                if len(alike) > 1:
                    raise _SeveralNames
                if not alike:
                    return self._folder / name
                at /= alike[0]
            else:
                at /= part
        return at

    def _names(self, folder: Path) -> dict[str, list[str]]:
        if folder not in self._listed:
            listed = self._listed[folder] = {}
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                listed.setdefault(_plain(path.name), []).append(path.name)
        return self._listed[folder]


class _SeveralNames(Exception):
    """Several files are called so, and none to the letter."""


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _counted(table: "pa.Table", run: _Run) -> "pa.Table":
    run.records += table.num_rows
    run.accounts += sum(any(code["kind"] == "payment" and code["valid"] for code in codes or ()) for codes in table["codes"].to_pylist())
    return table


def _summary(run: _Run, out: Path, rejects: Path | None) -> None:
    typer.echo(f"{grouped(run.records)} hồ sơ, {grouped(run.pictures)} ảnh: {grouped(run.hashed)} ảnh có mã băm → {out}")
    typer.echo(f"{grouped(run.accounts)} hồ sơ có mã QR chuyển khoản hợp lệ. Tiếp theo: chosach link {out} --out …")
    plain = run.pictures - run.hashed - run.broken
    if plain:
        typer.echo(f"{grouped(plain)} ảnh quá đơn giản để so (một màu, nền trơn, một biểu tượng) nên không có mã băm.")
    if run.passed_over:
        typer.echo(f"{grouped(run.passed_over.total())} tệp trong thư mục không được đọc vì đuôi tệp: {_endings(run.passed_over)}.")
        typer.echo("Chỉ đọc JPEG, PNG, WebP, GIF, BMP. Ảnh HEIC của điện thoại: hãy xuất thành JPEG rồi chạy lại.")
    if run.unread:
        counts = Counter(_ending(Path(name)) for name in run.unread)
        typer.echo(f"{grouped(len(run.unread))} ảnh không đọc được: {_endings(counts)}.")
    if rejects:
        typer.echo(f"Ảnh không đọc được và dòng bị loại: {rejects}")
    elif run.unread or run.passed_over or run.writer.rejected:
        typer.echo("Thêm --rejects TỆP để xem từng tệp và lý do.")


def _ending(path: Path) -> str:
    return path.suffix.lower() or "không có đuôi"


def _endings(counts: "Counter[str]") -> str:
    """The most frequent ones first."""
    order = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{ending} ({grouped(count)})" for ending, count in order[:_NAMED]) + ("…" if len(order) > _NAMED else "")

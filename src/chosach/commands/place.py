"""`chosach place`: new records in, the known trader that each may be out. Columns, output and exit codes: docs/linking.md."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chosach.commands import writing
from chosach.commands.reading import Tally, batches, opened
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
    progress,
    say,
    stopping,
)

if TYPE_CHECKING:
    from chosach.formats.listings import RejectsWriter
    from chosach.formats.records import Batch
    from chosach.linking.living.index import Index, Placed

#: What a record that is told on the command line is called.
_UNNAMED = "mới"


def place(
    inputs: Annotated[
        list[Path] | None, typer.Argument(metavar="[TỆP...]", help="Tệp hồ sơ mới: CSV, XLSX, JSON từng dòng hoặc Parquet.")
    ] = None,
    *,
    index: Annotated[Path, typer.Option("--index", metavar="TỆP", help="Chỉ mục, do chosach index build lập.")],
    record: Annotated[
        list[str] | None,
        typer.Option("--record", metavar="TRƯỜNG=GIÁ_TRỊ", help="Một hồ sơ ghi ngay trên dòng lệnh, mỗi lần một trường: phone=0912345678."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Tệp Parquet hoặc .csv: mỗi hồ sơ có thể là thương nhân nào, vì sao.")] = None,
    candidates: Annotated[
        int, typer.Option("--candidates", metavar="SỐ", min=1, max=100, help="Nhiều nhất bao nhiêu thương nhân được nêu ra cho mỗi hồ sơ.")
    ] = 5,
    maps: Annotated[list[str] | None, typer.Option("--map", metavar="TRƯỜNG=CỘT", help="Cột nào là trường nào, ví dụ phone=SĐT.")] = None,
    rejects: Annotated[Path | None, typer.Option("--rejects", help="Tệp ghi dòng bị loại và ô đã sửa (CSV, hoặc .jsonl).")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Bảng mã, chỉ cần cho windows-1258.")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="Tên trang trong bảng tính XLSX.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Kết thúc với mã 1 nếu có dòng bị loại.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Chỉ in lỗi và cảnh báo.")] = False,
) -> None:
    """Tìm thương nhân đã biết cho hồ sơ mới, không phải chạy lại toàn bộ; chỉ mục không đổi."""
    if bool(inputs) == bool(record):
        fail(USAGE, "Hãy ghi tệp hồ sơ mới, hoặc một hồ sơ bằng --record, không ghi cả hai.", "in.none" if not inputs else "in.both")
    if inputs and out is None:
        fail(USAGE, "Hãy ghi tệp kết quả (--out).", "out.none")
    writing.check_form(out)
    given = [index, *(inputs or [])]
    check_paths(given, {"--out": out, "--rejects": rejects})
    how = How(mapped(maps or []), encoding, sheet, quiet)
    with stopping(Results(out, rejects).told), opened_index(index) as known:
        if record:
            _one(known, told(record), out, most=candidates, quiet=quiet)
            return
        run = Run(known, how, rejects, most=candidates)
        run.whole(inputs or [], out)
        if not quiet:
            _summary(run, out)
        run.tally.warn()
    raise typer.Exit(REJECTED if strict and run.rejected else OK)


def told(values: list[str]) -> dict[str, str | None]:
    """A record of FIELD=VALUE. Ends the command where that is none."""
    from chosach.formats.listings.values import whole
    from chosach.formats.records import FIELDS, field_of
    from chosach.formats.records.nothing import says

    found: dict[str, str | None] = {}
    for value in map(whole, values):
        field, sign, text = value.partition("=")
        said, text = field.strip(), text.strip()
        field = said if said in FIELDS else field_of(said) or said
        if not sign or not text:
            fail(USAGE, f"“{value}” không có dạng TRƯỜNG=GIÁ_TRỊ, ví dụ phone=0912345678.", "record.form")
        if field not in _READ and field != "record_id":
            fail(USAGE, f"Không hỏi được theo trường “{said}”. Các trường: {', '.join(_READ)}; và record_id.", "record.unknown_field")
        if field in found:
            fail(USAGE, f"Trường “{field}” được ghi hai lần.", "record.twice")
        found[field] = text
    if not any(says(field, text) for field, text in found.items() if field != "record_id"):
        fail(USAGE, "Hồ sơ không có gì để so, hoặc chỉ ghi “không có”, “N/A”, “-”.", "record.empty")
    _readable(found)
    return {"record_id": _UNNAMED} | {field: text for field, text in found.items() if field == "record_id" or says(field, text)}


#: Field → what is read in it.
_READ = {
    "name": "tên người hoặc doanh nghiệp, có chữ cái",
    "seller_name": "tên gian hàng, có chữ cái hoặc chữ số",
    "phone": "số điện thoại, như 0912345678",
    "bank_account": "số tài khoản, có chữ số",
    "bank": "tên ngân hàng, cùng với số tài khoản (bank_account)",
    "tax_code": "mã số thuế, như 3600123456",
    "email": "địa chỉ thư, như ten@vidu.vn",
    "address": "địa chỉ, như “12 Lê Lợi, Tam Hiệp, Đồng Nai”",
    "warehouse": "nơi gửi hàng, như “Kho 9, đường số 5, KCN Amata, Biên Hòa”",
    "url": "đường dẫn, như https://vidu.vn/shop",
    "handle": "tên tài khoản mạng, có chữ cái hoặc chữ số",
}


def _readable(found: dict[str, str | None]) -> None:
    """Says in which fields nothing can be read. Ends the command where that is so in all: who asks must not take it for "nobody known"."""
    from chosach.linking.living.one import unread

    empty = unread(found)
    told = "; ".join(f"{field} “{found[field]}” (cần {_READ[field]})" for field in empty)
    if not set(found) - {"record_id", "bank"} - set(empty):
        bank = "" if set(found) - {"record_id", "bank"} else f"Riêng ngân hàng không đủ để so (cần {_READ['bank']}). "
        fail(USAGE, f"Không đọc được gì để so trong hồ sơ. {bank}{told}".strip() + ("." if told else ""), "record.empty")
    if empty:
        say(f"Không đọc được {told}; chỉ so các trường còn lại. [record.unread]")


@contextlib.contextmanager
def opened_index(path: Path) -> "Iterator[Index]":
    """An index, closed at the end. Ends the command where it can't be read, or where it can't be changed."""
    import sqlite3

    from chosach.linking.living.index import Index, NoIndex, Problem

    try:
        with Index(path) as index:
            yield index
    except NoIndex as error:
        fail(UNREADABLE, str(error), "index.form")
    except Problem as error:
        fail(UNREADABLE, error.message, error.code)
    except sqlite3.Error as error:
        fail(UNWRITABLE, f"{path}: không đọc hoặc không ghi được chỉ mục ({error}).", "index.unwritable")


def _one(index: "Index", record: dict[str, str | None], out: Path | None, *, most: int, quiet: bool) -> None:
    from chosach.linking.living import placed as words

    placed = index.place(record, most)
    record_id = str(record["record_id"])
    if out:
        with _results(out) as part:
            writing.write(words.table([(record_id, placed, placed.trader_id is not None)]), part, out)
    if not quiet:
        place, alone = "warehouse" in record, set(record) == {"record_id", "warehouse"}
        for line in words.sentences(record_id, placed, place=place, alone=alone):
            typer.echo(line)
        typer.echo("Kết quả là dấu hiệu để cán bộ kiểm tra, không phải kết luận.")


@contextlib.contextmanager
def _results(out: Path) -> "Iterator[Path]":
    """Where results are to be written; they take their place at the end. Ends the command where that can't be."""
    from chosach.formats.listings import spoken
    from chosach.lake import replacing

    try:
        with replacing(out) as part:
            yield part
    except OSError as error:
        fail(UNWRITABLE, f"Không ghi được tệp kết quả: {spoken(error)}.", "out.unwritable")


@dataclass
class Kept:
    """Whether the records that are put in stand in the index. The file itself is asked: a stop can fall between its last step and any
    note of it. `first`: the first record that was put in; `files`: results were asked for."""

    index: Path
    files: bool
    first: str | None = None

    def holds(self) -> bool:
        """They are on the disk, all of them."""
        from chosach.linking.living.index import Index

        if self.first is None:
            return False
        with Index(self.index) as index:
            return index.trader_of(self.first) is not None

    def told(self) -> str:
        """What a stop left, and what to do."""
        if not self.holds():
            return "Chỉ mục vẫn như trước."
        return f"{_KEPT} Tệp kết quả có thể chưa được ghi. {_AGAIN}" if self.files else _KEPT


_KEPT = "Chỉ mục đã giữ các hồ sơ mới."
_AGAIN = "Muốn có tệp kết quả: bỏ đúng các hồ sơ vừa thêm bằng chosach index delete CHỈ_MỤC --inserted, rồi chạy lại lệnh này."


class Run:
    """Files of records placed, or put in, one after the other. `kept`: each is put in, and there for those that follow. `most`: traders
    that are told of each."""

    def __init__(self, index: "Index", how: How, rejects: Path | None, kept: Kept | None = None, most: int = 5) -> None:
        self.index, self.how, self.kept, self.most = index, how, kept, most
        self.rejects = rejects
        self.tally = Tally()
        self.rejected = self.warned = self.placed = self.known = self.sharing = 0

    def whole(self, inputs: list[Path], out: Path | None) -> None:
        """All files; then the results are written, in the order of the rows."""
        import pyarrow as pa

        from chosach.formats import listings
        from chosach.lake import replacing
        from chosach.linking.living import placed as words

        files = [opened(path, self.how) for path in inputs]
        try:
            with contextlib.ExitStack() as stack:
                part = stack.enter_context(replacing(self.rejects)) if self.rejects else Path(os.devnull)
                as_json = self.rejects is not None and self.rejects.suffix == ".jsonl"
                writer = stack.enter_context(listings.RejectsWriter(part, as_json=as_json))
                tables = []
                results = stack.enter_context(replacing(out)) if out else None
                if self.kept:
                    stack.enter_context(self.index.inserting())  # ends before the results take their place: they tell of what is kept
                with progress(files, self.how.quiet, "Xếp hồ sơ", "hồ sơ") as advance:
                    for path, batch in batches(files, writer, self.tally, advance, left_out=self._holds):
                        rows = list(self._batch(path, batch, writer))
                        tables.append(words.table(rows) if out else words.table(()))
                self.rejected, self.warned = writer.rejected, writer.warnings
                if out and results:
                    writing.write(pa.concat_tables(tables), results, out)
        except listings.Unreadable as error:
            fail(UNREADABLE, error.message, error.code)
        except OSError as error:
            left = f" {_KEPT} {_AGAIN}" if self.kept and self.kept.holds() else ""
            fail(UNWRITABLE, f"Không ghi được tệp kết quả: {listings.spoken(error)}.{left}", "out.unwritable")

    def _holds(self, record_id: str) -> bool:
        """The index has it already: the row is left out."""
        return self.index.trader_of(record_id) is not None

    def _batch(self, path: Path, batch: "Batch", rejects: "RejectsWriter") -> "Iterator[tuple[str, Placed, bool]]":
        from chosach.formats.listings.problems import RowProblem

        for row, line, number in zip(batch.table.to_pylist(), batch.lines, batch.rows, strict=True):
            record_id = row["record_id"]
            if self._holds(record_id):
                self.tally.reasons["record.known"] += 1
                rejects.write(str(path), [RowProblem(line, number, "record_id", "record.known", record_id)])
                continue
            placed = self.index.insert(row, self.most) if self.kept else self.index.place(row, self.most)
            if self.kept and self.kept.first is None:
                self.kept.first = record_id
            known = placed.probability > 0 or placed.judged
            self.placed += 1
            self.known += known
            self.sharing += bool(placed.sharing)
            yield record_id, placed, known


def _summary(run: Run, out: Path | None) -> None:
    typer.echo(f"Đã đọc {grouped(run.tally.read)} dòng: {grouped(run.placed)} hồ sơ mới, {grouped(run.rejected)} dòng bị loại.")
    typer.echo(f"{grouped(run.known)} hồ sơ có thể là của thương nhân đã biết, {grouped(run.placed - run.known)} chưa thấy của ai → {out}")
    typer.echo("Kết quả là dấu hiệu để cán bộ kiểm tra, không phải kết luận. Chỉ mục không đổi; muốn giữ hồ sơ: chosach index insert.")
    ending(run, told=True)


def ending(run: Run, *, told: bool) -> None:
    """Who sends from the same places; why rows were left out, and where each is told. `told`: results were asked for."""
    if run.sharing:
        typer.echo(f"{grouped(run.sharing)} hồ sơ cùng nơi gửi hàng với thương nhân khác{' (cột sharing)' if told else ''}.")
    for line in run.tally.told():
        typer.echo(line)
    if run.rejects:
        typer.echo(f"Dòng bị loại và ô có vấn đề: {run.rejects}")
    elif run.rejected or run.warned:
        typer.echo("Thêm --rejects TỆP để xem từng dòng bị loại, từng ô có vấn đề và lý do.")

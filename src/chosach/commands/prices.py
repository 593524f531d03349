"""`chosach prices`: files of listings in, a table of prices by brand and product group out (docs/prices.md)."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from chosach.screening import PriceTable


def prices(
    inputs: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp tin bán, hoặc thư mục kho (các tệp Parquet trong đó).")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Tệp CSV ghi bảng giá.")],
    maps: Annotated[list[str] | None, typer.Option("--map", metavar="TRƯỜNG=CỘT", help="Cột nào là trường nào, ví dụ title=Tên.")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Bảng mã, chỉ cần cho windows-1258.")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="Tên trang trong bảng tính XLSX.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Chỉ in lỗi.")] = False,
) -> None:
    """Lập bảng giá tham chiếu theo nhãn hiệu và nhóm hàng từ các tin bán; chỉ giữ số tổng hợp, không giữ tin nào."""
    from chosach.commands.running import Results, grouped, stopping

    with stopping(Results(out).told):
        table, rows = _build(inputs, out, maps or [], encoding, sheet, quiet=quiet)
    if not quiet:
        brands = len({brand for brand, _ in table.cells if brand})
        typer.echo(f"Đã đọc {grouped(rows)} tin: {grouped(len(table.cells))} ô giá của {grouped(brands)} nhãn hiệu → {out} (mã {table.id})")


def _build(
    inputs: list[Path], out: Path, maps: list[str], encoding: str | None, sheet: str | None, *, quiet: bool
) -> "tuple[PriceTable, int]":
    """What was built and written, and from how many listings. Ends the command where something can't be done."""
    from chosach.commands.listing_files import batches, files_of, mapped, opened
    from chosach.commands.running import UNREADABLE, UNWRITABLE, How, check_paths, fail, progress
    from chosach.formats import listings
    from chosach.lake import replacing
    from chosach.screening.prices import LEAST_LISTINGS, Builder

    paths, how = files_of(inputs), How(mapped(maps), encoding, sheet, quiet)
    check_paths(paths, {"--out": out})
    builder, rows, seen = Builder(), 0, listings.SeenIds()
    files = [opened(path, how) for path in paths]
    with progress(files, quiet, "Đọc", "tin") as advance:
        for place, file in enumerate(files):
            for batch in batches(file, seen):
                rows += batch.table.num_rows
                if batch.table.num_rows:
                    builder.add(batch.table)
                advance(place, batch.consumed / file.total, rows)
    table = builder.table()
    if not table.cells:
        fail(UNREADABLE, f"Không nhóm hàng nào có đủ {LEAST_LISTINGS} tin có giá.", "prices.too_few")
    try:
        with replacing(out) as part:
            table.save(part)
    except OSError as error:
        fail(UNWRITABLE, f"Không ghi được tệp kết quả: {listings.spoken(error)}.", "out.unwritable")
    return table, rows

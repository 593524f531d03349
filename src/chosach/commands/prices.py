"""`chosach prices`: files of listings in, a table of prices by brand and product group out (docs/prices.md)."""

from pathlib import Path
from typing import Annotated

import typer


def prices(
    inputs: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp tin bán, hoặc thư mục kho (các tệp Parquet trong đó).")],
    *,
    out: Annotated[Path, typer.Option("--out", help="Tệp CSV ghi bảng giá.")],
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Chỉ in lỗi.")] = False,
) -> None:
    """Lập bảng giá tham chiếu theo nhãn hiệu và nhóm hàng từ các tin bán; chỉ giữ số tổng hợp, không giữ tin nào."""
    from chosach.commands.running import UNREADABLE, UNWRITABLE, fail, grouped, progress
    from chosach.formats import listings
    from chosach.lake import replacing
    from chosach.screening.prices import LEAST_LISTINGS, Builder

    paths = [found for path in inputs for found in (sorted(path.rglob("*.parquet")) if path.is_dir() else [path])]
    builder, rows = Builder(), 0
    try:
        files = [listings.open_file(path) for path in paths]
        seen = listings.SeenIds()
        with progress(files, quiet, "Đọc", "tin") as advance:
            for place, file in enumerate(files):
                for batch in file.batches(seen=seen):
                    rows += batch.table.num_rows
                    if batch.table.num_rows:
                        builder.add(batch.table)
                    advance(place, batch.consumed / file.total, rows)
    except listings.Unreadable as error:
        fail(UNREADABLE, error.message, error.code)
    table = builder.table()
    if not table.cells:
        fail(UNREADABLE, f"Không nhóm hàng nào có đủ {LEAST_LISTINGS} tin có giá.", "prices.too_few")
    try:
        with replacing(out) as part:
            table.save(part)
    except OSError as error:
        fail(UNWRITABLE, f"Không ghi được tệp kết quả: {listings.spoken(error)}.", "out.unwritable")
    if not quiet:
        brands = len({brand for brand, _ in table.cells if brand})
        typer.echo(f"Đã đọc {grouped(rows)} tin: {grouped(len(table.cells))} ô giá của {grouped(brands)} nhãn hiệu → {out} (mã {table.id})")

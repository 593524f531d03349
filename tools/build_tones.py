"""The model of tones from listings: `python tools/build_tones.py LISTINGS.parquet [OUT]`.

LISTINGS: `title`, `description` and, where there is one, `group` (near-duplicates and shops share one). OUT: by default the file that
ships. The same listings give the same bytes. What is kept, and that it is aggregates only: `chosach.screening.tones_build`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
SHIPPED = ROOT / "src/chosach/screening/data/tones.bin"


def rows(path: Path) -> Iterator[tuple[str | None, str | None, object]]:
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path)
    names = [name for name in ("title", "description", "group") if name in file.schema_arrow.names]
    number = 0
    for batch in file.iter_batches(batch_size=8192, columns=names):
        for row in batch.to_pylist():
            yield row.get("title"), row.get("description"), row.get("group", number)
            number += 1


def main(listings: str, out: str = str(SHIPPED)) -> None:
    from chosach.screening.tones_build import build

    model = build(rows(Path(listings)), {"what": "counts of neighbouring syllables in sentences written with marks"})
    data = model.to_bytes()
    Path(out).write_bytes(data)
    print(f"{out}: {len(data):,} bytes, {model.card}")


if __name__ == "__main__":
    main(*sys.argv[1:])

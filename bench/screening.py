"""How fast listings are screened: the whole way, its stages, and simpler ways beside it in the same run.

    python bench/screening.py LISTINGS.parquet [--cores 1] [--limit ROWS] [--copies N]

With more than one core: `chosach screen`'s own way, reading and checking in, in one process and with so many workers; their start-up is not
in it.

The text counted is title, description, category and brand in UTF-8. Start-up (imports, compiling, building the automaton) is
shown apart. The peers look for the same words exactly as listed: no marks, places, disguises, denials, law or reasons; the TF-IDF pipeline
(where scikit-learn is installed) only gives a score. ``--copies N`` also runs `chosach screen` on a file of N times the listings and prints
the most memory that it and its processes held together.
"""

import argparse
import contextlib
import importlib.util
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

COLUMNS = ("listing_id", "title", "description", "category", "brand", "price", "captured_at")
TEXT = ("title", "description", "category", "brand")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds of this process, which other work on the machine does not lengthen as it does the clock on the wall."""
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


def load(path: Path, limit: int | None) -> pa.Table:
    names = [name for name in COLUMNS if name in pq.read_schema(path).names]
    table = pq.read_table(path, columns=names)
    return table.slice(0, limit) if limit else table


def megabytes(table: pa.Table) -> float:
    total = 0
    for name in TEXT:
        if name in table.column_names:
            total += pc.sum(pc.binary_length(table.column(name).cast(pa.large_string()))).as_py() or 0
    return total / 1e6


def warm() -> None:
    from chosach.screening.warm import warm as run_all

    run_all()


def whole_way(path: Path, limit: int | None, out: Path) -> pa.Table:
    from chosach.screening import screen

    found = screen(load(path, limit))
    pq.write_table(found, out)
    return found


def ready(_: int) -> None:
    """Keeps a process for a moment, so that each of the pool has started before the time is taken."""
    time.sleep(1)


def own_way(path: Path, limit: int | None, workers: int, out: Path) -> tuple[float, float]:
    """Seconds on the wall and of the processor (of all processes) of the command's own way with so many workers; 0: in this process."""
    from chosach.commands import screening_run
    from chosach.formats import listings
    from chosach.screening import FINDING

    def some() -> Iterator[listings.Batch]:
        read = 0
        for batch in listings.open_file(path).batches():
            yield batch
            read += batch.table.num_rows
            if limit and read >= limit:
                return

    with contextlib.ExitStack() as stack:
        if workers:
            pool = stack.enter_context(screening_run.started(workers, as_of=None))
            list(pool.map(ready, range(workers)))
            list(screening_run.screened_by(pool, islice(some(), 1), workers))
        writer = stack.enter_context(pq.ParquetWriter(out, FINDING, compression="zstd"))
        begun, spent = time.perf_counter(), processor()
        found = screening_run.screened_by(pool, some(), workers) if workers else screening_run.screened(some(), as_of=None, workers=0)
        for _, findings in found:
            writer.write_table(findings.replace_schema_metadata(None))
        return time.perf_counter() - begun, processor() - spent


def processor() -> float:
    """Processor seconds of this process and of those that it started and that still run (Linux)."""
    total = 0.0
    for pid in _kin(os.getpid()):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def stages(table: pa.Table, path: Path, limit: int | None) -> dict[str, float]:
    """Seconds of each stage, each measured alone."""
    from chosach.screening import engine
    from chosach.screening.lexicon import FIELDS, lexicon

    known = lexicon()
    prices = [engine.price_column(table.slice(k, engine.BATCH)) for k in range(0, table.num_rows, engine.BATCH)]
    parts = [table.slice(k, engine.BATCH) for k in range(0, table.num_rows, engine.BATCH)]
    reading, _ = timed(lambda: load(path, limit))
    columns = [[engine.text_column(part, name) for name in FIELDS] for part in parts]
    matching, hits = timed(lambda: [known.matcher.find(texts) for texts in columns])
    given = list(zip(hits, prices, columns, strict=True))
    choosing, chosen = timed(lambda: [engine.choose.worth_a_look(*one) for one in given])
    del chosen
    screening, found = timed(lambda: engine.screen(table))
    with tempfile.TemporaryDirectory() as folder:
        writing, _ = timed(lambda: pq.write_table(found, Path(folder) / "findings.parquet"))
    return {
        "read the file": reading,
        "fold and match": matching,
        "choose candidates": choosing,
        "weigh, reasons, law": max(0.0, screening - matching - choosing),
        "write findings": writing,
    }


def one_by_one(table: pa.Table) -> list[float]:
    """Milliseconds on the wall for single listings, warm, ascending."""
    from chosach.screening import screen

    took = []
    for place in range(min(table.num_rows, 1000)):
        row = table.slice(place, 1)
        begun = time.perf_counter()
        screen(row)
        took.append((time.perf_counter() - begun) * 1000)
    return sorted(took)


def _kin(pid: int) -> list[int]:
    """A process and those that it started (Linux)."""
    found = [pid]
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in thread.read_text().split():
            found += _kin(int(child))
    return found


def _resident(pid: int) -> int:
    """Bytes that a process and its children hold in memory together: what they share counts once."""
    total = 0
    for each in _kin(pid):
        with contextlib.suppress(OSError):
            told = Path(f"/proc/{each}/smaps_rollup").read_text()
            total += 1024 * sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:"))
    return total


def memory(path: Path, limit: int | None, copies: int, workers: int) -> tuple[int, int]:
    """(listings, most bytes held) of `chosach screen` on a made-up file of so many copies, each under ids of its own."""
    with tempfile.TemporaryDirectory() as folder:
        many, writer = Path(folder) / "many.parquet", None
        table = load(path, limit)
        ids = table.column("listing_id").cast(pa.string())
        for copy in range(copies):
            part = table.set_column(table.column_names.index("listing_id"), "listing_id", pc.binary_join_element_wise(ids, str(copy), "-"))
            writer = writer or pq.ParquetWriter(many, part.schema)
            writer.write_table(part, row_group_size=50_000)
        assert writer is not None
        writer.close()
        command = [
            sys.executable,
            "-m",
            "chosach.cli",
            "screen",
            str(many),
            "--out",
            f"{folder}/findings.parquet",
            "--workers",
            str(workers),
        ]
        process = subprocess.Popen([*command, "--quiet"])
        most = 0
        while process.poll() is None:
            with contextlib.suppress(OSError):
                most = max(most, _resident(process.pid))
            time.sleep(0.05)
        if process.returncode:
            raise SystemExit(f"chosach screen ended with {process.returncode}")
        return table.num_rows * copies, most


def tfidf(texts: list[str]) -> float | None:
    """Seconds that a scikit-learn pipeline takes to score the texts: character n-grams, a linear model; None where it is not installed."""
    if importlib.util.find_spec("sklearn") is None:
        return None
    # no dependency of the project: it is looked for only here
    text, linear, pipeline = (
        importlib.import_module(f"sklearn.{name}") for name in ("feature_extraction.text", "linear_model", "pipeline")
    )
    few = texts[:500]
    words = text.TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    model = pipeline.make_pipeline(words, linear.LogisticRegression(max_iter=50))
    model.fit(few, [n % 2 for n in range(len(few))])
    took, _ = timed(lambda: model.predict_proba(texts))
    return took


def peers(table: pa.Table) -> list[tuple[str, float]]:
    """Megabytes a second of simpler ways over title and description, on at most 20,000 rows (`re`: 100)."""
    import ahocorasick_rs
    import polars as pl

    from chosach.screening.data import rows

    words = sorted({row["term"] for row in rows("terms.csv")}, key=len, reverse=True)
    sample = table.slice(0, 20_000)
    column = pc.binary_join_element_wise(
        pc.fill_null(sample.column("title").cast(pa.string()), ""),
        pc.fill_null(sample.column("description").cast(pa.string()), "") if "description" in sample.column_names else "",
        " ",
    )
    texts = column.to_pylist()
    size = sum(len(text.encode()) for text in texts) / 1e6
    few = texts[:100]
    few_size = sum(len(text.encode()) for text in few) / 1e6
    alternation = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    automaton = ahocorasick_rs.AhoCorasick(words)
    frame = pl.Series("text", texts)
    flag, _ = timed(lambda: frame.str.contains_any(words, ascii_case_insensitive=True))
    places, _ = timed(lambda: [automaton.find_matches_as_indexes(text.lower(), overlapping=True) for text in texts])
    plain, _ = timed(lambda: [[m.span() for m in alternation.finditer(text)] for text in few])
    listed, _ = timed(lambda: [[word for word in words if word in text] for text in (text.lower() for text in few)])
    scored = tfidf(texts[:2000])
    some = sum(len(text.encode()) for text in texts[:2000]) / 1e6
    learnt = [] if scored is None else [("scikit-learn TF-IDF, linear model (a score only)", some / scored)]
    return [
        ("Polars contains_any (a flag only)", size / flag),
        ("ahocorasick-rs, row by row (exact words and places)", size / places),
        ("re alternation (exact words and places)", few_size / plain),
        ("list of words, one after the other (exact words)", few_size / listed),
        *learnt,
    ]


def compare_ways(path: Path, limit: int | None, workers: int) -> None:
    """The command's own way in one process and with workers, in turns."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "findings.parquet"
        took = [(own_way(path, limit, 0, out), own_way(path, limit, workers, out)) for _ in range(2)]
    (wall, spent), (wall_many, spent_many) = (min(pair[way] for pair in took) for way in (0, 1))
    print(f"chosach screen, in one process: {wall:.2f} s on the wall, {spent:.2f} s of the processor")
    print(f"chosach screen, {workers} workers: {wall_many:.2f} s on the wall, {spent_many:.2f} s of the processor, all together")
    print(f"{wall / wall_many:.2f} times as fast; on cores that nobody else uses {workers * spent / spent_many:.2f} at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("listings", type=Path)
    parser.add_argument("--cores", type=int, default=1)
    parser.add_argument("--limit", type=int, default=None, help="only the first so many rows")
    parser.add_argument("--copies", type=int, default=0, help="also memory on a file of so many times the listings")
    args = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: args.cores])
    pa.set_cpu_count(1)
    start_up, _ = timed(warm)
    table = load(args.listings, args.limit)
    size = megabytes(table)
    print(f"{table.num_rows:,} listings, {size:.1f} MB of text; start-up {start_up:.1f} s; cores {args.cores}")
    if args.cores > 1:
        compare_ways(args.listings, args.limit, args.cores)
        return
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        cpu, found = timed(lambda: whole_way(args.listings, args.limit, Path(folder) / "findings.parquet"))
    wall = time.perf_counter() - begun
    print(f"findings: {found.num_rows:,}")
    print(f"whole way, reading and writing in: {wall:.2f} s on the wall, {size / wall:.1f} MB/s, {table.num_rows / wall:,.0f} listings/s")
    rate = size / cpu
    print(f"  in processor time {cpu:.2f} s, {rate:.1f} MB/s, {table.num_rows / cpu:,.0f} listings/s; the figures below are of this kind")
    parts = stages(table, args.listings, args.limit)
    total = sum(parts.values())
    for name, part in parts.items():
        print(f"  {name:22} {part:7.2f} s  {part / total:5.0%}")
    print("peers in the same run, one core:")
    for name, speed in peers(table):
        print(f"  {name:52} {speed:7.1f} MB/s  {speed / rate:6.2f} of ours")
    took = one_by_one(table)
    print(f"one listing, warm, on the wall: median {took[len(took) // 2]:.1f} ms, 99 in 100 within {took[len(took) * 99 // 100]:.1f} ms")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB with the whole file in memory")
    if args.copies:
        for workers in (0, 2):
            rows, most = memory(args.listings, args.limit, args.copies, workers)
            print(f"chosach screen, --workers {workers}: {rows:,} listings, at most {most / 1e6:,.0f} MB held")


if __name__ == "__main__":
    main()

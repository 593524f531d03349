"""How a file of listings is taken in, and how it is checked without being taken in."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict

from chosach.desk.core.errors import Problem
from chosach.desk.imports import store
from chosach.desk.imports.hooks import run_hooks
from chosach.desk.imports.models import Import, ImportedRow
from chosach.desk.imports.picture_job import LAST
from chosach.desk.imports.selectors import open_stored
from chosach.desk.jobs.run import Run
from chosach.desk.ledger.services import record
from chosach.desk.registry.services import join_traders, take_batch
from chosach.desk.screenings.screener import in_use, of_run
from chosach.desk.screenings.services import begin_run, note_version
from chosach.formats import listings
from chosach.lake import Lake

#: Rows of a chunk: one transaction of a second or two.
CHUNK_ROWS = 2000


def take_in(run: Run) -> None:
    """Read, screen and take in the file chunk by chunk. All chunks are read by the screener that is in force when the first one is; what
    is put in force meanwhile reads these listings afterwards (`learning`)."""
    found = Import.objects.get(pk=run.job.params["import"])
    screening = begin_run(source=f"import:{found.id}", label=found.file_name, actor=run.actor, job=run.job)
    lake = Lake(store.lake_folder())
    source = f"import-{found.id}"
    for index, batch in _batches(run, found, dict(found.mapping)):
        screener = of_run(screening)
        findings = screener.screened(batch.table)
        # The lake first: a part is named by its number, so what is written again after a crash takes its own place.
        lake.write("listings", source, index, batch.table)
        lake.write("findings", source, index, findings)
        rows = batch.table.num_rows + batch.rejected
        with run.chunk(index, rows=rows, problems=batch.problems) as counts:
            _note_rows(found, batch)
            taken = take_batch(
                listings=batch.table,
                findings=findings,
                source=f"import:{found.id}",
                actor=run.actor,
                screener=screener.name,
                again=screener.name == in_use().name,
                join=False,
            )
            note_version(screening, screener.name)
            counts.update(asdict(taken))
            payload = {"chunk": index, "rows": rows, "rejected": batch.rejected, "screener": screener.name, **counts}
            record("import.chunk_taken", actor=run.actor, refs={"import": found.id, "job": run.job.id}, payload=payload)
    if not run.is_done(LAST):
        with run.chunk(LAST, rows=0) as counts:
            counts["joined"] = join_traders(source=f"import:{found.id}", actor=run.actor)
            run_hooks(found.id, run.actor)
            run.job.refresh_from_db()
            payload = {**run.job.counts, "joined": run.job.counts.get("joined", 0) + counts["joined"]}
            record("import.completed", actor=run.actor, refs={"import": found.id, "job": run.job.id}, payload=payload)


def check(run: Run) -> None:
    """Read the file and list its problems; nothing else."""
    found = Import.objects.get(pk=run.job.params["import"])
    for index, batch in _batches(run, found, dict(run.job.params["mapping"])):
        with run.chunk(index, rows=batch.table.num_rows + batch.rejected, problems=batch.problems) as counts:
            counts["accepted"] = batch.table.num_rows


def _batches(run: Run, found: Import, mapping: dict[str, str]) -> Iterator[tuple[int, listings.Batch]]:
    """The chunks that are not done. Those that are done are read all the same: their ids may come again further down."""
    _check_bytes(found)
    read = 0
    try:
        file = open_stored(found, mapping)
        for index, batch in enumerate(file.batches(size=CHUNK_ROWS)):
            read += batch.table.num_rows + batch.rejected
            run.set_total(max(read, round(read * file.total / max(1, batch.consumed))))
            if run.is_done(index):
                run.beat()
            else:
                yield index, batch
        run.set_total(read)
    except listings.Unreadable as error:
        raise Problem(error.code, error.message) from error


def _check_bytes(found: Import) -> None:
    path = store.path_of(found.sha256)
    if not path.exists():
        raise Problem("import.file_missing", "Không còn tệp gốc trong kho lưu. Hãy báo người quản trị.")
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != found.sha256:
            raise Problem("import.file_changed", "Tệp gốc trong kho lưu đã bị thay đổi. Hãy báo người quản trị.")


def _note_rows(found: Import, batch: listings.Batch) -> None:
    ids, platforms = batch.table["listing_id"].to_pylist(), batch.table["platform"].to_pylist()
    rows = zip(batch.rows, batch.lines, ids, platforms, strict=True)
    ImportedRow.objects.bulk_create(
        (
            ImportedRow(listing_import=found, row=row, line=line, listing_id=listing_id, platform=(platform or "")[:100])
            for row, line, listing_id, platform in rows
        ),
        batch_size=1000,
    )

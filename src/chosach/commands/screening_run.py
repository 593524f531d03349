"""Reading and screening overlapped: the reader in this process, screeners in others."""

import datetime as dt
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa

from chosach.formats.listings import Batch

if TYPE_CHECKING:
    from chosach.screening import PriceTable

#: Rows that a worker takes at a time. One batch can take fifteen times as long as another: small parts keep all workers busy to the end,
#: and 1,024 rows cost as much in parts as in a batch.
PART = 1024
#: In a worker: how it screens.
_given: dict[str, Callable[[pa.Table], pa.Table]] = {}


def screened(
    batches: Iterable[Batch], *, as_of: dt.date | None, workers: int, prices: "PriceTable | None" = None
) -> Iterator[tuple[Batch, pa.Table]]:
    """Each batch with its findings, in order. `workers` 0: in this process."""
    if workers == 0:
        from chosach.screening import screen

        for batch in batches:
            yield batch, screen(batch.table, as_of=as_of, prices=prices)
        return
    with started(workers, as_of=as_of, prices=prices) as pool:
        yield from screened_by(pool, batches, workers)


@contextmanager
def started(workers: int, *, as_of: dt.date | None, prices: "PriceTable | None" = None) -> Iterator[ProcessPoolExecutor]:
    """So many screeners in processes of their own, for `screened_by`; one starts, and loads the engine, when there is a part for it."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(os.getpid(), as_of, prices))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def screened_by(pool: ProcessPoolExecutor, batches: Iterable[Batch], workers: int) -> Iterator[tuple[Batch, pa.Table]]:
    """Each batch with its findings, in order."""
    waiting: deque[tuple[Batch, list[Future[bytes]]]] = deque()
    for batch in batches:
        parts = range(0, batch.table.num_rows, PART) or range(1)  # a batch without a row has one part, which is empty too
        waiting.append((batch, [pool.submit(_screen, _pack(batch.table.slice(part, PART))) for part in parts]))
        # Two batches a worker are enough to keep it busy; more would only fill memory.
        if len(waiting) > workers * 2:
            yield _done(*waiting.popleft())
    while waiting:
        yield _done(*waiting.popleft())


def _done(batch: Batch, parts: list[Future[bytes]]) -> tuple[Batch, pa.Table]:
    return batch, pa.concat_tables([_unpack(part.result()) for part in parts])


def _start_worker(parent: int, as_of: dt.date | None, prices: "PriceTable | None") -> None:
    """Leave stopping to the parent; end when it is gone, however it went. What holds for every batch is sent once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    from chosach.screening import screen

    _given.update(screen=partial(screen, as_of=as_of, prices=prices))


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _screen(packed: bytes) -> bytes:
    return _pack(_given["screen"](_unpack(packed)))


def _pack(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def _unpack(packed: bytes) -> pa.Table:
    return pa.ipc.open_stream(packed).read_all()

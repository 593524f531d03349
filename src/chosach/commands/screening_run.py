"""Reading and screening overlapped: the reader in this process, screeners in others."""

import datetime as dt
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TYPE_CHECKING

import pyarrow as pa

from chosach.formats.listings import Batch

if TYPE_CHECKING:
    from chosach.screening import PriceTable


def screened(
    batches: Iterable[Batch], *, as_of: dt.date | None, workers: int, prices: "PriceTable | None" = None
) -> Iterator[tuple[Batch, pa.Table]]:
    """Each batch with its findings, in order. `workers` 0: in this process."""
    if workers == 0:
        from chosach.screening import screen

        for batch in batches:
            yield batch, screen(batch.table, as_of=as_of, prices=prices)
        return
    yield from _in_processes(batches, as_of, workers, prices)


def _in_processes(
    batches: Iterable[Batch], as_of: dt.date | None, workers: int, prices: "PriceTable | None"
) -> Iterator[tuple[Batch, pa.Table]]:
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(os.getpid(),))
    waiting: deque[tuple[Batch, Future[bytes]]] = deque()
    try:
        for batch in batches:
            waiting.append((batch, pool.submit(_screen, _pack(batch.table), as_of, prices)))
            # Two batches a worker are enough to keep it busy; more would only fill memory.
            if len(waiting) > workers * 2:
                done, future = waiting.popleft()
                yield done, _unpack(future.result())
        while waiting:
            done, future = waiting.popleft()
            yield done, _unpack(future.result())
    finally:
        for _, future in waiting:
            future.cancel()
        pool.shutdown(wait=True, cancel_futures=True)


def _start_worker(parent: int) -> None:
    """Leave stopping to the parent; end when it is gone, however it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _screen(packed: bytes, as_of: dt.date | None, prices: "PriceTable | None") -> bytes:
    from chosach.screening import screen

    return _pack(screen(_unpack(packed), as_of=as_of, prices=prices))


def _pack(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def _unpack(packed: bytes) -> pa.Table:
    return pa.ipc.open_stream(packed).read_all()

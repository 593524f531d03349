"""Reading and screening overlapped: the reader in this process, screeners in others."""

import datetime as dt
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa

from chosach.formats.listings import Batch

if TYPE_CHECKING:
    from chosach.screening import Model, PriceTable

#: Rows that a worker takes at a time. One batch can take fifteen times as long as another: small parts keep all workers busy to the end,
#: and 1,024 rows cost as much in parts as in a batch.
PART = 1024
#: In a worker: how it screens.
_given: dict[str, Callable[[pa.Table], pa.Table]] = {}


def screened(
    batches: Iterable[Batch], *, as_of: dt.date | None, workers: int, prices: "PriceTable | None" = None, model: "Model | None" = None
) -> Generator[tuple[Batch, pa.Table]]:
    """Each batch with its findings, in order. `workers` 0: in this process. Close it when it is left before its end."""
    if workers == 0:
        from chosach.screening import screen

        for batch in batches:
            yield batch, screen(batch.table, as_of=as_of, prices=prices, model=model)
        return
    with started(workers, as_of=as_of, prices=prices, model=model) as pool:
        yield from screened_by(pool, batches, workers)


@contextmanager
def started(
    workers: int, *, as_of: dt.date | None, prices: "PriceTable | None" = None, model: "Model | None" = None
) -> Iterator[ProcessPoolExecutor]:
    """So many screeners in processes of their own, for `screened_by`; one starts, and loads the engine, when there is a part for it. Left
    by an error or a stop, they end at once: nobody waits for what they have in hand."""
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(os.getpid(), as_of, prices, model))
    try:
        yield pool
    except BaseException:
        for screener in set(multiprocessing.active_children()) - others:
            screener.kill()  # they hold nothing that could be left half done
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No Ctrl-C within, and none ever for the processes that are started within: a terminal sends it to all of them, also to one that is
    only loading its modules and could not leave it to the parent yet."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def screened_by(pool: ProcessPoolExecutor, batches: Iterable[Batch], workers: int) -> Iterator[tuple[Batch, pa.Table]]:
    """Each batch with its findings, in order."""
    waiting: deque[tuple[Batch, list[Future[bytes]]]] = deque()
    for batch in batches:
        parts = range(0, batch.table.num_rows, PART) or range(1)  # a batch without a row has one part, which is empty too
        packed = [_pack(batch.table.slice(part, PART)) for part in parts]
        with _undisturbed():
            waiting.append((batch, [pool.submit(_screen, part) for part in packed]))
        # Two batches a worker are enough to keep it busy; more would only fill memory.
        if len(waiting) > workers * 2:
            yield _done(*waiting.popleft())
    while waiting:
        yield _done(*waiting.popleft())


def _done(batch: Batch, parts: list[Future[bytes]]) -> tuple[Batch, pa.Table]:
    return batch, pa.concat_tables([_unpack(part.result()) for part in parts])


def _start_worker(parent: int, as_of: dt.date | None, prices: "PriceTable | None", model: "Model | None") -> None:
    """Leave stopping to the parent; end when it is gone, however it went. What holds for every batch is sent once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    from chosach.screening import screen

    _given.update(screen=partial(screen, as_of=as_of, prices=prices, model=model))


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

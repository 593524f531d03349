"""The made-up marketplace on its way into the desk: written as a file, uploaded and imported as the analyst would."""

import hashlib
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pyarrow.parquet as pq
from django.conf import settings
from django.db import connection

from chosach.demo.market import make_market
from chosach.demo.world import actors
from chosach.desk.imports import services, store
from chosach.desk.jobs.models import Job
from chosach.desk.jobs.run import run_next

ANALYST = "qltt.phan-tich"


def market_file() -> Path:
    """Where the made-up marketplace lies; an officer can upload it again to see that nothing is added twice."""
    return Path(settings.HOME) / "demo" / "cho-gia-lap.parquet"


def write_market() -> None:
    """Make the marketplace and write it down."""
    market_file().parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(make_market().listings, market_file())


def import_market(report: Callable[[int, int], None]) -> None:
    """Bring the marketplace in: the file is received, its mapping confirmed, the job done, leads opened."""
    analyst = actors()[ANALYST]
    received = services.receive(_arrived(), actor=analyst).listing_import
    confirmed = services.confirm(received.id, mapping=received.mapping, actor=analyst)
    with ThreadPoolExecutor(1) as worker:
        work = worker.submit(_work)
        while not work.done():
            wait([work], timeout=0.5)
            job = Job.objects.get(listing_import=confirmed)
            report(job.done, job.total or 0)
        work.result()


def _arrived() -> store.Arrived:
    incoming = store.folder() / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    path = incoming / "demo.part"
    shutil.copyfile(market_file(), path)
    return store.Arrived(path, market_file().name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())


def _work() -> None:
    try:
        while run_next():
            pass
    finally:
        connection.close()

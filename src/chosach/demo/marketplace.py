"""The made-up marketplace on its way into the desk: written as a file, uploaded and imported as the analyst would."""

import csv
import datetime as dt
import hashlib
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings
from django.db import connection

from chosach.demo.market import make_market
from chosach.demo.market.make import Market
from chosach.demo.world import actors
from chosach.desk.imports import services, store
from chosach.desk.jobs.models import Job
from chosach.desk.jobs.run import run_next

ANALYST = "qltt.phan-tich"


#: Every eighth shop is captured only in the half year's last week, in a file of its own.
LATE = 8
SHIFT = dt.timedelta(days=177)
#: Lines of that file that can't be taken, as files have them: no id, no title. (A third has an id for the second time.)
BAD_ROWS: tuple[dict[str, str], ...] = (
    {"listing_id": "", "title": "Kem trộn 5 ngày trắng da", "seller_name": "Tiệm Không Mã"},
    {"listing_id": "H000001", "title": "", "seller_name": "Kho Quên Ghi"},
)


def market_file() -> Path:
    """Where the made-up marketplace lies; an officer can upload it again to see that nothing is added twice."""
    return Path(settings.HOME) / "demo" / "cho-gia-lap.parquet"


def latest_file() -> Path:
    """The file of the last week, a CSV with some lines that can't be taken."""
    return Path(settings.HOME) / "demo" / "tin-ban-thang-5-2021.csv"


def write_market() -> Market:
    """Make the marketplace and write it down: most of it as it is brought in first, the rest for the half year's last week."""
    market_file().parent.mkdir(parents=True, exist_ok=True)
    market = make_market()
    listings = market.listings
    late = pa.array([int(seller[4:]) % LATE == 0 for seller in listings["seller_id"].to_pylist()])
    pq.write_table(listings.filter(pc.invert(late)), market_file())
    rows = listings.filter(late).drop_columns(["images"]).to_pylist()
    with latest_file().open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.DictWriter(file, [name for name in listings.column_names if name != "images"])
        out.writeheader()
        for row in rows:
            out.writerow({**row, "captured_at": (row["captured_at"] + SHIFT).isoformat()})
        out.writerows([*BAD_ROWS, {**rows[0], "title": "Áo thun cotton", "captured_at": ""}])
    return market


def import_market(report: Callable[[int, int], None]) -> None:
    """Bring the marketplace in: the file is received, its mapping confirmed, the job done, leads opened."""
    _bring_in(market_file(), report)


def bring_in_the_latest(play: object) -> None:
    """Bring in the file of the last week. (An act of the play's diary.)"""
    _bring_in(latest_file(), lambda done, total: None)


def _bring_in(file: Path, report: Callable[[int, int], None]) -> None:
    analyst = actors()[ANALYST]
    received = services.receive(arrived(file), actor=analyst).listing_import
    confirmed = services.confirm(received.id, mapping=received.mapping, actor=analyst)
    with ThreadPoolExecutor(1) as worker:
        work = worker.submit(_work)
        while not work.done():
            wait([work], timeout=0.5)
            job = Job.objects.get(listing_import=confirmed)
            report(job.done, job.total or 0)
        work.result()


def arrived(file: Path) -> store.Arrived:
    """A copy of this file as an upload leaves it."""
    incoming = store.folder() / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    path = incoming / "demo.part"
    shutil.copyfile(file, path)
    return store.Arrived(path, file.name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())


def _work() -> None:
    try:
        while run_next():
            pass
    finally:
        connection.close()

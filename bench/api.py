"""One listing at a time, warm: in the engine, and through the site's own WSGI handler. p50 and p99 of both in the same run.

    python bench/api.py [--times 500] [--listings FILE.parquet]

Without a file the listings are made here. The handler's time has everything but the network: middlewares, the key, the limits (one
write), JSON in and out, the engine, the counts. Times are elapsed; processor time stands beside them, since other work on the
machine makes the first grow and not the second.
"""

import argparse
import io
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

GOODS = ["Túi xách nữ", "Giày thể thao", "Kem dưỡng da", "Nồi cơm điện", "Áo khoác gió", "Tai nghe không dây", "Sữa bột", "Ghế xoay"]
SAID = [
    "hàng mới về",
    "da mềm",
    "giao nhanh trong ngày",
    "bảo hành mười hai tháng",
    "super fake loại 1",
    "không hóa đơn",
    "nhiều màu",
    "đổi trả",
]


def made_up(count: int) -> list[dict[str, Any]]:
    """Listings like those of a shop, one in four with a word that counts."""
    draw = random.Random(20)
    listings = []
    for _ in range(count):
        words = [draw.choice(SAID) for _ in range(40)]
        listings.append(
            {"title": f"{draw.choice(GOODS)} {draw.choice(SAID)}", "description": ". ".join(words), "price": draw.randrange(20, 900) * 1000}
        )
    return listings


def real(path: Path, count: int) -> list[dict[str, Any]]:
    """The first listings of a Parquet file."""
    import pyarrow.parquet as pq

    rows = next(pq.ParquetFile(path).iter_batches(count, columns=["title", "description", "price"])).to_pylist()
    return [{name: value for name, value in row.items() if value is not None} for row in rows if row["title"]]


def timed(do: Callable[[dict[str, Any]], None], listings: Sequence[dict[str, Any]], times: int) -> tuple[list[float], float]:
    """Milliseconds of each call after a warm-up, and milliseconds of processor time a call."""
    for listing in listings[:50]:
        do(listing)
    elapsed, begun = [], time.process_time()
    for turn in range(times):
        start = time.perf_counter()
        do(listings[turn % len(listings)])
        elapsed.append((time.perf_counter() - start) * 1000)
    return elapsed, (time.process_time() - begun) * 1000 / times


def engine() -> Callable[[dict[str, Any]], None]:
    import pyarrow as pa

    import chosach
    from chosach.screening import LISTING

    schema = pa.schema([LISTING.field(name) for name in ("listing_id", "title", "description", "price")])

    def do(listing: dict[str, Any]) -> None:
        chosach.screen(pa.Table.from_pylist([{"listing_id": "1", **listing}], schema=schema))

    return do


def handler() -> Callable[[dict[str, Any]], None]:
    """The WSGI application with a key that has reasons, on SQLite as it is installed."""
    from django.core.management import call_command

    from chosach.desk.wsgi import application

    call_command("migrate", verbosity=0)
    from chosach.desk.agencies.models import Body
    from chosach.desk.api.selectors import today
    from chosach.desk.api.services import MOST_PER_DAY, MOST_PER_MINUTE, make_key
    from chosach.desk.core.access import system

    body = Body.objects.create(code="bench", name="Bench", short_name="Bench", kind="market_surveillance")
    limits = {"per_minute": MOST_PER_MINUTE, "per_day": MOST_PER_DAY}
    made = make_key(actor=system("command"), body=body, name="bench", reasons=True, expires_on=today(), **limits)
    type(made.key).objects.update(per_minute=10**9, per_day=10**9)

    def do(listing: dict[str, Any]) -> None:
        content = json.dumps(listing).encode()
        status: list[str] = []
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/api/screen",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(content)),
            "HTTP_AUTHORIZATION": f"Bearer {made.text}",
            "wsgi.input": io.BytesIO(content),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
        }
        answer = application(environ, lambda said, headers: status.append(said))
        b"".join(answer)
        answer.close()
        if not status[0].startswith("200"):
            raise RuntimeError(status[0])

    return do


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--listings", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"CHOSACH_HOME": home, "DJANGO_SETTINGS_MODULE": "chosach.desk.settings"}
        listings = real(options.listings, 500) if options.listings else made_up(500)
        size = statistics.mean(len(json.dumps(listing, ensure_ascii=False).encode()) for listing in listings)
        print(f"{options.times} calls, {len(listings)} listings of {size:.0f} bytes on average, one after the other")
        print(f"{'':28}{'p50':>9}{'p99':>9}{'most':>9}{'processor':>11}   ms")
        for name, do in (("engine", engine()), ("WSGI handler, whole", handler())):
            elapsed, busy = timed(do, listings, options.times)
            cuts = statistics.quantiles(elapsed, n=100)
            print(f"{name:28}{cuts[49]:9.2f}{cuts[98]:9.2f}{max(elapsed):9.2f}{busy:11.2f}")


if __name__ == "__main__":
    main()

"""Take listings into the registry and open leads: how long. Run by hand: `python bench/registry.py [--listings 20000]`.

Makes the demo's marketplace, a SQLite database in a scratch folder with the plan of 2020, screens the listings, takes them in by
chunks of 2,000 (each its own transaction, as an import does), takes the same again, and opens the leads twice.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
CHUNK = 2000


def timed(what: str, act: Callable[[], object]) -> None:
    start = time.perf_counter()
    outcome = act()
    print(f"{what:<34} {time.perf_counter() - start:7.2f} s   {outcome}")


def run(listings: int) -> None:
    from django.core.management import call_command
    from django.db import transaction

    from chosach.demo.market.make import make_market
    from chosach.desk.core.access import system
    from chosach.desk.leads.services import open_leads
    from chosach.desk.plan.files.loading import load
    from chosach.desk.registry.services import BatchCounts, take_batch
    from chosach.screening import SCREENER_VERSION, screen

    call_command("migrate", verbosity=0)
    actor = system("bench")
    load(ROOT / "plans" / "dong-nai-2020", actor=actor)
    table = make_market(listings=listings).listings
    chunks = [table.slice(start, CHUNK) for start in range(0, table.num_rows, CHUNK)]
    found = []
    timed(f"screen {table.num_rows:,} listings", lambda: found.extend(screen(chunk) for chunk in chunks) or "")

    def take() -> BatchCounts:
        total = BatchCounts()
        for chunk, findings in zip(chunks, found, strict=True):
            with transaction.atomic():
                total = total.add(take_batch(listings=chunk, findings=findings, source="bench", actor=actor, screener=SCREENER_VERSION))
        return total

    timed("take them in", take)
    timed("take the same in again", take)
    timed("open leads", lambda: open_leads(actor=actor))
    timed("open leads again", lambda: open_leads(actor=actor))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, default=20_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chosach-bench-") as folder:
        os.environ.update(CHOSACH_HOME=folder, DJANGO_SETTINGS_MODULE="chosach.desk.settings", CHOSACH_SECRET_KEY="bench")
        os.environ.pop("CHOSACH_DATABASE_URL", None)
        import django

        django.setup()
        run(given.listings)


if __name__ == "__main__":
    main()

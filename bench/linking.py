"""How fast records are linked and in how much memory, ours beside plain Splink on the same records in the same run.

    python bench/linking.py [--records 1000000] [--wrong 0.2] [--only chosach splink] [--file RECORDS.parquet]

Each is a process of its own; time is of the whole run, from the Parquet file to the clusters. Ours is the command
(`chosach link FILE --out …`, without `--edges`). Splink gets six comparisons, three plain rules and figures already
cleaned of dots, and is trained twice; its clusters are those of probability 0.95.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq
from bench.sellers import make

_SPLINK = """
import sys
import duckdb, pyarrow.parquet as pq
from bench import linking_peers
with duckdb.connect() as con:
    records = linking_peers.cleaned(pq.read_table(sys.argv[1]), con)
    linking_peers.THRESHOLDS = (0.95,)
    labels = linking_peers.run_splink(con, records, linking_peers.sellers_settings())
    print(len(set(labels[0.95].tolist())), "traders")
"""


def measured(name: str, command: list[str]) -> None:
    """Run it and print its time, processor time and the largest memory it held."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        lines = said.read().splitlines()
    seconds = time.perf_counter() - start
    held, spent = f"{used.ru_maxrss / 1024:,.0f} MB", used.ru_utime + used.ru_stime
    told = next((line for line in lines if "thương nhân" in line or "traders" in line), "")
    end = f"failed with {process.returncode}" if process.returncode else told.rsplit("\r", 1)[-1].split(" →")[0].strip()
    print(f"{name:<10} {seconds:7.1f} s   processor {spent:7.1f} s   memory {held:>9}   {end}", flush=True)


def main() -> None:
    """Make the records, run both."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--records", type=int, default=1_000_000)
    asked.add_argument("--wrong", type=float, default=0.2)
    asked.add_argument("--only", nargs="+", choices=("chosach", "splink"), default=["splink", "chosach"])
    asked.add_argument("--file", type=Path, help="records made before by bench/sellers.py")
    given = asked.parse_args()
    print(f"{os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        file = given.file or Path(folder) / "records.parquet"
        if given.file is None:
            pq.write_table(make(given.records, wrong=given.wrong)[0], file)
        commands = {
            "chosach": [sys.executable, "-m", "chosach.cli", "link", str(file), "--out", str(Path(folder) / "clusters.parquet")],
            "splink": [sys.executable, "-c", _SPLINK, str(file)],
        }
        for name in given.only:
            measured(name, commands[name])


if __name__ == "__main__":
    main()

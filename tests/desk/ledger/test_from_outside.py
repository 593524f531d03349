"""The command line, in a process of its own, against heads that were kept outside the database."""

import shutil
import subprocess
import sys
from pathlib import Path

from django.db import connection, transaction

from chosach.desk.core.access import system
from chosach.desk.ledger import triggers
from chosach.desk.ledger.models import Entry
from chosach.desk.ledger.services import record
from tests.conftest import ROOT, DeskHome

SCRIPT = ROOT / "tools" / "chosach_verify.py"


def act(times: int) -> None:
    for number in range(times):
        with transaction.atomic():
            record("test.acted", actor=system("test"), refs={"case": number}, payload={"n": number})


def test_a_head_kept_elsewhere_shows_that_the_newest_entries_were_taken_away(desk_home: DeskHome, tmp_path: Path) -> None:
    act(6)
    desk_home.run("ledger", "head")
    kept = tmp_path / "nơi khác"
    shutil.copytree(tmp_path / "heads", kept)
    (head,) = kept.glob("head-*.json")
    act(2)
    assert "NGUYÊN VẸN" in desk_home.run("ledger", "verify", "--head", str(head)).stdout

    export, elsewhere = tmp_path / "sổ cái.jsonl", tmp_path / "trống"
    elsewhere.mkdir()
    desk_home.run("ledger", "export", str(export))

    def alone() -> subprocess.CompletedProcess[str]:
        """The script alone: no packages, no settings, from another folder."""
        command = [sys.executable, "-I", "-S", str(SCRIPT), str(export), "--head", str(head)]
        return subprocess.run(command, cwd=elsewhere, env={"PYTHONUTF8": "1"}, capture_output=True, text=True, check=False, timeout=60)

    assert (alone().returncode, "NGUYÊN VẸN" in alone().stdout) == (0, True)

    # Somebody with the database's own rights takes the newest entries away, heads and all, and leaves a chain that is whole in itself.
    with transaction.atomic():
        triggers.remove(connection)
        with connection.cursor() as cursor:
            for table in ("ledger_ref", "ledger_payload", "ledger_entry"):
                cursor.execute(f"DELETE FROM {table} WHERE seq > 4")
            cursor.execute("DELETE FROM ledger_head")
    with transaction.atomic():
        triggers.install(connection)
    assert Entry.objects.count() == 4
    assert desk_home.run("ledger", "verify", check=False).returncode == 0, "nothing in the database itself tells of it"
    found = desk_home.run("ledger", "verify", "--head", str(head), "--json", check=False)
    assert (found.returncode, '"truncated"' in found.stdout) == (1, True), found.stdout
    desk_home.run("ledger", "export", str(export))
    assert alone().returncode == 1

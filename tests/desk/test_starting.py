"""A command that needs no engine starts without it: `chosach ledger verify` is there in a second, not in three."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from chosach.desk.core.hooks import later
from tests.conftest import ROOT

HEAVY = ("polars", "duckdb", "pyarrow", "numba", "numpy", "PIL", "openpyxl", "docx")
NAMED = sorted(
    (app.parent.name, name)
    for file in ("apps", "job_kinds")
    for app in (ROOT / "src/chosach/desk").glob(f"*/{file}.py")
    for name in re.findall(r'later\("([^"]+)"\)', app.read_text())
)


def test_the_desk_is_set_up_without_the_engines_libraries(tmp_path: Path) -> None:
    """Nor does a job bring them in that is given or has ended: what does it is named (`job_kinds`)."""
    code = "import sys; from chosach.commands.desk import setup_django; setup_django(); "
    code += "from chosach.desk.jobs.handlers import discover; discover(); print(*sys.modules)"
    # the settings of the tests are of no use to a process that stands elsewhere
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    env |= {"PYTHONPATH": str(ROOT / "src"), "CHOSACH_HOME": str(tmp_path), "CHOSACH_SECRET_KEY": "only for tests"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=180)
    assert done.returncode == 0, done.stderr
    assert not sorted(set(HEAVY) & set(done.stdout.split()))


@pytest.mark.parametrize(("app", "name"), NAMED)
def test_what_an_app_names_to_be_loaded_later_is_there(app: str, name: str) -> None:
    assert name.startswith(f"chosach.desk.{app}."), "an app gives its own answers"
    assert callable(later(name).function)


def test_there_are_such_names() -> None:
    assert len(NAMED) >= 10

"""The wheel that users install, built from this checkout and unpacked: what it holds, and the software as it runs from it."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.files import ROOT


def unpack_wheel(folder: Path) -> Path:
    """Build the wheel and unpack it below `folder`; returns the place to put on PYTHONPATH."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    (wheel,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"

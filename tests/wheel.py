"""The wheel that users install, built from this checkout and unpacked: what it holds, and the software as it runs from it."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.files import ROOT
from tests.shared import alone


def unpacked_wheel() -> Path:
    """The wheel, built and unpacked by who asks first in the run: the place to put on PYTHONPATH. Python keeps what it compiles there."""
    with alone(on_both=True) as folder:
        site = folder / "site"
        if not site.exists():
            made = _unpack(folder / "wheel")
            _take_compiled_loops(made)
            made.rename(site)
    return site


def _unpack(folder: Path) -> Path:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    (wheel,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def _take_compiled_loops(site: Path) -> None:
    """What numba compiled of the same sources in the checkout: half a minute of the processor. It is kept by the source's time and size."""
    package = ROOT / "src"
    for folder in {index.parent for index in package.rglob("__pycache__/*.nbi")}:
        for kept in folder.glob("*.nb[ic]"):
            source = folder.parent / f"{kept.name.split('.')[0]}.py"
            target = site / source.relative_to(package)
            if target.exists() and target.read_bytes() == source.read_bytes():
                os.utime(target, ns=(source.stat().st_atime_ns, source.stat().st_mtime_ns))
                (target.parent / "__pycache__").mkdir(exist_ok=True)
                shutil.copy2(kept, target.parent / "__pycache__")
    for patterns in package.rglob("__pycache__/patterns-*.npz"):  # known by what they are made of
        target = site / patterns.relative_to(package)
        target.parent.mkdir(exist_ok=True)
        shutil.copy2(patterns, target)

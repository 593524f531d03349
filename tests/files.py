"""The files of the project, for tests that read them."""

import fnmatch
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = {
    ".git",
    ".venv",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    ".import_linter_cache",
    "__pycache__",
    "chosach-home",
    "chosach-demo",
}


@cache
def all_tracked() -> tuple[str, ...]:
    """Every file under version control; without git (an unpacked archive), every file that is not a by-product."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return tuple(name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return tuple(path.as_posix() for path in found if not LEFT_OUT & set(path.parts))


def tracked(*patterns: str) -> list[str]:
    """Tracked files that match one of the patterns (`**/` also matches no folder)."""
    wanted = {form for pattern in patterns for form in (pattern, pattern.replace("**/", ""))}
    return sorted(name for name in all_tracked() if any(fnmatch.fnmatch(name, pattern) for pattern in wanted))


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")

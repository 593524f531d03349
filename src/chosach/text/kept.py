"""A matcher of many patterns, laid out once and kept as plain arrays beside compiled code: laying out takes seconds, reading back a moment.

The file's name is a hash of the patterns and of the code that lays them out, so it is never out of date. It is trusted as compiled code is:
it lies where only who may change that can write. Where it cannot be written or read, the matcher is laid out anew.
"""

import contextlib
import hashlib
import os
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chosach.text.matcher import ALL_FIELDS, Matcher, Pattern, prepare_compiler

PACKAGE = Path(__file__).parent
LEFT = 3  #: files of earlier patterns or code that stay: several releases may share a folder


def matcher(patterns: Sequence[Pattern], *, lines: int = ALL_FIELDS, folder: Path | None = None) -> Matcher:
    """``Matcher(patterns, lines=lines)``, from the file of an earlier process if there is one. ``folder``: where files lie."""
    file = (folder or kept_in()) / f"patterns-{_digest(patterns)}.npz"
    arrays = _read(file)
    if arrays is not None:
        return Matcher.of_arrays(patterns, arrays, lines=lines)
    made = Matcher(patterns, lines=lines)
    with contextlib.suppress(OSError):
        _write(file, made.arrays())
    return made


def kept_in() -> Path:
    """Where numba keeps what it compiled of this package."""
    prepare_compiler()
    named = os.environ.get("NUMBA_CACHE_DIR")
    return Path(named) if named else PACKAGE / "__pycache__"


def _digest(patterns: Sequence[Pattern]) -> str:
    """Of the patterns and of all that has a part in laying them out."""
    told = hashlib.sha256(f"{sys.byteorder} {unicodedata.unidata_version}\n".encode())
    for source in sorted(PACKAGE.glob("*.py")):
        told.update(source.read_bytes())
    for one in patterns:
        told.update(
            f"{one.text}\0{one.any_marks:d}{one.needs_marks:d}{one.by_context:d}{one.compact:d}{one.hidden:d} {one.fields}\n".encode()
        )
    return told.hexdigest()[:32]


def _read(file: Path) -> Mapping[str, NDArray[Any]] | None:
    try:
        with np.load(file, allow_pickle=False) as held:
            return {name: held[name] for name in held.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return None


def _write(file: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Whole or not at all, whoever else writes the same; files of earlier patterns go."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, half = tempfile.mkstemp(".half", "patterns-", file.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            np.savez(out, allow_pickle=False, **arrays)
        Path(half).chmod(0o644)  # whoever runs the same installation reads it too
        Path(half).replace(file)
    except BaseException:
        Path(half).unlink(missing_ok=True)
        raise
    others = sorted((other for other in file.parent.glob("patterns-*.npz") if other != file), key=lambda other: other.stat().st_mtime)
    for old in others[:-LEFT]:
        old.unlink(missing_ok=True)

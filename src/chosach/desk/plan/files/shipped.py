"""The plans that come with the project."""

from pathlib import Path

import chosach


def plans_folder() -> Path:
    """Where the plans lie: beside the source in a checkout, inside the package when installed."""
    package = Path(chosach.__file__).parent
    for folder in (package / "plans", package.parent.parent / "plans"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("plans")


def plan_folder(given: Path) -> Path:
    """The folder meant: the one given; where there is none, the project's own plan of that name (`dong-nai-2020`)."""
    own = plans_folder() / given.name
    return own if not given.exists() and given.parent.as_posix() in {".", "plans"} and own.is_dir() else given

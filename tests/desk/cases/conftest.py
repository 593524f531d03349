"""Every test of cases stands on an ordinary working day, with files in a folder of its own."""

from pathlib import Path
from typing import Any

import pytest

from tests.desk.cases.making import a_case, set_the_day


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}},
    }
    return folder


@pytest.fixture
def day(cast: Any) -> None:
    set_the_day()


@pytest.fixture
def case(cast: Any, day: None) -> Any:
    """A case of market surveillance."""
    return a_case(cast)

"""What an earlier test tried is not held against the next."""

from collections.abc import Iterator

import pytest

from chosach.desk.api.limits import bad_keys
from chosach.desk.api.probing import watch


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    bad_keys.clear()
    watch.clear()
    yield
    bad_keys.clear()
    watch.clear()

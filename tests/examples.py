"""How many examples a property is tried on."""

import os
from typing import Any

from hypothesis import settings


def examples(number: int, **more: Any) -> settings:
    """So many examples in the default run, ten times as many with `--slow`. `more`: further settings of Hypothesis."""
    return settings(max_examples=number * int(os.environ.get("CHOSACH_TEST_EXAMPLES", "1")), deadline=None, **more)

"""docs/screening.md begins with an example: it is run as it stands."""

import re

import pytest

from tests.files import text_of


def test_the_example_of_screening_runs(capsys: pytest.CaptureFixture[str]) -> None:
    block = re.search(r"(?:^    .*\n|^\n(?=    ))+", text_of("docs/screening.md"), re.MULTILINE)
    assert block is not None
    code = "\n".join(line.removeprefix("    ") for line in block[0].splitlines())
    exec(compile(code, "docs/screening.md", "exec"), {})
    shown = capsys.readouterr().out
    assert re.search(r"^counterfeit 0\.\d+ .*“D\.i\.o\.r”", shown, re.MULTILINE), shown

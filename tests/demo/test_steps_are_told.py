"""Building the demo takes minutes: whoever reads it through a pipe is told what it is at."""

from pathlib import Path

import pytest

from chosach.commands import demo
from chosach.demo import build


def test_a_pipe_is_told_each_step_when_it_begins(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    told: list[str] = []

    def work(passwords: dict[str, str], report: build.Report) -> None:
        told.append(capfd.readouterr().out)

    monkeypatch.setattr("chosach.commands.desk.setup_django", lambda: None)
    monkeypatch.setattr(build, "STEPS", (build.Step("Tạo cơ sở dữ liệu", work), build.Step("Nạp kế hoạch", work)))
    demo._build(tmp_path)
    assert told == ["1/2 Tạo cơ sở dữ liệu\n", "2/2 Nạp kế hoạch\n"]

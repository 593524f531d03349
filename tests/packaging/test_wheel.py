"""What a user installs is whole: code, data, pages, catalogues, plans, the stand-alone verifier."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.files import tracked
from tests.wheel import unpacked_wheel


@pytest.fixture(scope="module")
def installed() -> Path:
    return unpacked_wheel()


def test_the_wheel_holds_every_file_of_the_package_and_of_the_plans(installed: Path) -> None:
    held = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file() and ".dist-info" not in str(path)}
    wanted = {name.removeprefix("src/") for name in tracked("src/**")} | {f"chosach/{name}" for name in tracked("plans/**")}
    assert wanted - held == set(), "not in the wheel"
    assert {name.split("/")[0] for name in held} == {"chosach"}
    for needed in (
        "chosach/plans/dong-nai-2020/plan.yaml",
        "chosach/plans/law/kinds.csv",
        "chosach/screening/data/terms.csv",
        "chosach/desk/locale/vi/LC_MESSAGES/django.mo",
        "chosach/desk/templates/base.html",
        "chosach/desk/static/chosach/page.js",
        "chosach/verifier/chosach_verify.py",
    ):
        assert needed in held, needed
    assert any(name.startswith("chosach/desk/static/vendor/") for name in held)


def test_installed_it_screens_and_knows_its_own_plans(installed: Path, tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CHOSACH_", "DJANGO_", "PYTHON"))}
    env = {**kept, "PYTHONPATH": str(installed), "CHOSACH_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1"}

    def chosach(*words: str) -> str:
        command = [sys.executable, "-m", "chosach.cli", *words]
        done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, f"{words}: {done.stderr}"
        return done.stdout

    (tmp_path / "tin.csv").write_text("id,title\n1,Túi xách nữ hàng super fake loại 1\n", encoding="utf-8")
    assert "1 tin được sàng lọc" in chosach("screen", "tin.csv", "--out", "dau-hieu.parquet")
    assert "không có lỗi" in chosach("plan", "check", "dong-nai-2020")
    assert "không có lỗi" in chosach("plan", "check", "plans/dong-nai-2025"), "also under the name that the documentation gives"
    where = subprocess.run(
        [sys.executable, "-c", "import chosach; print(chosach.__file__)"], env=env, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert where.stdout.startswith(str(installed)), "the wheel was tested, not the checkout"

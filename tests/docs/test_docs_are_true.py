"""docs/ list what there is: settings, commands, permissions, ledger events, dependencies, third-party parts."""

import re
import tomllib

import pytest
from tools import write_docs

from tests.files import ROOT, text_of, tracked

SETTING = re.compile(r"\bCHOSACH_[A-Z][A-Z_]*[A-Z]\b")


def test_every_setting_that_the_code_reads_is_documented_and_no_other() -> None:
    read = {name for path in tracked("src/**/*.py", "run.py", "tools/*.py", "tests/*.py") for name in SETTING.findall(text_of(path))}
    documented = set(re.findall(r"^\| `(CHOSACH_\w+)`", text_of("docs/settings.md"), re.MULTILINE))
    assert documented == read


@pytest.mark.parametrize("name", write_docs.PAGES)
def test_the_pages_that_repeat_the_code_are_fresh(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == write_docs.PAGES[name](), "run: python tools/write_docs.py"


def test_every_dependency_has_its_line_of_reason_and_no_other() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.match(r"[\w.-]+", item)[0].lower() for item in wanted}  # type: ignore[index]
    documented = set(re.findall(r"^\| ([a-z][\w.-]*) \|", text_of("docs/dependencies.md"), re.MULTILINE)) - {"package"}
    assert documented == names


def test_every_dependency_is_in_the_lock_with_hashes() -> None:
    lock = text_of("requirements.lock")
    project = tomllib.loads(text_of("pyproject.toml"))
    for item in [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]:
        name = re.match(r"[\w.-]+", item)[0].lower()  # type: ignore[index]
        assert re.search(rf"^{re.escape(name)}(\[[\w,-]+\])?==.*\n    --hash=sha256:", lock, re.MULTILINE), (
            f"{name} is not in requirements.lock"
        )


def test_what_the_notice_names_is_there() -> None:
    lines = [line for line in text_of("NOTICE").splitlines()[6:] if line.strip()]
    for line in lines:
        path, *rest = (part.strip() for part in line.split("|"))
        assert (ROOT / path).exists(), f"NOTICE names {path}, which is not there"
        assert len(rest) == 3 and all(rest), f"NOTICE: {path} needs what it is, source and licence"


def test_every_third_party_folder_stands_in_the_notice() -> None:
    notice = text_of("NOTICE")
    folders = {"/".join(path.split("/")[:6]) for path in tracked("src/chosach/desk/static/vendor/*/*")}
    missing = sorted(folder for folder in folders if folder not in notice)
    assert not missing, f"not in NOTICE: {missing}"


def test_links_between_the_docs_lead_somewhere() -> None:
    for path in tracked("*.md", "docs/**/*.md"):
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text_of(path)):
            assert ((ROOT / path).parent / target).exists(), f"{path} leads to {target}, which is not there"

"""docs/ list what there is: settings, commands, permissions, ledger events, dependencies, third-party parts."""

import re
import tomllib

import pytest
import yaml
from tools import screenshots, write_docs

from chosach.desk.cases.kinds import OutcomeKind
from chosach.desk.cases.stages import Stage
from chosach.desk.core import kinds
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


LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]+)?\)")


def _anchors(markdown: str) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them: small letters, no signs, hyphens for blanks."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", markdown, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", tracked("*.md", "docs/*.md", "docs/adr/*.md"))
def test_links_and_pictures_of_a_page_lead_somewhere(path: str) -> None:
    page = ROOT / path
    for target, anchor in LINK.findall(text_of(path)):
        found = page.parent / target if target else page
        assert found.exists(), f"{path} leads to {target}, which is not there"
        if anchor:
            assert anchor[1:] in _anchors(found.read_text(encoding="utf-8")), f"{path} leads to {target}{anchor}: no such heading"


def test_every_page_stands_in_the_index() -> None:
    index = text_of("docs/README.md")
    pages = [path.removeprefix("docs/") for path in tracked("docs/*.md", "docs/adr/*.md") if path != "docs/README.md"]
    assert not [page for page in pages if f"]({page})" not in index]


def test_every_picture_is_one_that_the_script_takes_and_every_shot_was_taken() -> None:
    shots = {f"{shot.name}-{size}.png" for shot in screenshots.SHOTS for size in shot.sizes}
    assert {path.rsplit("/", 1)[1] for path in tracked("docs/screenshots/*")} == shots


def test_the_glossary_holds_the_words_of_the_code() -> None:
    lists = (kinds.ViolationKind, kinds.GoodsGroup, kinds.BodyKind, kinds.Role, Stage, OutcomeKind)
    rows = set(re.findall(r"^\| (.+?) \| .+? \| `(\w+)` \|$", text_of("docs/glossary.md"), re.MULTILINE))
    assert rows == {(str(choice.label), str(choice.value)) for choices in lists for choice in choices}


def test_the_glossary_holds_the_indicators_of_the_six_month_report() -> None:
    form = yaml.safe_load(text_of("plans/dong-nai-2020/reports/six-month.yaml"))
    glossary = text_of("docs/glossary.md")
    assert not [item["id"] for item in form["indicators"] if f"| {item['id']} | {item['name']} |" not in glossary]


def test_the_example_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```", text_of("README.md"), re.MULTILINE | re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})
    assert "counterfeit" in capsys.readouterr().out


def test_heavy_runs_are_listed_in_the_readme() -> None:
    slow = [path for path in tracked("tests/**/test_*.py") if "@pytest.mark." + "slow" in text_of(path)]
    readme = text_of("README.md")
    assert not [path for path in [*slow, *tracked("bench/*.py")] if f"`{path}" not in readme]

"""What no file of the project may hold: addresses of package registries, paths of one machine, broken templates."""

import re

import pytest
from django.template import engines
from django.template.loader import get_template

from tests.files import ROOT, all_tracked, text_of

TEXT = (".py", ".md", ".toml", ".lock", ".txt", ".cfg", ".yaml", ".yml", ".html", ".js", ".css", ".csv", ".json", ".sh", "")
REGISTRY = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|npmmirror|artifactory|/simple/|index-url\s*=?\s*https?:", re.IGNORECASE)
OF_ONE_MACHINE = re.compile(r"(?<![\w.])/(?:root|home/\w+|work/|Users/)|\.pyenv|(?<![\w.])/tmp/\w")


def text_files() -> list[str]:
    return [name for name in all_tracked() if (ROOT / name).suffix in TEXT and "/vendor/" not in name]


def offences(pattern: re.Pattern[str], but: tuple[str, ...] = ()) -> list[str]:
    found = []
    for name in text_files():
        if name in but:
            continue
        for number, line in enumerate(text_of(name).splitlines(), 1):
            if match := pattern.search(line):
                found.append(f"{name}:{number}: {match[0]}")
    return found


def test_no_file_names_a_package_registry() -> None:
    assert not offences(REGISTRY, but=("tests/docs/test_what_may_not_stand_here.py",))


def test_the_lock_names_no_address_at_all() -> None:
    assert not re.findall(r"(?:https?|file)://\S+|--(?:extra-)?index-url|--find-links", text_of("requirements.lock"))


def test_no_file_names_a_place_on_one_machine() -> None:
    assert not offences(OF_ONE_MACHINE, but=("tests/docs/test_what_may_not_stand_here.py",))


@pytest.mark.parametrize("path", [name for name in all_tracked() if "/templates/" in name and name.endswith((".html", ".txt"))])
def test_every_template_compiles(path: str) -> None:
    if path.startswith("src/"):
        get_template(path.split("/templates/", 1)[1])
    else:
        engines["django"].from_string(text_of(path))

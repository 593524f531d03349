"""What every page keeps to: no inline script or style, third-party parts as listed, icons that exist, one heading."""

import hashlib
import re
import tomllib
from pathlib import Path

import chosach

PACKAGE = Path(chosach.__file__).parent
STATIC = PACKAGE / "desk/static"
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
FORBIDDEN = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "inline style sheet": re.compile(r"<style\b", re.I),
    "style attribute": re.compile(r"\sstyle\s*=", re.I),
    "event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "script address": re.compile(r"javascript:", re.I),
    "evaluated htmx": re.compile(r"hx-on|hx-(?:vals|headers)\s*=\s*['\"]js:|hx-trigger=[\"'][^\"']*\[", re.I),
    "part from elsewhere": re.compile(r"<(?:script|link|img)[^>]*(?:src|href)=[\"'](?:https?:)?//", re.I),
    "unescaped": re.compile(r"\|safe\b|autoescape off|safeseq"),
}


def test_no_template_holds_what_the_content_security_policy_refuses() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}: {name}: {hit[0]}"
        for path in TEMPLATES
        for name, pattern in FORBIDDEN.items()
        if (hit := pattern.search(path.read_text(encoding="utf-8")))
    ]
    assert len(TEMPLATES) > 20
    assert not found, "\n".join(found)


def test_a_page_leaves_its_heading_to_the_frame() -> None:
    twice = [
        str(path.relative_to(PACKAGE))
        for path in TEMPLATES
        if "<h1" in (text := path.read_text(encoding="utf-8")) and 'extends "base.html"' in text and "{% block heading %}" not in text
    ]
    assert not twice, f"the frame already shows the title as <h1>: {twice}"


def test_third_party_parts_are_as_listed() -> None:
    parts = tomllib.loads((STATIC / "vendor/vendor.toml").read_text(encoding="utf-8"))["part"]
    listed = {name: value for part in parts for name, value in part["sha256"].items()}
    there = {path.relative_to(STATIC / "vendor").as_posix(): path for path in (STATIC / "vendor").rglob("*") if path.is_file()}
    there.pop("vendor.toml")
    assert set(there) == set(listed)
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items()} == listed
    assert all(part["licence"] and part["version"] and part["home"] for part in parts)
    assert {name.split("/")[0] for name in listed} == {name.split("/")[0] for name in listed if name.endswith("/LICENSE")}


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    from chosach.desk.core.looks import KIND_LOOKS, TONE_ICONS

    sprite = set(re.findall(r'id="([^"]+)"', (STATIC / "vendor/bootstrap-icons-1.13.2/sprite.svg").read_text(encoding="utf-8")))
    used = {look.icon for look in KIND_LOOKS.values()} | set(TONE_ICONS.values())
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r'{% icon "([^"]+)"', text)) | set(re.findall(r'{% (?:card|empty) [^%]*\bicon="([^"]+)"', text))
    assert used <= sprite, used - sprite


def test_own_scripts_build_no_markup_from_text_and_run_none() -> None:
    for path in (STATIC / "chosach").glob("*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", path.read_text("utf-8")), path


def test_style_sheets_ask_nothing_of_other_hosts() -> None:
    for path in STATIC.rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(?:https?:)?//|@import", path.read_text("utf-8")), path


def test_compiled_catalogues_are_those_of_their_sources() -> None:
    """msgfmt has been run: every translation of the .po answers from the .mo."""
    import gettext

    for source in (PACKAGE / "desk/locale").rglob("*.po"):
        catalogue = gettext.GNUTranslations(source.with_suffix(".mo").open("rb"))
        pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', source.read_text("utf-8"), re.M)
        assert pairs
        assert [key for key, value in pairs if catalogue.gettext(key) != value] == []

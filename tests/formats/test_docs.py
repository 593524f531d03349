"""The pages of docs/ that tell of files tell of every code and every field."""

import re
from pathlib import Path

import yaml

from chosach.formats import followthemoney, records
from chosach.formats.listings import CODES, FIELDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("screen-command.md", "linking.md", "followthemoney.md", "joints.md", "imports.md")


def test_every_code_and_field_is_documented_with_its_severity() -> None:
    text = "".join((ROOT / "docs" / page).read_text(encoding="utf-8") for page in PAGES)
    told = dict(re.findall(r"^\| `([a-z_.]+)` \| (reject|warning) \|", text, re.MULTILINE))
    assert told == {code: "reject" if meaning.rejects else "warning" for code, meaning in CODES.items()}
    assert all(f"`{field}`" in text for field in (*FIELDS, *records.FIELDS))


def test_every_code_of_a_refused_file_is_documented() -> None:
    text = (ROOT / "docs/screen-command.md").read_text(encoding="utf-8")
    sources = (ROOT / "src/chosach/formats/listings").glob("*.py")
    raised = {code for source in sources for code in re.findall(r'Unreadable\(\s*"([a-z_.]+)"', source.read_text(encoding="utf-8"))}
    raised -= {"columns.unknown_field"}  # the command refuses it as map.unknown_field
    assert raised and all(f"`{code}`" in text for code in raised), raised


def test_every_schema_and_property_of_the_extension_is_documented() -> None:
    text = (ROOT / "docs/followthemoney.md").read_text(encoding="utf-8")
    told = yaml.safe_load(followthemoney.extension())
    names = {name for schema, spec in told.items() for name in (schema, *spec.get("properties", ()))}
    assert not [name for name in names if f"`{name}`" not in text]

"""docs/plan-files.md names every field, kind and group that the files may hold."""

import re
from pathlib import Path

from pydantic import BaseModel

from chosach.desk.agencies.models import Confidence
from chosach.desk.core.kinds import BodyKind, GoodsGroup
from chosach.desk.law.models import Unit
from chosach.desk.plan.files import rows
from tests.desk.plan.conftest import PLANS

TEXT = (PLANS.parent / "docs" / "plan-files.md").read_text()


def test_every_field_of_every_file_is_documented() -> None:
    words = set(re.findall(r"[a-z_]+", TEXT))
    kinds = [
        kind for kind in vars(rows).values() if isinstance(kind, type) and issubclass(kind, BaseModel) and kind.__module__ == rows.__name__
    ]
    assert len(kinds) > 15
    for kind in kinds:
        for name, field in kind.model_fields.items():
            assert (field.alias or name) in words, f"{kind.__name__}.{name}"


def test_every_value_of_the_lists_is_documented() -> None:
    words = set(re.findall(r"[a-z_]+", TEXT))
    for choices in (BodyKind, GoodsGroup, Confidence, Unit):
        assert set(choices.values) <= words, choices


def test_every_file_of_the_plans_is_documented() -> None:
    names = {path.relative_to(folder).as_posix() for folder in PLANS.iterdir() for path in folder.rglob("*") if path.is_file()}
    for name in names:
        assert f"`{name}`" in TEXT or (name.startswith("reports/") and Path(name).suffix == ".yaml"), name

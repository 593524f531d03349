"""What FollowTheMoney's model says of the schemata that are used here, and our extension: parents, properties, types."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import Any

import yaml

from chosach.formats.followthemoney.entity import Entity

_FOLDER = "chosach.formats.followthemoney"
#: FollowTheMoney's longest values by type, in characters; 250 for the others.
LONGEST: dict[str, int] = {"name": 384, "text": 65_000, "url": 4_096, "identifier": 64, "phone": 64, "string": 1_024}
_LONGEST_ELSE = 250
_FORMS: dict[str, re.Pattern[str]] = {
    "phone": re.compile(r"\+\d{7,15}"),
    "number": re.compile(r"[+-]?\d+(?:\.\d+)?"),
    "url": re.compile(r"https?://[^\s/@]+(?:[/?#]\S*)?"),
    "email": re.compile(r"[^<>()\[\],;:?\s@\"]{1,64}@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}"),
    "date": re.compile(r"\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}:\d{2})?)?)?"),
}
#: Further schemata of FollowTheMoney 4.11. They are known, but nothing in our tables answers to them.
ELSEWHERE = frozenset([
    "Address", "Airplane", "Analyzable", "Article", "Associate", "Audio", "Call", "CallForTenders", "Contract", "ContractAward",
    "Control", "CourtCase", "CourtCaseParty", "CryptoWallet", "Debt", "Directorship", "Document", "Documentation",
    "EconomicActivity", "Email", "Employment", "Event", "Family", "Folder", "HyperText", "Identification", "Image", "License",
    "Membership", "Mention", "Message", "Note", "Occupancy", "Package", "Page", "Pages", "Passport", "Payment", "PlainText",
    "Position", "Project", "ProjectParticipant", "RealEstate", "Representation", "Risk", "Sanction", "Security", "Succession",
    "Table", "TaxRoll", "Territory", "Trip", "Vehicle", "Vessel", "Video", "Workbook",
])  # fmt: skip


@dataclass(frozen=True)
class Property:
    """`type`: FollowTheMoney's name of it; `range`: the schema that an entity property points to."""

    type: str = "string"
    range: str = ""

    def holds(self, value: str) -> bool:
        """The value is one that FollowTheMoney's type accepts."""
        form = _FORMS.get(self.type)
        return 0 < len(value) <= LONGEST.get(self.type, _LONGEST_ELSE) and (form is None or form.fullmatch(value) is not None)


@dataclass(frozen=True)
class Schema:
    """`properties`: those of its parents among them. `ancestors`: itself first, then its parents, nearest first."""

    name: str
    ancestors: tuple[str, ...]
    properties: Mapping[str, Property]
    required: tuple[str, ...]
    abstract: bool
    extension: bool

    def is_a(self, name: str) -> bool:
        """The schema is this one or stands on it."""
        return name in self.ancestors


class Model:
    """Schemata by name."""

    @cached_property
    def schemata(self) -> dict[str, Schema]:
        """All of them, ours among them."""
        stock, own = _read("stock.yaml"), _read("chosach.yaml")
        told = {**stock, **own}
        return {name: _schema(name, told, name in own) for name in told}

    def get(self, name: str) -> Schema | None:
        """None for one that is not known."""
        return self.schemata.get(name)

    def is_a(self, name: str, other: str) -> bool:
        """The schema of this name is `other` or stands on it. False for one that is not known."""
        schema = self.get(name)
        return schema is not None and schema.is_a(other)

    def faults(self, entity: Entity) -> list[str]:
        """What FollowTheMoney would not accept of an entity: `schema`, or names of properties. Empty: nothing."""
        schema = self.get(entity.schema)
        if schema is None or schema.abstract:
            return ["schema"]
        missing = [name for name in schema.required if not entity.all(name)]
        wrong = [
            name
            for name, values in entity.properties.items()
            if name not in schema.properties or not all(schema.properties[name].holds(value) for value in values)
        ]
        return missing + wrong

    def plain(self, entity: Entity) -> Entity | None:
        """The entity without our extension: in the nearest schema of FollowTheMoney's own, with what that one can hold. None: in none."""
        schema = self.schemata[entity.schema]
        if not schema.extension:
            return entity
        for name in schema.ancestors:
            other = self.schemata[name]
            if not other.extension and not other.abstract:
                return Entity(entity.id, name, {key: values for key, values in entity.properties.items() if key in other.properties})
        return None


def extension() -> str:
    """Our extension, as FollowTheMoney's YAML."""
    return resources.files(_FOLDER).joinpath("data/chosach.yaml").read_text(encoding="utf-8")


def _read(name: str) -> dict[str, Any]:
    text = resources.files(_FOLDER).joinpath(f"data/{name}").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def _schema(name: str, told: Mapping[str, Any], extension: bool) -> Schema:
    ancestors = [name]
    for one in ancestors:  # grows while it is gone through: parents of parents come behind all parents
        ancestors += [parent for parent in told[one].get("extends", ()) if parent not in ancestors]
    properties: dict[str, Property] = {}
    for one in reversed(ancestors):
        for key, spec in (told[one].get("properties") or {}).items():
            properties[key] = Property(spec.get("type", "string"), spec.get("range", ""))
    own = told[name]
    required = tuple(own.get("required", ()))
    return Schema(name, tuple(ancestors), properties, required, bool(own.get("abstract", False)), extension)


MODEL = Model()

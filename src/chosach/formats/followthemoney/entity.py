"""An entity: id, schema, properties with any number of texts each."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

#: FollowTheMoney's own signature of ids, put behind a point where data sets are mixed.
_SIGNED = re.compile(r"\.[0-9a-f]{40}$")
_PREFIX = "chosach-"


@dataclass
class Entity:
    """`properties`: name → values, in the order in which they came, each once."""

    id: str
    schema: str
    properties: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, *values: str | None) -> None:
        """Add values that are not empty and not there yet."""
        for value in values:
            if value:
                there = self.properties.setdefault(name, [])
                if value not in there:
                    there.append(value)

    def all(self, name: str) -> list[str]:
        """Values of a property."""
        return self.properties.get(name, [])

    def first(self, name: str) -> str | None:
        """The first value, None where there is none."""
        return next(iter(self.all(name)), None)

    def line(self) -> str:
        """One line of JSON, with its end."""
        return json.dumps({"id": self.id, "schema": self.schema, "properties": self.properties}, ensure_ascii=False) + "\n"


def told_id(sort: str, own: str) -> str:
    """An id from which our own can be read again: letters, figures and hyphens stay, other bytes become _XX."""
    return f"{_PREFIX}{sort}-{re.sub(r'[^A-Za-z0-9-]', _escaped, own)}"


def own_id(sort: str, entity_id: str) -> str | None:
    """Our id of an entity that `told_id` named; None for another's. A signature behind it is left out."""
    start = f"{_PREFIX}{sort}-"
    if not entity_id.startswith(start):
        return None
    rest = _SIGNED.sub("", entity_id.removeprefix(start))
    try:
        return re.sub(r"(?:_[0-9A-F]{2})+", lambda match: bytes.fromhex(match[0].replace("_", "")).decode(), rest)
    except ValueError:
        return None


def hashed_id(sort: str, parts: Iterable[object]) -> str:
    """An id made of what the entity is: the same in every run, and no number can be read from it."""
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"{_PREFIX}{sort}-{hashlib.blake2b(text.encode('utf-8', 'surrogatepass'), digest_size=12).hexdigest()}"


def is_ours(sort: str, entity_id: str) -> bool:
    """The id is one that an export of ours gives this sort of thing."""
    return entity_id.startswith(f"{_PREFIX}{sort}-")


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"_{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))

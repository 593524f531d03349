"""What kind of channel a platform gives, and its class under Decree 52/2013: `data/platforms.csv`, else by the look of the name."""

import csv
import functools
from dataclasses import dataclass
from importlib.resources import files

from chosach.desk.registry.models import ChannelClass, DecreeClass


@dataclass(frozen=True)
class Platform:
    name: str
    channel_class: str
    decree_class: str


@functools.cache
def known() -> dict[str, Platform]:
    text = files("chosach.desk.registry").joinpath("data/platforms.csv").read_text(encoding="utf-8")
    return {row["platform"]: Platform(row["name"], row["channel_class"], row["decree_class"]) for row in csv.DictReader(text.splitlines())}


def platform(name: str) -> Platform:
    """A platform by its name or domain. A domain that is not in the table is a sales site of its own; a bare name stays unclassed."""
    key = name.lower().removeprefix("www.")
    found = known().get(key)
    if found:
        return found
    if "." in key:
        return Platform(name, ChannelClass.SITE, DecreeClass.SALES)
    return Platform(name, ChannelClass.MARKETPLACE_SHOP, DecreeClass.UNCLASSED)

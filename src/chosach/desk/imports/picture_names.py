"""Which listing a file of pictures belongs to, by its name: the folder named by the listing's id, or the name that stands in its column."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from uuid import UUID

from chosach.linking.joints.pictures import Unusable


@dataclass(frozen=True)
class Claim:
    """The listings that show a picture, and the name that they know it by."""

    listings: Sequence[UUID]
    name: str


def plain(name: str) -> str:
    """A name to compare by: of an address its path, whatever the case, the form of the marks and the sort of slash."""
    if "://" in name:
        try:
            name = unquote(urlsplit(name).path)
        except ValueError:
            name = name.rpartition("://")[2]
    parts = unicodedata.normalize("NFC", name.replace("\\", "/")).casefold().split("/")
    return "/".join(part for part in parts if part not in {"", "."})


def last(name: str) -> str:
    """The file's own name."""
    return name.rpartition("/")[2]


@dataclass
class Names:
    """What the listings of an import call their pictures."""

    of_listing: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    whole: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    ends: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    doubled: frozenset[str] = frozenset()

    def add(self, listing: UUID, external_id: str, images: Iterable[str]) -> None:
        """One listing: its id on the platform, and the names in its column of pictures."""
        self.of_listing[unicodedata.normalize("NFC", external_id).casefold()].append(listing)
        for name in {plain(image) for image in images} - {""}:
            self.whole[name].append(listing)
            self.ends[last(name)].add(name)

    def expect(self, names: Iterable[str]) -> None:
        """The names of all files that come, so that one name for several files is known."""
        count = Counter(last(plain(name)) for name in names)
        self.doubled = frozenset(name for name, number in count.items() if number > 1)

    def claim(self, name: str) -> Claim:
        """Whose picture a file of this name is. Raises `Unusable`: `picture.unclaimed`, or `picture.ambiguous` where that can't be told."""
        path = plain(name)
        folders = path.split("/")[:-1]
        for folder in reversed(folders):
            if folder in self.of_listing:
                return Claim(self.of_listing[folder], name.rpartition("/")[2])
        parts = path.split("/")
        for at in range(len(parts)):
            tail = "/".join(parts[at:])
            if tail in self.whole:
                if at and "/" not in tail and tail in self.doubled:
                    break
                return Claim(self.whole[tail], name.rpartition("/")[2])
        known = self.ends.get(parts[-1], set())
        if known and (len(known) > 1 or parts[-1] in self.doubled):
            raise Unusable("picture.ambiguous", "Nhiều ảnh cùng tên.")
        if known:
            return Claim(self.whole[next(iter(known))], name.rpartition("/")[2])
        raise Unusable("picture.unclaimed", "Không tin bán nào nêu tên ảnh này.")

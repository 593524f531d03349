"""Which listing a file of pictures belongs to, by its name: the folder named by the listing's id, or the name that stands in its column."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from uuid import UUID

from chosach.desk.registry import platforms as sold
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

    of_listing: dict[str, list[tuple[str, UUID]]] = field(default_factory=lambda: defaultdict(list))
    whole: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    ends: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    doubled: frozenset[str] = frozenset()

    def add(self, listing: UUID, external_id: str, images: Iterable[str], platform: str = "") -> None:
        """One listing: its id on the platform, and the names in its column of pictures."""
        self.of_listing[unicodedata.normalize("NFC", external_id).casefold()].append((platform, listing))
        for name in {plain(image) for image in images} - {""}:
            self.whole[name].append(listing)
            self.ends[last(name)].add(name)

    def expect(self, names: Iterable[str]) -> None:
        """The names of all files that come, so that one name for several files is known."""
        count = Counter(last(plain(name)) for name in names)
        self.doubled = frozenset(name for name, number in count.items() if number > 1)

    def claim(self, name: str) -> Claim:
        """Whose picture a file of this name is. Raises `Unusable`: `picture.unclaimed`, or `picture.ambiguous`,
        `picture.two_platforms` where that can't be told."""
        path = plain(name)
        folders = path.split("/")[:-1]
        for folder in reversed(folders):
            if folder in self.of_listing:
                return Claim([self._on_its_platform(folder, folders)], name.rpartition("/")[2])
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

    def _on_its_platform(self, listing_id: str, folders: Sequence[str]) -> UUID:
        """The listing of this id; of several, for platforms give ids of their own, the one whose platform another folder names."""
        held = self.of_listing[listing_id]
        if len(held) > 1:
            held = [(platform, listing) for platform, listing in held if _names_of(platform) & (set(folders) - {listing_id})]
        if len(held) != 1:
            raise Unusable("picture.two_platforms", "Mã tin này có ở nhiều sàn.")
        return held[0][1]


def _names_of(platform: str) -> set[str]:
    """What a folder of a platform may be called: its name as it stands, as people write it, and that of its site without its ending."""
    told = platform.casefold().removeprefix("www.")
    return {plain(name) for name in (platform, told, told.partition(".")[0], sold.platform(platform).name)} - {""}

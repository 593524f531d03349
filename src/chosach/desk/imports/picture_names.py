"""Which listing a file of pictures belongs to, by its name: the folder named by the listing's id, or the name that stands in its column."""

import contextlib
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
        `picture.two_platforms`, `picture.two_ids` where that can't be told."""
        path = plain(name)
        parts = path.split("/")
        folder = next((one for one in reversed(parts[:-1]) if one in self.of_listing), None)
        if folder is None:
            return Claim(self._named(parts), name.rpartition("/")[2])
        held = self._on_its_platform(folder, parts[:-1])
        if len(held) == 1:
            return Claim([held[0][1]], name.rpartition("/")[2])
        return Claim(self._named_in(parts, folder, held), name.rpartition("/")[2])

    def _named(self, parts: Sequence[str]) -> Sequence[UUID]:
        """The listings in whose column this name stands: as it comes, without its first folders, or as the end of a longer one."""
        for at in range(len(parts)):
            tail = "/".join(parts[at:])
            if tail in self.whole:
                if at and "/" not in tail and tail in self.doubled:
                    break
                return self.whole[tail]
        known = self.ends.get(parts[-1], set())
        if known and (len(known) > 1 or parts[-1] in self.doubled):
            raise Unusable("picture.ambiguous", "Nhiều ảnh cùng tên.")
        if known:
            return self.whole[next(iter(known))]
        raise Unusable("picture.unclaimed", "Không tin bán nào nêu tên ảnh này.")

    def _named_in(self, parts: Sequence[str], folder: str, held: Sequence[tuple[str, UUID]]) -> Sequence[UUID]:
        """The same for a picture in the folder of several listings of one id: by a name with that folder, or by one of theirs alone."""
        ours = {listing for _, listing in held}
        last_at = max(at for at, part in enumerate(parts[:-1]) if part == folder)
        tails = ("/".join(parts[at:]) for at in range(last_at + 1))
        claimed = next((self.whole[tail] for tail in tails if tail in self.whole), None)
        if claimed is None:
            with contextlib.suppress(Unusable):
                claimed = [listing for listing in self._named(parts) if listing in ours]
        if claimed and sum(listing in ours for listing in claimed) < 2:
            return claimed
        if len({platform for platform, _ in held}) == 1:
            raise Unusable("picture.two_ids", "Mã tin này là của nhiều tin, chỉ khác chữ hoa và chữ thường.")
        raise Unusable("picture.two_platforms", "Mã tin này có ở nhiều sàn.")

    def _on_its_platform(self, listing_id: str, folders: Sequence[str]) -> Sequence[tuple[str, UUID]]:
        """The listings of this id; of several, for platforms give ids of their own, those whose platform another folder names, if any."""
        held = self.of_listing[listing_id]
        told = [(platform, listing) for platform, listing in held if _names_of(platform) & (set(folders) - {listing_id})]
        return told if told and len(held) > 1 else held


def _names_of(platform: str) -> set[str]:
    """What a folder of a platform may be called: its name as it stands, as people write it, and that of its site without its ending."""
    told = platform.casefold().removeprefix("www.")
    return {plain(name) for name in (platform, told, told.partition(".")[0], sold.platform(platform).name)} - {""}

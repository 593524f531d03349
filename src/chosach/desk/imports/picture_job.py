"""How pictures of an import's listings are read: unpacked one by one, looked at by the engine, kept in the store, told to the registry."""

import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from uuid import UUID

from chosach.desk.core.errors import Problem
from chosach.desk.evidence import store as kept
from chosach.desk.imports import archive, store
from chosach.desk.imports.hooks import run_picture_hooks
from chosach.desk.imports.models import Import, ImportedRow, PictureFile
from chosach.desk.imports.picture_names import Claim, Names, last, plain
from chosach.desk.jobs.run import Run
from chosach.desk.ledger.services import record
from chosach.desk.registry.models import Listing, ListingPicture
from chosach.desk.registry.services import ReadPicture, join_traders, take_pictures
from chosach.formats.listings import RowProblem
from chosach.linking.joints import facts, images
from chosach.linking.joints.pictures import MOST_BYTES, Unusable

#: Pictures of a chunk, and their bytes: what is held in memory at a time.
CHUNK, CHUNK_BYTES = 40, 64 << 20
#: The chunk that completes a file. Far above any other.
LAST = 2_000_000_000
#: Seconds between two signs of life while pictures are looked at; how many are looked at beside each other.
BEAT, THREADS = 5.0, 2
#: Names without a picture that are listed one by one; beyond, only their number is told.
MOST_MISSING = 500
_SOME = 500
COLUMN = "Ảnh"


@dataclass(frozen=True, slots=True)
class LeftOut(RowProblem):
    """A file of the ZIP that is not taken in."""

    @property
    def rejected(self) -> bool:
        return True


@dataclass(frozen=True)
class _Unpacked:
    entry: archive.Entry
    claim: Claim
    content: bytes


def read_pictures(run: Run) -> None:
    """Read a ZIP of pictures chunk by chunk; the last chunk joins sellers by what was read, and lets other rooms follow."""
    found = PictureFile.objects.select_related("listing_import").get(pk=run.job.params["pictures"])
    source = f"pictures:{found.id}"
    path = store.path_of(found.sha256)
    if not path.exists():
        raise Problem("import.file_missing", "Không còn tệp gốc trong kho lưu. Hãy báo người quản trị.")
    with archive.opened(path) as opened:
        entries = archive.entries(opened)
        run.set_total(len(entries))
        names = _names(found.listing_import)
        names.expect(entry.name for entry in entries)
        for index, part in enumerate(archive.chunks(entries, most=CHUNK, most_bytes=CHUNK_BYTES)):
            if run.is_done(index):
                continue
            pictures, problems = _looked_at(run, opened, part, names)
            with run.chunk(index, rows=len(part), problems=problems) as counts:
                counts.update(asdict(take_pictures(pictures, source=source, actor=run.actor)))
        if not run.is_done(LAST):
            missing = list(_missing(run, found.listing_import))
            with run.chunk(LAST, rows=0, problems=_not_sent(found.listing_import, missing[:MOST_MISSING])) as counts:
                counts["missing"] = len(missing)
                counts["joined"] = join_traders(source=source, actor=run.actor)
                run_picture_hooks(found.listing_import_id, run.actor)
                run.job.refresh_from_db()
                refs = {"pictures": found.id, "import": found.listing_import_id, "job": run.job.id}
                record("pictures.completed", actor=run.actor, refs=refs, payload=dict(run.job.counts) | dict(counts))


def _looked_at(
    run: Run, opened: zipfile.ZipFile, part: Sequence[archive.Entry], names: Names
) -> tuple[list[ReadPicture], list[RowProblem]]:
    """The pictures of a chunk with what stands in them, their bytes in the store; and why the others are left out."""
    unpacked, problems = list[_Unpacked](), list[RowProblem]()
    for entry in part:
        try:
            content = archive.read(opened, entry)
            unpacked.append(_Unpacked(entry, names.claim(entry.name), content))
        except Unusable as error:
            problems.append(_left_out(entry, error))
    read = []
    for one, told in zip(unpacked, _facts(run, [one.content for one in unpacked]), strict=True):
        if told.error is not None:
            problems.append(_left_out(one.entry, told.error))
            continue
        stored = kept.put([one.content], limit=MOST_BYTES)
        read.append(ReadPicture(stored.sha256, stored.size, told, one.claim.listings, one.claim.name))
    return read, sorted(problems, key=lambda problem: problem.row)


def _facts(run: Run, contents: Sequence[bytes]) -> list[facts.Facts]:
    """What stands in these pictures. It is found in threads that touch no database, so that this one can give signs of life: the first
    picture of an installation has the engine's loops compiled."""
    with ThreadPoolExecutor(THREADS) as pool:
        asked = [pool.submit(facts.of_bytes, content) for content in contents]
        while wait(asked, timeout=BEAT).not_done:
            run.beat()
        return [one.result() for one in asked]


def _left_out(entry: archive.Entry, error: Unusable) -> LeftOut:
    value = "".join(char if char.isprintable() else "�" for char in entry.name)
    return LeftOut(entry.number, entry.number, COLUMN, error.code, value[:200])


def _names(found: Import) -> Names:
    names = Names()
    for listing in _listings(found):
        names.add(listing.id, listing.external_id, listing.images, listing.platform)
    return names


def _missing(run: Run, found: Import) -> Iterator[tuple[Listing, str]]:
    """Names in the listings' columns for which no picture has been sent, not now and not before, each with its listing."""
    for part in _parts([listing for listing in _listings(found) if listing.images]):
        run.beat()
        held: dict[UUID, set[str]] = defaultdict(set)
        for listing, name in ListingPicture.objects.filter(listing__in=[one.id for one in part]).values_list("listing", "name"):
            held[listing].add(last(plain(name)))
        for one in part:
            yield from ((one, name) for name in one.images if last(plain(name)) not in held[one.id] and not images.is_hash(name))


def _not_sent(found: Import, missing: Sequence[tuple[Listing, str]]) -> list[RowProblem]:
    """The same as problems of the rows that name them. For a few: each asks for its row."""
    column = dict(found.mapping).get("images", COLUMN)
    told = []
    for one, name in missing:
        row = ImportedRow.objects.filter(listing_import=found, platform=one.platform, listing_id=one.external_id).first()
        told.append(RowProblem(row.line if row else 0, row.row if row else 0, column, "picture.not_sent", name[:200]))
    return told


def _listings(found: Import) -> Iterator[Listing]:
    """The listings that this import's rows are of."""
    rows = ImportedRow.objects.filter(listing_import=found).order_by("row").values_list("platform", "listing_id")
    by_platform: dict[str, list[str]] = defaultdict(list)
    for platform, listing_id in rows.iterator(chunk_size=5000):
        by_platform[platform].append(listing_id)
    for platform, ids in by_platform.items():
        for start in range(0, len(ids), _SOME):
            wanted = Listing.objects.filter(platform=platform, external_id__in=ids[start : start + _SOME])
            yield from wanted.only("id", "platform", "external_id", "images").order_by("external_id")


def _parts(listings: Sequence[Listing]) -> Iterator[Sequence[Listing]]:
    for start in range(0, len(listings), _SOME):
        yield listings[start : start + _SOME]

"""Cases that no learning may lose: the lexicon's own strong terms in plain sentences. Made for checking, never trained on."""

from functools import lru_cache

import pyarrow as pa

from chosach.screening.engine import screen
from chosach.screening.lexicon import TERM, lexicon
from chosach.screening.schema import LISTING

LIKELY = 0.5
_FRAMES = ("{}", "Bán {}", "{} giao hàng toàn quốc")


@lru_cache(maxsize=1)
def guard() -> tuple[pa.Table, tuple[tuple[str, str], ...]]:
    """Listings, and the pairs (listing_id, kind) that the shipped screener finds likely in them and that must stay found."""
    known = lexicon()
    kinds = {f"guard-{at}": known.rules[entry.rule].kind for at, entry in enumerate(known.entries) if entry.part == TERM}
    must = tuple(
        (row["listing_id"], row["kind"])
        for row in found_in_guard().select(["listing_id", "kind", "probability"]).to_pylist()
        if row["probability"] >= LIKELY and kinds[row["listing_id"].rsplit("-", 1)[0]] == row["kind"]
    )
    return _listings(), must


@lru_cache(maxsize=1)
def found_in_guard() -> pa.Table:
    """All that the shipped screener finds in the guard's listings (FINDING); screened once a process, which takes seconds."""
    return screen(_listings())


@lru_cache(maxsize=1)
def _listings() -> pa.Table:
    rows = []
    for at, entry in enumerate(lexicon().entries):
        if entry.part == TERM and entry.strong and not entry.needs:
            rows += [{"listing_id": f"guard-{at}-{n}", "title": frame.format(entry.text)} for n, frame in enumerate(_FRAMES)]
    return pa.Table.from_pylist(rows, schema=pa.schema([LISTING.field("listing_id"), LISTING.field("title")]))

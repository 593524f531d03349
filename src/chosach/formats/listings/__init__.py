"""Files of listings, in any of four formats, as Arrow batches of the canonical columns.

    from chosach.formats import listings

    file = listings.open_file(Path("tin.csv"))            # raises Unreadable
    for batch in file.batches(seen=listings.SeenIds()):
        batch.table        # pa.Table with listings.SCHEMA: rows that can be screened
        batch.lines        # where each of them begins in the file
        batch.problems     # rows rejected and values emptied, each with line, column, code, reason

Memory is bounded by the batch, whatever the size of the file. See docs/screen-command.md.
"""

from chosach.formats.listings.columns import Mapping, propose
from chosach.formats.listings.problems import CODES, RowProblem, Unreadable, spoken
from chosach.formats.listings.reader import Batch, ListingFile, open_file
from chosach.formats.listings.rejects import RejectsWriter
from chosach.formats.listings.schema import FIELDS, LABELS, REQUIRED, SCHEMA
from chosach.formats.listings.seen import SeenIds

__all__ = [
    "CODES",
    "FIELDS",
    "LABELS",
    "REQUIRED",
    "SCHEMA",
    "Batch",
    "ListingFile",
    "Mapping",
    "RejectsWriter",
    "RowProblem",
    "SeenIds",
    "Unreadable",
    "open_file",
    "propose",
    "spoken",
]

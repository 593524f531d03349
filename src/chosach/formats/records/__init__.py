"""Files of sellers' records, in the same four formats as listings, as Arrow batches.

    from chosach.formats import records

    file = records.open_file(Path("ho-so.csv"))           # raises Unreadable
    for batch in file.batches():
        batch.table        # pa.Table with record_id and the columns that the file has
        batch.problems     # rows rejected and values mended, each with line, column, code, reason

The readers are those of `chosach.formats.listings`; fields, names of columns and what makes a row useless are here. docs/linking.md.
"""

from chosach.formats.records.columns import FIELDS, LABELS, field_of, propose
from chosach.formats.records.reader import Batch, RecordFile, open_file

__all__ = ["FIELDS", "LABELS", "Batch", "RecordFile", "field_of", "open_file", "propose"]

"""Normal columns: what of a record is compared, computed once.

    from chosach.linking.normal import normal

    normal(table)      # pl.DataFrame, one row a record in the same order, columns of `COLUMNS`

A pure function of a batch: batches can be cut anywhere and made on several machines. What needs all records (how common a value is)
comes later, in SQL.
"""

import polars as pl
import pyarrow as pa

from chosach.linking.normal import addresses, identifiers, names
from chosach.linking.schema import RECORDS

__all__ = ["COLUMNS", "normal"]

#: Normal column → what it is. All are text, null where the record has nothing of the kind.
COLUMNS: dict[str, str] = {
    "record_id": "as read",
    "name": "words of the person's or firm's name in lower case Latin letters with tones, without titles and legal forms",
    "name_folded": "the same without tones",
    "shop": "words of the shop's name in lower case with tones, without decorations and places",
    "shop_folded": "the same without tones",
    "shop_joined": "the same without blanks: how it stands in handles and domains",
    "phone": "national number of today",
    "account": "figures and letters of the account",
    "bank": "code of the bank",
    "tax": "tax code without the branch, or personal number",
    "email": "address in lower case, without dots and tags where the provider ignores them",
    "handle": "name of the account on a social network or marketplace",
    "url": "host and path",
    "number": "house number",
    "street": "words of the street and what lies below the ward, without tones",
    "province": "province since July 2025",
    "district": "district until July 2025 (of those of 2025 the one that a former one went into), where the address tells one",
    "unit": "ward since July 2025, where the address tells one",
}


def normal(table: pa.Table) -> pl.DataFrame:
    """Normal columns of records (`RECORDS`, any subset). Same rows, same order."""
    read = pl.DataFrame(table.select([name for name in RECORDS.names if name in table.column_names]))
    parts = [read.select("record_id")]
    parts.append(names.persons(_column(read, "name")))
    parts.append(names.shops(_column(read, "seller_name")))
    parts.append(identifiers.identifiers({name: _column(read, name) for name in identifiers.SOURCES}))
    parts.append(addresses.addresses(_column(read, "address")))
    return pl.concat(parts, how="horizontal").select(*COLUMNS)


def _column(read: pl.DataFrame, name: str) -> pl.Series:
    if name in read.columns:
        return read[name].cast(pl.String).alias(name)
    return pl.Series(name, [None] * len(read), dtype=pl.String)

"""The table that is compared: normal columns, what SQL adds to them, and how common each value is.

Rows are numbered by `record_id`, so that nothing that follows depends on the order in which records were read.
"""

from collections.abc import Iterable
from importlib import resources
from typing import Any

import duckdb
import polars as pl

#: Added to the normal columns: name → SQL.
DERIVED: dict[str, str] = {
    "name_words": "string_split(name_folded, ' ')",
    "name_toned": "array_to_string(list_sort(string_split(name, ' ')), ' ')",
    "name_marked": "name <> name_folded",
    "email_local": "nullif(split_part(email, '@', 1), '')",
    "place": "CASE WHEN street IS NOT NULL OR number IS NOT NULL OR unit IS NOT NULL OR province IS NOT NULL THEN "
             "concat_ws('|', coalesce(number, ''), coalesce(street, ''), coalesce(province, '')) END",
    # words of the street that have a figure in them: a letter may be a slip there, a figure is another house
    "figures": "array_to_string(list_filter(string_split(street, ' '), "
               "lambda word: regexp_replace(word, '[0-9]', '', 'g') <> word), ' ')",
}  # fmt: skip
#: The second step needs the first.
DERIVED_AFTER: dict[str, str] = {
    "name_sorted": "array_to_string(list_sort(name_words), ' ')",
    "name_ends": "CASE WHEN len(name_words) > 1 THEN least(name_words[1], name_words[-1]) || ' ' || "
                 "greatest(name_words[1], name_words[-1]) ELSE name_words[1] END",
    "given": "name_words[-1]",
}  # fmt: skip
#: Invented records that stand behind the real ones when a frequency is counted: in a list of ten a value that two share is no common one.
PSEUDO_RECORDS = 20_000
#: How often one value of a column is met in a large register, by and large. Where the list is large, the list itself tells.
TYPICAL: dict[str, float] = {
    "name_sorted": 1e-6, "name_ends": 1e-5, "shop_joined": 1e-5, "phone": 3e-6, "account": 2e-6, "tax": 2e-6, "email": 2e-6,
    "email_local": 5e-6, "handle": 3e-6, "url": 3e-6, "place": 3e-6,
}  # fmt: skip
#: Columns whose typical frequency the words of the name tell (`data/name_words.csv`), where that is more; and a word not listed there.
_OF_WORDS = ("name_sorted", "name_ends")
_UNKNOWN_WORD = 0.002


def prepared(con: duckdb.DuckDBPyConnection, normal: pl.DataFrame) -> list[str]:
    """Make table `records` (`id` from 0 in the order of `record_id`). Returns the columns that hold any value.

    `ValueError` where two records share an id.
    """
    con.register("normal_columns", normal.to_arrow())
    first = ", ".join(f"{sql} AS {name}" for name, sql in DERIVED.items())
    second = ", ".join(f"{sql} AS {name}" for name, sql in DERIVED_AFTER.items())
    con.execute(
        f"CREATE OR REPLACE TABLE records AS SELECT *, {second} FROM ("  # noqa: S608
        f"SELECT CAST(row_number() OVER (ORDER BY record_id) - 1 AS INTEGER) AS id, *, {first} FROM normal_columns) ORDER BY id"
    )
    con.unregister("normal_columns")
    if count(con, "records") != one(con, "SELECT count(DISTINCT record_id) FROM records"):
        raise ValueError("two records share an id")
    names = [row[0] for row in con.execute("DESCRIBE records").fetchall() if row[0] not in ("id", "record_id", "name_marked")]
    counts = con.execute(f"SELECT {', '.join(f'count({name})' for name in names)} FROM records").fetchall()[0]  # noqa: S608
    return [name for name, count in zip(names, counts, strict=True) if count]


def frequencies(con: duckdb.DuckDBPyConnection, columns: Iterable[str]) -> None:
    """Make table `tf_<column>` for each column: the value, `tf_…` how often it is met (smoothed), `n_…` in how many records."""
    total = count(con, "records")
    shares = pl.read_csv(str(resources.files("chosach.linking").joinpath("data/name_words.csv")))
    con.register("name_shares", shares.to_arrow())
    for name in columns:
        typical = f"greatest({TYPICAL[name]}, typical)" if name in _OF_WORDS else f"{TYPICAL[name]}"
        con.execute(
            f"CREATE OR REPLACE TABLE tf_{name} AS SELECT {name}, "  # noqa: S608
            f"CAST((n_{name} + {PSEUDO_RECORDS} * {typical}) / {total + PSEUDO_RECORDS} AS DOUBLE) AS tf_{name}, n_{name} "
            f"FROM (SELECT {name}, count(*) AS n_{name} FROM records WHERE {name} IS NOT NULL GROUP BY {name})"
            + (f" LEFT JOIN ({_by_words(name)}) USING ({name})" if name in _OF_WORDS else "")
        )
    con.unregister("name_shares")


def _by_words(name: str) -> str:
    """SQL: how common a name is in the country, by and large: the product of the shares of its words."""
    # put in order before they are added up: a sum of fractions depends on the order in its last figure
    return (
        f"SELECT {name}, exp(list_sum(list_sort(list(ln(coalesce(share, {_UNKNOWN_WORD})))))) AS typical FROM ("  # noqa: S608
        f"SELECT {name}, unnest(string_split({name}, ' ')) AS word FROM (SELECT DISTINCT {name} FROM records WHERE {name} IS NOT NULL)) "
        f"LEFT JOIN name_shares USING (word) GROUP BY {name}"
    )


def count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    """Rows of a table."""
    return int(one(con, f"SELECT count(*) FROM {table}"))  # noqa: S608


def one(con: duckdb.DuckDBPyConnection, sql: str) -> Any:
    """The one value that a query gives."""
    return con.execute(sql).fetchall()[0][0]

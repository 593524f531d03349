"""What every reader of a format gives: rows as read, column by column."""

from collections.abc import Iterator
from collections.abc import Mapping as Fields
from dataclasses import dataclass, field
from typing import Any, Protocol

import pyarrow as pa

from chosach.formats.listings.columns import Mapping
from chosach.formats.listings.problems import RowProblem


@dataclass
class RawBatch:
    """Up to `size` rows. `columns`: field → values as the format gave them; `lines`, `rows`: see `RowProblem`. `texts`: of fields that are
    not among `columns`, what a format with typed columns has as text (`texts.as_text`)."""

    columns: Fields[str, list[Any]]
    lines: list[int]
    rows: list[int]
    problems: list[RowProblem] = field(default_factory=list)
    consumed: int = 0
    texts: Fields[str, pa.Array] = field(default_factory=dict)


class Source(Protocol):
    """An open file of one format."""

    @property
    def header(self) -> list[str]:
        """Names of its columns."""
        ...

    @property
    def total(self) -> int:
        """What `RawBatch.consumed` counts up to."""
        ...

    def batches(self, mapping: Mapping, size: int) -> Iterator[RawBatch]:
        """All rows, once."""
        ...

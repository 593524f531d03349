"""Lines of a text file, bounded in length, with their numbers."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

MAX_LINE = 1 << 22


class Lines:
    """Physical lines of a text file, line ends kept. A line above 4 million characters is skipped and its number noted.

    Lines can be put back, so that a reader can start again after a broken record.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        self._raw: IO[bytes] = path.open("rb")
        self._text = io.TextIOWrapper(self._raw, encoding=encoding, errors="replace", newline="")
        self.number = 0
        self.too_long: list[int] = []
        self._back: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._back:
            self.number += 1
            return self._back.pop()
        while line := self._text.readline(MAX_LINE):
            self.number += 1
            if len(line) < MAX_LINE or line[-1] in "\r\n":
                return line
            self.too_long.append(self.number)
            while (rest := self._text.readline(MAX_LINE)) and rest[-1] not in "\r\n":
                pass
        raise StopIteration

    def put_back(self, lines: list[str]) -> None:
        """Give these lines again, in this order."""
        self.number -= len(lines)
        self._back.extend(reversed(lines))

    @property
    def consumed(self) -> int:
        """Bytes of the file read so far (rounded up to the buffer)."""
        return self._raw.tell()

    def close(self) -> None:
        self._text.close()

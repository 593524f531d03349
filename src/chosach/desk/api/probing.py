"""Notices who tries out the screener: many variants of one text by one key, some told and some not.

Kept in this process's memory for an hour at most: of each text a keyed sketch (the smallest hashes of its runs of letters) and a keyed
hash. Neither can be turned back into the text, and the keys die with the process. Letters only, marks off: whoever hides a word by
dots, digits or tones changes little of it. A shop's own row of like listings looks alike too, so this only asks the administrator to ask.
"""

import hashlib
import heapq
import secrets
import threading
import time
import unicodedata
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

LETTERS = 600  #: of a text that are looked at
RUN = 4  #: letters a run
SMALLEST = 48  #: hashes kept of a text
ALIKE = 0.5  #: share of common hashes from which two texts are variants
VARIANTS = 20  #: different texts
BOTH_WAYS = 4  #: of them told, and of them not told
REMEMBERED = 256  #: texts a key
LASTS = 3600.0  #: seconds


@dataclass(frozen=True)
class _Seen:
    at: float
    whole: bytes
    sketch: frozenset[int]
    told: bool


class Watch:
    """What each key sent lately, as sketches."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._seen: dict[UUID, deque[_Seen]] = {}
        self._lock = threading.Lock()

    def notice(self, key: UUID, text: str, *, told: bool) -> int:
        """Take one text into account; `told`: a sign was told. Returns how many variants of it were tried out, or 0 while it is no
        trying-out. After it has been said once the count begins anew."""
        seen = _Seen(self._clock(), self._hash(text[: 4 * LETTERS].encode("utf-8", "replace"), 16), self._sketch(text), told)
        with self._lock:
            past = self._seen.setdefault(key, deque(maxlen=REMEMBERED))
            while past and seen.at - past[0].at > LASTS:
                past.popleft()
            outcomes = {other.whole: other.told for other in past if _alike(other.sketch, seen.sketch)}
            outcomes[seen.whole] = told
            past.append(seen)
            yes = sum(outcomes.values())
            if len(outcomes) < VARIANTS or min(yes, len(outcomes) - yes) < BOTH_WAYS:
                return 0
            past.clear()
            return len(outcomes)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._seen.clear()

    def _sketch(self, text: str) -> frozenset[int]:
        decomposed = unicodedata.normalize("NFKD", text[: 2 * LETTERS]).casefold()
        letters = "".join(sign for sign in decomposed if sign.isalpha())[:LETTERS]
        runs = {letters[place : place + RUN] for place in range(max(1, len(letters) - RUN + 1))}
        return frozenset(heapq.nsmallest(SMALLEST, (int.from_bytes(self._hash(run.encode("utf-8", "replace"), 8)) for run in runs)))

    def _hash(self, raw: bytes, size: int) -> bytes:
        return hashlib.blake2b(raw, key=self._key, digest_size=size).digest()


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= ALIKE * min(len(one), len(other))


watch = Watch()

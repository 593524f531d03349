"""Who tries keys that do not exist is slowed down, by address. Kept in memory only, as keyed hashes, and forgotten.

A key that is good always opens, also from an address that waits: its 200 bits can't be found by trying, and one wrong setting in an
office must not lock out the office's other programs. So what this limits is work, not luck.
"""

import hashlib
import ipaddress
import math
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

FREE_TRIES = 10  #: within `WINDOW` seconds
WINDOW = 60.0
LONGEST_WAIT = 900.0
REMEMBERED = 10_000  #: addresses; the longest quiet one is forgotten first


@dataclass
class _Tries:
    since: float
    count: int = 0
    waits: int = 0
    until: float = 0.0


class BadKeys:
    """Counts bad keys by address. Each further round of bad tries doubles the wait: 1, 2, 4 … 15 minutes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._tries: OrderedDict[bytes, _Tries] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, address: str) -> int:
        """One more bad key from here. Returns the seconds to wait, 0 while tries are left."""
        now, name = self._clock(), self._name(address)
        with self._lock:
            tries = self._tries.setdefault(name, _Tries(now))
            self._tries.move_to_end(name)
            if now < tries.until:
                return math.ceil(tries.until - now)
            if now - max(tries.since, tries.until) > LONGEST_WAIT:
                tries.waits = 0
            if now - tries.since > WINDOW:
                tries.since, tries.count = now, 0
            tries.count += 1
            if tries.count <= FREE_TRIES:
                self._forget()
                return 0
            wait = min(LONGEST_WAIT, WINDOW * (1 << tries.waits))
            tries.waits, tries.count, tries.until = min(tries.waits + 1, 8), 0, now + wait
            return math.ceil(wait)

    def clear(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._tries.clear()

    def _forget(self) -> None:
        while len(self._tries) > REMEMBERED:
            self._tries.popitem(last=False)

    def _name(self, address: str) -> bytes:
        """A keyed hash of the address; of IPv6 the network, since one machine has many addresses there."""
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            parsed = None
        raw = address.encode() if parsed is None else parsed.packed[:8] if parsed.version == 6 else parsed.packed
        return hashlib.blake2b(raw, key=self._key, digest_size=16).digest()


bad_keys = BadKeys()

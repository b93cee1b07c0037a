"""UUIDv7 (RFC 9562, section 5.7). Python has none before 3.14."""

from secrets import randbits
from threading import Lock
from time import time_ns
from uuid import UUID

from lms_app.ports.ids import Ids

_TAIL_BITS = 74
_STEP_BITS = 32


class Uuid7Ids(Ids):
    """Milliseconds and 74 random bits. Later ones sort after earlier ones, also within one millisecond and when the
    clock is set back: then the random part counts up by random steps (section 6.2, method 2)."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._milliseconds = 0
        self._tail = 0

    def new(self) -> UUID:
        """See the port."""
        with self._lock:
            now = time_ns() // 1_000_000
            if now > self._milliseconds:
                self._milliseconds = now
                self._tail = randbits(_TAIL_BITS - 1)
            else:
                self._tail += 1 + randbits(_STEP_BITS)
                if self._tail >> _TAIL_BITS:
                    self._milliseconds += 1
                    self._tail = randbits(_TAIL_BITS - 1)
            milliseconds, tail = self._milliseconds, self._tail
        high, low = divmod(tail, 1 << 62)
        return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)

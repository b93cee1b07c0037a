"""Bytes that look random and are the same at every run."""

import hashlib
from itertools import count as numbers

from lms_app.ports.randomness import Randomness


class SequentialRandomness(Randomness):
    """Digests of 1, 2, 3. ``given`` holds everything that was given out, in order."""

    def __init__(self) -> None:
        self._numbers = numbers(1)
        self.given: list[bytes] = []

    def random_bytes(self, count: int) -> bytes:
        """See the port."""
        made = hashlib.shake_256(str(next(self._numbers)).encode()).digest(count)
        self.given.append(made)
        return made

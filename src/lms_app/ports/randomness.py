"""Port: random bytes that nobody can guess."""

from typing import Protocol


class Randomness(Protocol):
    """The source of every secret that is given out: links, codes, keys."""

    def random_bytes(self, count: int) -> bytes:
        """``count`` bytes, at least 1, fit for cryptography."""
        ...

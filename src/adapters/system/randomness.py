"""The machine's source of random bytes."""

from secrets import token_bytes

from lms_app.ports.randomness import Randomness


class SystemRandomness(Randomness):
    """The operating system's generator."""

    def random_bytes(self, count: int) -> bytes:
        """See the port."""
        return token_bytes(count)

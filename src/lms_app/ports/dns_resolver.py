"""Port: asking the DNS."""

from typing import Protocol


class DnsUnavailable(Exception):
    """No answer just now. A name that does not exist is an answer: it has no records."""


class DnsResolver(Protocol):
    """Looks names up, without a memory of its own beyond what the records allow."""

    async def txt(self, name: str) -> tuple[str, ...]:
        """The TXT records of ``name``, each with its parts joined; none when there is no such name. Ends within 10 s.

        Args:
            name: a whole name in ASCII, without a dot at the end.

        Raises:
            DnsUnavailable: see there.
        """
        ...

"""A domain name system in memory."""

from lms_app.ports.dns_resolver import DnsResolver, DnsUnavailable


class MemoryDnsResolver(DnsResolver):
    """``records`` holds the TXT records by name in lower case. While ``is_down`` is true no name server answers."""

    def __init__(self) -> None:
        self.records: dict[str, tuple[str, ...]] = {}
        self.is_down = False

    async def txt(self, name: str) -> tuple[str, ...]:
        """See the port."""
        if self.is_down:
            raise DnsUnavailable("told so")
        return self.records.get(name.lower(), ())

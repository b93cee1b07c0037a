"""DNS by dnspython."""

import dns.asyncresolver
import dns.exception
import dns.name
import dns.rdatatype
import dns.resolver
from dns.rdtypes.ANY.TXT import TXT

from lms_app.ports.dns_resolver import DnsResolver, DnsUnavailable

_TOTAL_SECONDS = 8.0
_SECONDS_FOR_EACH_TRY = 2.0


class DnspythonResolver(DnsResolver):
    """Asks the name servers of the machine (``/etc/resolv.conf``), or those that it is given."""

    def __init__(self, servers: tuple[str, ...] = (), *, port: int = 53, total_seconds: float = _TOTAL_SECONDS) -> None:
        """``servers``: IP addresses. Without any, the machine's are read anew for every question."""
        self._servers = servers
        self._port = port
        self._total_seconds = total_seconds

    async def txt(self, name: str) -> tuple[str, ...]:
        """See the port."""
        try:
            absolute = dns.name.from_text(name, dns.name.root)
        except dns.exception.DNSException:
            return ()  # there cannot be such a name
        try:
            answer = await self._resolver().resolve(absolute, dns.rdatatype.TXT, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return ()
        except (dns.exception.DNSException, OSError) as error:
            raise DnsUnavailable(f"No name server could say what {name} has: {error}") from error
        # A record longer than 255 bytes comes in pieces that belong together (RFC 7208 section 3.3).
        return tuple(
            b"".join(record.strings).decode("utf-8", "replace") for record in answer if isinstance(record, TXT)
        )

    def _resolver(self) -> dns.asyncresolver.Resolver:
        resolver = dns.asyncresolver.Resolver(configure=not self._servers)
        if self._servers:
            resolver.nameservers = list(self._servers)
            resolver.port = self._port
        resolver.timeout = min(_SECONDS_FOR_EACH_TRY, self._total_seconds)
        resolver.lifetime = self._total_seconds
        return resolver

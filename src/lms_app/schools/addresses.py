"""Where the sites of this installation are. Links in mails are made here, from settings, and never from a request's
``Host``: whoever sends a request could choose that."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class PublicAddresses:
    """Makes links.

    Args:
        public_url: ``http`` or ``https`` and the port, such as ``https://lms.example`` or ``http://localhost:8000``.
        platform_domain: of the Command Center; schools are one label below it.

    Raises:
        ValueError: ``public_url`` is no such address.
    """

    public_url: str
    platform_domain: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.public_url)
        if parts.scheme not in {"http", "https"} or not parts.netloc or "@" in parts.netloc:
            raise ValueError("not the address of a site")
        parts.port  # noqa: B018 -- raises ValueError for a port that is none

    def platform_url(self, path: str = "/") -> str:
        """A page of the Command Center. ``path`` is an absolute one, its query included, percent-encoded."""
        return self._url(self.platform_domain, path)

    def school_url(self, subdomain: str, path: str = "/") -> str:
        """A page of a school, at the address that every school has and never loses."""
        return self._url(f"{subdomain}.{self.platform_domain}", path)

    def domain_url(self, hostname: str, path: str = "/") -> str:
        """A page of a school on its own, verified domain."""
        return self._url(hostname, path)

    def _url(self, host: str, path: str) -> str:
        if not path.startswith("/") or path[1:2] in {"/", "\\"}:
            raise ValueError("a path on the same site begins with one slash")
        parts = urlsplit(self.public_url)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{host}{port}{path}"

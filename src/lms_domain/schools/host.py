"""Which site a request is for: the tenant of a request comes from its host and from nowhere else."""

import re
from dataclasses import dataclass

from lms_domain.schools.subdomain import MAX_LENGTH

_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_PORT = re.compile(r"[0-9]{1,5}", re.ASCII)
MAX_HOST_LENGTH = 253


@dataclass(frozen=True, slots=True)
class PlatformHost:
    """The platform's own domain: the Command Center."""


@dataclass(frozen=True, slots=True)
class SchoolSubdomain:
    """``<label>.<platform domain>``."""

    label: str


@dataclass(frozen=True, slots=True)
class CustomDomain:
    """Some other well-formed name: perhaps a school's own domain."""

    name: str


Site = PlatformHost | SchoolSubdomain | CustomDomain


def parse_host(raw: str, *, platform_domain: str) -> Site | None:
    """The site that a raw ``Host`` header names, or None when it is not a host name we could ever serve.

    Strict on purpose: user info, IPv6, non-ASCII, underscores, empty labels and a second label in front of the
    platform's domain are all None.

    Args:
        platform_domain: lower case, no port, such as ``localhost`` or ``lms.example``.
    """
    if not raw.isascii():
        return None  # before lower(): it turns some letters into ASCII, such as the sign for Kelvin into a k
    name, colon, port = raw.partition(":")
    if colon and (not _PORT.fullmatch(port) or not 0 < int(port) < 65536):
        return None
    name = name.lower().removesuffix(".")
    if len(name) > MAX_HOST_LENGTH or not _NAME.fullmatch(name):
        return None
    if name == platform_domain:
        return PlatformHost()
    if name.endswith("." + platform_domain):
        label = name.removesuffix("." + platform_domain)
        return None if "." in label or len(label) > MAX_LENGTH else SchoolSubdomain(label)
    return CustomDomain(name)

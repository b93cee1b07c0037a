"""A school's own host name."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lms_domain.errors import Conflict, InvalidInput
from lms_domain.schools.host import CustomDomain, parse_host

MAX_DOMAINS = 5
"""Names that one school may have, verified or not."""
MAX_HOSTNAME = 240
"""Leaves room for the label in front of it where the proof is looked up."""

_TOP_LEVEL = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}", re.ASCII)
_NOT_ON_THE_INTERNET = frozenset(
    {"localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "test", "invalid", "example",
     "onion", "alt", "arpa"}
)  # fmt: skip
"""Top-level names that the public DNS does not hold or that belong to its own machinery (RFC 2606, 6761, 6762)."""


class DomainStatus(StrEnum):
    """PENDING until the DNS has shown that the name is the school's."""

    PENDING = "PENDING"
    VERIFIED = "VERIFIED"


@dataclass(frozen=True, slots=True)
class TenantDomain:
    """A host name under which a school wants to be reached. Several schools may wait for one name; one gets it."""

    id: UUID
    tenant_id: UUID
    hostname: str
    """ASCII, lower case, no port, no dot at the end."""
    status: DomainStatus
    token: str
    """Random; known to this school only, until it publishes it."""
    created_at: datetime
    verified_at: datetime | None

    def __post_init__(self) -> None:
        if (self.status is DomainStatus.VERIFIED) != (self.verified_at is not None):
            raise InvalidInput("A domain is verified at some time, or it is not verified.")

    @property
    def txt_name(self) -> str:
        """Where the school puts its TXT record."""
        return f"_brain-lms.{self.hostname}"

    @property
    def txt_value(self) -> str:
        """What the TXT record says."""
        return f"brain-lms-verification={self.token}"

    def verify(self, records: Iterable[str], *, now: datetime) -> "TenantDomain":
        """The domain, verified by the TXT records found at ``txt_name``. A verified one keeps its first date.

        Raises:
            Conflict: ``domain_not_verified``: the value is not among them.
        """
        if self.txt_value not in {record.strip() for record in records}:
            raise Conflict(
                f"There is no TXT record {self.txt_name} with the value {self.txt_value} yet. "
                "New records may take some hours to be seen everywhere.",
                code="domain_not_verified",
            )
        return replace(self, status=DomainStatus.VERIFIED, verified_at=self.verified_at or now)


def check_hostname(value: str, *, platform_domain: str) -> str:
    """``value`` as ASCII in lower case, when it may be a school's own host name.

    Addresses, names of a single label, the platform's own domain and everything below it, and names that the public
    DNS cannot hold are refused.

    Raises:
        InvalidInput: ``invalid``, or ``reserved`` for the platform's names.
    """
    ascii_name = _to_ascii(value.strip().removesuffix("."))
    if ascii_name == platform_domain or ascii_name.endswith("." + platform_domain):
        raise InvalidInput.for_field("hostname", "reserved", "This name belongs to the platform.")
    labels = ascii_name.split(".")
    if (
        ":" in ascii_name
        or len(ascii_name) > MAX_HOSTNAME
        or len(labels) < 2
        or not _TOP_LEVEL.fullmatch(labels[-1])  # browsers read a name that ends in a number as an address
        or labels[-1] in _NOT_ON_THE_INTERNET
        or parse_host(ascii_name, platform_domain=platform_domain) != CustomDomain(ascii_name)
    ):
        raise InvalidInput.for_field(
            "hostname", "invalid", "Use a full host name of your school, like learn.school.org."
        )
    return ascii_name


def _to_ascii(name: str) -> str:
    """A-labels as browsers make them (UTS 46, non-transitional): Python's own codec, of 2003, takes ß for ss and would
    verify another name. Empty when there are signs that are no letters; what else the DNS forbids cannot be
    registered."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).lower()).replace("。", ".")
    if any(not character.isascii() and unicodedata.category(character)[0] not in "LMN" for character in folded):
        return ""
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii") for label in folded.split(".")
    )

"""A school's own host name."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lms_domain.errors import Conflict, InvalidInput
from lms_domain.schools.host import CustomDomain, parse_host

MAX_DOMAINS = 5
"""Names that one school may have, verified or not."""
MAX_HOSTNAME = 240
"""Leaves room for the label in front of it where the proof is looked up."""
GRACE = timedelta(days=7)
"""How long a proof may be missing before the name is no longer the school's."""

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
    missing_since: datetime | None = None
    """Since when the proof of a verified name is not there any more."""

    def __post_init__(self) -> None:
        if (self.status is DomainStatus.VERIFIED) != (self.verified_at is not None):
            raise InvalidInput("A domain is verified at some time, or it is not verified.")
        if self.missing_since is not None and self.status is not DomainStatus.VERIFIED:
            raise InvalidInput("Only the proof of a verified domain can be missing.")

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
        if not self._is_proven_by(records):
            raise Conflict(
                f"There is no TXT record {self.txt_name} with the value {self.txt_value} yet. "
                "New records may take some hours to be seen everywhere.",
                code="domain_not_verified",
            )
        return replace(self, status=DomainStatus.VERIFIED, verified_at=self.verified_at or now, missing_since=None)

    def proven_again(self, records: Iterable[str], *, now: datetime) -> "TenantDomain":
        """The verified domain after another look at ``txt_name``: as it was while the proof is there; missing it from
        the first look without; waiting for a proof, like a new one, when it was missing for longer than GRACE. Whoever
        got no answer has not looked."""
        if self._is_proven_by(records):
            return replace(self, missing_since=None)
        missing_since = self.missing_since or now
        if now - missing_since < GRACE:
            return replace(self, missing_since=missing_since)
        return replace(self, status=DomainStatus.PENDING, verified_at=None, missing_since=None)

    def _is_proven_by(self, records: Iterable[str]) -> bool:
        return self.txt_value in {record.strip() for record in records}


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

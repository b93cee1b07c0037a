"""Ports: certificates of completed courses, to read and to print. They are issued with the completion."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec

from lms_app.listing import Listing, PageRequest
from lms_app.scope import TenantScope


class CertificateRow(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate. What it says of the course was true when it was issued; the person and the school are called as
    they are now. ``course_id`` is None once the course is gone."""

    id: UUID
    course_id: UUID | None
    course_title: str
    course_version: int
    estimated_hours: float | None
    code: str
    issued_at: datetime
    first_name: str
    last_name: str
    school_name: str
    subdomain: str
    time_zone: str
    locale: str
    primary_color: str
    logo_url: str | None


class CertificateQueries(Protocol):
    """Certificates of one school. Of people who were erased there are none."""

    async def of_person(self, scope: TenantScope, user_id: UUID, page: PageRequest) -> Listing[CertificateRow]:
        """A person's certificates, the newest first."""
        ...

    async def one_of_person(self, scope: TenantScope, user_id: UUID, certificate_id: UUID) -> CertificateRow | None:
        """One of them."""
        ...

    async def by_code(self, scope: TenantScope, code: str) -> CertificateRow | None:
        """The certificate with that code."""
        ...


@dataclass(frozen=True, slots=True)
class CertificatePaper:
    """What is to be printed. Texts may be of any script and direction."""

    school: str
    title: str
    person: str
    course: str
    sentences: tuple[str, str]
    """Between the title and the person, and between the person and the course."""
    facts: tuple[str, ...]
    """Lines below the course."""
    address: str
    """Where anybody can see that it is true."""
    logo: bytes | None
    """PNG, JPEG or WebP."""
    color: str
    """#rrggbb of the school."""


class CertificatePrinter(Protocol):
    """Makes PDF."""

    async def print(self, paper: CertificatePaper) -> bytes:
        """One page, A4 across. A logo that cannot be read is left out."""
        ...

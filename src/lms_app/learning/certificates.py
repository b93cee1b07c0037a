"""Certificates of completed courses."""

import re
from datetime import datetime
from uuid import UUID

import msgspec

from lms_app.actor import Actor
from lms_app.files.logo import SchoolLogos
from lms_app.listing import Listing, PageRequest
from lms_app.ports.certificates import CertificatePaper, CertificatePrinter, CertificateQueries, CertificateRow
from lms_app.reports.school_writing import SchoolWriting
from lms_app.schools.addresses import PublicAddresses
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound

_CODE = re.compile(r"[0-9a-f]{24}")


class CertificateView(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate of the person who asks. ``verify_url`` is for whoever should believe it, ``file_url`` the PDF.
    ``course_version`` is the version of the course that was completed; ``course_id`` is null once the course is
    gone."""

    id: UUID
    course_id: UUID | None
    course_title: str
    course_version: int
    estimated_hours: float | None
    code: str
    issued_at: datetime
    verify_url: str
    file_url: str


class VerifiedCertificateView(msgspec.Struct, frozen=True, kw_only=True):
    """What a certificate says: who completed what, when, and at which school."""

    code: str
    school_name: str
    holder_name: str
    course_title: str
    estimated_hours: float | None
    issued_at: datetime


class CertificateFile(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate to save."""

    name: str
    body: bytes


class ListCertificates:
    """The certificates of the person who asks, the newest first. One is issued by itself when a course is completed;
    it stays whatever becomes of the course, and says what the course was called when it was completed."""

    def __init__(self, queries: CertificateQueries, addresses: PublicAddresses) -> None:
        self._queries = queries
        self._addresses = addresses

    async def __call__(self, actor: Actor, page: PageRequest) -> Listing[CertificateView]:
        """Raises NotAllowed: not a learner."""
        found = await self._queries.of_person(actor.school(Permission.LEARN), actor.user_id, page)
        return Listing(found.count, [self._view(row) for row in found.results])

    def _view(self, row: CertificateRow) -> CertificateView:
        return CertificateView(
            id=row.id,
            course_id=row.course_id,
            course_title=row.course_title,
            course_version=row.course_version,
            estimated_hours=row.estimated_hours,
            code=row.code,
            issued_at=row.issued_at,
            verify_url=address_of(row, self._addresses),
            file_url=f"/api/teacher/certificates/{row.id}/file/",
        )


class PrintCertificate:
    """A certificate of the person who asks, as a PDF in the looks of the school."""

    def __init__(
        self,
        queries: CertificateQueries,
        printer: CertificatePrinter,
        logos: SchoolLogos,
        addresses: PublicAddresses,
    ) -> None:
        self._queries = queries
        self._printer = printer
        self._logos = logos
        self._addresses = addresses

    async def __call__(self, actor: Actor, certificate_id: UUID) -> CertificateFile:
        """Raises NotFound: this person has no such certificate."""
        scope = actor.school(Permission.LEARN)
        row = await self._queries.one_of_person(scope, actor.user_id, certificate_id)
        if row is None:
            raise NotFound("There is no such certificate.")
        written = SchoolWriting(row.locale, row.time_zone)
        day = written.day_of(row.issued_at)
        hours = [f"Estimated effort: {written.number(row.estimated_hours)} hours"] if row.estimated_hours else []
        paper = CertificatePaper(
            school=row.school_name,
            title="Certificate of completion",
            person=_name(row),
            course=row.course_title,
            sentences=("This is to certify that", "has completed the course"),
            facts=(f"Completed on {day}", *hours, f"Code: {_grouped(row.code)}"),
            address=address_of(row, self._addresses),
            logo=await self._logos.read(scope, row.logo_url),
            color=row.primary_color,
        )
        return CertificateFile(name=f"certificate-{row.code[:8]}.pdf", body=await self._printer.print(paper))


class VerifyCertificate:
    """Whether a certificate of this school is true, by its code: who completed what, and when. For anybody who was
    given the code; spaces and hyphens in it do not matter."""

    def __init__(self, queries: CertificateQueries) -> None:
        self._queries = queries

    async def __call__(self, tenant_id: UUID | None, code: str) -> VerifiedCertificateView:
        """Raises NotFound: there is no such certificate at this school, or its holder was erased."""
        plain = re.sub(r"[\s-]", "", code).lower()
        row = None
        if tenant_id is not None and _CODE.fullmatch(plain):
            row = await self._queries.by_code(TenantScope(tenant_id), plain)
        if row is None:
            raise NotFound("There is no such certificate.")
        return VerifiedCertificateView(
            code=row.code,
            school_name=row.school_name,
            holder_name=_name(row),
            course_title=row.course_title,
            estimated_hours=row.estimated_hours,
            issued_at=row.issued_at,
        )


def address_of(row: CertificateRow, addresses: PublicAddresses) -> str:
    """The public page of a certificate."""
    return addresses.school_url(row.subdomain, f"/certificates/{row.code}")


def _name(row: CertificateRow) -> str:
    return f"{row.first_name} {row.last_name}".strip()


def _grouped(code: str) -> str:
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))

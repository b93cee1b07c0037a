"""Routes of certificates."""

from uuid import UUID

from dishka import FromDishka
from litestar import get
from litestar.params import FromPath
from litestar.types import ASGIApp

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.bytes_response import BytesResponse
from entrypoints.http.declare import ANYWHERE, SIGNED_IN, errors, rule_of
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, page_of, page_request
from entrypoints.http.session import PUBLIC
from lms_app.learning.certificates import (
    CertificateView,
    ListCertificates,
    PrintCertificate,
    VerifiedCertificateView,
    VerifyCertificate,
)


@get(
    "/api/teacher/certificates",
    operation_id="listCertificates",
    summary="My certificates",
    description=rule_of(ListCertificates),
    responses=errors(SIGNED_IN),
)
@inject
async def list_certificates(
    request: ApiRequest,
    list_own: FromDishka[ListCertificates],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
) -> Page[CertificateView]:
    wanted = page_request(request, page, page_size)
    return page_of(request, await list_own(request.actor, wanted), wanted)


@get("/api/teacher/certificates/{certificate_id:uuid}/file", include_in_schema=False)
@inject
async def get_certificate_file(
    request: ApiRequest, certificate_id: FromPath[UUID], print_certificate: FromDishka[PrintCertificate]
) -> ASGIApp:
    file = await print_certificate(request.actor, certificate_id)
    return BytesResponse(file.body, file_name=file.name, media_type="application/pdf")


@get(
    "/api/certificates/{code:str}",
    operation_id="verifyCertificate",
    summary="Is this certificate true?",
    description=rule_of(VerifyCertificate),
    opt=PUBLIC,
    responses=errors(ANYWHERE),
)
@inject
async def verify_certificate(
    request: ApiRequest, code: FromPath[str], verify: FromDishka[VerifyCertificate]
) -> JsonResponse[VerifiedCertificateView]:
    school = request.visit.school
    verified = await verify(school.tenant_id if school is not None else None, code)
    return JsonResponse(verified, headers={"Vary": "Host", "Cache-Control": "no-store", "X-Robots-Tag": "noindex"})


HANDLERS = (list_certificates, verify_certificate)
FILE_HANDLERS = (get_certificate_file,)
"""Answers that are no JSON."""

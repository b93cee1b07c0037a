"""Routes that receive files other than videos, and those that hand files out."""

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass

from dishka import FromDishka
from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat
from litestar.params import FromPath
from litestar.types import ASGIApp

from entrypoints.http.api_request import ApiRequest, body_chunks, refuse_content_encoding
from entrypoints.http.declare import SIGNED_IN, errors, rule_of
from entrypoints.http.etags import matches
from entrypoints.http.file_response import FileResponse
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.multipart_form import FILE, FileForm, boundary_of
from entrypoints.http.picture_response import PictureResponse
from entrypoints.http.session import PUBLIC_FILE
from lms_app.files.open_file import OpenFile
from lms_app.files.upload_file import IncomingFile, UploadFile
from lms_app.files.views import UploadedFileView
from lms_app.schools.admission import admit
from lms_domain.errors import NotFound
from lms_domain.files.stored_file import FilePurpose

UPLOAD_ERRORS = (
    "malformed_form",
    "request_timeout",
    "too_large",
    "unsupported_media_type",
    "plan_limit",
    "storage_unavailable",
)


@dataclass
class FileOperation(Operation):
    """The body of an upload, which no handler signature describes: it is never in memory as a whole."""

    def __post_init__(self) -> None:
        form = Schema(
            type=OpenAPIType.OBJECT,
            properties={
                FILE: Schema(
                    type=OpenAPIType.STRING, content_media_type="application/octet-stream", format=OpenAPIFormat.BINARY
                )
            },
            required=[FILE],
        )
        self.request_body = RequestBody(required=True, content={"multipart/form-data": OpenAPIMediaType(schema=form)})


async def _receive(request: ApiRequest, upload: UploadFile, purpose: FilePurpose) -> UploadedFileView:
    permit = await upload.permit(request.actor, purpose, declared_bytes=request.content_length)
    refuse_content_encoding(request)
    boundary = boundary_of(request.headers.get("content-type", ""))
    async with aclosing(body_chunks(request, idle_seconds=request.options.upload_idle_seconds)) as body:
        form = FileForm(body, boundary=boundary, text_names=frozenset())
        return await upload.receive(permit, IncomingFile(await form.filename(), form.chunks()))


def _upload(name: str, purpose: FilePurpose, operation_id: str, summary: str, *more: str) -> HTTPRouteHandler:
    @post(
        f"/api/uploads/{name}",
        operation_id=operation_id,
        summary=summary,
        description=rule_of(UploadFile),
        operation_class=FileOperation,
        request_max_body_size=None,
        responses=errors(SIGNED_IN, UPLOAD_ERRORS, more),
    )
    @inject
    async def upload_file(request: ApiRequest, upload: FromDishka[UploadFile]) -> JsonResponse[UploadedFileView]:
        return JsonResponse(await _receive(request, upload, purpose))

    return upload_file


HANDLERS: Sequence[HTTPRouteHandler] = (
    _upload("tenant-logo", FilePurpose.TENANT_LOGO, "uploadTenantLogo", "Send a school's logo"),
    _upload("course-thumbnail", FilePurpose.COURSE_THUMBNAIL, "uploadCourseThumbnail", "Send a course's picture"),
    _upload("content-file", FilePurpose.CONTENT_FILE, "uploadContentFile", "Send a document for a course"),
    _upload("submission-file", FilePurpose.SUBMISSION_FILE, "uploadSubmissionFile", "Send a file of one's work"),
    _upload(
        "profile-picture",
        FilePurpose.PROFILE_PICTURE,
        "uploadProfilePicture",
        "Send a picture of oneself",
        "impersonating",
    ),
)


@get("/media/files/{token:str}", include_in_schema=False, opt=PUBLIC_FILE)
@inject
async def get_file(request: ApiRequest, token: FromPath[str], files: FromDishka[OpenFile]) -> ASGIApp:
    school = request.visit.school
    if school is None:
        raise NotFound("There is nothing here.")
    file, found = await files.find(tenant_id=school.tenant_id, token=token)
    # Only somebody with a grant of this school gets to know that it is closed.
    admit(school)
    opened = files.read(found, start=0, end=found.size)
    return FileResponse(opened, file_name=file.file_name, media_type=file.media_type)


@get("/media/public/{name:str}", include_in_schema=False, opt=PUBLIC_FILE)
@inject
async def get_public_picture(request: ApiRequest, name: FromPath[str], files: FromDishka[OpenFile]) -> ASGIApp:
    school = request.visit.school
    if school is None:
        raise NotFound("There is nothing here.")
    picture = await files.picture(tenant_id=school.tenant_id, name=name)
    etag = f'"{name}"'
    return PictureResponse(picture, etag=etag, is_known=matches(request.headers.get("if-none-match"), etag))


FILE_HANDLERS = (get_file, get_public_picture)
"""Answers that are no JSON."""

"""Routes about registering many people at once."""

from contextlib import aclosing
from dataclasses import dataclass
from uuid import UUID

from dishka import FromDishka
from litestar import get, post
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat
from litestar.params import FromPath
from litestar.types import ASGIApp

from entrypoints.http.api_request import ApiRequest, body_chunks, refuse_content_encoding
from entrypoints.http.bytes_response import BytesResponse
from entrypoints.http.declare import BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.fields import invalid
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.multipart_form import FILE, FileForm, boundary_of
from entrypoints.http.requests.people import ImportTeachersRequest
from lms_app.accounts.import_teachers import ImportTeachers, TeacherFile
from lms_app.accounts.import_views import TeacherImportView, UndoneImportView
from lms_app.accounts.shown_imports import ShowImport, result_file
from lms_app.accounts.teacher_table import MAX_BYTES
from lms_app.accounts.undo_import import UndoImport
from lms_domain.accounts.roles import Permission
from lms_domain.errors import FieldError, TooLarge

_ONE = "/api/teachers/import/{import_id:uuid}"
_DRY_RUN = "dry_run"
_SAID = {"true": True, "1": True, "on": True, "false": False, "0": False, "": False}


@dataclass
class ImportOperation(Operation):
    """The form of an import, besides its JSON."""

    def __post_init__(self) -> None:
        text = OpenAPIType.STRING
        form = Schema(
            type=OpenAPIType.OBJECT,
            properties={
                FILE: Schema(type=text, content_media_type="text/csv", format=OpenAPIFormat.BINARY),
                _DRY_RUN: Schema(type=text, enum=["true", "false"], description="Say what would happen, do nothing."),
            },
            required=[FILE],
        )
        self.request_body = RequestBody(required=True, content={"multipart/form-data": OpenAPIMediaType(schema=form)})


@post(
    "/api/teachers/import",
    operation_id="importTeachers",
    summary="Register many people at once",
    description=rule_of(ImportTeachers),
    operation_class=ImportOperation,
    opt={"json_body": ImportTeachersRequest},
    status_code=200,
    request_max_body_size=None,
    responses=errors(SIGNED_IN, BODY, "malformed_form", "impersonating"),
)
@inject
async def import_teachers(
    request: ApiRequest, import_them: FromDishka[ImportTeachers]
) -> JsonResponse[TeacherImportView]:
    request.actor.school(Permission.MANAGE_SCHOOL)
    refuse_content_encoding(request)
    if request.content_type[0] == "multipart/form-data":
        file, dry_run = await _from_form(request)
    else:
        given = await request.decoded(ImportTeachersRequest)
        file, dry_run = TeacherFile(given.file_name, given.csv), given.dry_run
    done = await import_them(request.actor, file, dry_run=dry_run)
    return JsonResponse(done, headers={} if done.id is None else {"Location": f"/api/teachers/import/{done.id}/"})


@get(
    _ONE,
    operation_id="getTeacherImport",
    summary="What became of an import",
    description=rule_of(ShowImport),
    responses=errors(SIGNED_IN),
)
@inject
async def get_import(
    request: ApiRequest, import_id: FromPath[UUID], show: FromDishka[ShowImport]
) -> JsonResponse[TeacherImportView]:
    return JsonResponse(await show(request.actor, import_id))


@get(f"{_ONE}/result", include_in_schema=False)
@inject
async def get_result(request: ApiRequest, import_id: FromPath[UUID], show: FromDishka[ShowImport]) -> ASGIApp:
    shown = await show(request.actor, import_id)
    name = f"{shown.file_name.removesuffix('.csv')} result.csv"
    return BytesResponse(result_file(shown), file_name=name, media_type="text/csv; charset=utf-8")


@post(
    f"{_ONE}/undo",
    operation_id="undoTeacherImport",
    summary="Take an import back",
    description=rule_of(UndoImport),
    status_code=200,
    responses=errors(SIGNED_IN, "import_undone", "undo_too_late"),
)
@inject
async def undo_import(
    request: ApiRequest, import_id: FromPath[UUID], undo: FromDishka[UndoImport]
) -> JsonResponse[UndoneImportView]:
    return JsonResponse(await undo(request.actor, import_id))


HANDLERS = (import_teachers, get_import, undo_import)
FILE_HANDLERS = (get_result,)
"""Answers that are no JSON."""


async def _from_form(request: ApiRequest) -> tuple[TeacherFile, bool]:
    boundary = boundary_of(request.headers.get("content-type", ""))
    async with aclosing(body_chunks(request, idle_seconds=request.options.upload_idle_seconds)) as body:
        form = FileForm(body, boundary=boundary, text_names=frozenset({_DRY_RUN}))
        file_name, content = await form.filename(), b""
        async for chunk in form.chunks():
            content += chunk
            if len(content) > MAX_BYTES:
                raise TooLarge("Import at most 1 MiB at once.")
    said = _SAID.get(form.texts.get(_DRY_RUN, "").strip().lower())
    if said is None:
        raise invalid((FieldError(_DRY_RUN, "wrong_type", "This must be true or false."),))
    return TeacherFile(file_name, content), said

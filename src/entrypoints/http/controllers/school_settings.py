"""Routes by which a school's administrators run their school: settings, looks, host names."""

from contextlib import aclosing
from dataclasses import dataclass
from uuid import UUID

import msgspec
from dishka import FromDishka
from litestar import delete, get, patch, post
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat
from litestar.params import FromPath, JSONBody

from entrypoints.http.api_request import ApiRequest, body_chunks, refuse_content_encoding
from entrypoints.http.controllers.uploads import UPLOAD_ERRORS
from entrypoints.http.declare import BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.fields import invalid_body
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.multipart_form import FileForm, boundary_of
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, page_of, page_request, slice_of
from entrypoints.http.requests.school_settings import AddDomainRequest, UpdateSettingsRequest
from lms_app.files.upload_file import IncomingFile, UploadFile
from lms_app.schools.custom_domains import AddDomain, ListDomains, RemoveDomain, VerifyDomain
from lms_app.schools.school_settings import EditSettings, SettingsChanges, ShowSettings
from lms_app.schools.views import DomainView, SchoolSettingsView
from lms_domain.accounts.roles import Permission
from lms_domain.files.stored_file import FilePurpose

LOGO = "logo"
_TEXTS = frozenset(UpdateSettingsRequest.__struct_fields__) - {LOGO}


@dataclass
class SettingsOperation(Operation):
    """A body of two kinds. The one as a form is for browsers that send the logo along."""

    def __post_init__(self) -> None:
        text = Schema(type=OpenAPIType.STRING, max_length=1024)
        logo = Schema(
            type=OpenAPIType.STRING, content_media_type="application/octet-stream", format=OpenAPIFormat.BINARY
        )
        form = Schema(type=OpenAPIType.OBJECT, properties={LOGO: logo, **dict.fromkeys(sorted(_TEXTS), text)})
        self.request_body = RequestBody(required=True, content={"multipart/form-data": OpenAPIMediaType(schema=form)})


@get(
    "/api/tenants/settings",
    operation_id="getSettings",
    summary="The school's settings",
    description=rule_of(ShowSettings),
    responses=errors(SIGNED_IN),
)
@inject
async def get_settings(request: ApiRequest, show: FromDishka[ShowSettings]) -> JsonResponse[SchoolSettingsView]:
    return JsonResponse(await show(request.actor))


@patch(
    "/api/tenants/settings",
    operation_id="updateSettings",
    summary="Change the school's settings",
    description=f"{rule_of(EditSettings)}\n\nAs JSON, or as a form that brings the logo along.",
    operation_class=SettingsOperation,
    opt={"json_body": UpdateSettingsRequest},
    request_max_body_size=None,
    responses=errors(SIGNED_IN, BODY, UPLOAD_ERRORS),
)
@inject
async def update_settings(
    request: ApiRequest, edit: FromDishka[EditSettings], upload: FromDishka[UploadFile]
) -> JsonResponse[SchoolSettingsView]:
    request.actor.require(Permission.MANAGE_SCHOOL)
    if request.content_type[0] == "multipart/form-data":
        data = await _settings_of_form(request, upload)
    else:
        data = await request.decoded(UpdateSettingsRequest)
    changes = SettingsChanges(**{name: getattr(data, name) for name in data.__struct_fields__})
    return JsonResponse(await edit(request.actor, changes))


async def _settings_of_form(request: ApiRequest, upload: UploadFile) -> UpdateSettingsRequest:
    """The form's texts, and the logo as the file that it has become."""
    permit = await upload.permit(request.actor, FilePurpose.TENANT_LOGO, declared_bytes=request.content_length)
    refuse_content_encoding(request)
    boundary = boundary_of(request.headers.get("content-type", ""))
    values: dict[str, object] = {}
    async with aclosing(body_chunks(request, idle_seconds=request.options.upload_idle_seconds)) as body:
        form = FileForm(body, boundary=boundary, text_names=_TEXTS, file_name=LOGO)
        filename = await form.find_file()
        if filename is not None:
            values[LOGO] = (await upload.receive(permit, IncomingFile(filename, form.chunks()))).file_id
    try:
        return msgspec.convert({**values, **form.texts}, UpdateSettingsRequest, strict=False)
    except msgspec.ValidationError as error:
        raise invalid_body(error) from None


@get(
    "/api/tenants/domains",
    operation_id="listDomains",
    summary="The school's own host names",
    description=rule_of(ListDomains),
    responses=errors(SIGNED_IN),
)
@inject
async def list_domains(
    request: ApiRequest,
    domains: FromDishka[ListDomains],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
) -> Page[DomainView]:
    wanted = page_request(request, page, page_size)
    return page_of(request, slice_of(await domains(request.actor), wanted), wanted)


@post(
    "/api/tenants/domains",
    operation_id="addDomain",
    summary="Name a host name of the school's own",
    description=rule_of(AddDomain),
    responses=errors(SIGNED_IN, BODY, "hostname_taken", "too_many_domains", "plan_limit", "impersonating"),
)
@inject
async def add_domain(
    request: ApiRequest, data: JSONBody[AddDomainRequest], add: FromDishka[AddDomain]
) -> JsonResponse[DomainView]:
    return JsonResponse(await add(request.actor, data.hostname))


@post(
    "/api/tenants/domains/{domain_id:uuid}/verify",
    operation_id="verifyDomain",
    summary="Look for a host name's proof",
    description=rule_of(VerifyDomain),
    status_code=200,
    responses=errors(SIGNED_IN, "domain_not_verified", "hostname_taken", "plan_limit", "impersonating"),
)
@inject
async def verify_domain(
    request: ApiRequest, domain_id: FromPath[UUID], verify: FromDishka[VerifyDomain]
) -> JsonResponse[DomainView]:
    return JsonResponse(await verify(request.actor, domain_id))


@delete(
    "/api/tenants/domains/{domain_id:uuid}",
    operation_id="removeDomain",
    summary="Give a host name up",
    description=rule_of(RemoveDomain),
    responses=errors(SIGNED_IN, "impersonating"),
)
@inject
async def remove_domain(request: ApiRequest, domain_id: FromPath[UUID], remove: FromDishka[RemoveDomain]) -> None:
    await remove(request.actor, domain_id)


HANDLERS = (get_settings, update_settings, list_domains, add_domain, verify_domain, remove_domain)

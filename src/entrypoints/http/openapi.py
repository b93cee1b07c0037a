"""The OpenAPI 3.1 document: what the frontend's client is generated from. Needs neither server nor database."""

from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from importlib.metadata import version
from typing import get_args, get_origin, get_type_hints

import msgspec
from litestar import Litestar, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.status_codes import HTTP_201_CREATED, HTTP_202_ACCEPTED

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.controllers import (
    accounts,
    assignments,
    attempts,
    audit,
    certificates,
    command_center,
    courses,
    credentials,
    groups,
    invitations,
    jobs,
    learning,
    learning_work,
    notices,
    operations,
    outline,
    overview,
    people,
    quiz_insights,
    reminders,
    reports,
    school_settings,
    schools,
    search,
    teacher_imports,
    uploads,
    video,
)
from entrypoints.http.etags import TaggedResponse
from entrypoints.http.examples import BODIES, example_of
from entrypoints.http.problems import INSTANCE_PREFIX, KINDS, MEDIA_TYPE, TYPE_PREFIX, FieldProblem, Problem
from entrypoints.http.schemas import Json, Schemas
from entrypoints.http.session import PUBLIC
from lms_app.jobs.show_job import JobView

_BY_TAG = {
    "accounts": (*accounts.HANDLERS, *credentials.HANDLERS, *invitations.HANDLERS),
    "people": (*people.HANDLERS, *teacher_imports.HANDLERS, *groups.HANDLERS, *overview.HANDLERS),
    "schools": (*schools.HANDLERS, *school_settings.HANDLERS),
    "platform": command_center.HANDLERS,
    "audit": audit.HANDLERS,
    "courses": (*courses.HANDLERS, *outline.HANDLERS),
    "files": uploads.HANDLERS,
    "video": video.HANDLERS,
    "learning": (
        *learning.HANDLERS,
        *learning_work.HANDLERS,
        *assignments.HANDLERS,
        *attempts.HANDLERS,
        *quiz_insights.HANDLERS,
        *search.HANDLERS,
        *certificates.HANDLERS,
    ),
    "notices": (*notices.HANDLERS, *reminders.HANDLERS),
    "reports": reports.HANDLERS,
    "jobs": jobs.HANDLERS,
    "operations": operations.HANDLERS,
}
API_HANDLERS: tuple[HTTPRouteHandler, ...] = tuple(handler for group in _BY_TAG.values() for handler in group)
"""Every operation of the contract."""

_DESCRIPTION = """\
Brain LMS: schools train their teachers. The school of a request is that of its host: `<subdomain>.<platform domain>`;
the platform's own domain serves its operators. Every path works with and without a slash at its end. Every error is a
problem (RFC 9457); rely on the code at the end of its `type`."""

_JSON = "application/json"
_LOCATION = {
    "description": "Where the job tells how far it is.",
    "required": True,
    "schema": {"type": "string", "format": "uri-reference"},
}
_TAG = {"description": "Of exactly this answer.", "required": True, "schema": {"type": "string"}}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of the answer one has: if it is still the same, nothing is sent again.",
    "schema": {"type": "string"},
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Made up by the client: a request that comes again under the same key is answered as the first was.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[\x21-\x7e]*$"},
}


@lru_cache(maxsize=1)
def openapi_document() -> bytes:
    """The document: stable order, two spaces, a line break at the end."""
    document = _paths_and_parameters()
    kinds = (kind for h in API_HANDLERS for kind in (answer_type(h), body_type(h), *choices_of(h)) if kind)
    schemas = Schemas([Problem, *kinds])
    operations = {
        operation["operationId"]: operation for item in document["paths"].values() for operation in item.values()
    }
    for tag, handlers in _BY_TAG.items():
        for handler in handlers:
            operation = operations[handler.operation_id]
            is_public = bool((handler.opt or {}).get("public"))
            operation.update(tags=[tag], security=[] if is_public else [{"bearer": []}])
            _complete(operation, handler, schemas)
    document["paths"] = dict(sorted(document["paths"].items()))
    document["components"].update(schemas=schemas.components, examples={code: _example(code) for code in sorted(KINDS)})
    return msgspec.json.format(schemas.shortened(msgspec.json.encode(document)), indent=2) + b"\n"


def _paths_and_parameters() -> Json:
    """What Litestar knows: addresses, parameters, texts and which errors there are."""
    app = Litestar(
        API_HANDLERS,
        request_class=ApiRequest,
        logging_config=None,
        openapi_config=OpenAPIConfig(
            title="Brain LMS",
            version=version("brain-lms"),
            description=_DESCRIPTION,
            components=Components(
                security_schemes={"bearer": SecurityScheme(type="http", scheme="bearer", bearer_format="JWT")}
            ),
            render_plugins=[JsonRenderPlugin()],
        ),
    )
    return app.openapi_schema.to_schema()


def _complete(operation: Json, handler: HTTPRouteHandler, schemas: Schemas) -> None:
    operation.pop("deprecated", None)
    for status, response in operation["responses"].items():
        response.pop("headers", None)
        if int(status) < 400:
            # What an operation answers with stands in its type. Litestar makes up a body where there is none.
            response.pop("content", None)
        for media in response.get("content", {}).values():
            media["schema"] = schemas[Problem]
            # Each error's example stands in the document once, not once for every operation.
            media["examples"] = {code: {"$ref": f"#/components/examples/{code}"} for code in media.get("examples", {})}
    answer, body = answer_type(handler), body_type(handler)
    if "events" in (handler.opt or {}):
        operation["responses"]["200"]["content"] = {"text/event-stream": {"schema": {"type": "string"}}}
    if answer is not None:
        operation["responses"][str(handler.status_code)]["content"] = _shown(answer, schemas)
    if "files" in (handler.opt or {}):
        made = {kind: {"schema": {"type": "string"}} for kind in (handler.opt or {})["files"]}
        operation["responses"]["200"]["content"].update(made)
        operation["responses"]["202"] = {
            "description": "The file is made in the background.",
            "headers": {"Location": _LOCATION},
            "content": _shown(JobView, schemas),
        }
    if is_tagged(handler):
        operation.setdefault("parameters", []).append(dict(_IF_NONE_MATCH))
        operation["responses"]["200"]["headers"] = {"ETag": _TAG}
        operation["responses"]["304"] = {"description": "Nothing has changed.", "headers": {"ETag": _TAG}}
    if answer is JobView and handler.status_code == HTTP_202_ACCEPTED:
        operation["responses"]["202"]["headers"] = {"Location": _LOCATION}
    if is_done_once(handler):
        operation.setdefault("parameters", []).append(dict(_IDEMPOTENCY_KEY))
        operation["responses"].setdefault("409", _conflict(schemas))["content"][MEDIA_TYPE]["examples"].update(
            {code: {"$ref": f"#/components/examples/{code}"} for code in ("request_at_work", "idempotency_key_reused")}
        )
    operation["responses"] = dict(sorted(operation["responses"].items()))
    if body is not None:
        # A body that may come in another form too says so by itself: see `json_body` of a handler's `opt`.
        forms = operation["requestBody"]["content"] if "json_body" in (handler.opt or {}) else {}
        is_required = not takes_nothing(handler)
        schema = schemas[body] if is_required else {"anyOf": [schemas[body], {"type": "null"}]}
        sent = {"schema": schema, **_given(operation["operationId"])}
        operation["requestBody"] = {"required": is_required, "content": {_JSON: sent, **forms}}
    for parameter in operation.get("parameters", []):
        for name in ("deprecated", "allowEmptyValue", "allowReserved"):
            parameter.pop(name, None)
        parameter["schema"] = _plain(parameter["schema"])


def _shown(answer: object, schemas: Schemas) -> Json:
    return {_JSON: {"schema": schemas[answer], "example": example_of(answer)}}


def _given(operation_id: str) -> Json:
    """A test misses those that are missing."""
    return {"example": BODIES[operation_id]} if operation_id in BODIES else {}


def is_tagged(handler: HTTPRouteHandler) -> bool:
    """Whether a handler answers 304 to those who have its answer already."""
    return get_origin(_hints(handler)["return"]) is TaggedResponse


def is_done_once(handler: HTTPRouteHandler) -> bool:
    """Whether a handler creates something for somebody who is signed in: such a request may carry a key."""
    creates = handler.status_code in {HTTP_201_CREATED, HTTP_202_ACCEPTED}
    opt = handler.opt or {}
    return creates and "POST" in handler.http_methods and not opt.get("public") and not opt.get("secret_answer")


def _conflict(schemas: Schemas) -> Json:
    content = {MEDIA_TYPE: {"schema": schemas[Problem], "examples": {}}}
    return {"description": KINDS["request_at_work"].title, "content": content}


def _plain(schema: Json) -> Json:
    """The schema of a parameter: absent is never null there, and limits of whole numbers are whole."""
    choices = [choice for choice in schema.pop("oneOf", []) if choice != {"type": "null"}]
    schema.pop("description", None)
    for choice in choices:
        schema |= choice
    if schema.get("type") == "integer":
        schema |= {name: int(schema[name]) for name in ("minimum", "maximum") if name in schema}
    return schema


def answer_type(handler: HTTPRouteHandler) -> object:
    """What a handler answers with, out of its ``Response``; None for nothing."""
    hint = _hints(handler)["return"]
    origin = get_origin(hint)
    inner = get_args(hint)[0] if isinstance(origin, type) and issubclass(origin, Response) else hint
    return None if inner is type(None) else inner


def choices_of(handler: HTTPRouteHandler) -> Iterator[type[Enum]]:
    """The types of a handler's parameters that have a name of their own in the document."""
    for parameter in handler.parsed_fn_signature.parameters.values():
        for kind in (parameter, *parameter.inner_types):
            if isinstance(kind.annotation, type) and issubclass(kind.annotation, Enum):
                yield kind.annotation


def body_type(handler: HTTPRouteHandler) -> object:
    """The type of a handler's JSON body; None where it takes none. A handler that reads it itself names it in its
    ``opt``."""
    hint = _hints(handler).get("data", (handler.opt or {}).get("json_body"))
    return next((kind for kind in get_args(hint) or (hint,) if kind is not type(None)), None)


def takes_nothing(handler: HTTPRouteHandler) -> bool:
    """Whether a handler's JSON body may be left out."""
    return type(None) in get_args(_hints(handler).get("data"))


def _hints(handler: HTTPRouteHandler) -> dict[str, object]:
    return get_type_hints(getattr(handler.fn, "__dishka_orig_func__", handler.fn))


def _example(code: str) -> dict[str, object]:
    kind = KINDS[code]
    field = FieldProblem(field="title", code="too_long", message="Use at most 200 characters.")
    is_validation = code == "validation_error"
    problem = Problem(
        type=TYPE_PREFIX + code,
        title=kind.title,
        status=kind.status,
        detail=f"{field.field}: {field.message}" if is_validation else f"{kind.title}.",
        instance=f"{INSTANCE_PREFIX}0c6f3a1e9b5d4c2f8a7e6d01",
        errors=[field] if is_validation else msgspec.UNSET,
    )
    return {"summary": kind.title, "value": problem}


@get("/api/openapi.json", include_in_schema=False, opt=PUBLIC)
async def get_openapi() -> Response[bytes]:
    return Response(openapi_document(), media_type="application/json")


HANDLERS = (get_openapi,)

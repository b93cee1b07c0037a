"""Every route there is, whatever it does: declared, guarded, and honest about wrong methods."""

import re
from typing import Any
from uuid import uuid4

import pytest
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from entrypoints.http.openapi import openapi_document
from lms_domain.accounts.roles import Role
from tests.unit.entrypoints.http.committed_document import COMMITTED, DOCUMENT
from tests.unit.entrypoints.http.kit import Kit

Operation = dict[str, Any]

OPERATIONS: dict[tuple[str, str], Operation] = {
    (method.upper(), path): operation for path, item in DOCUMENT["paths"].items() for method, operation in item.items()
}
PUBLIC_FILES = {
    "/", "/{path:path}", "/media/{token:str}/{path:path}", "/media/public/{name:str}", "/media/files/{token:str}",
    "/api/openapi.json", "/api/docs", "/api/docs/{name:str}", "/dev/mailbox", "/dev/mailbox/{name:str}",
    "/dev/mailbox/{name:str}/html", "/api/notifications/unsubscribe/{token:str}",
}  # fmt: skip
"""Files and pages, whose addresses say themselves who may have them, and the document itself."""

FILES = {
    "/api/jobs/{job_id:uuid}/result", "/api/teacher/certificates/{certificate_id:uuid}/file",
    "/api/teachers/import/{import_id:uuid}/result",
}  # fmt: skip
"""Files for people who are signed in: what operations name as their result."""

UNDOCUMENTED = PUBLIC_FILES | FILES


def routes() -> list[tuple[str, str, HTTPRouteHandler]]:
    """Method, path and handler of every route."""
    return [
        (method, route.path, handler)
        for route in Kit().app().routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in handler.http_methods
        if method != "OPTIONS"
    ]


ROUTES = routes()


def address(path: str) -> str:
    """A path with made-up ids."""
    return re.sub(r"\{\w+(?::\w+)?\}", lambda _: str(uuid4()), path)


def test_every_route_is_in_the_document() -> None:
    routed = {(method, re.sub(r":\w+\}", "}", path)) for method, path, _ in ROUTES if path not in UNDOCUMENTED}
    assert routed == set(OPERATIONS)


@pytest.mark.parametrize(("method", "path"), sorted(OPERATIONS))
def test_an_operation_says_what_may_happen(method: str, path: str) -> None:
    operation = OPERATIONS[method, path]
    is_public = operation["security"] == []
    wanted = {"500"}
    if not path.startswith("/health/"):
        wanted |= {"400", "404", "503"}
    if not is_public:
        wanted |= {"401", "403"}
    if "requestBody" in operation:
        wanted |= {"408", "413", "415"}
    assert wanted <= set(operation["responses"])
    assert "422" not in operation["responses"]
    assert operation["summary"]
    assert len(operation["description"]) > 20
    assert len(operation["tags"]) == 1
    for status, response in operation["responses"].items():
        if status[0] in "45":
            media = response["content"]["application/problem+json"]
            assert media["schema"] == {"$ref": "#/components/schemas/Problem"}
            assert media["examples"]
        elif "content" in response:
            assert status != "204"
            assert {"application/json", "text/event-stream"} & set(response["content"])
        else:
            assert status in {"202", "204", "304"}


def test_every_reference_leads_somewhere() -> None:
    def references(piece: object) -> list[str]:
        if isinstance(piece, dict):
            return [v for k, v in piece.items() if k == "$ref"] + [r for v in piece.values() for r in references(v)]
        return [r for v in piece for r in references(v)] if isinstance(piece, list) else []

    for reference in references(DOCUMENT):
        target: Any = DOCUMENT
        for step in reference.removeprefix("#/").split("/"):
            target = target[step]


def test_examples_are_problems() -> None:
    for code, example in DOCUMENT["components"]["examples"].items():
        assert example["value"]["type"] == f"urn:lms:problem:{code}"
        assert {"title", "status", "detail", "instance"} <= set(example["value"])


MAY_BE_ABSENT = {"errors", "options", "result", "correct_answer", "explanation", "evidence", "unwatched"}
"""Fields with a question mark in the contract: of questions, keys that may not be shown yet are not there."""


def test_nothing_else_in_an_answer_is_optional() -> None:
    for name, schema in DOCUMENT["components"]["schemas"].items():
        # An answer to a question is given in one of several ways.
        if schema.get("type") == "object" and not name.endswith("Request") and name != "GivenAnswer":
            assert set(schema["required"]) >= set(schema["properties"]) - MAY_BE_ABSENT, name


def test_every_value_in_a_request_has_limits() -> None:
    def check(schema: dict[str, Any], where: str) -> None:
        for choice in schema.get("anyOf", []):
            check(choice, where)
        kind = schema.get("type")
        if kind == "string" and "format" not in schema and "enum" not in schema:
            # A pattern such as that of a colour says by itself how long it may be.
            assert "maxLength" in schema or re.search(r"\{\d+\}\$$", schema.get("pattern", "")), where
            assert "pattern" in schema, where
        if kind in {"integer", "number"}:
            assert {"minimum", "maximum"} <= set(schema), where
        if kind == "array":
            assert "maxItems" in schema, where
            check(schema["items"], where)

    for name, schema in DOCUMENT["components"]["schemas"].items():
        if name.endswith("Request"):
            assert schema["additionalProperties"] is False, name
            for field, value in schema["properties"].items():
                check(value, f"{name}.{field}")


def test_instants_are_marked() -> None:
    course = DOCUMENT["components"]["schemas"]["Course"]["properties"]
    assert course["created_at"] == {"type": "string", "format": "date-time"}
    assert course["deadline"] == {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}


def test_an_upload_is_a_form() -> None:
    operation = next(o for o in OPERATIONS.values() if o["operationId"] == "uploadVideo")
    schema = operation["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert set(schema["properties"]) == {"file", "title", "language"}
    assert schema["required"] == ["file"]


def test_the_document_is_the_one_that_is_committed() -> None:
    """Byte for byte: it was made by another process, so it is stable too."""
    first = openapi_document()
    assert first == COMMITTED.read_bytes(), "run ./just openapi"
    assert first.endswith(b"}\n")
    assert b"\n  " in first


async def test_every_route_that_is_not_public_wants_a_token() -> None:
    async with Kit().client() as client:
        for method, path, handler in ROUTES:
            if handler.opt.get("public"):
                continue
            for headers in ({}, {"Authorization": "Bearer nonsense"}):
                response = await client.request(method, address(path), headers=headers)
                assert response.status_code == 401, (method, path)
                assert response.json()["type"] == "urn:lms:problem:not_signed_in"
                assert response.headers["www-authenticate"] == "Bearer"


def test_public_routes_are_these() -> None:
    assert {path for _, path, handler in ROUTES if handler.opt.get("public")} == PUBLIC_FILES | {
        "/api/users/auth/login", "/api/users/auth/refresh", "/api/users/auth/logout", "/api/tenants/theme",
        "/health/live", "/health/ready", "/api/users/auth/exchange", "/api/users/auth/accept-invitation",
        "/api/users/auth/verify-email", "/api/users/auth/resend-verification",
        "/api/users/auth/request-password-reset", "/api/users/auth/confirm-password-reset",
        "/api/certificates/{code:str}",
    }  # fmt: skip


def test_before_a_new_password_only_these_work() -> None:
    assert {path for _, path, handler in ROUTES if handler.opt.get("before_password_change")} == {
        "/api/users/auth/me",
        "/api/users/auth/change-password",
    }


def test_before_a_second_factor_only_these_work() -> None:
    auth = "/api/users/auth"
    assert {(method, path) for method, path, handler in ROUTES if handler.opt.get("before_second_factor")} == {
        ("GET", f"{auth}/me"), ("POST", f"{auth}/change-password"), ("POST", f"{auth}/step-up"), ("GET", f"{auth}/otp"),
        ("POST", f"{auth}/otp/enrol"), ("POST", f"{auth}/otp/confirm"), ("GET", f"{auth}/sessions"),
        ("DELETE", f"{auth}/sessions"), ("DELETE", f"{auth}/sessions/{{session_id:uuid}}"),
    }  # fmt: skip


async def test_an_operator_without_a_second_factor_may_only_enrol_one() -> None:
    kit = Kit()
    headers = kit.bearer(Role.SUPER_ADMIN, None, has_second_factor=False)
    async with kit.client("lms.example") as client:
        for method, path, handler in ROUTES:
            if handler.opt.get("public"):
                continue
            response = await client.request(method, address(path), headers=headers)
            is_open = bool(handler.opt.get("before_second_factor"))
            code = response.json()["type"].removeprefix("urn:lms:problem:") if response.content else ""
            assert (code == "second_factor_required") != is_open, (method, path, code)
    local = Kit(is_local=True, platform_domain="localhost", operators_need_second_factor=False)
    async with local.client("localhost") as client:
        headers = local.bearer(Role.SUPER_ADMIN, None, has_second_factor=False)
        assert (await client.get("/api/super-admin/tenants", headers=headers)).status_code == 503


async def test_a_path_works_with_and_without_a_slash_at_its_end() -> None:
    async with Kit().client() as client:
        for method, path, _ in ROUTES:
            if path in UNDOCUMENTED:
                continue
            plain = await client.request(method, address(path))
            slashed = await client.request(method, f"{address(path)}/")
            assert plain.status_code == slashed.status_code, (method, path)
            # Nobody has to be signed in to ask for a certificate: that there is none is its own answer.
            is_reached = plain.status_code != 404 or "no such certificate" in plain.text
            assert is_reached, (method, path)


async def test_wrong_methods() -> None:
    async with Kit().client() as client:
        for path in sorted({path for _, path, _ in ROUTES} - UNDOCUMENTED):
            known = {m for m, p, _ in ROUTES if p == path}
            for method in {"DELETE", "PUT", "TRACE", "PROPFIND"} - known:
                response = await client.request(method, address(path))
                assert response.status_code == 405, (method, path)
                assert response.json()["type"] == "urn:lms:problem:method_not_allowed"
                assert known <= set(response.headers["allow"].split(", "))


async def test_an_address_says_which_methods_it_knows() -> None:
    async with Kit().client() as client:
        for path in sorted({path for _, path, _ in ROUTES} - {"/", "/{path:path}"}):
            response = await client.options(address(path))
            known = {m for m, p, _ in ROUTES if p == path}
            head = {"HEAD"} if "GET" in known else set()
            assert response.status_code == 204, path
            assert response.content == b""
            assert set(response.headers["allow"].split(", ")) == known | head | {"OPTIONS"}, path


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/",
        "/api/nope",
        "/api/courses/nope",
        "/api/courses/1",
        "/media",
        "/media/x",
        "/health",
        "/health/nope",
        "/api/../api/courses",
        "/../etc/passwd",
        "/api//courses",
        "/%2fapi/courses",
        "/api%2fcourses",
        "/api;x/courses",
        "/assets/nope.js",
    ],
)
async def test_no_such_address(path: str) -> None:
    response = await Kit().get(path, accept="text/html")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == "urn:lms:problem:not_found"


async def test_head_is_get_without_a_body() -> None:
    async with Kit().client() as client:
        for path in ("/health/live", "/api/openapi.json", "/api/courses"):
            got, asked = await client.get(path), await client.head(path)
            assert asked.status_code == got.status_code
            assert asked.content == b""
            assert asked.headers["content-length"] == str(len(got.content))


async def test_two_apps_do_not_disturb_each_other() -> None:
    async with (
        Kit(platform_domain="one.example").client("north.one.example") as one,
        Kit(platform_domain="two.example").client("north.two.example") as two,
    ):
        assert (await one.get("/api/courses")).status_code == 401
        assert (await two.get("/api/courses")).status_code == 401
        assert (await two.get("/api/courses", headers={"Host": "north.one.example"})).status_code == 404

"""Bodies that nobody in their right mind would send."""

import gzip
import json
import re
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrypoints.http.openapi import API_HANDLERS
from lms_domain.accounts.roles import Role
from lms_domain.schools.features import Feature
from tests.unit.entrypoints.http.committed_document import DOCUMENT
from tests.unit.entrypoints.http.kit import Kit

JSON = {"Content-Type": "application/json"}

VALID: dict[str, dict[str, Any]] = {
    "login": {"email": "a@b.example", "password": "x"},
    "refresh": {"refresh_token": "x"},
    "logout": {"refresh_token": "x"},
    "changePassword": {"current_password": "x", "new_password": "y"},
    "exchangeCode": {"code": "x"},
    "editMe": {"bio": "x"},
    "editPreferences": {"mail": True},
    "stepUp": {"password": "x"},
    "confirmSecondFactor": {"code": "123456"},
    "disableSecondFactor": {"code": "123456"},
    "acceptInvitation": {"uid": str(uuid4()), "token": "x", "new_password": "y"},
    "confirmPasswordReset": {"uid": str(uuid4()), "token": "x", "new_password": "y"},
    "verifyEmail": {"uid": str(uuid4()), "token": "x"},
    "requestPasswordReset": {"email": "a@b.example"},
    "resendVerification": {"email": "a@b.example"},
    "registerTeacher": {"email": "a@b.example", "first_name": "A", "last_name": "B", "password": "x"},
    "onboardSchool": {
        "school_name": "S",
        "admin_email": "a@b.example",
        "admin_first_name": "A",
        "admin_last_name": "B",
        "admin_password": "x",
    },
    "editSchool": {"is_active": False, "limits": {"teachers": 1}, "features": {"REPORTS_PDF": True}, "notes": "N"},
    "impersonate": {"reason": "because"},
    "confirmErasure": {"code": "c", "phrase": "S"},
    "retryStep": {"tenant_id": str(uuid4()), "content_id": str(uuid4()), "step": "TRANSCODE"},
    "createCourse": {"title": "T"},
    "updateCourse": {"title": "T"},
    "publishCourse": {"action": "publish"},
    "duplicateCourse": {"title": "T"},
    "setOutline": {"modules": [{"id": str(uuid4()), "contents": [str(uuid4())]}]},
    "createModule": {"title": "T"},
    "updateModule": {"title": "T"},
    "updateContent": {"title": "T"},
    "updateSettings": {"name": "T"},
    "addDomain": {"hostname": "learn.school.org"},
    "createContent": {"title": "T", "content_type": "LINK", "url": "https://x.example"},
    "createTeacher": {"email": "a@b.example", "first_name": "A", "last_name": "B", "password": "x"},
    "updateTeacher": {"bio": "x"},
    "createGroup": {"name": "N"},
    "updateGroup": {"name": "N"},
    "addGroupMembers": {"teacher_ids": [str(uuid4())]},
    "setGroupMembers": {"teacher_ids": [str(uuid4())]},
    "importTeachers": {"csv": "email,first_name,last_name\na@b.example,A,B\n"},
    "announce": {"title": "T", "message": "M", "to_all": True},
    "sendReminder": {"kind": "CUSTOM", "message": "M"},
    "previewReminder": {"kind": "CUSTOM", "message": "M"},
    "rerunVideo": {"from_step": "VALIDATE"},
    "createAssignment": {"course_id": str(uuid4()), "title": "T", "instructions": "I"},
    "updateAssignment": {"title": "T"},
    "createQuestion": {"kind": "MCQ", "prompt": "P", "options": [{"text": "a", "is_correct": True}, {"text": "b"}]},
    "updateQuestion": {"prompt": "P"},
    "reviewQuestion": {"action": "accept"},
    "decideAnswer": {"is_right": True},
    "mendQuestion": {"is_withdrawn": True},
    "gradeSubmission": {"score": 1},
    "flagQuestion": {"reason": "x"},
    "extendQuiz": {"extra_attempts": 1, "reason": "x"},
    "submitAssignment": {"submission_text": "T"},
    "reportProgress": {"watched": [[0, 10]], "position_seconds": 10},
    "saveQuizDraft": {"answers": {str(uuid4()): {"text": "T"}}},
    "submitQuiz": {"answers": {}},
}

HOSTILE: list[bytes] = [
    b"", b" ", b"{", b"}", b"[", b"]", b"null", b"true", b"0", b'""', b"[]", b"[{}]", b"NaN", b"{]", b"{}{}", b"{},",
    b"'", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf{}", b"\xed\xa0\x80", b"{\x00}", b'{"a":}', b'{"a":1,}', b"{'a':1}",
    b'{"\xff":1}', b'{"a":"\xc3\x28"}', b'{"a":"\\ud800"}', b'{"a":"\\u0000"}', b'{"\\u0000":1}', b'{"__proto__":{}}',
    b'{"__class__":"x"}', b'{"tenant_id":"1"}', b'{"id":"1"}', b'{"role":"SUPER_ADMIN"}', b'{"is_active":true}',
    b'{"a":1e400}', b'{"a":-1e400}', b'{"a":' + b"9" * 5000 + b"}", b"[" * 100_000, b"[" * 100_000 + b"]" * 100_000,
    b'{"a":' * 100_000 + b"1" + b"}" * 100_000, b'{"a":[' * 50_000, b'"' + b"x" * 900_000 + b'"',
    b'{"a":"' + b"\\" * 900_000, b"{" + b'"a":1,' * 100_000 + b'"a":1}', b"--x\r\n\r\n", b"a=b&c=d", b"<xml/>",
    b"\x1f\x8b\x08\x00", b"\x80\x04\x95", b"{}" + b" " * 1000, b"\n" * 900_000,
]  # fmt: skip


def json_operations() -> list[tuple[str, str, str, str]]:
    """Method, address, name and host of every operation that takes JSON."""
    return [
        (
            method.upper(),
            re.sub(r"\{\w+\}", lambda _: str(uuid4()), path),
            operation["operationId"],
            "lms.example" if path.startswith("/api/super-admin") else "north.lms.example",
        )
        for path, item in DOCUMENT["paths"].items()
        for method, operation in item.items()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    ]


OPERATIONS = json_operations()
FORMS = {
    operation["operationId"]
    for item in DOCUMENT["paths"].values()
    for operation in item.values()
    if "multipart/form-data" in operation.get("requestBody", {}).get("content", {})
}


def hostile_for(name: str) -> list[bytes]:
    """Every fourth, so that each body meets every fourth operation. All of them are read by the same few lines; what an
    operation may get wrong by itself is which JSON it takes for a body."""
    place = [operation[2] for operation in OPERATIONS].index(name)
    return [b"", b"{}", b"null", b"[]", b'""', b'{"tenant_id":"1"}', *HOSTILE[place % 4 :: 4]]


def headers_for(kit: Kit, host: str, path: str) -> dict[str, str]:
    if host == "lms.example":
        return kit.bearer(Role.SUPER_ADMIN, None)
    return kit.bearer(Role.TEACHER if path.startswith("/api/teacher/") else Role.SCHOOL_ADMIN)


def is_right(rule: dict[str, Any], value: object) -> bool:
    """Whether one of the wrong values is right for a field with this schema."""
    either = [rule, *rule.get("anyOf", [])]
    kinds = {kind for each in either for kind in ([each["type"]] if isinstance(each.get("type"), str) else [])}
    if value == {}:
        return "object" in kinds or rule.get("$ref", "").endswith(("/LimitsRequest", "/FeaturesRequest"))
    return (value is True and "boolean" in kinds) or (value == [] and "array" in kinds)


def is_problem(response: httpx.Response, *statuses: int) -> bool:
    assert response.status_code in statuses, (response.status_code, response.text)
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == response.status_code
    assert set(body) <= {"type", "title", "status", "detail", "instance", "errors"}
    assert "Traceback" not in response.text
    return True


def test_there_is_a_valid_body_for_every_operation() -> None:
    assert {name for _, _, name, _ in OPERATIONS} == set(VALID)
    assert len(API_HANDLERS) > len(VALID)


@pytest.mark.parametrize(("method", "path", "name", "host"), OPERATIONS, ids=[o[2] for o in OPERATIONS])
async def test_hostile_bodies(method: str, path: str, name: str, host: str) -> None:
    kit = Kit()
    # Refresh and logout work with the cookie alone, and a change may change nothing.
    fine = {
        "refresh": {b"", b"{}", b"null"},
        "logout": {b"", b"{}", b"null"},
        "duplicateCourse": {b"", b"{}", b"null"},
        "updateTeacher": {b"{}", b'{"is_active":true}'},
        "updateGroup": {b"{}"},
        "editSchool": {b"{}", b'{"is_active":true}'},
        "updateCourse": {b"{}"},
        "updateModule": {b"{}"},
        "updateContent": {b"{}"},
        "updateSettings": {b"{}"},
        "updateAssignment": {b"{}"},
        "updateQuestion": {b"{}"},
        "submitAssignment": {b"{}"},
        "editMe": {b"{}"},
        "editPreferences": {b"{}"},
    }.get(name, set())
    async with kit.client(host) as client:
        for body in hostile_for(name):
            response = await client.request(
                method, path, content=body, headers={**JSON, **headers_for(kit, host, path)}
            )
            if body in fine or (body.strip() in fine and body.strip()):
                assert response.status_code == {"refresh": 401, "logout": 204}.get(name, 503)
                continue
            assert is_problem(response, 400), body[:50]
    assert not [line for line in kit.log.lines if line[0] == "exception"]


@pytest.mark.parametrize(("method", "path", "name", "host"), OPERATIONS, ids=[o[2] for o in OPERATIONS])
async def test_a_valid_body_of_a_wrong_kind(method: str, path: str, name: str, host: str) -> None:
    kit = Kit()
    body = json.dumps(VALID[name]).encode()
    async with kit.client(host) as client:
        signed_in = headers_for(kit, host, path)
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "",
                     "text/json", "application/json2", "application/problem+json"):  # fmt: skip
            if kind.startswith("multipart/") and name in FORMS:
                continue
            response = await client.request(method, path, content=body, headers={**signed_in, "Content-Type": kind})
            assert is_problem(response, 415), kind
        for encoding, packed in (("gzip", gzip.compress(body)), ("br", body), ("gzip, gzip", body)):
            sent = {**signed_in, **JSON, "Content-Encoding": encoding}
            assert is_problem(await client.request(method, path, content=packed, headers=sent), 415)
        too_large = json.dumps({**VALID[name], "x": "x" * 1_100_000}).encode()
        response = await client.request(method, path, content=too_large, headers={**signed_in, **JSON})
        assert is_problem(response, 413)
        assert response.headers["connection"] == "close"


@pytest.mark.parametrize(("method", "path", "name", "host"), OPERATIONS, ids=[o[2] for o in OPERATIONS])
async def test_every_field_with_every_wrong_value(method: str, path: str, name: str, host: str) -> None:
    kit = Kit()
    wrong: list[Any] = [
        2**70, -(2**70), 1e308, [], {}, [[]], {"a": 1}, "\x00", "a\x00b", "x" * 300_000, True, [None], [1],
        ["x"] * 10_000,
    ]  # fmt: skip
    schema = next(
        DOCUMENT["components"]["schemas"][found["$ref"].rsplit("/")[-1]]
        for item in DOCUMENT["paths"].values()
        for operation in item.values()
        if operation["operationId"] == name
        # What may be left out may be null as well.
        for either in [operation["requestBody"]["content"]["application/json"]["schema"]]
        for found in either.get("anyOf", [either])[:1]
    )
    async with kit.client(host) as client:
        signed_in = headers_for(kit, host, path)
        for place, (field, rule) in enumerate(schema["properties"].items()):
            # Every third, so that each operation meets all of them: values are read by the same few lines.
            for value in wrong[place % 3 :: 3]:
                if is_right(rule, value):
                    continue
                response = await client.request(method, path, json={**VALID[name], field: value}, headers=signed_in)
                assert is_problem(response, 400), (field, str(value)[:50])
                assert [e["field"].split(".")[0] for e in response.json()["errors"]] == [field]
        response = await client.request(method, path, json={**VALID[name], "surprise": 1}, headers=signed_in)
        assert is_problem(response, 400)
        assert response.json()["errors"] == [
            {"field": "surprise", "code": "unknown_field", "message": "There is no such field."}
        ]


@pytest.mark.parametrize(("method", "path", "name", "host"), OPERATIONS, ids=[o[2] for o in OPERATIONS])
async def test_a_valid_body_is_let_through(method: str, path: str, name: str, host: str) -> None:
    kit = Kit()
    async with kit.client(host) as client:
        for kind in ("application/json", "application/json; charset=utf-8", "Application/JSON"):
            headers = {**headers_for(kit, host, path), "Content-Type": kind}
            response = await client.request(method, path, content=json.dumps(VALID[name]).encode(), headers=headers)
            # 503: it was read, and then there was no database. Weak passwords are refused before.
            assert response.status_code in {503, 400}
            if response.status_code == 400:
                assert {e["code"] for e in response.json()["errors"]} <= {"too_short", "too_common"}


def test_every_feature_can_be_given_and_taken() -> None:
    assert set(DOCUMENT["components"]["schemas"]["FeaturesRequest"]["properties"]) == set(Feature)


async def test_a_body_that_comes_too_slowly() -> None:
    kit = Kit(body_seconds=0.05)

    async def drip() -> Any:
        import asyncio

        yield b'{"email":'
        await asyncio.sleep(5)
        yield b"1}"

    async with kit.client() as client:
        response = await client.post("/api/users/auth/login", content=drip(), headers=JSON)
    assert is_problem(response, 408)


ONE_KIT = Kit()
"""For all examples of a property."""


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
            max_leaves=20,
        ).map(lambda value: json.dumps(value).encode()),
        st.fixed_dictionaries(
            {"title": st.text() | st.integers() | st.none()},
            optional={
                "description": st.text() | st.lists(st.text()),
                "deadline": st.text() | st.dates().map(str) | st.none(),
                "estimated_hours": st.floats() | st.integers() | st.none(),
                "assigned_teachers": st.lists(st.uuids().map(str) | st.text()),
            },
        ).map(lambda value: json.dumps(value).encode()),
    )
)
async def test_whatever_comes_it_is_no_error_of_ours(body: bytes) -> None:
    async with ONE_KIT.client() as client:
        response = await client.post("/api/courses", content=body, headers={**JSON, **ONE_KIT.bearer()})
    assert is_problem(response, 400, 503)


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=1000001",
        "page=99999999999999999999",
        "page=x",
        "page=",
        "page=1.5",
        "page=1e2",
        "page=%00",
        "page_size=0",
        "page_size=101",
        "page=1&page=2",
        "search=a&search=b",
        "search=%00",
        "search=" + "x" * 201,
        "is_published=maybe",
        "is_published=",
        "is_mandatory=2",
        "search=a%0ab",
        "page[]=1&page[]=2",
        "&".join(f"a{n}=1" for n in range(99)),
    ],
)
async def test_hostile_queries(query: str) -> None:
    kit = Kit()
    async with kit.client() as client:
        assert is_problem(await client.get(f"/api/courses?{query}", headers=kit.bearer()), 400)


@pytest.mark.parametrize(
    "query", ["", "page=2&page_size=100", "search=a%26b", "search=%ff", "is_published=true", "x=1"]
)
async def test_fine_queries(query: str) -> None:
    kit = Kit()
    async with kit.client() as client:
        assert is_problem(await client.get(f"/api/courses?{query}", headers=kit.bearer()), 503)


@pytest.mark.parametrize(
    "course_id",
    ["1", "x", "%00", "0190f7d0-0000-7000-8000-00000000000", "0190f7d0-0000-7000-8000-0000000000022", "null", "*",
     "%27", "0190f7d0-0000-7000-8000-00000000000g", "' OR 1=1--", "..%2f"],
)  # fmt: skip
async def test_ids_that_are_none(course_id: str) -> None:
    kit = Kit()
    async with kit.client() as client:
        assert is_problem(await client.get(f"/api/courses/{course_id}", headers=kit.bearer()), 404)

"""The whole API asked at random, as each of the roles: no crash, and nothing that the OpenAPI document does not say."""

import asyncio
from pathlib import Path

import pytest
from dishka import Provider, Scope

from lms_app.accounts.asked_mail import EvenAnswer
from lms_domain.accounts.roles import Role
from tests.integration.conftest import NewDatabase
from tests.integration.http.conftest import (
    FIRST_PASSWORD,
    Person,
    RunningApp,
    School,
    an_installation,
    first_sign_in,
    onboard,
    signed_in_operator,
)
from tests.integration.http.fuzzing import Caller, breaches
from tests.integration.http.serving import served

CALLERS = (*Role, None)
"""None: somebody without a token, on a school's host."""


class _AtOnce(Provider):
    """Answers that elsewhere take as long for those who do not exist."""

    scope = Scope.APP

    def __init__(self) -> None:
        super().__init__()
        self.provide(_at_once, provides=EvenAnswer, override=True)


def _at_once() -> EvenAnswer:
    return EvenAnswer(seconds=0.0)


async def _made(person: Person, path: str, body: dict[str, object]) -> str:
    response = await person.post(path, body)
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


async def _furnished(school: School) -> dict[str, str]:
    """One thing of each kind that paths name."""
    admin = school.admin
    course = await _made(admin, "/api/courses/", {"title": "Fractions", "assigned_to_all": True})
    module = await _made(admin, f"/api/courses/{course}/modules/", {"title": "Halves"})
    link = {"title": "Reading", "content_type": "LINK", "url": "https://example.test/"}
    teacher = {"email": "tom@school.example", "first_name": "Tom", "last_name": "Teacher"}
    return {
        "course_id": course,
        "module_id": module,
        "content_id": await _made(admin, f"/api/courses/{course}/modules/{module}/contents/", link),
        "group_id": await _made(admin, "/api/teacher-groups/", {"name": "Maths"}),
        "teacher_id": await _made(admin, "/api/teachers/", teacher),
        "domain_id": await _made(admin, "/api/tenants/domains/", {"hostname": "learn.springfield.org"}),
    }


async def _caller(running: RunningApp, role: Role | None, port: int) -> Caller:
    operator = await signed_in_operator(running)
    school = await onboard(running, operator, "north")
    tenant_id = (await operator.get("/api/super-admin/tenants/")).json()["results"][0]["id"]
    # The largest plan: what a smaller one leaves out answers 403, whatever is asked.
    upgraded = await operator.client.patch(f"/api/super-admin/tenants/{tenant_id}/", json={"plan": "ENTERPRISE"})
    assert upgraded.status_code == 200, upgraded.text
    things = {**await _furnished(school), "tenant_id": tenant_id}
    published = await school.admin.post(f"/api/courses/{things['course_id']}/publish/", {"action": "publish"})
    assert published.status_code == 200, published.text
    match role:
        case None:
            return Caller(port=port, host=school.host, token=None, things=things)
        case Role.SUPER_ADMIN:
            person, host = operator, "lms.example"
        case Role.SCHOOL_ADMIN:
            person, host = school.admin, school.host
        case _:
            body = {
                "email": "lena@school.example",
                "first_name": "Lena",
                "last_name": "Learner",
                "password": FIRST_PASSWORD,
                "role": role,
            }
            await _made(school.admin, "/api/users/auth/register-teacher/", body)
            person, host = await first_sign_in(running, school.host, "lena@school.example"), school.host
    token = person.client.headers["Authorization"].removeprefix("Bearer ")
    return Caller(port=port, host=host, token=token, things=things)


async def _found(
    new_database: NewDatabase, folder: Path, role: Role | None, *, examples: int, steps: int, seconds: int
) -> list[str]:
    # An installation for each role: erasing, suspending and signing out are operations like any other.
    async with an_installation(new_database, folder, _AtOnce()) as running, served(running.app) as server:
        caller = await _caller(running, role, server.port)
        found = await asyncio.to_thread(breaches, caller, examples=examples, steps=steps, seconds=seconds)
        return [
            *found,
            *(f"logged: {event} {facts}" for level, event, facts in running.log.lines if level == "exception"),
        ]


@pytest.mark.parametrize("role", CALLERS, ids=str)
async def test_whatever_is_asked_the_document_has_said_so(
    new_database: NewDatabase, tmp_path: Path, role: Role | None
) -> None:
    found = await _found(new_database, tmp_path, role, examples=2, steps=3, seconds=15)
    assert found == [], "\n\n".join(found)


@pytest.mark.drill
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("role", CALLERS, ids=str)
async def test_whatever_is_asked_for_a_long_time(new_database: NewDatabase, tmp_path: Path, role: Role | None) -> None:
    found = await _found(new_database, tmp_path, role, examples=100, steps=8, seconds=540)
    assert found == [], "\n\n".join(found)

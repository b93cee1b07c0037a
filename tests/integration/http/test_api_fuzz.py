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
from tests.integration.http.fuzzing import Caller, Effort, breaches
from tests.integration.http.serving import served
from tests.unit.entrypoints.http.contract import ANYBODY, NOT_YET, ROWS

CALLERS = (*Role, None)
"""None: somebody without a token, on a school's host."""

LAST = {"endSession"}
"""What ends the caller's own session, when it is aimed well."""


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
    work = {"course_id": course, "title": "Write", "instructions": "Write about halves."}
    return {
        "course_id": course,
        "module_id": module,
        "content_id": await _made(admin, f"/api/courses/{course}/modules/{module}/contents/", link),
        "group_id": await _made(admin, "/api/teacher-groups/", {"name": "Maths"}),
        "teacher_id": await _made(admin, "/api/teachers/", teacher),
        "assignment_id": await _made(admin, "/api/assignments/", work),
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


def _operations(role: Role | None, one_in: int) -> set[str]:
    """What a role may do that nobody before it in the list has done, and one in so many of the others.

    Streams never end, and have tests of their own.
    """
    rows = [row for row in ROWS if row.operation_id not in {*NOT_YET, "streamNotifications"}]
    order = [None, Role.SCHOOL_ADMIN, Role.SUPER_ADMIN, Role.TEACHER, Role.HOD, Role.IB_COORDINATOR]
    own = {row.operation_id for row in rows if role == next(r for r in order if r in row.roles or row.roles == ANYBODY)}
    others = {row.operation_id for row in rows[order.index(role) :: one_in]}
    return own | others


async def _found(
    new_database: NewDatabase, folder: Path, role: Role | None, operations: set[str], effort: Effort
) -> list[str]:
    # An installation for each role: erasing and suspending are operations like any other.
    async with an_installation(new_database, folder, _AtOnce()) as running, served(running.app) as server:
        caller = await _caller(running, role, server.port)
        found = await asyncio.to_thread(breaches, caller, operations - LAST, effort)
        found += await asyncio.to_thread(breaches, caller, operations & LAST, effort)
        return [
            *found,
            *(f"logged: {event} {facts}" for level, event, facts in running.log.lines if level == "exception"),
        ]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("role", CALLERS, ids=str)
async def test_whatever_is_asked_the_document_has_said_so(
    new_database: NewDatabase, tmp_path: Path, role: Role | None
) -> None:
    found = await _found(new_database, tmp_path, role, _operations(role, 12), Effort(examples=1, steps=3))
    assert found == [], "\n\n".join(found)


@pytest.mark.drill
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("role", CALLERS, ids=str)
async def test_whatever_is_asked_for_a_long_time(new_database: NewDatabase, tmp_path: Path, role: Role | None) -> None:
    effort = Effort(examples=100, steps=8, seconds=480)
    found = await _found(new_database, tmp_path, role, _operations(role, 1), effort)
    assert found == [], "\n\n".join(found)

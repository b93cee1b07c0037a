"""A request that comes twice under one key is done once."""

import asyncio

import pytest
from sqlalchemy import select

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.statements import Statement
from adapters.postgres.tables import platform_idempotency_keys
from lms_app.scope import SystemScope
from tests.integration.http.conftest import FIRST_PASSWORD, Person, RunningApp, School, onboard
from tests.integration.http.test_first_slice import code_of


@pytest.fixture(scope="module")
async def school(running: RunningApp, operator: Person) -> School:
    return await onboard(running, operator, "twice")


def key(name: str) -> dict[str, str]:
    return {"Idempotency-Key": name}


async def test_the_second_time_gets_the_first_answer(school: School) -> None:
    first = await school.admin.post("/api/courses/", {"title": "Once"}, headers=key("a"))
    again = await school.admin.post("/api/courses", {"title": "Once"}, headers=key("a"))
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.content, again.headers["location"]) == (first.content, first.headers["location"])
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert (await school.admin.get("/api/courses/?search=once")).json()["count"] == 1


async def test_two_at_once_are_done_once(school: School, operator: Person) -> None:
    body = {
        "school_name": "Green Hills",
        "admin_email": "admin@school.example",
        "admin_first_name": "A",
        "admin_last_name": "B",
        "admin_password": FIRST_PASSWORD,
    }
    for person, path, sent in (
        (school.admin, "/api/courses/", {"title": "At once"}),
        (operator, "/api/super-admin/tenants/", body),
    ):
        answers = await asyncio.gather(*(person.post(path, sent, headers=key("b")) for _ in range(4)))
        made = [answer for answer in answers if answer.status_code == 201]
        assert len({answer.content for answer in made}) == 1
        assert all(code_of(answer) == "request_at_work" for answer in answers if answer not in made)
    assert (await operator.get("/api/super-admin/tenants/?search=green hills")).json()["count"] == 1
    assert (await school.admin.get("/api/courses/?search=at once")).json()["count"] == 1


async def test_another_body_under_the_same_key_is_refused(school: School) -> None:
    assert (await school.admin.post("/api/courses/", {"title": "First"}, headers=key("c"))).status_code == 201
    other = await school.admin.post("/api/courses/", {"title": "Second"}, headers=key("c"))
    assert (other.status_code, code_of(other)) == (409, "idempotency_key_reused")


async def test_an_error_is_not_kept(school: School) -> None:
    assert (await school.admin.post("/api/courses/", {"title": ""}, headers=key("d"))).status_code == 400
    assert (await school.admin.post("/api/courses/", {"title": "Now"}, headers=key("d"))).status_code == 201


async def test_a_key_belongs_to_one_school(school: School, operator: Person) -> None:
    other = await onboard(school.running, operator, "another")
    mine = await school.admin.post("/api/courses/", {"title": "Mine"}, headers=key("e"))
    theirs = await other.admin.post("/api/courses/", {"title": "Mine"}, headers=key("e"))
    assert (mine.status_code, theirs.status_code) == (201, 201)
    assert mine.json()["id"] != theirs.json()["id"]


@pytest.mark.parametrize("odd", ["", "with space", "k" * 201, "ключ".encode()])
async def test_odd_keys(school: School, odd: str | bytes) -> None:
    answer = await school.admin.post("/api/courses/", {"title": "Odd"}, headers={"Idempotency-Key": odd})
    assert (answer.status_code, code_of(answer)) == (400, "validation_error")


async def test_what_opens_something_is_never_kept(school: School, operator: Person) -> None:
    tenant_id = (await operator.get("/api/super-admin/tenants/?search=School twice")).json()["results"][0]["id"]
    path = f"/api/super-admin/tenants/{tenant_id}/impersonate/"
    answers = [await operator.post(path, {"reason": "to have a look"}, headers=key("f")) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert len({answer.json()["code"] for answer in answers}) == 2
    database = await school.running.container.get(PostgresDatabase)
    async with database.read(SystemScope("what is stored is looked at")) as system:
        stored = {row["key"] for row in await system.rows(Statement(select(platform_idempotency_keys.c.key)))}
    assert "f" not in stored

"""An operator on a visit makes no way in that outlives the visit."""

from collections.abc import Mapping

import httpx
import pytest

from tests.integration.http.conftest import FIRST_PASSWORD, Person, RunningApp, School

NEWCOMER = {"email": "back@door.example", "first_name": "Bea", "last_name": "Back"}


@pytest.fixture(scope="module")
async def visitor(running: RunningApp, operator: Person, school: School) -> httpx.AsyncClient:
    schools = (await operator.get("/api/super-admin/tenants/?search=north")).json()["results"]
    opened = await operator.post(f"/api/super-admin/tenants/{schools[0]['id']}/impersonate/", {"reason": "A look"})
    client = running.client(school.host)
    entered = await client.post("/api/users/auth/exchange/", json={"code": opened.json()["code"]})
    assert entered.status_code == 200, entered.text
    client.headers["Authorization"] = f"Bearer {entered.json()['access']}"
    return client


@pytest.mark.parametrize("path", ["/api/teachers/", "/api/users/auth/register-teacher/"])
@pytest.mark.parametrize("more", [{"password": FIRST_PASSWORD}, {"role": "SCHOOL_ADMIN"}], ids=["password", "admin"])
async def test_no_account_that_the_visitor_could_use_later(
    visitor: httpx.AsyncClient, path: str, more: Mapping[str, str]
) -> None:
    refused = await visitor.post(path, json={**NEWCOMER, **more})
    assert refused.status_code == 403, refused.text
    assert refused.json()["type"] == "urn:lms:problem:impersonating"


async def test_nobody_gets_another_role(visitor: httpx.AsyncClient, school: School) -> None:
    made = (await school.admin.post("/api/teachers/", {**NEWCOMER, "email": "tina@school.example"})).json()
    for change in ({"role": "SCHOOL_ADMIN"}, {"role": "HOD"}, {"email": "back@door.example"}):
        refused = await visitor.patch(f"/api/teachers/{made['id']}/", json=change)
        assert refused.status_code == 403, refused.text
        assert refused.json()["type"] == "urn:lms:problem:impersonating"
    # What is no way in they may help with.
    helped = await visitor.patch(f"/api/teachers/{made['id']}/", json={"department": "Mathematics"})
    assert (helped.status_code, helped.json()["department"], helped.json()["role"]) == (200, "Mathematics", "TEACHER")
    invited = await visitor.post("/api/teachers/", json={**NEWCOMER, "email": "tom@school.example"})
    assert invited.status_code == 201, invited.text

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
@pytest.mark.parametrize(
    "more", [{}, {"password": FIRST_PASSWORD}, {"role": "SCHOOL_ADMIN"}], ids=["learner", "password", "admin"]
)
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
    invited = await visitor.post(f"/api/teachers/{made['id']}/invite/")
    assert (invited.status_code, invited.json()["type"]) == (403, "urn:lms:problem:impersonating")


async def test_no_table_of_people_is_invited(visitor: httpx.AsyncClient) -> None:
    table = b"email,first_name,last_name\nback@door.example,Bea,Back\n"
    for dry_run, expected in (("true", 200), ("false", 403)):
        answer = await visitor.post(
            "/api/teachers/import/", data={"dry_run": dry_run}, files={"file": ("people.csv", table)}
        )
        assert answer.status_code == expected, answer.text
    assert answer.json()["type"] == "urn:lms:problem:impersonating"


async def test_no_administrator_is_locked_out_and_none_let_in(visitor: httpx.AsyncClient, school: School) -> None:
    made = {
        who: (await school.admin.post("/api/teachers/", {**NEWCOMER, "email": f"{who}@school.example", **more})).json()
        for who, more in (("admin2", {"role": "SCHOOL_ADMIN"}), ("admin3", {"role": "SCHOOL_ADMIN"}), ("tess", {}))
    }
    closed = await school.admin.client.delete(f"/api/teachers/{made['admin3']['id']}/")
    assert closed.status_code == 204, closed.text
    for method, who, body in (
        ("DELETE", "admin2", None),
        ("PATCH", "admin2", {"is_active": False}),
        ("PATCH", "admin3", {"is_active": True}),
    ):
        refused = await visitor.request(method, f"/api/teachers/{made[who]['id']}/", json=body)
        assert (refused.status_code, refused.json()["type"]) == (403, "urn:lms:problem:impersonating"), (method, who)
    standing = {who: (await school.admin.get(f"/api/teachers/{made[who]['id']}/")).json()["is_active"] for who in made}
    assert standing == {"admin2": True, "admin3": False, "tess": True}
    # To close a learner's account opens nothing.
    closed = await visitor.delete(f"/api/teachers/{made['tess']['id']}/")
    assert closed.status_code == 204, closed.text


async def test_no_host_name_is_named_proven_or_given_up(
    visitor: httpx.AsyncClient, operator: Person, school: School
) -> None:
    tenant_id = (await school.admin.get("/api/users/auth/me/")).json()["tenant_id"]
    given = await operator.client.patch(
        f"/api/super-admin/tenants/{tenant_id}/", json={"features": {"CUSTOM_DOMAIN": True}}
    )
    assert given.status_code == 200, given.text
    domain = await school.admin.post("/api/tenants/domains/", {"hostname": "learn.north.org"})
    assert domain.status_code == 201, domain.text
    path = f"/api/tenants/domains/{domain.json()['id']}/"
    for method, at, body in (
        ("POST", "/api/tenants/domains/", {"hostname": "back.door.org"}),
        ("POST", f"{path}verify/", None),
        ("DELETE", path, None),
    ):
        refused = await visitor.request(method, at, json=body)
        assert (refused.status_code, refused.json()["type"]) == (403, "urn:lms:problem:impersonating"), (method, at)
    assert [one["hostname"] for one in (await visitor.get("/api/tenants/domains/")).json()["results"]] == [
        "learn.north.org"
    ]

"""The people of a school over HTTP: who may do what to whom, and what becomes of it."""

import asyncio
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import httpx
import pytest

from tests.integration.http.conftest import FIRST_PASSWORD, PASSWORD, Person, RunningApp, School, onboard, sign_in
from tests.integration.http.test_first_slice import code_of, teacher

UNKNOWN = UUID(int=7)


@pytest.fixture(scope="module")
async def school(running: RunningApp, operator: Person) -> School:
    return await onboard(running, operator, "people")


async def register(school: School, name: str, **more: object) -> dict[str, object]:
    """Somebody who is invited, or has a first password when one is given."""
    body = {"email": f"{name}@school.example", "first_name": name.title(), "last_name": "Person", **more}
    response = await school.admin.post("/api/teachers/", body)
    assert response.status_code == 201, response.text
    user: dict[str, object] = response.json()
    assert response.headers["location"] == f"/api/teachers/{user['id']}/"
    return user


async def patch(person: Person, path: str, body: object) -> httpx.Response:
    return await person.client.patch(path, json=body)


async def audited(school: School) -> list[str]:
    rows = (await school.admin.get("/api/audit/?page_size=100")).json()
    return [row["action"] for row in rows.get("results", [])]


async def test_a_person_from_registration_to_erasure(school: School) -> None:
    user = await register(school, "vera", department=" Science ", role="HOD", subjects=["Physics"])
    path = f"/api/teachers/{user['id']}/"
    one = (await school.admin.get(path)).json()
    assert (one["department"], one["role"], one["is_invited"], one["last_sign_in_at"]) == ("Science", "HOD", True, None)
    assert (await register(school, "walt", password=FIRST_PASSWORD))["must_change_password"] is True
    group = (await school.admin.post("/api/teacher-groups/", {"name": "Vera's group"})).json()
    changed = await patch(
        school.admin, path, {"first_name": "Věra", "role": "TEACHER", "group_ids": [group["id"]], "department": "Art"}
    )
    assert changed.status_code == 200, changed.text
    assert changed.json() == {
        **one,
        "first_name": "Věra",
        "role": "TEACHER",
        "group_ids": [group["id"]],
        "department": "Art",
    }
    assert (await school.admin.get(path)).json() == changed.json()
    exported = await school.admin.get(f"{path}export/")
    assert exported.status_code == 200, exported.text
    assert exported.headers["content-disposition"].startswith("attachment;")
    data = exported.json()
    assert data["person"]["email"] == "vera@school.example"
    assert [g["name"] for g in data["groups"]] == ["Vera's group"]
    assert [m["kind"] for m in data["mails"]] == ["INVITATION"]
    assert "token=" not in exported.text
    assert (await school.admin.client.delete(path)).status_code == 204
    assert (await school.admin.get(path)).json()["is_active"] is False
    assert (await school.admin.post(f"{path}erase/")).status_code == 204
    for gone in (
        await school.admin.get(path),
        await school.admin.get(f"{path}export/"),
        await school.admin.post(f"{path}erase/"),
        await patch(school.admin, path, {"is_active": True}),
    ):
        assert gone.status_code == 404
    found = (await school.admin.get("/api/teachers/?search=erased")).json()
    assert found["count"] == 0
    # The address is free again.
    await register(school, "vera")


async def test_filters_words_and_orders(school: School) -> None:
    ids = {
        name: (await register(school, name, **more))["id"]
        for name, more in {
            "ilse": {"department": "Ｆilm  studies", "employee_id": "E-77"},
            "ines": {"department": "film STUDIES", "role": "HOD"},
            "ivan": {"department": "Chess", "role": "IB_COORDINATOR"},
        }.items()
    }
    group = (await school.admin.post("/api/teacher-groups/", {"name": "I", "kind": "IB"})).json()
    members = f"/api/teacher-groups/{group['id']}/members/"
    assert (await school.admin.post(members, {"teacher_ids": [ids["ilse"], ids["ivan"]]})).json()["member_count"] == 2
    await school.admin.client.delete(f"/api/teachers/{ids['ivan']}/")

    async def names(query: str) -> list[str]:
        response = await school.admin.get(f"/api/teachers/?page_size=100&{query}")
        assert response.status_code == 200, response.text
        page = response.json()
        assert page["count"] == len(page["results"])
        return [person["first_name"].lower() for person in page["results"]]

    assert await names("department=film%20studies") == ["ilse", "ines"]
    assert await names("department=Film%20Studies&role=HOD") == ["ines"]
    assert await names(f"group={group['id']}") == ["ilse", "ivan"]
    assert await names(f"group={group['id']}&is_active=true") == ["ilse"]
    assert await names(f"group={group['id']}&is_invited=true&is_active=true") == ["ilse"]
    assert "ada" in await names("is_invited=false")
    assert not {"ilse", "ines"} & set(await names("is_invited=false"))
    assert await names("search=person%20ILSE") == await names("search=e-77") == ["ilse"]
    assert await names("search=ines%20nobody") == []
    assert await names("role=SCHOOL_ADMIN") == ["ada"]
    for field in ("name", "email", "created_at"):
        forwards = await names(f"ordering={field}")
        assert forwards == list(reversed(await names(f"ordering=-{field}")))
        assert {"ilse", "ines", "ivan", "ada"} <= set(forwards)
    wrong = await school.admin.get("/api/teachers/?ordering=password_hash")
    assert (wrong.status_code, code_of(wrong)) == (400, "validation_error")


async def test_only_administrators(school: School, running: RunningApp) -> None:
    person = await teacher(school, "otto", role="HOD")
    refused = [
        await person.get("/api/teachers/"),
        await person.get(f"/api/teachers/{UNKNOWN}/"),
        await person.get(f"/api/teachers/{UNKNOWN}/export/"),
        await person.post(f"/api/teachers/{UNKNOWN}/erase/"),
        await patch(person, f"/api/teachers/{UNKNOWN}/", {"role": "SCHOOL_ADMIN"}),
        await person.client.delete(f"/api/teachers/{UNKNOWN}/"),
        await person.get("/api/teacher-groups/"),
        await person.post("/api/teacher-groups/", {"name": "Mine"}),
        await person.client.put(f"/api/teacher-groups/{UNKNOWN}/members/", json={"teacher_ids": []}),
        await person.get("/api/tenants/stats/"),
        await school.admin.get("/api/teacher/team/"),
    ]
    assert {(answer.status_code, code_of(answer)) for answer in refused} == {(403, "not_allowed")}


async def test_another_schools_people_and_groups_are_not_there(school: School, other_school: School) -> None:
    foreign = await register(other_school, "foreign")
    group = (await other_school.admin.post("/api/teacher-groups/", {"name": "Foreign"})).json()
    own = (await school.admin.post("/api/teacher-groups/", {"name": "Own"})).json()
    for person_id, group_id in ((foreign["id"], group["id"]), (UNKNOWN, UNKNOWN)):
        person, group_path = f"/api/teachers/{person_id}/", f"/api/teacher-groups/{group_id}/"
        answers = [
            await school.admin.get(person),
            await school.admin.get(f"{person}export/"),
            await school.admin.post(f"{person}erase/"),
            await patch(school.admin, person, {"first_name": "X"}),
            await school.admin.client.delete(person),
            await school.admin.get(group_path),
            await patch(school.admin, group_path, {"name": "X"}),
            await school.admin.client.delete(group_path),
            await school.admin.get(f"{group_path}members/"),
            await school.admin.post(f"{group_path}members/", {"teacher_ids": []}),
        ]
        assert {(answer.status_code, code_of(answer)) for answer in answers} == {(404, "not_found")}
        member = await school.admin.post(f"/api/teacher-groups/{own['id']}/members/", {"teacher_ids": [str(person_id)]})
        assert member.status_code == 400
        assert [(e["field"], e["code"]) for e in member.json()["errors"]] == [("teacher_ids.0", "unknown")]
        assert (await school.admin.get(f"/api/teachers/?group={group_id}")).json()["count"] == 0
        into = await school.admin.post(
            "/api/teachers/",
            {"email": f"x{uuid4().hex}@x.example", "first_name": "X", "last_name": "Y", "group_ids": [str(group_id)]},
        )
        assert (into.status_code, into.json()["errors"][0]["field"]) == (400, "group_ids")
    assert (await other_school.admin.get(f"/api/teachers/{foreign['id']}/")).json()["first_name"] == "Foreign"


async def test_a_school_keeps_an_administrator(operator: Person, running: RunningApp) -> None:
    school = await onboard(running, operator, "twoadmins")
    me = (await school.admin.get("/api/users/auth/me/")).json()["id"]
    for body in ({"role": "TEACHER"}, {"is_active": False}):
        own = await patch(school.admin, f"/api/teachers/{me}/", body)
        assert (own.status_code, code_of(own)) == (409, "own_account")
    assert code_of(await school.admin.client.delete(f"/api/teachers/{me}/")) == "own_account"
    assert code_of(await school.admin.post(f"/api/teachers/{me}/erase/")) == "own_account"
    assert (await patch(school.admin, f"/api/teachers/{me}/", {"bio": "Still here."})).status_code == 200
    second = await teacher(school, "second", role="SCHOOL_ADMIN")
    other = (await second.get("/api/users/auth/me/")).json()["id"]
    # Each removes the other, at once: one of them stays.
    answers = await asyncio.gather(
        patch(school.admin, f"/api/teachers/{other}/", {"role": "TEACHER"}),
        second.client.delete(f"/api/teachers/{me}/"),
    )
    assert sorted(answer.status_code for answer in answers) in ([200, 409], [204, 409])
    assert [code_of(answer) for answer in answers if answer.status_code == 409] == ["last_admin"]


async def test_a_demotion_and_a_deactivation_end_sessions(school: School, running: RunningApp) -> None:
    person = await teacher(school, "demoted", role="HOD")
    mine = f"/api/teachers/{(await person.get('/api/users/auth/me/')).json()['id']}/"
    assert (await person.get("/api/teacher/team/")).status_code == 200
    assert (await patch(school.admin, mine, {"bio": "Same role"})).status_code == 200
    assert (await person.get("/api/teacher/team/")).status_code == 200
    assert (await patch(school.admin, mine, {"role": "TEACHER"})).status_code == 200
    assert (await person.get("/api/teacher/courses/")).status_code == 401
    again = await sign_in(running, school.host, person.email, PASSWORD)
    assert (await again.get("/api/teacher/team/")).status_code == 403
    assert (await school.admin.client.delete(mine)).status_code == 204
    assert (await again.get("/api/teacher/courses/")).status_code == 401
    async with running.client(school.host) as client:
        refused = await client.post("/api/users/auth/login/", json={"email": person.email, "password": PASSWORD})
    assert refused.status_code == 401
    assert (await patch(school.admin, mine, {"is_active": True})).status_code == 200
    await sign_in(running, school.host, person.email, PASSWORD)


async def test_the_last_seat_is_taken_once(running: RunningApp, operator: Person) -> None:
    school = await onboard(running, operator, "seats")
    limit = (await school.admin.get("/api/tenants/stats/")).json()["teachers"]["limit"]
    closed = [await register(school, f"closed{n}") for n in range(2)]
    for user in closed:
        assert (await school.admin.client.delete(f"/api/teachers/{user['id']}/")).status_code == 204
    csv = "email,first_name,last_name\n" + "".join(f"t{n}@seats.example,T,{n}\n" for n in range(limit - 1))
    filled = await school.admin.post("/api/teachers/import/", {"csv": csv})
    assert filled.json()["counts"]["created"] == limit - 1, filled.text
    answers = await asyncio.gather(
        *(patch(school.admin, f"/api/teachers/{user['id']}/", {"is_active": True}) for user in closed),
        school.admin.post("/api/teachers/", {"email": "one@seats.example", "first_name": "One", "last_name": "More"}),
    )
    assert sorted(answer.status_code < 300 for answer in answers) == [False, False, True]
    assert {code_of(answer) for answer in answers if answer.status_code >= 300} == {"plan_limit"}
    stats = (await school.admin.get("/api/tenants/stats/")).json()
    assert stats["teachers"]["active"] + stats["teachers"]["invited"] == limit
    assert stats["video_seconds_limit"] == 3600
    assert date.fromisoformat(stats["trial_ends_on"]) > datetime.now(tz=UTC).date()


async def test_the_same_address_twice_at_once(school: School) -> None:
    body = {"email": "twin@school.example", "first_name": "Twin", "last_name": "One"}
    answers = await asyncio.gather(
        *(school.admin.post("/api/teachers/", {**body, "email": e}) for e in (body["email"], "TWIN@School.example"))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    taken = next(answer for answer in answers if answer.status_code == 409)
    assert (code_of(taken), taken.json()["errors"][0]["field"]) == ("email_taken", "email")
    other = await register(school, "untwin")
    stolen = await patch(school.admin, f"/api/teachers/{other['id']}/", {"email": "tWin@school.example"})
    assert (stolen.status_code, code_of(stolen)) == (409, "email_taken")
    # What is written late is refused as cleanly, alone or with all that leaves together with it.
    group = await school.admin.post("/api/teacher-groups/", {"name": "Twins"})
    many = {"role": "HOD", "is_active": True, "group_ids": [group.json()["id"]]}
    for name, more in (("late", {}), ("latest", many)):
        people = [await register(school, f"{name}{n}") for n in range(2)]
        answers = await asyncio.gather(
            *(
                patch(school.admin, f"/api/teachers/{person['id']}/", {**more, "email": f"{name}@school.example"})
                for person in people
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        assert [code_of(answer) for answer in answers if answer.status_code == 409] == ["email_taken"]
        found = (await school.admin.get("/api/teachers/", params={"search": f"{name}@school.example"})).json()
        assert [person["role"] for person in found["results"]] == [more.get("role", "TEACHER")]


async def test_groups(school: School) -> None:
    body = {"name": "Größe", "kind": "SUBJECT"}
    answers = await asyncio.gather(*(school.admin.post("/api/teacher-groups/", b) for b in (body, {"name": "GRÖSSE"})))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    made = next(answer for answer in answers if answer.status_code == 201)
    taken = next(answer for answer in answers if answer.status_code == 409)
    assert (code_of(taken), taken.json()["errors"][0]["field"]) == ("group_name_taken", "name")
    path = made.headers["location"]
    assert (await school.admin.get(path)).json() == made.json()
    changed = await patch(school.admin, path, {"kind": "IB"})
    assert changed.json() == {**made.json(), "kind": "IB"}
    other = (await school.admin.post("/api/teacher-groups/", {"name": "Other"})).json()
    stolen = await patch(school.admin, f"/api/teacher-groups/{other['id']}/", {"name": "grösse"})
    assert (stolen.status_code, code_of(stolen)) == (409, "group_name_taken")
    people = [(await register(school, f"member{n}"))["id"] for n in range(3)]
    members = f"{path}members/"
    assert (await school.admin.post(members, {"teacher_ids": people[:2]})).json()["member_count"] == 2
    assert (await school.admin.client.put(members, json={"teacher_ids": people[1:]})).json()["member_count"] == 2
    listed = (await school.admin.get(f"{members}?page_size=1")).json()
    assert (listed["count"], [m["first_name"] for m in listed["results"]]) == (2, ["Member1"])
    assert (await school.admin.get(f"{members}?page=9")).json()["results"] == []
    for _ in range(2):
        assert (await school.admin.client.delete(f"{members}{people[1]}/")).status_code == 204
    assert (await school.admin.get(members)).json()["count"] == 1
    found = (await school.admin.get("/api/teacher-groups/?search=GRÖ&kind=IB")).json()
    assert [group["member_count"] for group in found["results"]] == [1]
    for title, groups in (("Theirs", [made.json()["id"]]), ("Not theirs", [other["id"]])):
        body = {"title": title, "assigned_to_all": False, "assigned_groups": groups}
        assert (await school.admin.post("/api/courses/", body)).status_code == 201
    courses = (await school.admin.get(f"/api/courses/?group={made.json()['id']}")).json()
    assert [course["title"] for course in courses["results"]] == ["Theirs"]
    assert (await school.admin.client.delete(path)).status_code == 204
    assert (await school.admin.get(path)).status_code == 404
    assert (await school.admin.get(members)).status_code == 404

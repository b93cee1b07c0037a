"""From an empty platform to a teacher before a course, over the real application."""

import re
from pathlib import Path

import httpx
import pytest

from tests.integration.http.conftest import (
    FIRST_PASSWORD,
    OPERATOR,
    PASSWORD,
    Person,
    RunningApp,
    School,
    first_sign_in,
    new_module,
    sign_in,
)

CLIP = Path(__file__).parents[3] / "media" / "jfk-inaugural-1961.mp4"


def code_of(response: httpx.Response) -> str:
    assert response.headers["content-type"] == "application/problem+json", response.text
    kind: str = response.json()["type"]
    return kind.removeprefix("urn:lms:problem:")


async def teacher(school: School, name: str, **more: object) -> Person:
    body = {
        "email": f"{name}@school.example",
        "first_name": name.title(),
        "last_name": "Teacher",
        "password": FIRST_PASSWORD,
        **more,
    }
    response = await school.admin.post("/api/users/auth/register-teacher/", body)
    assert response.status_code == 201, response.text
    assert response.json()["must_change_password"] is True
    return await first_sign_in(school.running, school.host, f"{name}@school.example")


async def test_onboarding(running: RunningApp, operator: Person) -> None:
    body = {
        "school_name": "Škola Žďár",
        "admin_email": "z@school.example",
        "admin_first_name": "Z",
        "admin_last_name": "Z",
        "admin_password": FIRST_PASSWORD,
    }
    response = await operator.post("/api/super-admin/tenants/", body)
    assert response.status_code == 201
    made = response.json()
    assert set(made) == {"tenant", "admin_email", "subdomain"}
    assert re.fullmatch("[a-z0-9-]+", made["subdomain"])
    assert made["tenant"]["status"] == "TRIAL"
    assert made["tenant"]["plan"] == "FREE"
    assert response.headers["location"] == f"/api/super-admin/tenants/{made['tenant']['id']}/"
    one = await operator.get(response.headers["location"])
    assert one.json() == made["tenant"]
    taken = await operator.post("/api/super-admin/tenants/", {**body, "subdomain": made["subdomain"]})
    assert (taken.status_code, code_of(taken)) == (409, "subdomain_taken")
    assert taken.json()["errors"][0]["field"] == "subdomain"
    async with running.client(f"{made['subdomain']}.lms.example") as client:
        theme = await client.get("/api/tenants/theme/")
    assert theme.json()["name"] == "Škola Žďár"
    assert set(theme.json()) == {"name", "subdomain", "logo_url", "primary_color", "secondary_color", "font_family"}


async def test_schools_in_pages(operator: Person, school: School, other_school: School) -> None:
    first = (await operator.get("/api/super-admin/tenants/?page_size=1&ordering=name")).json()
    assert set(first) == {"count", "next", "previous", "results"}
    assert first["count"] >= 2
    assert first["previous"] is None
    seen = [first["results"][0]["subdomain"]]
    page = first
    while page["next"]:
        page = (await operator.get(page["next"])).json()
        seen.append(page["results"][0]["subdomain"])
    assert len(seen) == len(set(seen)) == first["count"]
    assert {"north", "south"} <= set(seen)
    found = (await operator.get("/api/super-admin/tenants/?search=School north&is_trial=true")).json()
    assert [tenant["subdomain"] for tenant in found["results"]] == ["north"]


async def test_sign_in_says_nothing_of_why_not(running: RunningApp, school: School) -> None:
    answers = []
    async with running.client(school.host) as client:
        for email, password in (("admin@school.example", "wrong"), ("nobody@school.example", PASSWORD), OPERATOR):
            answers.append(await client.post("/api/users/auth/login/", json={"email": email, "password": password}))
        answers.append(
            await client.post(
                "/api/users/auth/login/",
                json={"email": "admin@school.example", "password": PASSWORD, "portal": "super_admin"},
            )
        )
    async with running.client() as client:
        answers.append(
            await client.post("/api/users/auth/login/", json={"email": "admin@school.example", "password": PASSWORD})
        )
    assert {answer.status_code for answer in answers} == {401}
    assert {code_of(answer) for answer in answers} == {"invalid_credentials"}
    assert len({answer.text.replace(answer.headers["x-request-id"], "") for answer in answers}) == 1


async def test_a_session_in_the_body(running: RunningApp, school: School) -> None:
    async with running.client(school.host) as client:
        signed_in = (
            await client.post("/api/users/auth/login/", json={"email": "admin@school.example", "password": PASSWORD})
        ).json()
        assert set(signed_in) == {"user", "tokens"}
        assert set(signed_in["tokens"]) == {"access", "refresh"}
        assert not client.cookies
        first = signed_in["tokens"]["refresh"]
        renewed = (await client.post("/api/users/auth/refresh/", json={"refresh_token": first})).json()
        assert set(renewed) == {"access", "refresh"}
        assert renewed["refresh"] not in {None, first}
        me = await client.get("/api/users/auth/me/", headers={"Authorization": f"Bearer {renewed['access']}"})
        assert me.json() == signed_in["user"]
        out = await client.post("/api/users/auth/logout/", json={"refresh_token": renewed["refresh"]})
        assert (out.status_code, out.content) == (204, b"")
        for token in (first, renewed["refresh"], "nonsense"):
            again = await client.post("/api/users/auth/refresh/", json={"refresh_token": token})
            assert (again.status_code, code_of(again)) == (401, "invalid_refresh_token")
        after = await client.get("/api/users/auth/me/", headers={"Authorization": f"Bearer {renewed['access']}"})
        assert after.status_code == 401


async def test_a_session_in_the_cookie(running: RunningApp, school: School) -> None:
    own = {"Origin": f"https://{school.host}", "Sec-Fetch-Site": "same-origin"}
    async with running.client(school.host) as client:
        body = {"email": "admin@school.example", "password": PASSWORD, "session": "cookie"}
        foreign = await client.post("/api/users/auth/login/", json=body, headers={"Origin": "https://evil.example"})
        assert (foreign.status_code, code_of(foreign)) == (403, "origin_mismatch")
        response = await client.post("/api/users/auth/login/", json=body, headers=own)
        assert response.json()["tokens"]["refresh"] is None
        cookie = response.headers["set-cookie"]
        assert cookie.startswith("__Host-lms_refresh=")
        assert {"HttpOnly", "Secure", "Path=/", "SameSite=strict"} <= {part.strip() for part in cookie.split(";")}
        assert "domain" not in cookie.lower()

        for headers in ({}, {"Origin": "https://south.lms.example"}, {**own, "Sec-Fetch-Site": "same-site"}):
            refused = await client.post("/api/users/auth/refresh/", json={}, headers=headers)
            assert (refused.status_code, code_of(refused)) == (403, "origin_mismatch")
            assert (await client.post("/api/users/auth/logout/", headers=headers)).status_code == 403

        before = client.cookies["__Host-lms_refresh"]
        renewed = await client.post("/api/users/auth/refresh/", json={}, headers=own)
        assert renewed.status_code == 200
        assert renewed.json()["refresh"] is None
        assert client.cookies["__Host-lms_refresh"] != before
        me = await client.get("/api/users/auth/me/", headers={"Authorization": f"Bearer {renewed.json()['access']}"})
        assert me.status_code == 200
        out = await client.post("/api/users/auth/logout/", headers=own)
        assert out.status_code == 204
        assert "Max-Age=0" in out.headers["set-cookie"]
        assert not client.cookies
        again = await client.post("/api/users/auth/refresh/", json={}, headers=own)
        assert (again.status_code, code_of(again)) == (401, "invalid_refresh_token")


async def test_a_new_password_keeps_the_session_where_it_is(school: School) -> None:
    person = await teacher(school, "cookie")
    own = {"Origin": f"https://{school.host}"}
    body = {"email": person.email, "password": PASSWORD, "session": "cookie"}
    access = (await person.client.post("/api/users/auth/login/", json=body, headers=own)).json()["tokens"]["access"]
    change = {"current_password": PASSWORD, "new_password": "third green elephant tricycle"}
    signed_in = {**own, "Authorization": f"Bearer {access}"}
    wrong = await person.client.post(
        "/api/users/auth/change-password/", json={**change, "current_password": "no"}, headers=signed_in
    )
    assert [(e["field"], e["code"]) for e in wrong.json()["errors"]] == [("current_password", "wrong")]
    response = await person.client.post("/api/users/auth/change-password/", json=change, headers=signed_in)
    assert response.status_code == 200, response.text
    assert response.json()["tokens"]["refresh"] is None
    assert "__Host-lms_refresh=" in response.headers["set-cookie"]
    assert (await person.client.get("/api/users/auth/me/", headers=signed_in)).status_code == 401
    assert (await person.client.post("/api/users/auth/refresh/", json={}, headers=own)).status_code == 200


async def test_the_first_password_must_be_changed(school: School) -> None:
    body = {"email": "new@school.example", "first_name": "N", "last_name": "T", "password": FIRST_PASSWORD}
    assert (await school.admin.post("/api/users/auth/register-teacher/", body)).status_code == 201
    person = await sign_in(school.running, school.host, "new@school.example", FIRST_PASSWORD)
    assert (await person.get("/api/users/auth/me/")).json()["must_change_password"] is True
    refused = await person.get("/api/teacher/courses/")
    assert (refused.status_code, code_of(refused)) == (403, "password_change_required")


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"email": "not an address"}, "email", "invalid"),
        ({"password": "short"}, "password", "too_short"),
        ({"password_confirm": "something else"}, "password_confirm", "mismatch"),
        ({"role": "SUPER_ADMIN"}, "role", "invalid"),
        ({"role": "CHEF"}, "role", "invalid"),
        ({"group_ids": ["0190f7d0-0000-7000-8000-000000000001"]}, "group_ids", "unknown"),
        ({"subjects": ["x"] * 51}, "subjects", "too_long"),
        ({"date_of_joining": "2026-02-30"}, "date_of_joining", "invalid"),
        ({"tenant_id": "0190f7d0-0000-7000-8000-000000000001"}, "tenant_id", "unknown_field"),
        ({"email": "admin@school.example"}, "email", "taken"),
    ],
)
async def test_a_person_who_is_refused(school: School, change: dict[str, object], field: str, code: str) -> None:
    body = {
        "email": "r@school.example",
        "first_name": "R",
        "last_name": "T",
        "password": "a fine and long password",
        **change,
    }
    response = await school.admin.post("/api/users/auth/register-teacher/", body)
    assert response.status_code == (409 if code == "taken" else 400)
    assert [(e["field"], e["code"]) for e in response.json()["errors"]] == [(field, code)]


async def test_a_course_from_draft_to_teacher(school: School) -> None:
    admin = school.admin
    person = await teacher(school, "tess", role="HOD", department="Maths", subjects=["Algebra"])
    created = await admin.post(
        "/api/courses/",
        {"title": "Fractions", "deadline": "2026-12-24", "estimated_hours": 2, "is_mandatory": True},
    )
    assert created.status_code == 201
    course = created.json()
    address = f"/api/courses/{course['id']}/"
    assert created.headers["location"] == address
    assert created.headers["etag"] == '"1"'
    assert course["deadline"] == "2026-12-24"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", course["created_at"])

    empty = await admin.post(f"{address}publish/", {"action": "publish"})
    assert (empty.status_code, code_of(empty)) == (409, "course_empty")
    same = await admin.post("/api/courses/", {"title": "Fractions"})
    assert (same.status_code, code_of(same)) == (409, "course_title_taken")

    module = (await admin.post(f"{address}modules/", {"title": "Halves"})).json()
    contents = f"{address}modules/{module['id']}/contents/"
    link = await admin.post(contents, {"title": "Read", "content_type": "LINK", "url": "https://example.org/x"})
    assert link.status_code == 201
    assert link.headers["location"] == f"{contents}{link.json()['id']}/"
    assert (await admin.get(link.headers["location"])).json() == link.json()
    video = await admin.post(contents, {"title": "Video", "content_type": "VIDEO"})
    assert (video.status_code, code_of(video)) == (400, "content_type_unavailable")
    bad = await admin.post(contents, {"title": "Bad", "content_type": "LINK", "url": "javascript:alert(1)"})
    assert [(e["field"], e["code"]) for e in bad.json()["errors"]] == [("url", "invalid")]
    assert [m["title"] for m in (await admin.get(f"{address}modules/")).json()["results"]] == ["Halves"]
    assert [c["title"] for c in (await admin.get(contents)).json()["results"]] == ["Read"]

    mine = f"/api/teacher/courses/{course['id']}/"
    assert (await person.get(mine)).status_code == 404
    me = (await person.get("/api/users/auth/me/")).json()
    patched = await admin.client.patch(
        address, json={"assigned_teachers": [me["id"]], "deadline": None}, headers={"If-Match": '"1"'}
    )
    assert patched.status_code == 200, patched.text
    assert patched.headers["etag"] == '"2"'
    assert (patched.json()["deadline"], patched.json()["title"]) == (None, "Fractions")
    stale = await admin.client.patch(address, json={"title": "Thirds"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, code_of(stale)) == (412, "stale_version")
    groups = await admin.client.patch(address, json={"assigned_groups": [me["id"]]})
    assert [(e["field"], e["code"]) for e in groups.json()["errors"]] == [("assigned_groups", "unknown")]
    assert (await admin.client.patch(address, json={"assigned_groups": []})).status_code == 200

    assert (await person.get(mine)).status_code == 404
    published = await admin.post(f"{address}publish/", {"action": "publish"})
    assert published.json()["is_published"] is True
    listed = (await person.get("/api/teacher/courses/")).json()
    assert [c["title"] for c in listed["results"]] == ["Fractions"]
    detail = await person.get(mine)
    assert detail.json()["modules"][0]["contents"][0]["url"] == "https://example.org/x"
    assert detail.json()["modules"][0]["contents"][0]["hls_url"] is None
    unchanged = await person.get(mine, headers={"If-None-Match": detail.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    for path in (f"/api/teacher/videos/{link.json()['id']}/transcript/", f"/api/teacher/courses/{module['id']}/"):
        assert (await person.get(path)).status_code == 404


async def test_a_video_on_its_way(school: School) -> None:
    contents = await new_module(school, "Speeches")
    form = {"file": ("speech.mp4", CLIP.read_bytes(), "video/mp4")}
    sent = await school.admin.client.post(f"{contents}/video-upload/", files=form, data={"title": "Speech"})
    assert sent.status_code == 201, sent.text
    content = sent.json()["content"]
    assert (content["title"], content["content_type"]) == ("Speech", "VIDEO")
    assert sent.headers["location"] == f"{contents}/{content['id']}/"
    status_address = f"{contents}/{content['id']}/video-status/"
    status = await school.admin.get(status_address)
    assert status.json()["video_asset"] == sent.json()["video_asset"]
    assert status.json()["playback"] is None
    assert status.json()["video_asset"]["steps"][0]["name"] == "VALIDATE"
    unchanged = await school.admin.get(status_address, headers={"If-None-Match": status.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    running = await school.admin.post(f"{contents}/{content['id']}/video/rerun/", {"from_step": "VALIDATE"})
    assert (running.status_code, code_of(running)) == (409, "step_running")
    for step in ("REMUX_", "", None):
        wrong = await school.admin.post(f"{contents}/{content['id']}/video/rerun/", {"from_step": step})
        assert wrong.status_code == 400


async def test_what_belongs_to_another_school_does_not_exist(school: School, other_school: School) -> None:
    contents = await new_module(school, "Secret")
    course, module = contents.split("/")[3], contents.split("/")[5]
    link = (
        await school.admin.post(contents, {"title": "L", "content_type": "LINK", "url": "https://x.example"})
    ).json()
    made_up = "0190f7d0-0000-7000-8000-00000000dead"
    stranger = other_school.admin
    asked = [
        ("GET", "/api/courses/{course}", None),
        ("PATCH", "/api/courses/{course}", {"title": "Mine"}),
        ("POST", "/api/courses/{course}/publish", {"action": "publish"}),
        ("GET", "/api/courses/{course}/modules", None),
        ("POST", "/api/courses/{course}/modules", {"title": "Mine"}),
        ("GET", "/api/courses/{course}/modules/{module}/contents", None),
        ("POST", "/api/courses/{course}/modules/{module}/contents", {"title": "L", "content_type": "LINK", "url": "https://x.example"}),
        ("GET", "/api/courses/{course}/modules/{module}/contents/{content}", None),
        ("GET", "/api/courses/{course}/modules/{module}/contents/{content}/video-status", None),
        ("POST", "/api/courses/{course}/modules/{module}/contents/{content}/video/rerun", {"from_step": "VALIDATE"}),
        ("POST", "/api/courses/{course}/modules/{module}/contents/video-upload", None),
    ]  # fmt: skip
    fixed = {"X-Request-ID": "abcdefgh"}
    for method, path, body in asked:
        real = path.format(course=course, module=module, content=link["id"])
        invented = path.format(course=made_up, module=made_up, content=made_up)
        answers = [
            await stranger.client.request(method, address, json=body, headers=fixed) for address in (real, invented)
        ]
        assert [answer.status_code for answer in answers] == [404, 404], path
        assert answers[0].content == answers[1].content
        assert answers[0].headers == answers[1].headers
    assert (await school.admin.get(f"/api/courses/{course}")).json()["title"] == "Secret"


async def test_a_token_is_good_on_its_own_site_only(school: School, other_school: School, operator: Person) -> None:
    for person, host in ((school.admin, other_school.host), (school.admin, "lms.example"), (operator, school.host)):
        async with school.running.client(host) as client:
            response = await client.get(
                "/api/users/auth/me/", headers={"Authorization": person.client.headers["Authorization"]}
            )
        assert (response.status_code, code_of(response)) == (401, "not_signed_in")


async def test_ready(running: RunningApp) -> None:
    async with running.client("anything.at.all") as client:
        response = await client.get("/health/ready")
    assert response.json() == {"status": "ready", "parts": {"database": "ok", "storage": "ok", "broker": "ok"}}

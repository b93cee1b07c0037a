"""Courses over HTTP: their whole life, races, roles, and that no school sees another's."""

import asyncio
import io
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image

from adapters.memory.clock import MemoryClock
from lms_app.audit.audit_trail import AuditTrail
from lms_app.courses.purge_courses import PurgeDeletedCourses
from lms_app.files.remove_unused_files import RemoveUnusedFiles
from lms_app.ports.clock import Clock
from lms_app.ports.inventory import Inventory
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from tests.integration.http.conftest import FIRST_PASSWORD, Person, School, first_sign_in

PDF = b"%PDF-1.7\n" + b"words " * 100


def png(size: tuple[int, int] = (60, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (10, 200, 90)).save(out, "PNG")
    return out.getvalue()


async def send(person: Person, kind: str, data: bytes, name: str = "file.bin", **more: str) -> Any:
    response = await person.client.post(f"/api/uploads/{kind}/", files={"file": (name, data)}, headers=more)
    assert response.status_code == 201, response.text
    return response.json()


async def new_course(school: School, **fields: object) -> Any:
    response = await school.admin.post("/api/courses/", {"title": f"Course {uuid4()}", **fields})
    assert response.status_code == 201, response.text
    return response.json()


async def filled(school: School) -> tuple[str, list[dict[str, Any]]]:
    """The address of a course, and its modules: two, the first with a link and a text, the second with a document."""
    path = f"/api/courses/{(await new_course(school))['id']}/"
    modules = [(await school.admin.post(f"{path}modules/", {"title": f"M{n}"})).json() for n in range(2)]
    file = await send(school.admin, "content-file", PDF, "Handout.pdf")
    for module, body in (
        (modules[0], {"title": "A link", "content_type": "LINK", "url": "https://x.example"}),
        (modules[0], {"title": "A text", "content_type": "TEXT", "text": "<p>Hi</p><script>x()</script>"}),
        (modules[1], {"title": "A document", "content_type": "DOCUMENT", "file_id": file["file_id"]}),
    ):
        response = await school.admin.post(f"{path}modules/{module['id']}/contents/", body)
        assert response.status_code == 201, response.text
    return path, (await school.admin.get(path)).json()["modules"]


@pytest.fixture(scope="module")
async def teacher(school: School) -> Person:
    body = {"email": "t@school.example", "first_name": "T", "last_name": "T", "password": FIRST_PASSWORD}
    body["password_confirm"] = FIRST_PASSWORD
    response = await school.admin.post("/api/users/auth/register-teacher/", body)
    assert response.status_code == 201, response.text
    return await first_sign_in(school.running, school.host, "t@school.example")


class TestContents:
    async def test_texts_and_documents_reach_their_learners(
        self, school: School, other_school: School, teacher: Person
    ) -> None:
        path, modules = await filled(school)
        text, document = modules[0]["contents"][1], modules[1]["contents"][0]
        assert text["text"] == "<p>Hi</p>"
        await school.admin.client.patch(path, json={"assigned_to_all": True})
        assert (await school.admin.post(f"{path}publish/", {"action": "publish"})).status_code == 200
        shown = (await teacher.get(path.replace("/courses/", "/teacher/courses/"))).json()
        assert shown["modules"][0]["contents"][1]["text"] == "<p>Hi</p>"
        for url in (document["file_url"], shown["modules"][1]["contents"][0]["file_url"]):
            # As a plain link is followed: without a header.
            fetched = await school.running.client(school.host).get(url)
            assert (fetched.status_code, fetched.content) == (200, PDF)
            assert fetched.headers["content-disposition"].startswith('attachment; filename="Handout.pdf"')
            assert fetched.headers["x-content-type-options"] == "nosniff"
            assert "no-store" in fetched.headers["cache-control"]
            assert (await school.running.client(other_school.host).get(url)).status_code == 404
            assert (await school.running.client("lms.example").get(url)).status_code == 404
            forged = url[:-9] + ("A" if url[-9] != "A" else "B") + url[-8:]
            assert (await school.running.client(school.host).get(forged)).status_code == 404

    async def test_contents_and_modules_are_changed_and_removed(self, school: School) -> None:
        path, modules = await filled(school)
        link, text = modules[0]["contents"]
        inside = f"{path}modules/{modules[0]['id']}/"
        client = school.admin.client
        changed = await client.patch(f"{inside}contents/{link['id']}/", json={"url": "https://y.example", "title": "L"})
        assert (changed.status_code, changed.json()["url"], changed.json()["title"]) == (200, "https://y.example", "L")
        assert (
            await client.patch(f"{inside}contents/{text['id']}/", json={"url": "https://y.example"})
        ).status_code == 400
        assert (await client.patch(inside, json={"title": "First"})).json()["title"] == "First"
        assert (await client.get(inside)).json()["title"] == "First"
        assert (await client.delete(f"{inside}contents/{link['id']}/")).status_code == 204
        assert (await client.delete(f"{inside}contents/{link['id']}/")).status_code == 404
        assert [c["order"] for c in (await client.get(f"{inside}contents/")).json()["results"]] == [1]
        assert (await client.delete(f"{path}modules/{modules[1]['id']}/")).status_code == 204
        assert (await client.get(modules[1]["contents"][0]["file_url"])).status_code == 404
        assert [m["id"] for m in (await client.get(path)).json()["modules"]] == [modules[0]["id"]]

    @pytest.mark.parametrize(
        ("body", "field", "code"),
        [
            ({"content_type": "TEXT"}, "text", "required"),
            ({"content_type": "TEXT", "text": "<script>x()</script>"}, "text", "required"),
            ({"content_type": "TEXT", "text": "x", "url": "https://x.example"}, "url", "invalid"),
            ({"content_type": "DOCUMENT", "file_id": str(uuid4())}, "file_id", "unknown"),
            ({"content_type": "LINK", "url": "javascript:x()"}, "url", "invalid"),
            (
                {"content_type": "LINK", "url": "https://x.example", "required_coverage": 70},
                "required_coverage",
                "invalid",
            ),
        ],
    )
    async def test_what_is_refused(self, school: School, body: dict[str, str], field: str, code: str) -> None:
        course = await new_course(school)
        module = (await school.admin.post(f"/api/courses/{course['id']}/modules/", {"title": "M"})).json()
        response = await school.admin.post(
            f"/api/courses/{course['id']}/modules/{module['id']}/contents/", {"title": "T", **body}
        )
        assert response.status_code == 400
        assert [(e["field"], e["code"]) for e in response.json()["errors"]] == [(field, code)]


class TestOutline:
    async def test_the_whole_order(self, school: School) -> None:
        path, (first, second) = await filled(school)
        wanted = [
            {"id": second["id"], "contents": [first["contents"][1]["id"]]},
            {"id": first["id"], "contents": [second["contents"][0]["id"], first["contents"][0]["id"]]},
        ]
        client = school.admin.client
        tag = {"If-Match": (await client.get(path)).headers["etag"]}
        arranged = await client.put(f"{path}outline/", json={"modules": wanted}, headers=tag)
        assert arranged.status_code == 200
        assert [
            {"id": m["id"], "contents": [c["id"] for c in m["contents"]]} for m in arranged.json()["modules"]
        ] == wanted
        stale = await client.put(f"{path}outline/", json={"modules": wanted}, headers=tag)
        assert (stale.status_code, stale.json()["type"]) == (412, "urn:lms:problem:stale_version")
        missing = await client.put(f"{path}outline/", json={"modules": wanted[:1]})
        assert missing.status_code == 400
        assert {e["code"] for e in missing.json()["errors"]} == {"missing"}


class TestLife:
    async def test_delete_and_restore(self, school: School) -> None:
        path, _ = await filled(school)
        client = school.admin.client
        title = (await client.get(path)).json()["title"]
        assert (await client.delete(path)).status_code == 204
        assert (await client.delete(path)).status_code == 404
        assert (await client.get(path)).status_code == 404
        assert (await client.get(f"{path}modules/")).status_code == 404
        deleted = (await client.get(f"/api/courses/?is_deleted=true&search={title}")).json()
        assert [course["title"] for course in deleted["results"]] == [title]
        assert (await client.get(f"/api/courses/?search={title}")).json()["count"] == 0
        restored = await client.post(f"{path}restore/")
        assert (restored.status_code, restored.json()["deleted_at"], restored.json()["is_published"]) == (
            200,
            None,
            False,
        )
        again = await client.post(f"{path}restore/")
        assert (again.status_code, again.json()["type"]) == (409, "urn:lms:problem:not_deleted")

    async def test_a_title_that_came_into_use_meanwhile(self, school: School) -> None:
        course = await new_course(school)
        await school.admin.client.delete(f"/api/courses/{course['id']}/")
        await new_course(school, title=course["title"].upper())
        response = await school.admin.post(f"/api/courses/{course['id']}/restore/")
        assert (response.status_code, response.json()["type"]) == (409, "urn:lms:problem:course_title_taken")

    async def test_a_copy(self, school: School) -> None:
        path, modules = await filled(school)
        copied = await school.admin.client.post(f"{path}duplicate/")
        assert copied.status_code == 201, copied.text
        copy = copied.json()
        assert copied.headers["location"] == f"/api/courses/{copy['id']}/"
        assert copy["title"].endswith(" (copy)")
        assert (copy["left_out"], copy["assigned_to_all"], copy["is_published"]) == ([], False, False)
        assert [[c["title"] for c in m["contents"]] for m in copy["modules"]] == [
            [c["title"] for c in m["contents"]] for m in modules
        ]
        # The document is the same file, and outlives the original's.
        await school.admin.client.delete(f"{path}modules/{modules[1]['id']}/")
        url = (await school.admin.get(f"/api/courses/{copy['id']}/")).json()["modules"][1]["contents"][0]["file_url"]
        assert (await school.admin.get(url)).content == PDF


class TestRaces:
    @pytest.mark.parametrize("by_copy", [False, True])
    async def test_one_title_twice_at_once(self, school: School, by_copy: bool) -> None:
        original = await new_course(school)
        path = f"/api/courses/{original['id']}/duplicate/" if by_copy else "/api/courses/"
        body = {"title": f"Only one {by_copy}"}
        answers = await asyncio.gather(*(school.admin.post(path, body) for _ in range(2)))
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        (refused,) = [answer.json() for answer in answers if answer.status_code == 409]
        assert refused["errors"] == [
            {"field": "title", "code": "taken", "message": "There is already a course with this title."}
        ]

    async def test_deleting_twice_at_once(self, school: School) -> None:
        path, modules = await filled(school)
        module = f"{path}modules/{modules[1]['id']}/"
        before = (await school.admin.get(path)).json()["content_count"]
        answers = await asyncio.gather(*(school.admin.client.delete(module) for _ in range(3)))
        assert sorted(answer.status_code for answer in answers) == [204, 404, 404]
        assert (await school.admin.get(path)).json()["content_count"] == before - 1
        answers = await asyncio.gather(*(school.admin.client.delete(path) for _ in range(3)))
        assert sorted(answer.status_code for answer in answers) == [204, 404, 404]
        answers = await asyncio.gather(*(school.admin.client.post(f"{path}restore/") for _ in range(3)))
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409]


async def test_a_video_in_a_deleted_course_is_out_of_reach(school: School) -> None:
    clip = (Path(__file__).parents[3] / "media" / "jfk-inaugural-1961.mp4").read_bytes()
    path, modules = await filled(school)
    contents = f"{path}modules/{modules[0]['id']}/contents/"
    sent = await school.admin.client.post(f"{contents}video-upload/", files={"file": ("a.mp4", clip)})
    assert sent.status_code == 201, sent.text
    video = f"{contents}{sent.json()['content']['id']}/"
    assert (await school.admin.get(f"{video}video-status/")).json()["video_asset"]["status"] == "UPLOADED"
    copy = (await school.admin.post(f"{path}duplicate/")).json()
    assert [left["id"] for left in copy["left_out"]] == [sent.json()["content"]["id"]]
    await school.admin.client.delete(path)
    for method, address, body in (
        ("GET", f"{video}video-status/", None),
        ("GET", video, None),
        ("PATCH", video, {"title": "x"}),
        ("DELETE", video, None),
        ("POST", f"{video}video/rerun/", {"from_step": "VALIDATE"}),
    ):
        assert (await school.admin.client.request(method, address, json=body)).status_code == 404, address
    again = await school.admin.client.post(f"{contents}video-upload/", files={"file": ("a.mp4", clip)})
    assert again.status_code == 404
    await school.admin.client.post(f"{path}restore/")
    asset = (await school.admin.get(f"{video}video-status/")).json()["video_asset"]
    assert (asset["status"], asset["error_code"]) == ("FAILED", "cancelled")
    rerun = await school.admin.post(f"{video}video/rerun/", {"from_step": "VALIDATE"})
    assert rerun.status_code == 202, rerun.text
    assert (await school.admin.client.delete(video)).status_code == 204


async def test_what_was_deleted_long_ago_goes_for_good(school: School) -> None:
    container = school.running.container
    uow, clock, trail = [await container.get(kind) for kind in (UnitOfWork, Clock, AuditTrail)]
    path, modules = await filled(school)
    course_id = UUID(path.split("/")[3])
    await school.admin.client.delete(path)
    scope = TenantScope(UUID((await school.admin.get("/api/users/auth/me/")).json()["tenant_id"]))
    async with uow.begin(scope) as tx:
        used = (await tx.usage.limits())[1]
    month = timedelta(days=30)
    assert await PurgeDeletedCourses(uow, trail, clock)() == 0
    assert await PurgeDeletedCourses(uow, trail, MemoryClock(clock.now() + month))() >= 1
    async with uow.begin(scope) as tx:
        assert await tx.courses.lock_deleted(course_id) is None
        assert await tx.courses.find_content(UUID(modules[0]["contents"][0]["id"])) is None
        assert (await tx.usage.limits())[1] < used
    assert (await school.admin.client.post(f"{path}restore/")).status_code == 404


async def test_uploads_that_nobody_went_on_with_go_after_a_day(school: School) -> None:
    container = school.running.container
    uow, clock, inventory = [await container.get(kind) for kind in (UnitOfWork, Clock, Inventory)]
    picture = await send(school.admin, "course-thumbnail", png())
    course = await new_course(school, thumbnail=picture["file_id"])
    assert course["thumbnail_url"] == picture["url"]
    forgotten = await send(school.admin, "content-file", PDF)
    assert await RemoveUnusedFiles(uow, inventory, clock)() == 0
    assert await RemoveUnusedFiles(uow, inventory, MemoryClock(clock.now() + timedelta(days=2)))() >= 1
    assert (await school.admin.get(forgotten["url"])).status_code == 404
    assert (await school.admin.get(picture["url"])).status_code == 200
    again = {"title": "T", "content_type": "DOCUMENT", "file_id": forgotten["file_id"]}
    module = (await school.admin.post(f"/api/courses/{course['id']}/modules/", {"title": "M"})).json()
    refused = await school.admin.post(f"/api/courses/{course['id']}/modules/{module['id']}/contents/", again)
    assert refused.status_code == 400


async def test_every_change_is_audited(school: School) -> None:
    path, modules = await filled(school)
    await school.admin.client.patch(path, json={"description": "New"})
    await school.admin.client.put(f"{path}outline/", json={"modules": [
        {"id": m["id"], "contents": [c["id"] for c in m["contents"]]} for m in reversed(modules)
    ]})  # fmt: skip
    await school.admin.post(f"{path}publish/", {"action": "publish"})
    await school.admin.client.delete(path)
    container = school.running.container
    from adapters.postgres.database import PostgresDatabase

    database = await container.get(PostgresDatabase)
    async with database.system.connection() as connection:
        rows = await connection.fetch(
            "SELECT action, object_id, actor_email, address FROM audit_log WHERE object_id = $1 ORDER BY at",
            path.split("/")[3],
        )
    assert [row["action"] for row in rows] == [
        "course.created", "course.updated", "course.reordered", "course.published", "course.deleted",
    ]  # fmt: skip
    assert {row["actor_email"] for row in rows} == {"admin@school.example"}


async def test_others_learn_nothing(school: School, other_school: School, teacher: Person) -> None:
    path, modules = await filled(school)
    before = (await school.admin.get(path)).json()["version"], [m["id"] for m in modules]
    module, content = modules[0]["id"], modules[0]["contents"][0]["id"]
    unknown = f"/api/courses/{uuid4()}/"
    requests: tuple[tuple[str, str, object], ...] = (
        ("DELETE", "", None),
        ("POST", "restore/", None),
        ("POST", "duplicate/", {}),
        ("PUT", "outline/", {"modules": []}),
        ("GET", f"modules/{module}/", None),
        ("PATCH", f"modules/{module}/", {"title": "x"}),
        ("DELETE", f"modules/{module}/", None),
        ("PATCH", f"modules/{module}/contents/{content}/", {"title": "x"}),
        ("DELETE", f"modules/{module}/contents/{content}/", None),
    )
    for method, below, body in requests:
        foreign, none = [
            await other_school.admin.client.request(method, f"{start}{below}", json=body) for start in (path, unknown)
        ]
        assert foreign.status_code == none.status_code == 404, (method, below)
        told = [{**answer.json(), "instance": ""} for answer in (foreign, none)]
        assert told[0] == told[1]
        assert (await teacher.client.request(method, f"{path}{below}", json=body)).status_code == 403
        anonymous = school.running.client(school.host)
        assert (await anonymous.request(method, f"{path}{below}", json=body)).status_code == 401
    after = (await school.admin.get(path)).json()
    assert (after["version"], [m["id"] for m in after["modules"]]) == before

"""Certificates: issued by completing a course, kept, printed, and believed by whoever has the code."""

import asyncio
import re
from collections.abc import AsyncIterator

import asyncpg
import pypdfium2  # type: ignore[import-untyped]  # comes without types
import pytest

from tests.integration.http.conftest import Person, RunningApp, School
from tests.integration.http.test_learning import UNKNOWN, OpenCourse, code_of, new_teacher, new_work, ok, open_course


@pytest.fixture
async def owner(running: RunningApp) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    assert running.settings.database is not None
    connection = await asyncpg.connect(running.settings.database.owner)
    yield connection
    await connection.close()


async def complete(person: Person, course: OpenCourse) -> None:
    for content in course.contents:
        ok(await person.post(f"/api/teacher/progress/content/{content}/complete/"))


async def certificates(person: Person) -> list[dict[str, str]]:
    page = ok(await person.get("/api/teacher/certificates/"))
    found = page["results"]
    assert isinstance(found, list)
    assert page["count"] == len(found)
    return found


async def explained(person: Person, course: OpenCourse) -> dict[str, object]:
    return ok(await person.get(f"/api/teacher/courses/{course.id}/completion/"))


async def test_whoever_completes_a_course_has_one_that_anybody_can_check(school: School, other_school: School) -> None:
    course, person = await open_course(school, 2, estimated_hours=1.5), await new_teacher(school)
    assert await certificates(person) == []
    ends = [f"/api/teacher/progress/content/{content}/complete/" for content in course.contents] * 5
    await asyncio.gather(*(person.post(path) for path in ends))
    (mine,) = await certificates(person)
    assert re.fullmatch(r"[0-9a-f]{24}", mine["code"])
    assert mine["verify_url"] == f"https://north.lms.example/certificates/{mine['code']}"
    anybody = school.running.client(school.host)
    for code in (mine["code"], mine["code"].upper(), "-".join(re.findall("....", mine["code"]))):
        answer = await anybody.get(f"/api/certificates/{code}/")
        assert answer.headers["cache-control"] == "no-store"
        assert ok(answer) == {
            "code": mine["code"],
            "school_name": "School north",
            "holder_name": "Lea Learner",
            "course_title": mine["course_title"],
            "estimated_hours": 1.5,
            "issued_at": mine["issued_at"],
        }
    elsewhere = school.running.client(other_school.host)
    for client, code in (
        (anybody, "0" * 24),
        (anybody, "x"),
        (anybody, "%00"),
        (anybody, "a" * 3000),
        (elsewhere, mine["code"]),
        (school.running.client(), mine["code"]),
    ):
        unknown = await client.get(f"/api/certificates/{code}/")
        assert (unknown.status_code, code_of(unknown)) == (404, "not_found"), code[:30]

    printed = await person.get(mine["file_url"])
    assert (printed.status_code, printed.headers["content-type"]) == (200, "application/pdf")
    (page,) = pypdfium2.PdfDocument(printed.content)
    text = page.get_textpage().get_text_bounded()
    assert all(word in text for word in ("Lea Learner", mine["course_title"], "School north", mine["verify_url"]))
    colleague, stranger = await new_teacher(school), await new_teacher(other_school)
    for who in (colleague, stranger):
        assert (await who.get(mine["file_url"])).status_code == 404
    assert (await school.admin.get(mine["file_url"])).status_code == 403
    assert (await person.get(f"/api/teacher/certificates/{UNKNOWN}/file/")).status_code == 404


async def test_it_stays_when_the_course_changes_or_goes(
    school: School, owner: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    course, person = await open_course(school), await new_teacher(school)
    await complete(person, course)
    (before,) = await certificates(person)
    ok(await school.admin.client.patch(f"/api/courses/{course.id}/", json={"title": f"{before['course_title']} anew"}))
    assert await certificates(person) == [before]
    assert (await school.admin.client.delete(f"/api/courses/{course.id}/")).status_code == 204
    assert await certificates(person) == [before]
    await owner.execute("DELETE FROM courses WHERE id = $1", course.id)
    (after,) = await certificates(person)
    assert after == {**before, "course_id": None}
    ok(await school.running.client(school.host).get(f"/api/certificates/{before['code']}/"))


async def test_it_goes_with_its_person(school: School) -> None:
    course, person = await open_course(school), await new_teacher(school)
    await complete(person, course)
    (mine,) = await certificates(person)
    me = ok(await person.get("/api/users/auth/me/"))["id"]
    exported = ok(await school.admin.get(f"/api/teachers/{me}/export/"))
    assert mine["code"] in str(exported)
    erased = await school.admin.post(f"/api/teachers/{me}/erase/")
    assert erased.status_code < 300, erased.text
    gone = await school.running.client(school.host).get(f"/api/certificates/{mine['code']}/")
    assert (gone.status_code, code_of(gone)) == (404, "not_found")


async def test_nothing_that_is_added_takes_a_completion_back(
    school: School, owner: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    course, person = await open_course(school, 2), await new_teacher(school)
    detail = ok(await school.admin.get(f"/api/courses/{course.id}/"))
    module = detail["modules"][0]["id"]  # type: ignore[index]
    contents = f"/api/courses/{course.id}/modules/{module}/contents"
    ok(await person.post(f"/api/teacher/progress/content/{course.contents[0]}/complete/"))
    assert (await explained(person, course))["percentage"] == 50.0
    # What they lacked is no longer asked for: they are done, without doing anything.
    assert (await school.admin.client.delete(f"{contents}/{course.contents[1]}/")).status_code == 204
    assert len(await certificates(person)) == 1
    link = {"title": "Later", "content_type": "LINK", "url": "https://example.org/"}
    later = ok(await school.admin.post(f"{contents}/", link), 201)
    found = await explained(person, course)
    assert (found["is_complete"], found["percentage"], found["missing"]) == (True, 100.0, [])
    assert found["new"] == [{"type": "content", "id": later["id"], "title": "Later", "reason": "not_started"}]
    report = ok(await school.admin.get("/api/reports/course-completion/", params={"course": course.id}))
    rows = {row["teacher_email"]: row for row in report["results"]}  # type: ignore[attr-defined]
    assert (rows[person.email]["status"], rows[person.email]["percentage"]) == ("COMPLETED", 100.0)

    # Even where it was never written down that somebody had completed it.
    other, second = await open_course(school), await new_teacher(school)
    await complete(second, other)
    user_id = ok(await second.get("/api/users/auth/me/"))["id"]
    for table in ("certificates", "course_completions"):
        await owner.execute(f"DELETE FROM {table} WHERE user_id = $1", user_id)  # noqa: S608  # names of our own
    work = await new_work(school, other)
    found = await explained(second, other)
    version = ok(await second.get(f"/api/teacher/courses/{other.id}/"))["version"]
    assert (found["is_complete"], found["completed_version"]) == (True, version)
    assert [item["id"] for item in found["new"]] == [work["id"]]  # type: ignore[attr-defined]
    assert len(await certificates(second)) == 1
    # Who comes later has it all to do.
    third = await new_teacher(school)
    found = await explained(third, other)
    assert [(item["type"], item["reason"]) for item in found["missing"]] == [  # type: ignore[attr-defined]
        ("content", "not_started"),
        ("assignment", "not_submitted"),
    ]


@pytest.mark.parametrize("way", ["by name", "to everybody", "by a group", "by joining a group", "by publishing"])
async def test_who_has_done_all_completes_the_course_when_it_is_theirs_again(school: School, way: str) -> None:
    course, person = await open_course(school, 2, assigned_to_all=True), await new_teacher(school)
    me = ok(await person.get("/api/users/auth/me/"))["id"]
    path = f"/api/courses/{course.id}/"
    ok(await person.post(f"/api/teacher/progress/content/{course.contents[0]}/complete/"))

    async def change(**changes: object) -> None:
        ok(await school.admin.client.patch(path, json=changes))

    if way == "by publishing":
        ok(await school.admin.post(f"{path}publish/", {"action": "unpublish"}))
    else:
        await change(assigned_to_all=False)
    # What they lacked goes while the course is not theirs.
    module = ok(await school.admin.get(path))["modules"][0]["id"]
    gone = await school.admin.client.delete(f"{path}modules/{module}/contents/{course.contents[1]}/")
    assert gone.status_code == 204, gone.text
    assert await certificates(person) == []
    match way:
        case "by name":
            await change(assigned_teachers=[me])
        case "to everybody":
            await change(assigned_to_all=True)
        case "by publishing":
            ok(await school.admin.post(f"{path}publish/", {"action": "publish"}))
        case _:
            named = {"name": f"{way} {me}", "kind": "CUSTOM"}
            group = (await school.admin.post("/api/teacher-groups/", named)).json()["id"]
            members = f"/api/teacher-groups/{group}/members/"
            if way == "by a group":
                assert (await school.admin.post(members, {"teacher_ids": [me]})).status_code < 300
            await change(assigned_groups=[group])
            if way == "by joining a group":
                assert (await school.admin.post(members, {"teacher_ids": [me]})).status_code < 300
    assert [each["course_id"] for each in await certificates(person)] == [course.id]
    assert (await explained(person, course))["is_complete"] is True


async def test_a_content_that_is_added_takes_nothing_from_who_completed_or_edits(school: School) -> None:
    course, person = await open_course(school, 1), await new_teacher(school)
    path = f"/api/courses/{course.id}/"
    await complete(person, course)
    before = ok(await school.admin.get(path))
    module = before["modules"][0]["id"]
    more = {"title": "More", "content_type": "TEXT", "text": "<p>More</p>"}
    added = await school.admin.post(f"{path}modules/{module}/contents/", more)
    assert added.status_code == 201, added.text
    # Who read the course before it grew may still change it: they would write over nothing.
    seen = {"If-Match": f'"{before["version"]}"'}
    edited = ok(await school.admin.client.patch(path, json={"description": "New"}, headers=seen))
    assert edited["version"] == before["version"] + 1
    stale = await school.admin.client.patch(path, json={"description": "Newer"}, headers=seen)
    assert (stale.status_code, code_of(stale)) == (412, "stale_version")
    told = await explained(person, course)
    assert (told["is_complete"], told["completed_version"]) == (True, before["version"])

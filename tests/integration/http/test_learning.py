"""Learning over the real application: contents, work that is handed in and graded, quizzes, the dashboard."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

import httpx
import pytest

from tests.integration.http.conftest import FIRST_PASSWORD, Person, School, first_sign_in

UNKNOWN = "0190f7d0-0000-7000-8000-000000000001"
_numbers = count(1)


def code_of(response: httpx.Response) -> str:
    assert response.headers["content-type"] == "application/problem+json", response.text
    kind: str = response.json()["type"]
    return kind.removeprefix("urn:lms:problem:")


def ok(response: httpx.Response, status: int = 200) -> dict[str, object]:
    assert response.status_code == status, response.text
    body: dict[str, object] = response.json()
    return body


async def new_teacher(school: School, **more: object) -> Person:
    """Somebody who learns and is signed in."""
    email = f"learner{next(_numbers)}@school.example"
    body = {
        "email": email,
        "first_name": "Lea",
        "last_name": "Learner",
        "password": FIRST_PASSWORD,
        "password_confirm": FIRST_PASSWORD,
        **more,
    }
    ok(await school.admin.post("/api/users/auth/register-teacher/", body), 201)
    return await first_sign_in(school.running, school.host, email)


@dataclass
class OpenCourse:
    """A published course for everybody."""

    id: str
    contents: list[str]


async def open_course(school: School, contents: int = 1, **more: object) -> OpenCourse:
    title = f"Course {next(_numbers)}"
    course = ok(await school.admin.post("/api/courses/", {"title": title, "assigned_to_all": True, **more}), 201)
    module = ok(await school.admin.post(f"/api/courses/{course['id']}/modules/", {"title": "One"}), 201)
    made = []
    for number in range(contents):
        body = {"title": f"Link {number}", "content_type": "LINK", "url": "https://example.org/"}
        path = f"/api/courses/{course['id']}/modules/{module['id']}/contents/"
        made.append(str(ok(await school.admin.post(path, body), 201)["id"]))
    ok(await school.admin.post(f"/api/courses/{course['id']}/publish/", {"action": "publish"}))
    return OpenCourse(str(course["id"]), made)


async def new_work(school: School, course: OpenCourse, **more: object) -> dict[str, object]:
    body = {"course_id": course.id, "title": "Reflect", "instructions": "Two lines.", **more}
    return ok(await school.admin.post("/api/assignments/", body), 201)


async def new_quiz(school: School, course: OpenCourse, **more: object) -> str:
    """A published quiz of two questions: choose, and type."""
    work = await new_work(school, course, kind="QUIZ", title="Quiz", **more)
    assert (work["is_published"], work["max_score"], work["quiz"]) == (False, 100, None)
    path = f"/api/assignments/{work['id']}"
    empty = await school.admin.client.patch(f"{path}/", json={"is_published": True})
    assert (empty.status_code, code_of(empty)) == (409, "quiz_empty")
    options = [{"text": "Right", "is_correct": True}, {"text": "Wrong"}, {"text": "Also wrong"}]
    ok(await school.admin.post(f"{path}/questions/", {"kind": "MCQ", "prompt": "Which?", "options": options}), 201)
    short = {"kind": "SHORT_ANSWER", "prompt": "How many?", "accepted_answers": ["42"], "explanation": "Counted."}
    ok(await school.admin.post(f"{path}/questions/", short), 201)
    published = ok(await school.admin.client.patch(f"{path}/", json={"is_published": True}))
    assert published["quiz"]["state"] == "PUBLISHED"  # type: ignore[index]
    return str(work["id"])


async def key_of(school: School, assignment_id: str) -> tuple[str, str, str, str]:
    """The choosing question, its right and a wrong option, and the typing question."""
    quiz = ok(await school.admin.get(f"/api/assignments/{assignment_id}/questions/"))
    first, second = quiz["questions"]  # type: ignore[misc]
    right = next(each["id"] for each in first["options"] if each["is_correct"])
    wrong = next(each["id"] for each in first["options"] if not each["is_correct"])
    return first["id"], right, wrong, second["id"]


async def course_of(person: Person, course: OpenCourse) -> dict[str, object]:
    progress = ok(await person.get(f"/api/teacher/courses/{course.id}/"))["progress"]
    assert isinstance(progress, dict)
    return progress


async def test_contents_are_opened_and_completed(school: School, other_school: School) -> None:
    course, person = await open_course(school, 2), await new_teacher(school)
    path = f"/api/teacher/progress/content/{course.contents[0]}"
    assert (await course_of(person, course))["is_started"] is False
    started = ok(await person.post(f"{path}/start/"))
    begun = await course_of(person, course)
    assert (begun["is_started"], begun["percentage"]) == (True, 0.0), "begun counts before anything is done"
    assert started == {
        "content_id": course.contents[0],
        "status": "IN_PROGRESS",
        "coverage": 0.0,
        "watched": [],
        "position_seconds": 0.0,
        "credited": [],
        "rejected": [],
        "completed_at": None,
    }
    watched = await person.client.patch(f"{path}/", json={"watched": [[0, 5]], "position_seconds": 5})
    assert (watched.status_code, watched.json()["errors"][0]["field"]) == (400, "watched")
    done = ok(await person.post(f"{path}/complete/"))
    assert (done["status"], done["coverage"]) == ("COMPLETED", 100.0)
    assert ok(await person.post(f"{path}/complete/")) == done, "again changes nothing"
    assert (await course_of(person, course))["percentage"] == 50.0
    ok(await person.post(f"/api/teacher/progress/content/{course.contents[1]}/complete/"))
    assert await course_of(person, course) == {
        "completed_content_count": 2,
        "total_content_count": 2,
        "percentage": 100.0,
        "is_started": True,
        "is_complete": True,
    }
    # What is added later takes nothing back.
    await new_work(school, course)
    assert (await course_of(person, course))["is_complete"] is True

    stranger = await new_teacher(other_school)
    for method, rest, body in (
        ("POST", "/start/", None),
        ("POST", "/complete/", None),
        ("PATCH", "/", {"watched": [[0, 5]], "position_seconds": 5}),
    ):
        foreign = await stranger.client.request(method, path + rest, json=body)
        unknown = await stranger.client.request(method, f"/api/teacher/progress/content/{UNKNOWN}{rest}", json=body)
        assert (foreign.status_code, unknown.status_code) == (404, 404)
        admin = await school.admin.client.request(method, path + rest, json=body)
        assert (admin.status_code, code_of(admin)) == (403, "not_allowed")
    ok(await school.admin.post(f"/api/courses/{course.id}/publish/", {"action": "unpublish"}))
    assert (await person.post(f"{path}/start/")).status_code == 404, "what is not published is not there"


async def test_work_is_handed_in_again_until_it_is_graded(school: School, other_school: School) -> None:
    course, person = await open_course(school), await new_teacher(school)
    yesterday = (datetime.now(UTC) - timedelta(days=2)).date().isoformat()
    work = await new_work(school, course, due_date=yesterday, passing_score=50)
    path = f"/api/teacher/assignments/{work['id']}"
    mine = ok(await person.get(f"{path}/"))
    assert (mine["submission_status"], mine["is_late"], mine["kind"]) == ("PENDING", True, "MANUAL")
    nothing = await person.post(f"{path}/submit/", {"submission_text": "  "})
    assert (nothing.status_code, nothing.json()["errors"][0]["field"]) == (400, "submission_text")
    unknown_file = await person.post(f"{path}/submit/", {"file_ids": [UNKNOWN]})
    assert unknown_file.json()["errors"][0]["field"] == "file_ids.0"
    upload = await person.client.post(
        "/api/uploads/submission-file/", files={"file": ("notes.txt", b"What I tried.", "text/plain")}
    )
    file_id = ok(upload, 201)["file_id"]
    handed_in = ok(await person.post(f"{path}/submit/", {"submission_text": "First", "file_ids": [file_id]}))
    assert (handed_in["submission_status"], handed_in["is_late"]) == ("SUBMITTED", True)
    assert [file["file_name"] for file in handed_in["files"]] == ["notes.txt"]  # type: ignore[attr-defined]
    at_once = await asyncio.gather(*(person.post(f"{path}/submit/", {"submission_text": f"V{n}"}) for n in range(8)))
    assert Counter(each.status_code for each in at_once) == {200: 8}

    listed = ok(await school.admin.get(f"/api/assignments/{work['id']}/submissions/"))
    assert listed["count"] == 1
    (submission,) = listed["results"]  # type: ignore[misc]
    assert (submission["teacher_email"], submission["status"], submission["is_late"]) == (
        person.email,
        "SUBMITTED",
        True,
    )
    for is_late, expected in (("true", 1), ("false", 0)):
        found = ok(await school.admin.get(f"/api/assignments/{work['id']}/submissions/", params={"is_late": is_late}))
        assert found["count"] == expected
    grade = f"/api/submissions/{submission['id']}/grade/"
    assert (await person.post(grade, {"score": 80})).status_code == 403
    assert (await other_school.admin.post(grade, {"score": 80})).status_code == 404
    too_much = await school.admin.post(grade, {"score": 101})
    assert too_much.json()["errors"][0]["field"] == "score"
    graded = ok(await school.admin.post(grade, {"score": 80, "feedback": "Well done."}))
    assert (graded["status"], graded["score"]) == ("GRADED", 80.0)
    late = await person.post(f"{path}/submit/", {"submission_text": "Again"})
    assert (late.status_code, code_of(late)) == (409, "already_graded")
    passed = ok(await person.get(f"{path}/"))
    assert (passed["submission_status"], passed["score"], passed["feedback"]) == ("PASSED", 80.0, "Well done.")
    for status, expected in (("PASSED", 1), ("PENDING", 0)):
        found = ok(await person.get("/api/teacher/assignments/", params={"status": status, "search": "refl"}))
        assert sum(each["id"] == work["id"] for each in found["results"]) == expected  # type: ignore[attr-defined]
    wrong = await person.get("/api/teacher/assignments/", params={"status": "DONE"})
    assert wrong.status_code == 400
    shown = ok(await school.admin.get(f"/api/assignments/{work['id']}/"))
    assert (shown["submission_count"], shown["to_grade_count"]) == (1, 0)


async def test_of_many_first_submissions_at_once_one_is_kept(school: School) -> None:
    course, person = await open_course(school), await new_teacher(school)
    work = await new_work(school, course)
    path = f"/api/teacher/assignments/{work['id']}/submit/"
    answers = await asyncio.gather(*(person.post(path, {"submission_text": f"V{n}"}) for n in range(10)))
    assert {each.status_code for each in answers} <= {200, 409}
    assert Counter(each.status_code for each in answers)[200] >= 1
    assert ok(await school.admin.get(f"/api/assignments/{work['id']}/submissions/"))["count"] == 1


async def test_the_key_of_a_quiz_is_shown_when_it_may_be(school: School) -> None:
    course, person = await open_course(school), await new_teacher(school)
    quiz_id = await new_quiz(school, course)
    choose, right, wrong, typed = await key_of(school, quiz_id)
    path = f"/api/teacher/quizzes/{quiz_id}"
    seen = ok(await person.get(f"{path}/"))
    assert seen.keys() == {
        *("assignment_id", "quiz_id", "attempts_allowed", "attempts_used", "best_score", "passing_score"),
        *("time_limit_seconds", "attempt", "questions"),
    }
    assert (seen["attempts_allowed"], seen["attempts_used"], seen["attempt"]) == (3, 0, None)
    for secret in ("is_correct", "accepted", '"42"', "Counted", "explanation"):
        assert secret not in (await person.get(f"{path}/")).text
    order = [option["id"] for option in seen["questions"][0]["options"]]  # type: ignore[index]

    failed = ok(await person.post(f"{path}/submit/", {"answers": {choose: {"option_id": wrong}}}))
    result = failed["result"]
    assert isinstance(result, dict)
    assert (result["score"], result["passed"], failed["attempts_used"]) == (0.0, False, 1)
    assert all(each.keys() == {"question_id", "correct", "your_answer", "part"} for each in result["questions"])
    assert (await course_of(person, course))["is_complete"] is False

    place = [option["id"] for option in failed["questions"][0]["options"]].index(right)  # type: ignore[index]
    body = {"answers": {choose: {"option_index": place}, typed: {"text": " forty two "}}}
    passed = ok(await person.post(f"{path}/submit/", body))
    result = passed["result"]
    assert isinstance(result, dict)
    assert (result["score"], result["passed"], passed["best_score"]) == (100.0, True, 100.0)
    first, second = result["questions"]
    assert (first["correct_answer"], second["explanation"]) == ({"option_id": right, "text": "Right"}, "Counted.")
    again = await person.post(f"{path}/submit/", {"answers": {}})
    assert (again.status_code, code_of(again)) == (409, "already_passed")
    assert sorted(order) == sorted(option["id"] for option in passed["questions"][0]["options"])  # type: ignore[index]
    ok(await person.post(f"/api/teacher/progress/content/{course.contents[0]}/complete/"))
    assert (await course_of(person, course))["is_complete"] is True


@pytest.mark.parametrize("is_begun", [False, True])
async def test_twenty_submits_at_once_are_one_attempt(school: School, *, is_begun: bool) -> None:
    course, person = await open_course(school), await new_teacher(school)
    quiz_id = await new_quiz(school, course)
    choose, right, _, typed = await key_of(school, quiz_id)
    path = f"/api/teacher/quizzes/{quiz_id}"
    if is_begun:
        starts = await asyncio.gather(*(person.post(f"{path}/start/") for _ in range(10)))
        assert {each.status_code for each in starts} == {200}
        assert len({each.json()["attempt"]["id"] for each in starts}) == 1
    body = {"answers": {choose: {"option_id": right}, typed: {"text": "13"}}}
    answers = await asyncio.gather(*(person.post(f"{path}/submit/", body) for _ in range(20)))
    assert {each.status_code for each in answers} == {200}, Counter(each.text for each in answers if each.is_error)
    assert {(each.json()["attempts_used"], each.json()["result"]["score"]) for each in answers} == {(1, 50.0)}


async def test_a_timed_quiz_begins_first_and_keeps_drafts(school: School, other_school: School) -> None:
    course, person = await open_course(school), await new_teacher(school)
    quiz_id = await new_quiz(school, course)
    changed = await school.admin.client.patch(
        f"/api/assignments/{quiz_id}/", json={"time_limit_seconds": 60, "attempts_allowed": 1}
    )
    assert ok(changed)["quiz"]["time_limit_seconds"] == 60  # type: ignore[index]
    choose, right, wrong, typed = await key_of(school, quiz_id)
    path = f"/api/teacher/quizzes/{quiz_id}"
    assert ok(await person.get(f"{path}/"))["questions"] == []
    draft = {"answers": {choose: {"option_id": wrong}}}
    for early in (await person.post(f"{path}/submit/", draft), await person.client.put(f"{path}/draft/", json=draft)):
        assert (early.status_code, code_of(early)) == (409, "attempt_not_begun")
    begun = ok(await person.post(f"{path}/start/"))
    assert len(begun["questions"]) == 2  # type: ignore[arg-type]
    kept = ok(await person.client.put(f"{path}/draft/", json=draft))
    assert kept["attempt"]["draft"] == {choose: {"option_id": wrong}}  # type: ignore[index]
    for bad in ({choose: {}}, {choose: {"option_index": 9}}, {UNKNOWN: {"text": "x"}}, {typed: {"option_id": right}}):
        refused = await person.post(f"{path}/submit/", {"answers": bad})
        assert (refused.status_code, refused.json()["errors"][0]["field"].split(".")[0]) == (400, "answers")
    # The last attempt: now everything is shown, though it is not passed.
    over = ok(await person.post(f"{path}/submit/", draft))["result"]
    assert over["passed"] is False  # type: ignore[index]
    assert over["questions"][0]["correct_answer"]["option_id"] == right  # type: ignore[index]
    none_left = await person.post(f"{path}/start/")
    assert (none_left.status_code, code_of(none_left)) == (409, "no_attempts_left")
    stranger = await new_teacher(other_school)
    assert (await stranger.get(f"{path}/")).status_code == 404
    assert (await school.admin.get(f"{path}/")).status_code == 403


async def test_a_quiz_that_somebody_has_begun_is_changed_in_a_draft(school: School) -> None:
    course, person = await open_course(school), await new_teacher(school)
    quiz_id = await new_quiz(school, course)
    choose, _, _, typed = await key_of(school, quiz_id)
    ok(await person.post(f"/api/teacher/quizzes/{quiz_id}/start/"))
    path = f"/api/assignments/{quiz_id}/questions"
    edited = ok(await school.admin.client.patch(f"{path}/{choose}/", json={"prompt": "Which one?"}))
    assert (edited["version"], edited["state"]) == (2, "DRAFT")
    asked = ok(await person.get(f"/api/teacher/quizzes/{quiz_id}/"))["questions"]
    assert [each["prompt"] for each in asked] == ["Which?", "How many?"]  # type: ignore[attr-defined]
    rejected = ok(await school.admin.post(f"{path}/{typed}/review/", {"action": "reject", "reason": "Dull"}), 404)
    assert rejected["status"] == 404, "in the draft it has another id"
    second = edited["questions"][1]["id"]  # type: ignore[index]
    ok(await school.admin.post(f"{path}/{second}/review/", {"action": "reject", "reason": "Dull"}))
    ok(await school.admin.client.patch(f"/api/assignments/{quiz_id}/", json={"is_published": True}))
    other = await new_teacher(school)
    fresh = ok(await other.get(f"/api/teacher/quizzes/{quiz_id}/"))["questions"]
    assert [each["prompt"] for each in fresh] == ["Which one?"]  # type: ignore[attr-defined]
    assert (await school.admin.client.delete(f"{path}/{edited['questions'][0]['id']}/")).status_code == 409  # type: ignore[index]
    assert (await school.admin.client.delete(f"/api/assignments/{quiz_id}/")).status_code == 204
    assert (await other.get(f"/api/teacher/quizzes/{quiz_id}/")).status_code == 404


async def test_the_dashboard(school: School, other_school: School) -> None:
    person = await new_teacher(other_school)
    empty = ok(await person.get("/api/teacher/dashboard/"))
    stats = empty["stats"]
    assert isinstance(stats, dict)
    assert stats.keys() == {"overall_progress", "total_courses", "completed_courses", "pending_assignments"}
    soon = (datetime.now(UTC) + timedelta(days=3)).date()
    course = await open_course(other_school, 2, deadline=soon.isoformat())
    work = await new_work(other_school, course, due_date=(soon - timedelta(days=1)).isoformat())
    ok(await person.post(f"/api/teacher/progress/content/{course.contents[0]}/complete/"))
    shown = ok(await person.get("/api/teacher/dashboard/"))
    after = shown["stats"]
    assert isinstance(after, dict)
    assert after["total_courses"] == stats["total_courses"] + 1
    assert after["pending_assignments"] == stats["pending_assignments"] + 1
    going_on = shown["continue_learning"]
    assert isinstance(going_on, dict)
    assert (going_on["course_id"], going_on["content_id"]) == (course.id, course.contents[1])
    due = [each for each in shown["deadlines"] if each["id"] in {course.id, work["id"]}]  # type: ignore[attr-defined]
    assert [(each["type"], each["due"]) for each in due] == [
        ("assignment", (soon - timedelta(days=1)).isoformat()),
        ("course", soon.isoformat()),
    ]
    assert (await other_school.admin.get("/api/teacher/dashboard/")).status_code == 403

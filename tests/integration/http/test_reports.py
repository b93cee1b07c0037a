"""Reports and figures over the real application: JSON in pages, files, jobs."""

import asyncio
import csv
import io
import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from adapters.fpdf2.report_printer import Fpdf2ReportPrinter
from lms_app.jobs.run_job import RunJob
from lms_app.ports.report_printer import ReportPaper
from tests.integration.http.conftest import School
from tests.integration.http.test_learning import new_quiz, new_teacher, new_work, ok, open_course

TODAY = datetime.now(UTC).date()
YESTERDAY = (TODAY - timedelta(days=2)).isoformat()
KINDS = ("course-completion", "assignment-status", "engagement")


async def rows(school: School, kind: str, **filters: object) -> list[dict[str, object]]:
    response = await school.admin.get(f"/api/reports/{kind}/", params={"page_size": 100, **filters})
    found = ok(response)["results"]
    assert isinstance(found, list)
    return found


def table(response: httpx.Response) -> list[dict[str, str]]:
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"].startswith('attachment; filename="')
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


async def test_course_completion_by_status(school: School) -> None:
    course = await open_course(school, 2, deadline=YESTERDAY)
    late = await new_teacher(school, department="Science", last_name="Late")
    done = await new_teacher(school, department="science ", last_name="Done")
    await new_teacher(school, department="Arts")
    for content in course.contents:
        ok(await done.post(f"/api/teacher/progress/content/{content}/complete/"))
    ok(await late.post(f"/api/teacher/progress/content/{course.contents[0]}/complete/"))
    of_course = {row["teacher_email"]: row for row in await rows(school, "course-completion", course=course.id)}
    assert set(of_course[late.email]) == {
        *("teacher_id", "teacher_name", "teacher_email", "department", "course_id", "course_title", "deadline"),
        *("status", "percentage", "completed_at"),
    }
    shown = [(of_course[p.email]["status"], of_course[p.email]["percentage"]) for p in (late, done)]
    assert shown == [("OVERDUE", 50.0), ("COMPLETED", 100.0)]
    assert of_course[done.email]["completed_at"]
    assert of_course[late.email]["completed_at"] is None
    for filters, expected in (
        ({"status": "COMPLETED"}, {done.email}),
        ({"status": "OVERDUE", "department": "SCIENCE"}, {late.email}),
        ({"department": "Science"}, {late.email, done.email}),
        ({"date_from": TODAY.isoformat()}, {done.email}),
        ({"date_to": YESTERDAY}, set()),
    ):
        found = await rows(school, "course-completion", course=course.id, **filters)
        assert {row["teacher_email"] for row in found} == expected, filters
    paged = ok(await school.admin.get(f"/api/reports/course-completion/?course={course.id}&page=2&page_size=1"))
    assert (paged["count"], len(paged["results"])) == (len(of_course), 1)  # type: ignore[arg-type]
    group = ok(await school.admin.post("/api/teacher-groups/", {"name": "Late ones", "kind": "CUSTOM"}), 201)
    members = ok(await school.admin.get("/api/teachers/", params={"search": late.email}))["results"]
    teacher_id = members[0]["id"]  # type: ignore[index]
    added = await school.admin.post(f"/api/teacher-groups/{group['id']}/members/", {"teacher_ids": [teacher_id]})
    assert added.status_code < 300, added.text
    for filters in ({"group": group["id"]}, {"teacher": teacher_id}):
        found = await rows(school, "course-completion", **filters)
        assert {row["teacher_email"] for row in found} == {late.email}, filters


async def test_assignments_and_engagement(school: School) -> None:
    course, person = await open_course(school), await new_teacher(school)
    idle = await new_teacher(school)
    work = await new_work(school, course, due_date=YESTERDAY)
    quiz_id = await new_quiz(school, course)
    ok(await person.post(f"/api/teacher/assignments/{work['id']}/submit/", {"submission_text": "Done."}))
    ok(await person.post(f"/api/teacher/quizzes/{quiz_id}/submit/", {"answers": {}}))
    ok(await person.post(f"/api/teacher/progress/content/{course.contents[0]}/complete/"))
    found = await rows(school, "assignment-status", course=course.id)
    standing = {(row["teacher_email"], row["assignment_id"]): row["status"] for row in found}
    assert standing[person.email, work["id"]] == "SUBMITTED"
    assert standing[person.email, quiz_id] == "FAILED"
    assert standing[idle.email, work["id"]] == "OVERDUE"
    assert standing[idle.email, quiz_id] == "PENDING"
    due = await rows(school, "assignment-status", course=course.id, date_to=YESTERDAY)
    assert {row["assignment_id"] for row in due} == {work["id"]}
    active = {row["teacher_email"]: row for row in await rows(school, "engagement", course=course.id)}
    mine = active[person.email]
    counted = ("active_days", "contents_started", "contents_completed", "submissions", "quiz_attempts")
    assert [mine[name] for name in counted] == [1, 1, 1, 1, 1]
    assert (active[idle.email]["active_days"], active[idle.email]["last_active_at"]) == (0, None)
    assert {row["teacher_email"] for row in await rows(school, "engagement", course=course.id, status="ACTIVE")} == {
        person.email
    }


async def test_files_are_whole_and_harmless(school: School) -> None:
    course = await open_course(school)
    names = ("=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "Ünal", "Анна", "محمد", "王小明", "김민수")
    for name in names:
        await new_teacher(school, first_name=name, last_name="X", department="=cmd")
    response = await school.admin.get("/api/reports/course-completion/", params={"format": "csv", "course": course.id})
    found = table(response)
    shown = {row["teacher_name"] for row in found}
    assert {f"'{name} X" for name in names[:4]} | {f"{name} X" for name in names[4:]} <= shown
    assert {row["department"] for row in found if row["teacher_name"].endswith("X")} == {"'=cmd"}
    for kind in KINDS:
        exported = await school.admin.get(f"/api/reports/{kind}/", params={"format": "csv"})
        assert exported.status_code == 200
        printed = await school.admin.get(f"/api/reports/{kind}/", params={"format": "pdf", "department": "=cmd"})
        assert printed.status_code == 200, printed.text
        assert printed.headers["content-type"] == "application/pdf"
        assert printed.content.startswith(b"%PDF-")


@pytest.mark.parametrize("kind", ["csv", "pdf"])
async def test_a_report_as_a_job(school: School, kind: str) -> None:
    course = await open_course(school)
    person = await new_teacher(school)
    asked = await school.admin.get(
        "/api/reports/course-completion/", params={"format": kind, "async": 1, "course": course.id}
    )
    job = ok(asked, 202)
    assert (job["kind"], job["status"], asked.headers["location"]) == ("REPORT", "QUEUED", f"/api/jobs/{job['id']}/")
    assert (await person.get(asked.headers["location"])).status_code == 404
    run = await school.running.container.get(RunJob)
    while await run():
        pass
    done = ok(await school.admin.get(asked.headers["location"]))
    assert (done["status"], done["error"]) == ("SUCCEEDED", None)
    result = await school.admin.get(str(done["result_url"]))
    if kind == "csv":
        assert person.email in {row["teacher_email"] for row in table(result)}
    else:
        assert result.content.startswith(b"%PDF-")


async def test_a_school_waits_for_three_reports_at_most(school: School, other_school: School) -> None:
    async def asked(at: School = school, **more: object) -> httpx.Response:
        params = {"format": "csv", "async": 1, **more}
        return await at.admin.get("/api/reports/engagement/", params=params)  # type: ignore[arg-type]  # as httpx takes it

    # The same one, also at once, is one job.
    first = {ok(each, 202)["id"] for each in await asyncio.gather(*(asked() for _ in range(4)))}
    assert len(first) == 1
    second = ok(await asked(department="Science"), 202)["id"]
    # Of four others at once one has the last place.
    days = [(TODAY - timedelta(days=back)).isoformat() for back in range(4)]
    answers = await asyncio.gather(*(asked(date_from=day) for day in days))
    assert sorted(answer.status_code for answer in answers) == [202, 429, 429, 429]
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert (refused.json()["type"], refused.headers["retry-after"]) == ("urn:lms:problem:too_many_jobs", "15")
    assert ok(await asked(department="Science"), 202)["id"] == second
    ok(await asked(other_school), 202)
    run = await school.running.container.get(RunJob)
    while await run():
        pass
    assert ok(await asked(), 202)["id"] not in first
    while await run():
        pass


async def test_a_printed_report_names_what_it_was_filtered_by(
    school: School, other_school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = await open_course(school)
    group = ok(await school.admin.post("/api/teacher-groups/", {"name": "Early birds", "kind": "CUSTOM"}), 201)
    foreign = await open_course(other_school)
    printed: list[ReportPaper] = []

    async def keep(_: object, paper: ReportPaper) -> bytes:
        printed.append(paper)
        return b"%PDF-"

    monkeypatch.setattr(Fpdf2ReportPrinter, "print", keep)
    set_up = await school.admin.client.patch("/api/tenants/settings/", json={"locale": "de", "time_zone": "Asia/Tokyo"})
    assert set_up.status_code == 200, set_up.text
    title = ok(await school.admin.get(f"/api/courses/{course.id}/"))["title"]
    person = ok(await school.admin.get("/api/users/auth/me/"))
    for filters, said in (
        ({"course": course.id, "group": group["id"]}, f"Course: {title} · Group: Early birds"),
        ({"department": "Science", "status": "NOT_STARTED"}, "Department: Science · Status: Not started"),
        ({"teacher": person["id"]}, f"Person: {person['first_name']} {person['last_name']}"),
        ({"course": foreign.id, "date_to": "2026-11-09"}, "Course: none of this school · To: 09.11.2026"),
    ):
        params = {"format": "pdf", **filters}
        assert (await school.admin.get("/api/reports/course-completion/", params=params)).status_code == 200
        assert printed[-1].facts[0] == said
        assert re.fullmatch(r"\d+ rows?, made \d\d\.\d\d\.\d{4} \d\d:\d\d \(Asia/Tokyo\)", printed[-1].facts[1])
    back = await school.admin.client.patch("/api/tenants/settings/", json={"locale": "en", "time_zone": "UTC"})
    assert back.status_code == 200, back.text


async def test_reports_are_the_administrators_own(school: School, other_school: School) -> None:
    course, person = await open_course(school), await new_teacher(school)
    for kind in KINDS:
        assert (await person.get(f"/api/reports/{kind}/")).status_code == 403
        assert (await person.get(f"/api/reports/{kind}/?format=csv")).status_code == 403
        foreign = await rows(other_school, kind, course=course.id)
        assert person.email not in {row["teacher_email"] for row in foreign}
        for bad in ({"status": "NONSENSE"}, {"date_from": TODAY.isoformat(), "date_to": YESTERDAY}, {"format": "xls"}):
            assert (await school.admin.get(f"/api/reports/{kind}/", params=bad)).status_code == 400
    assert (await person.get("/api/tenants/analytics/")).status_code == 403


async def test_figures_for_charts(other_school: School) -> None:
    school = other_school
    course = await open_course(school, deadline=YESTERDAY)
    people = [await new_teacher(school, department="Charts") for _ in range(3)]
    work = await new_work(school, course, is_mandatory=False)
    for person in people[:2]:
        ok(await person.post(f"/api/teacher/progress/content/{course.contents[0]}/complete/"))
    ok(await people[0].post(f"/api/teacher/assignments/{work['id']}/submit/", {"submission_text": "Done."}))
    figures = ok(await school.admin.get(f"/api/tenants/analytics/?months=3&course_id={course.id}"))
    assert len(figures["completion_trend"]) == 3  # type: ignore[arg-type]
    assert figures["completion_trend"][-1] == {  # type: ignore[index]
        "month": TODAY.replace(day=1).isoformat(),
        "completed": 2,
        "total_completed": 2,
    }
    assert figures["engagement"][-1] == {  # type: ignore[index]
        "week": (TODAY - timedelta(days=TODAY.weekday())).isoformat(),
        "active_people": 2,
        "contents_completed": 2,
        "submissions": 1,
    }
    (charts,) = (each for each in figures["departments"] if each["department"] == "Charts")  # type: ignore[attr-defined]
    assert (charts["people"], charts["completion_rate"], charts["average_progress"]) == (3, 66.6, 66.6)
    assert charts["overdue"] == 1
    assert figures["assignments"]["submitted"] == 1  # type: ignore[index]
    assert figures["assignments"]["pending"] >= 2  # type: ignore[index]
    assert (await school.admin.get("/api/tenants/analytics/?months=0")).status_code == 400

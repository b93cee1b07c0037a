"""A platform in its third month: schools, and one of them with people at work, for pictures that look like life."""

import colorsys
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw

from tests.integration.system.installation import (
    ADMIN_PASSWORD,
    LECTURE,
    OPERATOR,
    Installation,
    School,
    Site,
    first_sign_in,
)

TODAY = datetime.now(UTC).date()
DOMAIN = "riverside.example"
PEOPLE = (
    # First name, last name, department, position, role
    ("Maya", "Okafor", "Mathematics", "Teacher", "TEACHER"),
    ("Daniel", "Reyes", "Mathematics", "Head of department", "HOD"),
    ("Priya", "Raman", "Mathematics", "Teacher", "TEACHER"),
    ("Tomás", "Herrera", "Mathematics", "Teacher", "TEACHER"),
    ("Hannah", "Lindqvist", "Languages", "Teacher", "TEACHER"),
    ("Yusuf", "Demir", "Languages", "Teacher", "TEACHER"),
    ("Chloé", "Martin", "Languages", "Head of department", "HOD"),
    ("Grace", "Mwangi", "Sciences", "Teacher", "TEACHER"),
    ("Liam", "O’Connor", "Sciences", "Laboratory lead", "TEACHER"),
    ("Sofia", "Petrova", "Sciences", "IB coordinator", "IB_COORDINATOR"),
    ("Kenji", "Watanabe", "Arts", "Teacher", "TEACHER"),
    ("Amara", "Diallo", "Arts", "Teacher", "TEACHER"),
)
INVITED = ("Amara", "Kenji")
"""They have not followed their invitation yet."""
OTHER_SCHOOLS = (
    # Name, plan, days of trial, weeks since it was opened
    ("Colegio Monteverde", "PRO", 30, 7),
    ("Oakwood Grammar School", "STARTER", 14, 5),
    ("Lakeside Primary", "STARTER", 30, 3),
    ("Harbour Sixth Form College", "ENTERPRISE", 60, 1),
)
FRESH = "Northgate Academy"
"""A school where nothing has happened yet."""
NEWCOMER = "ravi@northgate.example"
"""Its only teacher."""


def day(distance: int) -> str:
    return (TODAY + timedelta(days=distance)).isoformat()


def picture(hue: float) -> bytes:
    """A calm cover for a course."""

    def tone(lightness: float, saturation: float) -> tuple[int, ...]:
        return tuple(round(255 * part) for part in colorsys.hls_to_rgb(hue, lightness, saturation))

    image = Image.new("RGB", (960, 540), tone(0.36, 0.45))
    draw = ImageDraw.Draw(image)
    for step in range(6):
        reach = 620 - step * 95
        draw.ellipse((960 - reach, 540 - reach, 960 + reach, 540 + reach), fill=tone(0.42 + step * 0.07, 0.45))
    kept = io.BytesIO()
    image.save(kept, "PNG", optimize=True)
    return kept.getvalue()


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def made(site: Site, path: str, body: Any = None) -> dict[str, Any]:
    """What a POST that must succeed answers."""
    answer = site.post(path, body)
    assert answer.status_code in (200, 201, 202), f"{path}: {answer.status_code} {answer.text}"
    return dict(answer.json())


def sent_file(site: Site, kind: str, name: str, data: bytes, media_type: str) -> str:
    answer = site.request("POST", f"/api/uploads/{kind}/", files={"file": (name, data, media_type)})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["file_id"])


@dataclass
class FilledPlatform:
    """What tests need to know of it. ``ids`` holds one thing of each kind by the name its route gives it."""

    installation: Installation
    school: School
    fresh: School
    operator: Site
    lecture: str
    people: dict[str, str] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def admin(self) -> Site:
        return self.school.admin


def open_platform(installation: Installation) -> FilledPlatform:
    """Schools, people, courses; the lecture has just been sent and is being prepared."""
    email, password = OPERATOR
    installation.lms(
        "user", "create-super-admin", email, "--first-name", "Olga", "--last-name", "Novak", secret=password
    )
    operator = installation.site().sign_in(email, password)
    school = installation.school("Riverside International School")
    filled = FilledPlatform(installation, school, _open_schools(installation, operator), operator, "")
    school.admin.request(
        "PATCH",
        "/api/tenants/settings/",
        json={"primary_color": "#1d4ed8", "contact_email": f"office@{DOMAIN}", "quiz_policy": "REVIEW_FIRST"},
    )
    _invite_people(filled)
    _write_courses(filled)
    filled.lecture = filled.ids["contentId"] = school.upload(LECTURE, title="What feedback is for")
    return filled


def _open_schools(installation: Installation, operator: Site) -> School:
    for number, (name, plan, trial, _) in enumerate(OTHER_SCHOOLS):
        admin = {
            "admin_email": f"head{number}@schools.example",
            "admin_first_name": "Helen",
            "admin_last_name": "Marsh",
        }
        made(operator, "/api/super-admin/tenants/", {"school_name": name, "plan": plan, "trial_days": trial, **admin})
    admin = {"admin_email": "head@northgate.example", "admin_first_name": "Nadia", "admin_last_name": "Bell"}
    opened = made(
        operator,
        "/api/super-admin/tenants/",
        {"school_name": FRESH, "subdomain": "northgate", "admin_password": ADMIN_PASSWORD, "plan": "PRO", **admin},
    )
    site = installation.site(opened["subdomain"])
    admin_there = first_sign_in(site, "head@northgate.example")
    teacher = {"email": NEWCOMER, "first_name": "Ravi", "last_name": "Sen", "password": ADMIN_PASSWORD}
    made(admin_there, "/api/teachers/", teacher)
    first_sign_in(site, NEWCOMER)
    return School(site, admin_there, "", "")


def _invite_people(filled: FilledPlatform) -> None:
    admin = filled.admin
    for first_name, last_name, department, designation, role in PEOPLE:
        email = f"{first_name.lower().replace('á', 'a').replace('é', 'e')}@{DOMAIN}"
        body = {
            "email": email,
            "first_name": first_name,
            "last_name": last_name,
            "department": department,
            "designation": designation,
            "role": role,
            "subjects": [department],
            "grades": ["7", "8"],
            "employee_id": f"R-{len(filled.people) + 101}",
            "date_of_joining": day(-400 + 20 * len(filled.people)),
        }
        is_invited = first_name in INVITED
        person = made(admin, "/api/teachers/", body if is_invited else {**body, "password": ADMIN_PASSWORD})
        filled.people[first_name] = person["id"]
        if not is_invited:
            filled.sites[first_name] = first_sign_in(filled.school.site, email)
    filled.ids["teacherId"] = filled.people["Priya"]
    for name, kind, members in (
        ("Mathematics department", "DEPARTMENT", ("Maya", "Daniel", "Priya", "Tomás")),
        ("IB Diploma", "IB", ("Grace", "Liam", "Sofia", "Hannah", "Yusuf")),
        ("Grade 7 team", "GRADE", ("Maya", "Hannah", "Grace", "Kenji", "Amara")),
    ):
        group = made(admin, "/api/teacher-groups/", {"name": name, "kind": kind})["id"]
        made(admin, f"/api/teacher-groups/{group}/members/", {"teacher_ids": [filled.people[each] for each in members]})
        filled.ids.setdefault("groupId", group)


def _write_courses(filled: FilledPlatform) -> None:
    admin, school, ids = filled.admin, filled.school, filled.ids
    ids["courseId"] = school.course
    cover = [sent_file(admin, "course-thumbnail", "cover.png", picture(hue), "image/png") for hue in (0.58, 0.08, 0.4)]
    change = {
        "title": "Formative assessment in practice",
        "description": "How to find out during a lesson what has been understood, and what to do with the answer.",
        "is_mandatory": True,
        "deadline": day(12),
        "estimated_hours": 3,
        "thumbnail": cover[0],
    }
    answer = admin.request("PATCH", f"/api/courses/{school.course}/", json=change)
    assert answer.status_code == 200, answer.text
    admin.request(
        "PATCH", f"/api/courses/{school.course}/modules/{school.module}/", json={"title": "Evidence of learning"}
    )
    second = made(admin, f"/api/courses/{school.course}/modules/", {"title": "Feedback that moves on"})["id"]
    _write_contents(filled, school.course, second)

    for title, description, hue, deadline, mandatory in (
        ("Keeping children safe", "What every adult at our school must know and do.", 1, -9, True),
        ("Planning with the IB learner profile", "From unit planner to lesson, with examples.", 2, None, False),
    ):
        body = {
            "title": title,
            "description": description,
            "thumbnail": cover[hue],
            "is_mandatory": mandatory,
            "assigned_to_all": True,
            "estimated_hours": 1.5,
            "deadline": deadline and day(deadline),
        }
        course = made(admin, "/api/courses/", body)["id"]
        module = made(admin, f"/api/courses/{course}/modules/", {"title": "The essentials"})["id"]
        ids.setdefault("safety", course)
        for content in _write_contents(filled, course, module):
            ids.setdefault("safetyContents", "")
            if course == ids["safety"]:
                ids["safetyContents"] += f" {content}"
        if mandatory:
            made(admin, f"/api/courses/{course}/publish/", {"action": "publish"})


def _write_contents(filled: FilledPlatform, course: str, module: str) -> Sequence[str]:
    handout = sent_file(filled.admin, "content-file", "observation-sheet.pdf", PDF, "application/pdf")
    return [
        str(made(filled.admin, f"/api/courses/{course}/modules/{module}/contents/", body)["id"])
        for body in (
            {
                "title": "Five questions to ask in every lesson",
                "content_type": "TEXT",
                "text": "<h2>Why ask?</h2><p>A good question shows <strong>how</strong> somebody thinks, not only "
                "whether the answer is right.</p><ul><li>What makes you say that?</li><li>What would change your mind?"
                "</li><li>Where have you seen this before?</li></ul>",
            },
            {"title": "Observation sheet", "content_type": "DOCUMENT", "file_id": handout, "is_mandatory": False},
            {
                "title": "Further reading: assessment for learning",
                "content_type": "LINK",
                "url": "https://example.org/assessment-for-learning",
                "is_mandatory": False,
            },
        )
    ]


def set_to_work(filled: FilledPlatform) -> None:
    """The lecture is READY: it is published, watched and written about; some people are behind."""
    admin, ids, school = filled.admin, filled.ids, filled.school
    made(admin, f"/api/courses/{school.course}/publish/", {"action": "publish"})
    works = admin.get("/api/assignments/", params={"course": school.course}).json()["results"]
    ids["quiz"] = next(work["id"] for work in works if work["kind"] == "QUIZ")
    ids["reflection"] = next(work["id"] for work in works if work["kind"] == "REFLECTION")
    for question in _questions(filled)[:-1]:
        made(admin, f"/api/assignments/{ids['quiz']}/questions/{question['id']}/review/", {"action": "accept"})
    for work, due in ((ids["quiz"], 5), (ids["reflection"], 8)):
        answer = admin.request("PATCH", f"/api/assignments/{work}/", json={"is_published": True, "due_date": day(due)})
        assert answer.status_code == 200, answer.text
    ids["assignmentId"] = _assign_plan(filled, ids["safety"], "Your classroom’s safety plan", -3)
    _assign_plan(filled, school.course, "Observe a lesson of a colleague", 1)
    _hand_in(filled)
    _learn(filled)
    _tell(filled)
    made(admin, "/api/tenants/domains/", {"hostname": "learning.riverside-school.org"})
    tenants = filled.operator.get("/api/super-admin/tenants/").json()["results"]
    ids["schoolId"] = next(each["id"] for each in tenants if each["name"].startswith("Riverside"))
    for name, change in (
        ("Riverside", {"is_trial": False, "limits": {"teachers": 14}}),
        ("Colegio", {"is_trial": False}),
        ("Oakwood", {"trial_ends_on": day(4)}),
        ("Lakeside", {"is_active": False, "notes": "Paused until the invoice is settled."}),
    ):
        tenant = next(each["id"] for each in tenants if each["name"].startswith(name))
        answer = filled.operator.request("PATCH", f"/api/super-admin/tenants/{tenant}/", json=change)
        assert answer.status_code == 200, answer.text
    _age(filled)


def _assign_plan(filled: FilledPlatform, course: str, title: str, due: int) -> str:
    body = {
        "course_id": course,
        "kind": "MANUAL",
        "title": title,
        "instructions": "Write half a page. Say what you saw, what surprised you, and what you will try next.",
        "due_date": day(due),
        "max_score": 20,
        "passing_score": 10,
        "is_mandatory": True,
        "is_published": True,
    }
    return str(made(filled.admin, "/api/assignments/", body)["id"])


TEXTS = (
    "The exits are marked and the phone list hangs beside the door. I have moved the chemicals into the locked "
    "cupboard and shown both assistants where the key is kept.\n\n"
    "Next I will practise the way to the meeting point with 7B.",
    "My plan names who calls, who leads and who looks after the two children who need help on the stairs.",
    "Please find my plan here. I was unsure about the second exit and asked the caretaker, who opened it for us.",
    "We walked the route together, and it took four minutes.",
)


def _questions(filled: FilledPlatform) -> list[dict[str, Any]]:
    return list(filled.admin.get(f"/api/assignments/{filled.ids['quiz']}/questions/").json()["questions"])


def _answer(question: dict[str, Any], *, is_right: bool) -> dict[str, str]:
    if question["kind"] == "SHORT_ANSWER":
        return {"text": question["accepted_answers"][0] if is_right else "guessing"}
    return {"option_id": next(each["id"] for each in question["options"] if each["is_correct"] is is_right)}


def _hand_in(filled: FilledPlatform) -> None:
    work, quiz = filled.ids["assignmentId"], filled.ids["quiz"]
    for name, words in zip(("Priya", "Hannah", "Liam", "Grace"), TEXTS, strict=True):
        made(filled.sites[name], f"/api/teacher/assignments/{work}/submit/", {"submission_text": words})
    waiting = filled.admin.get(f"/api/assignments/{work}/submissions/").json()["results"]
    feedback = "Clear and complete. Add who stands in for you when you are away."
    for submission, score in zip(waiting[:2], (18, 14.5), strict=True):
        made(filled.admin, f"/api/submissions/{submission['id']}/grade/", {"score": score, "feedback": feedback})
    for name, wrong in (("Daniel", 0), ("Priya", 1), ("Hannah", 3)):
        made(filled.sites[name], f"/api/teacher/quizzes/{quiz}/start/")
        asked = _questions(filled)[:-1]
        answers = {each["id"]: _answer(each, is_right=number >= wrong) for number, each in enumerate(asked)}
        made(filled.sites[name], f"/api/teacher/quizzes/{quiz}/submit/", {"answers": answers})
    attempts = filled.admin.get(f"/api/assignments/{quiz}/attempts/").json()["results"]
    filled.ids["attemptId"] = attempts[0]["id"]
    _ask_why(filled)
    made(
        filled.sites["Grace"],
        f"/api/teacher/assignments/{filled.ids['reflection']}/submit/",
        {"submission_text": "I will ask before I tell, and wait five seconds longer than I like."},
    )


def _ask_why(filled: FilledPlatform) -> None:
    """A quiz whose answers only a person can judge; they wait."""
    admin, safety = filled.admin, filled.ids["safety"]
    body = {"course_id": safety, "kind": "QUIZ", "title": "Why we practise", "instructions": "In your own words."}
    quiz = made(admin, "/api/assignments/", {**body, "is_mandatory": False})["id"]
    why = {"kind": "SHORT_ANSWER", "prompt": "Why do we practise leaving the building?", "accepted_answers": []}
    made(admin, f"/api/assignments/{quiz}/questions/", {**why, "explanation": "Look for habit and calm."})
    assert admin.request("PATCH", f"/api/assignments/{quiz}/", json={"is_published": True}).status_code == 200
    question = admin.get(f"/api/assignments/{quiz}/questions/").json()["questions"][0]["id"]
    for name, words in (
        ("Priya", "So that everybody stays calm when it matters."),
        ("Daniel", "Because the law says so"),
        ("Hannah", "because the law says so."),
        ("Liam", "Children do what they have done before, not what they were told."),
    ):
        answers = {question: {"text": words}}
        made(filled.sites[name], f"/api/teacher/quizzes/{quiz}/submit/", {"answers": answers})


def _learn(filled: FilledPlatform) -> None:
    contents = filled.ids["safetyContents"].split()
    for number, name in enumerate(("Priya", "Daniel", "Hannah", "Liam", "Grace", "Sofia", "Maya", "Yusuf")):
        site = filled.sites[name]
        for content in contents[: 3 if number < 5 else 1]:
            made(site, f"/api/teacher/progress/content/{content}/start/")
            if number < 7:
                made(site, f"/api/teacher/progress/content/{content}/complete/")
        made(site, f"/api/teacher/progress/content/{filled.lecture}/start/")


def _tell(filled: FilledPlatform) -> None:
    admin, people = filled.admin, filled.people
    behind = [people[name] for name in ("Tomás", "Yusuf", "Chloé")]
    body = {"kind": "COURSE_DEADLINE", "course_id": filled.ids["safety"], "teacher_ids": behind}
    filled.ids["campaignId"] = str(made(admin, "/api/reminders/", body)["id"])
    custom = {"subject": "Open lessons next week", "message": "Please put your open lesson on the list by Friday."}
    made(admin, "/api/reminders/", {"kind": "CUSTOM", "teacher_ids": list(people.values())[:6], **custom})
    notice = {"title": "Welcome to our learning pages", "message": "Your first course waits on your start page."}
    made(admin, "/api/announcements/", {**notice, "to_all": True})


def _age(filled: FilledPlatform) -> None:
    """Moves into the past what happened only now: charts of one day show nothing."""
    filled.installation.rewrite(
        "UPDATE content_progress SET completed_at = completed_at"
        " - (abs(hashtext(user_id::text)) % 75) * interval '1 day',"
        " started_at = started_at - (76 + abs(hashtext(user_id::text)) % 5) * interval '1 day'"
        " WHERE completed_at IS NOT NULL",
        "UPDATE course_completions SET completed_at = completed_at"
        " - (abs(hashtext(user_id::text)) % 75) * interval '1 day'",
        # Nobody else has opened a video.
        "UPDATE content_progress SET watched = '{[0,74)}', position_seconds = 74 FROM contents"
        " WHERE contents.id = content_id AND contents.content_type = 'VIDEO'",
        # Most people come on every third working day.
        "INSERT INTO sessions (id, tenant_id, user_id, created_at, expires_at, revoked_at)"
        " SELECT gen_random_uuid(), u.tenant_id, u.id, at.moment, at.moment + interval '1 hour', at.moment"
        " + interval '1 hour' FROM users AS u, generate_series(1, 29) AS ago, LATERAL (SELECT now() - ago *"
        " interval '1 day' AS moment) AS at WHERE extract(isodow FROM at.moment) < 6"
        " AND abs(hashtext(u.id::text || ago)) % 3 = 0 AND u.password_hash <> ''",
        *(
            f"UPDATE tenants SET created_at = created_at - interval '{weeks} weeks' WHERE name = '{name}'"  # noqa: S608 -- names of ours
            for name, _, _, weeks in (*OTHER_SCHOOLS, ("Riverside International School", "", 0, 11))
        ),
        "UPDATE users SET created_at = created_at - (abs(hashtext(id::text)) % 27) * interval '1 day'",
    )

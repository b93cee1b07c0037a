"""Every operation that changes something, as one request after another: each makes what the next ones change."""

import base64
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
from sqlalchemy import Table

from adapters.postgres import tables
from lms_domain.accounts.roles import Role
from lms_domain.accounts.second_factor import STEP_SECONDS, totp
from tests.integration.adapters.postgres.seeding import is_written
from tests.integration.http.conftest import FIRST_PASSWORD, OPERATOR, PASSWORD, Person, sign_in
from tests.integration.http.furnishing import Furnished
from tests.integration.http.test_files_and_settings import PDF, png
from tests.unit.entrypoints.http.contract import ROWS

CLIP = (Path(__file__).parents[3] / "media" / "jfk-inaugural-1961.mp4").read_bytes()
NEW_PASSWORD = "third green elephant tricycle"

Things = dict[str, Any]
"""Ids and words by the name that they have in paths, and lists of ids."""


@dataclass
class Round:
    """All writes once, with so many rows of everything."""

    furnished: Furnished
    number: int
    people: dict[str, Person]
    things: Things

    async def sql(self, statement: str, *values: object) -> Any:
        """One value, behind the fences."""
        return await self.furnished.owner.fetchval(statement, *values)


Step = Callable[[Round], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Write:
    """One request."""

    operation_id: str
    note: str = ""
    """Which of several requests to the same operation."""
    who: str = "admin"
    body: Callable[[Things], object] | None = None
    file: tuple[str, bytes] | None = None
    at: Mapping[str, str] = field(default_factory=dict)
    """Which thing stands in a place of the path, where it is not the one of that name."""
    keeps: Mapping[str, str] = field(default_factory=dict)
    """Under which names things of the answer are remembered."""
    before: Step | None = None

    @property
    def name(self) -> str:
        return f"{self.operation_id} {self.note}".strip()


_ROWS = {row.operation_id: row for row in ROWS}


async def begin(furnished: Furnished, number: int) -> Round:
    """Nothing has been written yet."""
    running = furnished.running
    people = {
        "operator": furnished.people[Role.SUPER_ADMIN],
        "admin": furnished.people[Role.SCHOOL_ADMIN],
        "leader": furnished.people[Role.HOD],
        "nobody": Person(running.client(furnished.host), "nobody@school.example"),
    }
    learners = await furnished.owner.fetch("SELECT id FROM users WHERE role = 'TEACHER' AND is_active")
    things = {
        **furnished.things,
        "number": number,
        "everybody": [furnished.things["teacher_id"], *(str(row["id"]) for row in learners)],
    }
    return Round(furnished, number, people, things)


async def send(at: Round, one: Write) -> httpx.Response:
    """The answer, which is that of success."""
    row = _ROWS[one.operation_id]
    asked: dict[str, Any] = {}
    if one.file is not None:
        asked["files"] = {"file": one.file}
    elif one.body is not None:
        asked["json"] = one.body(at.things)
    path = row.path.format_map({**at.things, **{place: at.things.get(name) for place, name in one.at.items()}})
    answer = await at.people[one.who].client.request(row.method, f"{path}/", **asked)
    assert answer.status_code == row.status, (one.name, answer.status_code, answer.text[:500])
    for name, where in one.keeps.items():
        found = answer.json()
        for step in where.split("."):
            found = found[int(step)] if step.lstrip("-").isdigit() else found[step]
        at.things[name] = found
    return answer


async def _mailed(at: Round) -> None:
    """The link in the last mail that has one."""
    text = await at.sql("SELECT text FROM mail_deliveries WHERE text LIKE '%token=%' ORDER BY created_at DESC LIMIT 1")
    found = re.search(r"https://\S+token=\S+", text)
    assert found is not None
    query = parse_qs(urlsplit(found[0]).query)
    at.things["link"] = {"uid": query["uid"][0], "token": query["token"][0]}


async def _tom_signs_in(at: Round) -> None:
    things = at.things
    person = await sign_in(at.furnished.running, at.furnished.host, things["tom_email"], things["tom_password"])
    at.people["tom"] = person


async def _tom_administers(at: Round) -> None:
    """And has been told nothing of any course."""
    tom = UUID(at.things["tom_id"])
    await at.furnished.owner.execute("UPDATE users SET role = 'SCHOOL_ADMIN' WHERE id = $1", tom)
    await at.furnished.owner.execute("DELETE FROM notifications WHERE user_id = $1", tom)


async def _tom_has_many_sessions(at: Round) -> None:
    await _tom_signs_in(at)
    where = f"user_id = '{at.things['tom_id']}' AND revoked_at IS NULL"
    await at.furnished.more(tables.sessions, at.number, where, id="gen_random_uuid()")
    await _mailed(at)
    at.things["tom_password"] = NEW_PASSWORD


async def _another_session(at: Round) -> None:
    await _tom_signs_in(at)
    await _tom_signs_in(at)
    at.things["session_id"] = await at.sql(
        "SELECT id FROM sessions WHERE user_id = $1 AND revoked_at IS NULL ORDER BY created_at LIMIT 1",
        UUID(at.things["tom_id"]),
    )


async def _new_admin(at: Round) -> None:
    at.things["new_admin"] = await at.sql("SELECT id FROM users WHERE tenant_id = $1", UUID(at.things["new_tenant"]))


async def _code(at: Round) -> None:
    at.things["otp"] = totp(base64.b32decode(at.things["secret"]), int(time.time()) // STEP_SECONDS)


async def _another_code(at: Round) -> None:
    """Nobody waits half a minute for the next."""
    at.things["otp"] = at.things["recovery"]


async def _mistyped(at: Round) -> None:
    """Once the password, and then the code."""
    who = {"email": at.things["tom_email"]}
    for wrong in ({"password": "wrong"}, {"password": at.things["tom_password"], "otp": "000000"}):
        answer = await at.people["nobody"].client.post("/api/users/auth/login/", json={**who, **wrong})
        assert answer.status_code == 401, answer.text


async def _many_videos(at: Round) -> None:
    """In the new module as many more documents and videos that are being processed."""
    things, new = at.things, "gen_random_uuid()"
    where = f"module_id = '{things['new_module']}' AND content_type = "
    await at.furnished.more(tables.contents, at.number, f"{where}'VIDEO'", id=new, position="n + 100000")
    await at.furnished.more(
        tables.stored_files, at.number, f"id = '{things['document']}'", id=new, key="'doomed' || n || one.key"
    )
    await at.furnished.owner.execute(
        "INSERT INTO contents (id, tenant_id, course_id, module_id, title, content_type, position, is_mandatory, "
        "file_id, created_at, updated_at) SELECT gen_random_uuid(), tenant_id, $1, $2, 'Document', 'DOCUMENT', "
        "200000 + row_number() OVER (), true, id, now(), now() FROM stored_files AS f WHERE key LIKE 'doomed%' "
        "AND NOT EXISTS (SELECT FROM contents WHERE file_id = f.id)",
        UUID(things["new_course"]),
        UUID(things["new_module"]),
    )
    for table, part_of, rows in (
        (tables.video_assets, "content_id", "SELECT id FROM contents WHERE module_id = $2 AND content_type = 'VIDEO'"),
        (tables.video_steps, "asset_id", "SELECT id FROM video_assets WHERE $2::uuid IS NOT NULL"),
    ):
        names = ", ".join(f'"{c.name}"' for c in table.columns if c.name not in {"id", part_of} and is_written(c))
        await at.furnished.owner.execute(
            f"INSERT INTO {table.name} (id, {part_of}, {names}) "  # noqa: S608 -- our own names
            f"SELECT gen_random_uuid(), whole.whole_id, {names} FROM {table.name} AS one, "
            f"({rows.replace('SELECT id', 'SELECT id AS whole_id', 1)}) AS whole "
            f"WHERE one.{part_of} = (SELECT {part_of} FROM {table.name} WHERE tenant_id = $3 "
            f"AND {part_of} IN (SELECT id FROM {'contents' if table is tables.video_assets else 'video_assets'} "
            f"WHERE {'id' if table is tables.video_assets else 'content_id'} = $1) LIMIT 1) "
            f"AND NOT EXISTS (SELECT FROM {table.name} AS own WHERE own.{part_of} = whole.whole_id)",
            UUID(things["video"]),
            UUID(things["new_module"]),
            UUID(things["tenant_id"]),
        )
    # As autovacuum does with tables that grow: what was planned for small ones is planned anew.
    await at.furnished.owner.execute("ANALYZE")


async def _all_steps_done(at: Round) -> None:
    await at.furnished.owner.execute(
        "UPDATE video_steps SET state = 'SUCCEEDED', queued_at = NULL WHERE asset_id = "
        "(SELECT id FROM video_assets WHERE content_id = $1)",
        UUID(at.things["video"]),
    )


async def _watchable(at: Round) -> None:
    await at.furnished.owner.execute(
        "UPDATE video_assets SET status = 'READY', playable = true, duration_seconds = 60 WHERE content_id = $1",
        UUID(at.things["video"]),
    )


async def _outline(at: Round) -> None:
    course = (await at.people["admin"].get(f"/api/courses/{at.things['course_id']}/")).json()
    at.things["outline"] = [
        {"id": module["id"], "contents": [content["id"] for content in reversed(module["contents"])]}
        for module in reversed(course["modules"])
    ]


async def _questions(at: Round) -> None:
    quiz = (await at.people["admin"].get(f"/api/assignments/{at.things['quiz']}/questions/")).json()
    at.things["question_id"] = quiz["questions"][-1]["id"]
    at.things["answers"] = {question["id"]: {"text": "four"} for question in quiz["questions"]}


def _everybody_answered(words: str) -> Step:
    """Everybody's attempt has these words for every question, and is worth nothing."""

    async def answer(at: Round) -> None:
        await _questions(at)
        questions = [UUID(question) for question in at.things["answers"]]
        await at.furnished.owner.execute(
            "DELETE FROM quiz_attempts WHERE quiz_id IN (SELECT id FROM quizzes WHERE assignment_id = $1) "
            "AND user_id IN (SELECT id FROM users WHERE role = 'TEACHER')",
            UUID(at.things["quiz"]),
        )
        await at.furnished.owner.execute(
            "INSERT INTO quiz_attempts (id, tenant_id, quiz_id, user_id, number, seed, question_ids, started_at, "
            "submitted_at, draft, answers, marks, score, passed, graded_at) SELECT gen_random_uuid(), u.tenant_id, "
            "q.id, u.id, 1, 1, $2, now(), now(), '{}', "
            "(SELECT jsonb_object_agg(id, jsonb_build_object('text', $3::text)) FROM unnest($2::uuid[]) AS id), "
            """(SELECT jsonb_object_agg(id, '{"verdict": "WRONG"}'::jsonb) FROM unnest($2::uuid[]) AS id), """
            "0, false, now() FROM users AS u, quizzes AS q "
            "WHERE u.role = 'TEACHER' AND q.assignment_id = $1 AND q.state = 'PUBLISHED'",
            UUID(at.things["quiz"]),
            questions,
            words,
        )
        at.things["attempt_id"] = await at.sql(
            "SELECT a.id FROM quiz_attempts AS a JOIN quizzes AS q ON q.id = a.quiz_id "
            "JOIN users AS u ON u.id = a.user_id WHERE q.assignment_id = $1 AND u.role = 'TEACHER' LIMIT 1",
            UUID(at.things["quiz"]),
        )

    return answer


async def _never_answered(at: Round) -> None:
    """The quiz whose answers a person reads; nobody has been told that any wait."""
    quiz = (await at.people["admin"].get(f"/api/assignments/{at.things['quiz_id']}/questions/")).json()
    at.things["why"] = quiz["questions"][0]["id"]
    await at.furnished.owner.execute(
        "DELETE FROM quiz_attempts WHERE quiz_id IN (SELECT id FROM quizzes WHERE assignment_id = $1) AND user_id = $2",
        UUID(at.things["quiz_id"]),
        UUID(at.things["teacher_id"]),
    )
    await at.furnished.owner.execute("DELETE FROM notifications WHERE event_key LIKE '%:answers-wait:%'")


async def _begun_before(at: Round) -> None:
    """An attempt at a version that has been replaced since then."""
    await _never_answered(at)
    quiz, why, attempt = "one.assignment_id = $1 AND one.state = 'PUBLISHED'", UUID(at.things["why"]), uuid4()
    old = {"id": "$2", "state": "'RETIRED'", "version": "(SELECT max(version) + 1 FROM quizzes)"}
    asked = {"id": "$3", "quiz_id": "$2"}
    old_quiz, old_question = uuid4(), uuid4()
    await _copied(at, tables.quizzes, quiz, old, UUID(at.things["quiz_id"]), old_quiz)
    await _copied(at, tables.questions, "one.id = $1", asked, why, old_quiz, old_question)
    await at.furnished.owner.execute(
        "INSERT INTO quiz_attempts (id, tenant_id, quiz_id, user_id, number, seed, question_ids, started_at, draft, "
        "answers, marks) SELECT $1, tenant_id, id, $3, 1, 1, ARRAY[$4::uuid], now() - interval '1 hour', "
        "jsonb_build_object($4::uuid, jsonb_build_object('text', 'Because.')), '{}', '{}' FROM quizzes WHERE id = $2",
        attempt,
        old_quiz,
        UUID(at.things["teacher_id"]),
        old_question,
    )
    at.things["begun"] = attempt


async def _ran_out(at: Round) -> None:
    """Such an attempt, without any more time."""
    await _begun_before(at)
    await at.furnished.owner.execute(
        "UPDATE quiz_attempts SET expires_at = now() - interval '30 minutes' WHERE id = $1", at.things["begun"]
    )


async def _copied(at: Round, table: Table, where: str, changes: Mapping[str, str], *values: object) -> None:
    names = [column.name for column in table.columns if is_written(column)]
    listed, copied = ", ".join(f'"{name}"' for name in names), ", ".join(changes.get(n, f'one."{n}"') for n in names)
    await at.furnished.owner.execute(
        f"INSERT INTO {table.name} ({listed}) SELECT {copied} FROM {table.name} AS one WHERE {where}",  # noqa: S608 -- our own names and expressions
        *values,
    )


async def _submission(at: Round) -> None:
    at.things["submission_id"] = await at.sql(
        "SELECT id FROM submissions WHERE assignment_id = $1", UUID(at.things["work"])
    )


async def _failed(at: Round) -> None:
    await at.furnished.owner.execute(
        "UPDATE mail_deliveries SET state = 'FAILED' WHERE campaign_id = $1", UUID(at.things["new_reminder"])
    )


async def _notification(at: Round) -> None:
    at.things["notification_id"] = await at.sql(
        "SELECT id FROM notifications WHERE user_id = $1 LIMIT 1", UUID(at.things["teacher_id"])
    )


def _named(what: str) -> Callable[[Things], str]:
    return lambda things: f"{what} {things['number']}"


def _people(things: Things, kind: str) -> str:
    rows = (f"{kind}{things['number']}-{n}@import.example,Im,Ported,Maths" for n in range(things["number"]))
    return "\n".join(["email,first_name,last_name,groups", *rows, ""])


def _whole_course(things: Things) -> dict[str, object]:
    return {
        "title": f"Whole {things['number']}",
        "description": "All of it.",
        "is_mandatory": True,
        "deadline": "2100-01-01",
        "estimated_hours": 2,
        "assigned_to_all": False,
        "assigned_groups": [things["group_id"]],
        "assigned_teachers": things["everybody"],
        "thumbnail": things["thumbnail"],
    }


def _because(things: Things) -> object:
    return {"answers": {things["why"]: {"text": "Because."}}}


def _reminder(things: Things) -> object:
    return {
        "kind": "COURSE_DEADLINE",
        "course_id": things["course_id"],
        "teacher_ids": things["everybody"],
        "subject": f"Reminder {things['number']}",
    }


_IN_NEW = {"course_id": "new_course", "module_id": "new_module"}
_LINK = {"title": "Reading", "content_type": "LINK", "url": "https://example.test/"}
_OPTIONS = [{"text": "four", "is_correct": True}, {"text": "five"}, {"text": "six"}]

PEOPLE = (
    Write(
        operation_id="createTeacher",
        body=lambda t: {
            "email": f"tom{t['number']}@school.example",
            "first_name": "Tom",
            "last_name": "Teacher",
            "group_ids": [t["group_id"]],
        },
        keeps={"tom_id": "id", "tom_email": "email"},
    ),
    Write(
        operation_id="createTeacher",
        note="with a password",
        body=lambda t: {
            "email": f"pia{t['number']}@school.example",
            "first_name": "Pia",
            "last_name": "Teacher",
            "password": FIRST_PASSWORD,
            "group_ids": [t["group_id"]],
        },
    ),
    Write(operation_id="inviteTeacher", at={"teacher_id": "tom_id"}),
    Write(
        operation_id="acceptInvitation",
        who="nobody",
        body=lambda t: {**t["link"], "new_password": t.setdefault("tom_password", PASSWORD)},
        before=_mailed,
    ),
    Write(operation_id="requestPasswordReset", who="nobody", body=lambda t: {"email": t["tom_email"]}),
    Write(
        operation_id="confirmPasswordReset",
        who="nobody",
        body=lambda t: {**t["link"], "new_password": t["tom_password"]},
        before=_tom_has_many_sessions,
    ),
    Write(
        operation_id="login",
        who="nobody",
        body=lambda t: {"email": t["tom_email"], "password": t["tom_password"]},
        keeps={"refresh": "tokens.refresh"},
    ),
    Write(
        operation_id="refresh",
        who="nobody",
        body=lambda t: {"refresh_token": t["refresh"]},
        keeps={"refresh": "refresh"},
    ),
    Write(operation_id="logout", who="nobody", body=lambda t: {"refresh_token": t["refresh"]}),
    Write(operation_id="endSession", who="tom", before=_another_session),
    Write(operation_id="endOtherSessions", who="tom"),
    Write(operation_id="editMe", who="tom", body=lambda _: {"first_name": "Thomas", "bio": "Of here."}),
    Write(operation_id="editPreferences", who="tom", body=lambda _: {"digest": False, "muted": ["ANNOUNCEMENT"]}),
    Write(operation_id="uploadProfilePicture", who="tom", file=("me.png", png())),
    Write(operation_id="stepUp", who="tom", body=lambda t: {"password": t["tom_password"]}),
    Write(operation_id="enrolSecondFactor", who="tom", keeps={"secret": "secret"}),
    Write(
        operation_id="confirmSecondFactor",
        who="tom",
        body=lambda t: {"code": t["otp"]},
        before=_code,
        keeps={"recovery": "recovery_codes.0", "other_recovery": "recovery_codes.1"},
    ),
    Write(
        operation_id="login",
        note="with a code, after failures",
        who="nobody",
        body=lambda t: {"email": t["tom_email"], "password": t["tom_password"], "otp": t["other_recovery"]},
        before=_mistyped,
    ),
    Write(operation_id="disableSecondFactor", who="tom", body=lambda t: {"code": t["otp"]}, before=_another_code),
    Write(
        operation_id="changePassword",
        who="tom",
        body=lambda t: {"current_password": t["tom_password"], "new_password": PASSWORD},
    ),
    Write(
        operation_id="updateTeacher",
        note="who learns from now on",
        at={"teacher_id": "tom_id"},
        body=lambda t: {
            "email": f"tommy{t['number']}@school.example",
            "role": "TEACHER",
            "is_active": True,
            "group_ids": [t["group_id"]],
        },
        before=_tom_administers,
    ),
    Write(
        operation_id="updateTeacher",
        at={"teacher_id": "tom_id"},
        body=lambda t: {
            "email": f"thomas{t['number']}@school.example",
            "first_name": "Thom",
            "role": "HOD",
            "is_active": True,
            "department": "Arts",
            "group_ids": [],
        },
    ),
    Write(
        operation_id="resendVerification",
        who="nobody",
        body=lambda t: {"email": f"thomas{t['number']}@school.example"},
    ),
    Write(operation_id="verifyEmail", who="nobody", body=lambda t: t["link"], before=_mailed),
    Write(operation_id="deactivateTeacher", at={"teacher_id": "tom_id"}),
    Write(operation_id="eraseTeacher", at={"teacher_id": "tom_id"}),
    Write(
        operation_id="registerTeacher",
        body=lambda t: {"email": f"ria{t['number']}@school.example", "first_name": "Ria", "last_name": "New"},
    ),
    Write(
        operation_id="importTeachers",
        body=lambda t: {"csv": _people(t, "p"), "dry_run": False},
        keeps={"import_id": "id"},
    ),
    Write(operation_id="undoTeacherImport"),
)

GROUPS = (
    Write(operation_id="createGroup", body=lambda t: {"name": _named("New")(t)}, keeps={"new_group": "id"}),
    Write(operation_id="updateGroup", at={"group_id": "new_group"}, body=lambda t: {"name": _named("Newer")(t)}),
    Write(
        operation_id="createCourse",
        note="of a group",
        body=lambda t: {"title": _named("Grouped")(t), "assigned_groups": [t["new_group"]]},
        keeps={"new_course": "id"},
    ),
    Write(
        operation_id="createModule",
        note="of a group",
        at=_IN_NEW,
        body=lambda _: {"title": "First"},
        keeps={"new_module": "id"},
    ),
    Write(operation_id="createContent", note="of a group", at=_IN_NEW, body=lambda _: _LINK),
    Write(operation_id="publishCourse", note="of nobody", at=_IN_NEW, body=lambda _: {"action": "publish"}),
    Write(
        operation_id="setGroupMembers",
        at={"group_id": "new_group"},
        body=lambda t: {"teacher_ids": t["everybody"][1::3]},
    ),
    Write(
        operation_id="addGroupMembers",
        at={"group_id": "new_group"},
        body=lambda t: {"teacher_ids": [t["teacher_id"], *t["everybody"][2::3]]},
    ),
    Write(operation_id="uploadCourseThumbnail", file=("one.png", png()), keeps={"thumbnail": "file_id"}),
    Write(operation_id="updateCourse", at=_IN_NEW, body=_whole_course),
    Write(operation_id="removeGroupMember", at={"group_id": "new_group"}),
    Write(operation_id="deleteGroup", at={"group_id": "new_group"}),
)

COURSES = (
    Write(
        operation_id="createCourse",
        body=lambda t: {**_whole_course(t), "title": _named("Wholly new")(t)},
        keeps={"new_course": "id"},
    ),
    Write(operation_id="createModule", at=_IN_NEW, body=lambda _: {"title": "First"}, keeps={"new_module": "id"}),
    Write(operation_id="updateModule", at=_IN_NEW, body=lambda _: {"title": "Begin", "description": "Here."}),
    Write(operation_id="uploadContentFile", file=("a.pdf", PDF), keeps={"document": "file_id"}),
    Write(operation_id="uploadContentFile", note="again", file=("b.pdf", PDF), keeps={"other_document": "file_id"}),
    Write(operation_id="createContent", at=_IN_NEW, body=lambda _: _LINK, keeps={"link_content": "id"}),
    Write(
        operation_id="createContent",
        note="of a document",
        at=_IN_NEW,
        body=lambda t: {"title": "Paper", "content_type": "DOCUMENT", "file_id": t["other_document"]},
        keeps={"paper": "id"},
    ),
    Write(
        operation_id="updateContent",
        at={**_IN_NEW, "content_id": "paper"},
        body=lambda t: {"title": "Sheet", "is_mandatory": False, "file_id": t["document"]},
    ),
    Write(operation_id="uploadVideo", at=_IN_NEW, file=("a.mp4", CLIP), keeps={"video": "content.id"}),
    Write(
        operation_id="rerunVideo",
        at={**_IN_NEW, "content_id": "video"},
        body=lambda _: {"from_step": "VALIDATE"},
        before=_all_steps_done,
    ),
    Write(
        operation_id="retryStep",
        who="operator",
        body=lambda t: {"tenant_id": t["tenant_id"], "content_id": t["video"], "step": "VALIDATE"},
        before=_all_steps_done,
    ),
    Write(operation_id="publishCourse", at=_IN_NEW, body=lambda _: {"action": "publish"}),
    Write(operation_id="setOutline", body=lambda t: {"modules": t["outline"]}, before=_outline),
    Write(operation_id="duplicateCourse", body=lambda _: {}),
    *(
        Write(operation_id=operation, note=note, body=lambda t, end=end: {"title": f"Twice {t['number']}{end}"})
        for operation, note, end in (
            ("createCourse", "with a slug", ""),
            ("createCourse", "whose slug is taken", "!"),
            ("createCourse", "whose slug is taken twice", "?"),
            ("duplicateCourse", "whose slug is taken", "."),
        )
    ),
)

LEARNING = (
    Write(
        operation_id="createAssignment",
        body=lambda t: {
            "course_id": t["new_course"],
            "content_id": t["link_content"],
            "title": "Essay",
            "instructions": "Write one.",
            "due_date": "2100-01-01",
        },
        keeps={"work": "id"},
    ),
    Write(
        operation_id="createAssignment",
        note="of a quiz",
        body=lambda t: {"course_id": t["new_course"], "kind": "QUIZ", "title": "Quiz", "instructions": "Choose."},
        keeps={"quiz": "id"},
    ),
    Write(
        operation_id="updateAssignment",
        note="without questions yet",
        at={"assignment_id": "quiz"},
        body=lambda _: {"attempts_allowed": 3, "passing_score": 70, "is_mandatory": True},
    ),
    *(
        Write(
            operation_id="createQuestion",
            note=str(number),
            at={"assignment_id": "quiz"},
            body=lambda _: {"kind": "SHORT_ANSWER", "prompt": "How many?", "accepted_answers": ["four"]},
        )
        for number in (1, 2)
    ),
    Write(
        operation_id="createQuestion",
        note="to choose",
        at={"assignment_id": "quiz"},
        body=lambda _: {"kind": "MCQ", "prompt": "How many?", "options": _OPTIONS},
    ),
    Write(
        operation_id="reviewQuestion",
        at={"assignment_id": "quiz"},
        body=lambda _: {"action": "reject", "reason": "Too easy."},
        before=_questions,
    ),
    Write(operation_id="deleteQuestion", note="of a draft", at={"assignment_id": "quiz"}),
    Write(
        operation_id="updateAssignment",
        note="that is published",
        at={"assignment_id": "quiz"},
        body=lambda _: {"is_published": True, "attempts_allowed": 5, "time_limit_seconds": 3600},
    ),
    Write(operation_id="updateAssignment", at={"assignment_id": "work"}, body=lambda _: {"title": "The essay"}),
    Write(operation_id="startContent", who="leader", at={"content_id": "link_content"}),
    Write(operation_id="completeContent", who="leader", at={"content_id": "link_content"}),
    Write(
        operation_id="reportProgress",
        who="leader",
        at={"content_id": "video"},
        body=lambda _: {"watched": [[0, 1]], "position_seconds": 1},
        before=_watchable,
    ),
    Write(operation_id="deleteContent", note="of a video", at={**_IN_NEW, "content_id": "video"}),
    Write(
        operation_id="extendQuiz",
        at={"assignment_id": "quiz", "user_id": "teacher_id"},
        body=lambda _: {"extra_percent": 50, "reason": "Reads slowly."},
    ),
    Write(operation_id="startQuiz", who="leader", at={"assignment_id": "quiz"}, before=_questions),
    Write(
        operation_id="saveQuizDraft",
        who="leader",
        at={"assignment_id": "quiz"},
        body=lambda t: {"answers": t["answers"]},
    ),
    Write(
        operation_id="extendQuiz",
        note="that lengthens an attempt",
        at={"assignment_id": "quiz", "user_id": "teacher_id"},
        body=lambda _: {"extra_seconds": 3600, "reason": "Reads slowly."},
    ),
    Write(operation_id="endExtension", at={"assignment_id": "quiz", "user_id": "teacher_id"}),
    Write(operation_id="uploadSubmissionFile", who="leader", file=("a.pdf", PDF), keeps={"own_file": "file_id"}),
    Write(
        operation_id="submitAssignment",
        who="leader",
        at={"assignment_id": "work"},
        body=lambda t: {"submission_text": "Here.", "file_ids": [t["own_file"]]},
    ),
    Write(
        operation_id="submitAssignment",
        note="again",
        who="leader",
        at={"assignment_id": "work"},
        body=lambda t: {"submission_text": "Better.", "file_ids": [t["own_file"]]},
    ),
    Write(operation_id="gradeSubmission", body=lambda _: {"score": 80, "feedback": "Good."}, before=_submission),
    Write(
        operation_id="submitQuiz",
        note="and with it the course",
        who="leader",
        at={"assignment_id": "quiz"},
        body=lambda t: {"answers": t["answers"]},
    ),
    Write(
        operation_id="submitQuiz",
        note="at once, to be read",
        who="leader",
        at={"assignment_id": "quiz_id"},
        body=_because,
        before=_never_answered,
    ),
    Write(
        operation_id="submitQuiz",
        note="begun at another version, to be read",
        who="leader",
        at={"assignment_id": "quiz_id"},
        body=lambda _: {"answers": {}},
        before=_begun_before,
    ),
    Write(
        operation_id="submitQuiz",
        note="after its time, to be read",
        who="leader",
        at={"assignment_id": "quiz_id"},
        body=lambda _: {"answers": {}},
        before=_ran_out,
    ),
    Write(
        operation_id="startQuiz",
        note="after the time of one that is to be read",
        who="leader",
        at={"assignment_id": "quiz_id"},
        before=_ran_out,
    ),
    Write(
        operation_id="flagQuestion",
        who="leader",
        at={"assignment_id": "quiz"},
        body=lambda _: {"reason": "Two are right."},
        before=_questions,
    ),
    Write(operation_id="settleQuestionFlags", at={"assignment_id": "quiz"}),
    Write(operation_id="decideAnswer", body=lambda _: {"is_right": True}, before=_everybody_answered("quattro")),
    Write(
        operation_id="decideAnswer",
        note="for everybody",
        body=lambda _: {"is_right": True, "same_answers": True, "accept_for_all": True},
        before=_everybody_answered("vier"),
    ),
    Write(
        operation_id="mendQuestion",
        at={"assignment_id": "quiz"},
        body=lambda _: {"accepted_answers": ["four", "quatre"]},
        before=_everybody_answered("quatre"),
    ),
    Write(
        operation_id="createQuestion",
        note="after attempts",
        at={"assignment_id": "quiz"},
        body=lambda _: {"kind": "SHORT_ANSWER", "prompt": "And now?", "accepted_answers": ["four"]},
    ),
    Write(
        operation_id="updateQuestion",
        at={"assignment_id": "quiz"},
        body=lambda _: {"prompt": "How many now?"},
        before=_questions,
    ),
    Write(
        operation_id="updateAssignment",
        note="in a new version",
        at={"assignment_id": "quiz"},
        body=lambda _: {"is_published": True},
    ),
    Write(operation_id="deleteQuestion", at={"assignment_id": "quiz"}, before=_questions),
    Write(operation_id="deleteAssignment", note="of a quiz", at={"assignment_id": "quiz"}),
    Write(operation_id="deleteAssignment", at={"assignment_id": "work"}),
)

NOTICES = (
    Write(operation_id="previewReminder", body=_reminder),
    Write(operation_id="sendReminder", body=_reminder, keeps={"new_reminder": "id"}),
    Write(operation_id="retryReminder", at={"reminder_id": "new_reminder"}, before=_failed),
    Write(
        operation_id="announce",
        body=lambda t: {
            "title": "Monday",
            "message": "School is closed.",
            "group_ids": [t["group_id"]],
            "teacher_ids": t["everybody"],
        },
    ),
    Write(operation_id="readNotification", who="leader", before=_notification),
    Write(operation_id="readAllNotifications", who="leader"),
)

REMOVALS = (
    Write(
        operation_id="uploadVideo",
        note="to be removed",
        at=_IN_NEW,
        file=("a.mp4", CLIP),
        keeps={"video": "content.id"},
    ),
    Write(operation_id="deleteCourse", at=_IN_NEW, before=_many_videos),
    Write(operation_id="restoreCourse", at=_IN_NEW),
    Write(operation_id="deleteContent", at={**_IN_NEW, "content_id": "paper"}),
    Write(operation_id="deleteModule", at=_IN_NEW),
)

SETTINGS = (
    Write(operation_id="uploadTenantLogo", file=("logo.png", png()), keeps={"logo": "file_id"}),
    Write(
        operation_id="updateSettings",
        body=lambda t: {
            "name": _named("School")(t),
            "time_zone": "Europe/Berlin",
            "locale": "de",
            "primary_color": "#112233",
            "logo": t["logo"],
            "quiz_policy": "OFF",
        },
    ),
    Write(
        operation_id="addDomain",
        body=lambda t: {"hostname": f"learn{t['number']}.springfield.org"},
        keeps={"domain_id": "id"},
    ),
    Write(operation_id="verifyDomain"),
    Write(operation_id="removeDomain"),
)

PLATFORM = (
    Write(
        operation_id="onboardSchool",
        who="operator",
        body=lambda t: {
            "school_name": _named("Hill")(t),
            "admin_email": "hill@person.example",
            "admin_first_name": "Hilda",
            "admin_last_name": "Hill",
        },
        keeps={"new_tenant": "tenant.id"},
    ),
    Write(
        operation_id="editSchool",
        who="operator",
        at={"tenant_id": "new_tenant"},
        body=lambda _: {
            "is_trial": False,
            "plan": "PRO",
            "limits": {"teachers": 70},
            "features": {"REPORTS_PDF": True},
            "notes": "Paid.",
        },
    ),
    Write(
        operation_id="inviteAdministrator",
        who="operator",
        at={"tenant_id": "new_tenant", "teacher_id": "new_admin"},
        before=_new_admin,
    ),
    Write(operation_id="stepUp", note="of an operator", who="operator", body=lambda _: {"password": OPERATOR[1]}),
    Write(operation_id="impersonate", who="operator", body=lambda _: {"reason": "A look"}, keeps={"code": "code"}),
    Write(operation_id="exchangeCode", who="nobody", body=lambda t: {"code": t["code"]}),
    Write(
        operation_id="requestErasure",
        who="operator",
        at={"tenant_id": "new_tenant"},
        keeps={"erasure_code": "code", "phrase": "phrase"},
    ),
    Write(
        operation_id="confirmErasure",
        who="operator",
        at={"tenant_id": "new_tenant"},
        body=lambda t: {"code": t["erasure_code"], "phrase": t["phrase"]},
    ),
)

WRITES = (*PEOPLE, *GROUPS, *COURSES, *LEARNING, *NOTICES, *REMOVALS, *SETTINGS, *PLATFORM)

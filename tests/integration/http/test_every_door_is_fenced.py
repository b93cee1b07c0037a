"""Every operation of the API, made from its OpenAPI document: who may knock, and that no door leads to another school.

A new operation fails here until it stands in the table below; a new id in a request until it is known whose id it is.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from sqlalchemy import Table, Text

from adapters.memory.password_hasher import MemoryPasswordHasher
from adapters.postgres.statements import Statement
from adapters.postgres.tables import metadata
from entrypoints.http.app import HANDLERS
from entrypoints.http.openapi import API_HANDLERS
from lms_domain.accounts.roles import Role
from lms_domain.files.stored_file import FilePurpose
from lms_domain.schools.features import Feature
from lms_domain.video.steps import PLAN, StepName
from tests.integration.adapters.postgres.seeding import a_row_in_every_table, is_written
from tests.integration.adapters.postgres.test_postgres_each_fence_alone import forgotten
from tests.integration.conftest import NewDatabase
from tests.integration.http.conftest import PASSWORD, Person, RunningApp, an_installation, sign_in, signed_in_operator
from tests.integration.http.doors import FILES, Door, Place, doors
from tests.unit.entrypoints.http.contract import NOT_YET

Connection = "asyncpg.Connection[asyncpg.Record]"


class Caller(StrEnum):
    """Who knocks."""

    SUPER_ADMIN = "SUPER_ADMIN"
    SCHOOL_ADMIN = "SCHOOL_ADMIN"
    TEACHER = "TEACHER"
    HOD = "HOD"
    IB_COORDINATOR = "IB_COORDINATOR"
    NOBODY = "nobody"
    NEWCOMER = "must change password"
    CLOSED_OUT = "of a suspended school"
    VISITOR = "an operator on a visit"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


PUBLIC = _names("""
    login refresh logout exchangeCode getTheme liveness readiness
    acceptInvitation verifyEmail verifyCertificate resendVerification requestPasswordReset confirmPasswordReset
""")
"""Nobody has to be signed in."""

OWN_ACCOUNT = _names("""
    getMe editMe changePassword stepUp listSessions endSession endOtherSessions getPreferences
    getSecondFactor enrolSecondFactor confirmSecondFactor disableSecondFactor getJob getJobResult
""")
"""Everybody who is signed in."""

OF_A_SCHOOL = _names("""
    editPreferences uploadProfilePicture
    listNotifications countUnread streamNotifications readNotification readAllNotifications
""")
"""Everybody of a school: operators have a name, but neither a profile nor notifications, and nothing to choose."""

PLATFORM = _names("""
    getPlatformStats listSchools onboardSchool getSchool editSchool getSchoolUsage exportSchool
    requestErasure confirmErasure impersonate listPlatformAudit listTroubledSteps retryStep listPlans adviseAddress
    listAdministrators inviteAdministrator
""")

ADMINISTRATION = _names("""
    getSchoolStats getAnalytics getSettings updateSettings listSchoolAudit
    listDomains addDomain removeDomain verifyDomain
    listTeachers createTeacher registerTeacher getTeacher updateTeacher deactivateTeacher inviteTeacher
    exportTeacher eraseTeacher importTeachers getTeacherImport getTeacherImportResult undoTeacherImport
    listGroups createGroup getGroup updateGroup deleteGroup
    listGroupMembers setGroupMembers addGroupMembers removeGroupMember
    listCourses createCourse getCourse updateCourse deleteCourse publishCourse duplicateCourse restoreCourse setOutline
    listModules createModule getModule updateModule deleteModule
    listContents createContent getContent updateContent deleteContent
    uploadVideo getVideoStatus rerunVideo watchVideo getCaptions setCaptions
    listAssignments createAssignment getAssignment updateAssignment deleteAssignment listSubmissions gradeSubmission
    listAttempts getAttempt listWaitingAnswers decideAnswer mendQuestion
    listQuestions createQuestion updateQuestion deleteQuestion reviewQuestion getItemStatistics
    listExtensions extendQuiz endExtension listQuestionFlags settleQuestionFlags reportQuestionRules
    uploadTenantLogo uploadCourseThumbnail uploadContentFile createUpload
    announce sendReminder previewReminder listReminders listReminderDeliveries retryReminder
    reportCourseCompletion reportAssignmentStatus reportEngagement
    reportCourseCompletionFile reportAssignmentStatusFile reportEngagementFile
""")

LEARNING = _names("""
    getDashboard listTeacherCourses getTeacherCourse getCompletion getTranscript search
    startContent reportProgress completeContent
    listTeacherAssignments getTeacherAssignment submitAssignment uploadSubmissionFile
    getQuiz startQuiz saveQuizDraft submitQuiz flagQuestion listCertificates getCertificateFile
""")

TEAM = _names("listTeam")

IN_PERSON = OWN_ACCOUNT - _names("getMe getJob getJobResult") | _names("""
    editPreferences uploadProfilePicture readNotification readAllNotifications eraseTeacher
    addDomain verifyDomain removeDomain createTeacher registerTeacher inviteTeacher importTeachers
""")
"""Somebody's own business, and what would outlive a visit: no operator does it in their name. Of sessions a visitor may
end the visit."""

BEFORE_PASSWORD_CHANGE = PUBLIC | _names("getMe changePassword")

LEARNER = PUBLIC | OWN_ACCOUNT | OF_A_SCHOOL | LEARNING
MAY: Mapping[Caller, frozenset[str]] = {
    Caller.SUPER_ADMIN: PUBLIC | OWN_ACCOUNT | PLATFORM,
    Caller.SCHOOL_ADMIN: PUBLIC | OWN_ACCOUNT | OF_A_SCHOOL | ADMINISTRATION,
    Caller.TEACHER: LEARNER,
    Caller.HOD: LEARNER | TEAM,
    Caller.IB_COORDINATOR: LEARNER | TEAM,
    Caller.NOBODY: PUBLIC,
    Caller.NEWCOMER: BEFORE_PASSWORD_CHANGE,
    Caller.CLOSED_OUT: PUBLIC,
    Caller.VISITOR: (PUBLIC | OWN_ACCOUNT | OF_A_SCHOOL | ADMINISTRATION) - IN_PERSON,
}
"""What each may do: everything else is refused them, whatever they ask about."""

REFUSALS: Mapping[Caller, tuple[int, str]] = {
    **dict.fromkeys(Caller, (403, "not_allowed")),
    Caller.NOBODY: (401, "not_signed_in"),
    Caller.NEWCOMER: (403, "password_change_required"),
    Caller.CLOSED_OUT: (403, "school_suspended"),
}

TABLES = {
    "actor_id": "a teacher",
    "answers": "questions",
    "answers.option_id": "questions",
    "assigned_groups": "teacher_groups",
    "assigned_teachers": "a teacher",
    "assignment": "assignments",
    "attempt_id": "quiz_attempts",
    "correct_option_id": "questions",
    "assignment_id": "assignments",
    "certificate_id": "certificates",
    "content_id": "contents",
    "course": "courses",
    "course_id": "courses",
    "cursor": "notifications",
    "domain_id": "tenant_domains",
    "file_id": FilePurpose.CONTENT_FILE,
    "file_ids": FilePurpose.SUBMISSION_FILE,
    "group": "teacher_groups",
    "group_id": "teacher_groups",
    "group_ids": "teacher_groups",
    "import_id": "teacher_imports",
    "job_id": "jobs",
    "logo": FilePurpose.TENANT_LOGO,
    "module_id": "modules",
    "modules.contents": "contents",
    "modules.id": "modules",
    "notification_id": "notifications",
    "object_id": "courses",
    "question_id": "questions",
    "quiz_id": "quizzes",
    "reminder_id": "reminder_campaigns",
    "session_id": "sessions",
    "submission_id": "submissions",
    "teacher": "a teacher",
    "teacher_id": "a teacher",
    "teacher_ids": "a teacher",
    "tenant_id": "tenants",
    "thumbnail": FilePurpose.COURSE_THUMBNAIL,
    "uid": "a teacher",
    "user_id": "a teacher",
}
"""Whose id stands in a place of that name: of which table, or a file of which purpose."""

OF_DOORS = {
    **{
        ("assignment_id", name): "a quiz"
        for name in _names("""
        getQuiz startQuiz saveQuizDraft submitQuiz
        listAttempts mendQuestion
        listQuestions createQuestion updateQuestion deleteQuestion reviewQuestion getItemStatistics
        listExtensions extendQuiz endExtension listQuestionFlags settleQuestionFlags flagQuestion
    """)
    },
    **{("content_id", name): "a video" for name in _names("reportProgress getTranscript getVideoStatus rerunVideo")},
}
"""Doors that open for one kind of a thing only."""

COMPARED = {"cursor"}
"""Nothing is looked up by these: what comes after them is shown, whatever they are."""

OF_ALL_LEARNERS = {"answers", "answers.option_id"}
"""Whoever answers a quiz may know the ids of its questions."""

_MARK = re.compile(r"[0-9a-f]{32}")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CHANGES_EVERY_TIME = {"x-request-id", "etag"}


@dataclass
class Town:
    """A school with a row in every table."""

    tenant_id: UUID
    host: str
    ids: Mapping[str, str]
    """One of each kind, by table or purpose."""
    callers: dict[Caller, httpx.AsyncClient] = field(default_factory=dict)

    def id_for(self, door: Door, place: Place) -> str:
        return self.ids[OF_DOORS.get((place.name, door.name)) or TABLES[place.name]]


@dataclass(frozen=True)
class Towns:
    """Two schools, who knows everything of both, and who knocks."""

    running: RunningApp
    owner: Connection
    ours: Town
    theirs: Town
    marks: frozenset[str]
    """Words that stand in the other school's rows and nowhere else."""
    their_ids: frozenset[str]
    """Of theirs, what nobody here has ever heard of."""


def _forget_conditions(patch: pytest.MonkeyPatch) -> None:
    remembered = Statement.sql.fget
    assert remembered is not None
    patch.setattr(Statement, "sql", property(lambda statement: forgotten(remembered(statement))))


@asynccontextmanager
async def _towns(new_database: NewDatabase, folder: Path, *, has_policies: bool = True) -> AsyncIterator[Towns]:
    async with an_installation(new_database, folder) as running, AsyncExitStack() as stack:
        operator = await signed_in_operator(running)
        stack.push_async_callback((owner := await asyncpg.connect(running.settings.database.owner)).close)
        ours, theirs, closed = [await _town(owner, name) for name in ("ours", "theirs", "closed")]
        await _fill_what_may_be_empty(owner, theirs.tenant_id)
        await _invite_callers(running, owner, operator, ours)
        ours.callers[Caller.CLOSED_OUT] = await _closed_out(running, owner, closed)
        if not has_policies:
            for name in (table.name for table in metadata.sorted_tables if _is_of_schools(table)):
                await owner.execute(f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY")
        rows = await _rows_of(owner, theirs.tenant_id)
        text = "\n".join(rows.values())
        yield Towns(
            running,
            owner,
            ours,
            theirs,
            frozenset(_MARK.findall(text)),
            frozenset(_ID.findall(text)) - set(theirs.ids.values()),
        )


async def _town(owner: Connection, name: str) -> Town:
    """A school as somebody would have it who never says no, and its administrator."""
    tenant_id = await a_row_in_every_table(owner)
    await owner.execute(
        "UPDATE tenants SET subdomain = $2, is_suspended = false, is_converted = true, limit_teachers = 1000, "
        "limit_courses = 1000, limit_storage_bytes = 1000000000, limit_video_seconds = 3600, time_zone = 'UTC', "
        "primary_color = '#112233', secondary_color = '#445566', font_family = 'Inter', locale = 'en', "
        "contact_email = 'office@' || $2 || '.example', "
        "features = $3 WHERE id = $1",
        tenant_id,
        name,
        [feature.value for feature in Feature],
    )
    # Nobody has the key of a secret that is made up.
    await owner.execute("DELETE FROM second_factors WHERE tenant_id = $1 AND $2 <> 'theirs'", tenant_id, name)
    await owner.execute(
        "UPDATE users SET role = 'SCHOOL_ADMIN', email = $2, email_folded = $2, password_hash = $3, "
        "must_change_password = false WHERE tenant_id = $1",
        tenant_id,
        f"admin@{name}.example",
        await MemoryPasswordHasher().hash(PASSWORD),
    )
    for statement in SETTLED:
        await owner.execute(statement, tenant_id)
    ids = {
        table.name: str(await owner.fetchval(f"SELECT id FROM {table} WHERE {_school_of(table.name)} = $1", tenant_id))  # noqa: S608  # names of our own tables
        for table in metadata.sorted_tables
        if "id" in table.c and _is_of_schools(table)
    }
    await owner.execute("UPDATE jobs SET requested_by = $2 WHERE tenant_id = $1", tenant_id, UUID(ids["users"]))
    quiz_work = await _copy(owner, "assignments", tenant_id, kind="QUIZ", title=uuid4().hex)
    await owner.execute("UPDATE quizzes SET assignment_id = $2 WHERE tenant_id = $1", tenant_id, quiz_work)
    video = await _copy(owner, "contents", tenant_id, content_type="VIDEO", file_id=None, position=2, title=uuid4().hex)
    for table in ("video_assets", "video_transcripts", "search_cues"):
        await owner.execute(f"UPDATE {table} SET content_id = $2 WHERE tenant_id = $1", tenant_id, video)  # noqa: S608  # see above
    teacher_email = f"{uuid4().hex}@{name}.example"
    teacher = await _copy(
        owner, "users", tenant_id, email=teacher_email, email_folded=teacher_email, role="TEACHER", password_hash=""
    )
    ids |= {"a quiz": str(quiz_work), "a video": str(video), "a teacher": str(teacher)}
    for step in sorted({name.value for name in PLAN} - {StepName.VALIDATE.value}):
        await _copy(owner, "video_steps", tenant_id, name=step, state="SUCCEEDED")
    for purpose in FilePurpose:
        ids[purpose] = str(await _copy(owner, "stored_files", tenant_id, purpose=purpose.value, key=uuid4().hex))
    return Town(tenant_id, f"{name}.lms.example", ids)


VIDEO: Mapping[str, object] = {"content_type": "VIDEO", "file_id": None, "position": 2}
LINK: Mapping[str, object] = {"content_type": "LINK", "file_id": None, "url": "https://example.test/"}

SETTLED = (
    # What no row that is made up of types alone would be.
    "UPDATE teacher_imports SET rows = '[]' WHERE tenant_id = $1",
    "UPDATE video_transcripts SET segments = '[]' WHERE tenant_id = $1",
    "UPDATE assignments SET max_score = 100, passing_score = 70 WHERE tenant_id = $1",
    "UPDATE video_assets SET status = 'READY', playable = true, duration_seconds = 60, "
    "captions_key = id::text WHERE tenant_id = $1",
    "UPDATE stored_files SET media_type = 'application/pdf' WHERE tenant_id = $1",
    "UPDATE video_steps SET state = 'SUCCEEDED' WHERE tenant_id = $1",
    "UPDATE quizzes SET state = 'PUBLISHED' WHERE tenant_id = $1",
    "UPDATE questions SET position = 0, kind = 'SHORT_ANSWER', review = 'ACCEPTED', origin = 'MANUAL', "
    "answers = jsonb_build_object('accepted_answers', jsonb_build_array(prompt), 'tolerance', 0) WHERE tenant_id = $1",
    "UPDATE quiz_attempts SET question_ids = (SELECT array_agg(id) FROM questions WHERE tenant_id = $1) "
    "WHERE tenant_id = $1",
    "UPDATE jobs SET kind = 'REPORT', status = 'SUCCEEDED', finished_at = now(), result_type = 'text/csv', "
    "result_name = replace(gen_random_uuid()::text, '-', ''), "
    "result_key = replace(gen_random_uuid()::text, '-', '') WHERE tenant_id = $1",
)


def _school_of(table: str) -> str:
    return "id" if table == "tenants" else "tenant_id"


def _is_of_schools(table: Table) -> bool:
    return table.name == "tenants" or "tenant_id" in table.c


async def _copy(owner: Connection, table: str, tenant_id: UUID, **changed: object) -> UUID:
    """One more row like the one that there is."""
    row = await owner.fetchrow(f"SELECT * FROM {table} WHERE tenant_id = $1 LIMIT 1", tenant_id)  # noqa: S608  # see above
    assert row is not None
    written = {name: value for name, value in row.items() if is_written(metadata.tables[table].c[name])}
    values = {**written, "id": uuid4(), **changed}
    names, places = ", ".join(f'"{name}"' for name in values), ", ".join(f"${n + 1}" for n in range(len(values)))
    await owner.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", *values.values())  # noqa: S608  # see above
    assert isinstance(values["id"], UUID)
    return values["id"]


async def _fill_what_may_be_empty(owner: Connection, tenant_id: UUID) -> None:
    """A mark in every text that may be empty, where nothing speaks against it."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.nullable and isinstance(column.type, Text) and _is_of_schools(table):
                statement = f'UPDATE {table} SET "{column.name}" = $1 WHERE {_school_of(table.name)} = $2'  # noqa: S608  # see above
                try:
                    await owner.execute(statement, uuid4().hex, tenant_id)
                except asyncpg.CheckViolationError:
                    continue


async def _invite_callers(running: RunningApp, owner: Connection, operator: Person, ours: Town) -> None:
    ours.callers[Caller.SUPER_ADMIN] = operator.client
    ours.callers[Caller.SCHOOL_ADMIN] = (await sign_in(running, ours.host, "admin@ours.example", PASSWORD)).client
    ours.callers[Caller.NOBODY] = running.client(ours.host)
    for caller in (Caller.TEACHER, Caller.HOD, Caller.IB_COORDINATOR, Caller.NEWCOMER):
        email = f"{caller.name.lower()}@ours.example"
        role = Role.SCHOOL_ADMIN if caller is Caller.NEWCOMER else Role(caller)
        must_change = caller is Caller.NEWCOMER
        await _copy(
            owner,
            "users",
            ours.tenant_id,
            email=email,
            email_folded=email,
            role=role.value,
            must_change_password=must_change,
        )
        ours.callers[caller] = (await sign_in(running, ours.host, email, PASSWORD)).client
    opened = await operator.post(f"/api/super-admin/tenants/{ours.tenant_id}/impersonate/", {"reason": "Having a look"})
    assert opened.status_code == 201, opened.text
    visitor = running.client(ours.host)
    entered = await visitor.post("/api/users/auth/exchange/", json={"code": opened.json()["code"]})
    assert entered.status_code == 200, entered.text
    visitor.headers["Authorization"] = f"Bearer {entered.json()['access']}"
    ours.callers[Caller.VISITOR] = visitor


async def _closed_out(running: RunningApp, owner: Connection, closed: Town) -> httpx.AsyncClient:
    """Somebody whose school is suspended while they are signed in."""
    person = await sign_in(running, closed.host, "admin@closed.example", PASSWORD)
    await owner.execute("UPDATE tenants SET is_suspended = true WHERE id = $1", closed.tenant_id)
    async with asyncio.timeout(6):
        while (await person.get("/api/users/auth/me/")).status_code != 403:
            await asyncio.sleep(0.2)
    return person.client


async def _rows_of(owner: Connection, tenant_id: UUID) -> dict[str, str]:
    """Every row of a school, table by table."""
    return {
        table.name: await owner.fetchval(
            f"SELECT coalesce(string_agg(t::text, '|' ORDER BY t::text), '') FROM {table} AS t "  # noqa: S608  # see above
            f"WHERE {_school_of(table.name)} = $1",
            tenant_id,
        )
        for table in metadata.sorted_tables
        if _is_of_schools(table)
    }


@pytest.fixture(scope="module")
async def towns(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Towns]:
    async with _towns(new_database, tmp_path_factory.mktemp("towns")) as towns:
        yield towns


@pytest.fixture(scope="module")
async def towns_without_policies(
    new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Towns]:
    """Only the application's own statements keep schools apart."""
    async with _towns(new_database, tmp_path_factory.mktemp("unbound"), has_policies=False) as towns:
        yield towns


@pytest.fixture(scope="module")
async def towns_with_policies_only(
    new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Towns]:
    async with _towns(new_database, tmp_path_factory.mktemp("forgetful")) as towns:
        yield towns


@pytest.fixture
def towns_without_conditions(towns_with_policies_only: Towns, monkeypatch: pytest.MonkeyPatch) -> Towns:
    """Every statement has forgotten the school: only row-level security keeps schools apart."""
    _forget_conditions(monkeypatch)
    return towns_with_policies_only


def _crashes(towns: Towns) -> list[str]:
    return [f"{event} {facts}" for level, event, facts in towns.running.log.lines if level == "exception"]


def _code_of(answer: httpx.Response) -> str:
    is_problem = answer.headers.get("content-type", "").startswith("application/problem+json")
    return answer.json()["type"].rsplit(":", 1)[1] if is_problem else ""


class TestNoDoorLeadsToAnotherSchool:
    """Before the others, which change our own school."""

    @pytest.mark.parametrize("caller", [caller for caller in Caller if caller is not Caller.CLOSED_OUT])
    async def test_their_ids_are_those_of_nothing(self, towns: Towns, caller: Caller) -> None:
        assert await _leaks(towns, caller) == []

    @pytest.mark.parametrize("caller", [Caller.TEACHER, Caller.HOD, Caller.IB_COORDINATOR])
    @pytest.mark.parametrize("course", [{"is_published": False}, {"assigned_to_all": False}], ids=["draft", "others'"])
    async def test_nor_to_what_is_hidden_at_home(
        self, towns: Towns, caller: Caller, course: Mapping[str, object]
    ) -> None:
        """Drafts, courses of others, and a colleague's own files, sessions, jobs and notifications."""
        hidden, marks = await _hidden(towns, course)
        inside = replace(towns, theirs=hidden, marks=marks, their_ids=frozenset())
        client = towns.ours.callers[caller]
        found = []
        for door in doors():
            if door.name in MAY[caller] - STREAMS - PUBLIC:
                for strange in _strange(door):
                    if not any(place.name in OF_ALL_LEARNERS for place in strange):
                        found += await _differences(inside, client, door, strange)
        assert found == []

    async def test_our_tokens_open_nothing_elsewhere(self, towns: Towns) -> None:
        wrong = []
        for caller, host in [
            (Caller.SCHOOL_ADMIN, towns.theirs.host),
            (Caller.VISITOR, towns.theirs.host),
            (Caller.SCHOOL_ADMIN, "lms.example"),
            (Caller.SUPER_ADMIN, towns.theirs.host),
        ]:
            client = towns.running.client(host)
            client.headers["Authorization"] = towns.ours.callers[caller].headers["Authorization"]
            for door in doors():
                if door.name in PUBLIC:
                    continue
                answer = await door.knock(client, partial(towns.theirs.id_for, door))
                if (answer.status_code, _code_of(answer)) != (401, "not_signed_in"):
                    wrong.append(f"{caller} at {host}, {door.name}: {answer.status_code} {answer.text[:200]}")
        assert not wrong, "\n".join(wrong)

    async def test_these_requests_open_doors_at_home(self, towns: Towns) -> None:
        """The proof that the tests above can fail: asked about their own school, people are answered otherwise."""
        closed = set()
        for door in sorted(doors(), key=lambda door: (ORDER.index(door.method), -len(door.path))):
            if door.name in PLATFORM or not door.of_path:
                continue
            caller = next(each for each in (Caller.SCHOOL_ADMIN, Caller.TEACHER) if door.name in MAY[each])
            answer = await door.knock(towns.ours.callers[caller], partial(towns.ours.id_for, door))
            if answer.status_code == 404:
                closed.add(door.name)
        assert closed == STILL_CLOSED


STILL_CLOSED = {
    "getCertificateFile",  # a colleague's
    "getJobResult",  # no such file was ever written
    "reviewQuestion",  # another took its place when it was changed
    "deleteQuestion",
    "deleteAssignment",  # which went with the module
    "deactivateTeacher",  # who was erased before
    "flagQuestion",  # of a quiz that they have not handed in
    "settleQuestionFlags",  # of which nobody said anything
    "endExtension",  # of somebody who was erased before
    "endSession",  # which ended long ago
}
"""Where the thing is gone by then."""
ORDER = ("GET", "PATCH", "PUT", "POST", "DELETE")


async def _hidden(towns: Towns, course: Mapping[str, object]) -> tuple[Town, frozenset[str]]:
    """Our school, where learners meet nothing but what is hidden from them, and words that only that holds."""
    owner, ours = towns.owner, towns.ours
    words = {name: uuid4().hex for name in ("course", "module", "content", "video", "work", "quiz")}
    title = {"title": words["course"], "title_folded": words["course"], "slug": words["course"]}
    course_id = await _copy(owner, "courses", ours.tenant_id, **title, **course)
    await owner.execute("DELETE FROM course_teachers WHERE course_id = $1", course_id)
    at = {"course_id": course_id}
    at["module_id"] = await _copy(owner, "modules", ours.tenant_id, **at, title=words["module"])
    of_kinds = {
        "contents": await _copy(owner, "contents", ours.tenant_id, **at, **LINK, title=words["content"]),
        "a video": await _copy(owner, "contents", ours.tenant_id, **at, **VIDEO, title=words["video"]),
        "assignments": await _copy(
            owner, "assignments", ours.tenant_id, **at, kind="MANUAL", content_id=None, title=words["work"]
        ),
        "a quiz": await _copy(
            owner, "assignments", ours.tenant_id, **at, kind="QUIZ", content_id=None, title=words["quiz"]
        ),
    }
    await _copy(owner, "quizzes", ours.tenant_id, assignment_id=of_kinds["a quiz"])
    await _copy(owner, "video_assets", ours.tenant_id, content_id=of_kinds["a video"])
    session_id = await owner.fetchval(
        "SELECT id FROM sessions WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > now() LIMIT 1",
        UUID(ours.ids["users"]),
    )
    ids = {"courses": course_id, "modules": at["module_id"], "sessions": session_id, **of_kinds}
    hidden = {**ours.ids, **{kind: str(one) for kind, one in ids.items()}}
    return Town(ours.tenant_id, ours.host, hidden), frozenset(words.values())


async def _leaks(towns: Towns, caller: Caller) -> list[str]:
    """What tells another school's ids from ids of nothing, says something of it, or changed it."""
    client, found = towns.ours.callers[caller], []
    towns.running.log.lines.clear()
    before = await _rows_of(towns.owner, towns.theirs.tenant_id)
    for door in doors():
        if door.name in STREAMS or (caller is Caller.SUPER_ADMIN and door.name in PLATFORM):
            continue
        for strange in _strange(door):
            found += await _differences(towns, client, door, strange)
    after = await _rows_of(towns.owner, towns.theirs.tenant_id)
    found += [f"{table} was changed" for table, rows in before.items() if rows != after[table]]
    return found + _crashes(towns)


def _strange(door: Door) -> list[tuple[Place, ...]]:
    """Which of a door's ids are another school's: none, each of them alone, and all of the path."""
    return [(), *((place,) for place in door.places), *([door.of_path] if len(door.of_path) > 1 else [])]


async def _differences(towns: Towns, client: httpx.AsyncClient, door: Door, strange: tuple[Place, ...]) -> list[str]:
    def theirs(place: Place) -> str:
        return (towns.theirs if place in strange else towns.ours).id_for(door, place)

    unknown = {place: str(uuid4()) for place in strange}

    def nothing(place: Place) -> str:
        return unknown.get(place) or towns.ours.id_for(door, place)

    if not strange:
        # Asked for everything: nothing of another school is in it. What would change us waits for its own test.
        return _marks(towns, door, await door.knock(client, nothing)) if door.method == "GET" else []
    if strange[0].name in COMPARED:
        return _marks(towns, door, await door.knock(client, theirs, strange))
    label = f"{door.name} with their {', '.join(place.name for place in strange)}"
    first = await door.knock(client, theirs, strange)
    second = await door.knock(client, nothing, strange)
    sent = {towns.theirs.id_for(door, place) for place in strange}
    if _seen(first, sent) != _seen(second, set(unknown.values())):
        return [
            f"{label}: {first.status_code} {first.text[:300]}\n  of nothing: {second.status_code} {second.text[:300]}"
        ]
    return _marks(towns, door, first)


def _seen(answer: httpx.Response, sent: set[str]) -> tuple[int, str, dict[str, str]]:
    """An answer without what is different every time."""
    text = answer.text
    for one in sent:
        text = text.replace(one, "<id>")
    text = re.sub(r"urn:lms:request:[0-9a-f]+", "", text)
    headers = {name: value for name, value in answer.headers.items() if name not in _CHANGES_EVERY_TIME}
    return answer.status_code, text, headers


def _marks(towns: Towns, door: Door, answer: httpx.Response) -> list[str]:
    said = answer.text + str(dict(answer.headers))
    words = towns.marks.intersection(_MARK.findall(said)) | towns.their_ids.intersection(_ID.findall(said))
    return [f"{door.name}: says {sorted(words)} of theirs"] if words else []


INSIDE = (Caller.SCHOOL_ADMIN, Caller.TEACHER, Caller.HOD, Caller.NOBODY)
"""Who stands between the two fences: operators are beyond both, and others may do no more than these."""


def _unknown(_: Place) -> str:
    return str(uuid4())


async def _knock(door: Door, client: httpx.AsyncClient) -> httpx.Response | None:
    """The answer about things that are not there; None: a stream that is open and would never end."""
    try:
        async with asyncio.timeout(0.5 if door.name in STREAMS else 30):
            return await door.knock(client, _unknown)
    except TimeoutError:
        return None


STREAMS = {"streamNotifications", "watchVideo"}


ONLY_THE_PROGRAM = _names("""
    id tenant_id user_id owner_id is_superuser email_verified must_change_password is_deleted
    status state score percentage passed is_correct is_read version slug subdomain
""")
SAID_ANYWAY = {
    ("setOutline", "id"),
    ("retryStep", "tenant_id"),
    ("onboardSchool", "subdomain"),
    ("editSchool", "storage_bytes"),
    ("gradeSubmission", "score"),
    ("createQuestion", "is_correct"),
    ("updateQuestion", "is_correct"),
}
"""By those whose decision it is: operators and administrators."""


class TestWhoMayKnock:
    def test_every_operation_is_in_the_table(self) -> None:
        known = frozenset[str]().union(*MAY.values())
        there = {door.name for door in doors()}
        assert there <= known, f"who may call these? {sorted(there - known)}"
        assert known - there <= NOT_YET.keys(), f"these are no operations: {sorted(known - there - NOT_YET.keys())}"

    def test_whatever_is_not_in_the_document_is_public_or_listed(self) -> None:
        hidden = {
            path
            for handler in HANDLERS
            if handler not in API_HANDLERS and not handler.opt.get("public")
            for path in handler.paths
        }
        assert {re.sub(r":\w+}", "}", path) for path in hidden} == {door.path for door in FILES}

    def test_nobody_says_what_only_the_program_knows(self) -> None:
        said = {
            (door.name, name)
            for door in doors()
            if door.body is not None
            for name in door.fields
            if name in ONLY_THE_PROGRAM or name.endswith(("_hash", "_key", "_at", "_by", "_bytes"))
        }
        assert said == SAID_ANYWAY

    def test_every_id_is_in_the_table(self) -> None:
        unknown = {place.name for door in doors() for place in door.places} - TABLES.keys()
        assert not unknown, f"whose ids are these? {sorted(unknown)}"

    # The visitor first: a visit is a session of the administrator, who will end all others.
    @pytest.mark.parametrize("caller", sorted(Caller, key=lambda caller: caller is not Caller.VISITOR))
    async def test_each_may_do_what_the_table_says(self, towns: Towns, caller: Caller) -> None:
        client, wrong = towns.ours.callers[caller], []
        towns.running.log.lines.clear()
        for door in doors():
            answer = await _knock(door, client)
            refusal = (answer.status_code, _code_of(answer)) if answer is not None else (0, "")
            is_allowed = refusal[0] not in {401, 403} or refusal[1] in {"plan_limit", "step_up_required"}
            if caller is Caller.NOBODY or door.name in PUBLIC:
                is_allowed = refusal[1] != "not_signed_in" and refusal[0] != 403
            if door.name in MAY[caller]:
                if not is_allowed:
                    wrong.append(f"{door.name}: should be allowed, but {refusal}")
            elif caller is Caller.VISITOR and door.name in IN_PERSON:
                if refusal != (403, "impersonating"):
                    wrong.append(f"{door.name}: not on a visit, but {refusal}")
            elif refusal != REFUSALS[caller]:
                wrong.append(f"{door.name}: should be refused, but {refusal}")
        assert not wrong, "\n".join(wrong)
        assert not _crashes(towns)


class TestEachFenceAlone:
    """Security by two fences is that of one as long as nobody has seen either of them hold by itself."""

    @pytest.mark.parametrize("caller", INSIDE)
    async def test_without_row_level_security(self, towns_without_policies: Towns, caller: Caller) -> None:
        assert await _leaks(towns_without_policies, caller) == []

    @pytest.mark.parametrize("caller", INSIDE)
    async def test_without_conditions(self, towns_without_conditions: Towns, caller: Caller) -> None:
        assert await _leaks(towns_without_conditions, caller) == []

    async def test_without_either_it_would_be_seen(
        self, new_database: NewDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with _towns(new_database, tmp_path, has_policies=False) as towns:
            _forget_conditions(monkeypatch)
            found = "\n".join(await _leaks(towns, Caller.SCHOOL_ADMIN))
        for door in ("getCourse", "listTeachers", "getAssignment", "deleteGroup", "listSchoolAudit"):
            assert door in found
        assert "was changed" in found

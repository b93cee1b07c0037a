"""A platform whose statements are heard, with a school in it that has as many rows of everything as wanted."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import asyncpg
from dishka import Provider, Scope
from sqlalchemy import Table

from adapters.postgres import host_directory, session_directory, tables
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.pool import PostgresPool
from adapters.postgres.sql import Connection
from adapters.postgres.statements import Statement
from entrypoints.settings import DatabaseUrls
from lms_domain.accounts.roles import Role
from tests.integration.adapters.postgres.seeding import is_written
from tests.integration.http.conftest import (
    FIRST_PASSWORD,
    Person,
    RunningApp,
    first_sign_in,
    onboard,
    signed_in_operator,
)

REMEMBERED = {
    statement.sql
    for module in (host_directory, session_directory)
    for statement in vars(module).values()
    if isinstance(statement, Statement)
}
"""Whose host and whose session it is: asked before anything else, and then not again for some seconds."""


_OF_DRIVER = ("pg_catalog.pg_type", "'jit'")
"""What asyncpg asks about types, once for each connection."""
_CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT")


class TappedPool(PostgresPool):
    """Tells what is asked of its connections, without what begins, marks and ends transactions or is remembered."""

    heard: list[str]

    async def _acquire(self) -> Connection:
        connection = await super()._acquire()
        # A second time the same listener changes nothing.
        connection.add_query_logger(self._hear)
        return connection

    def _hear(self, query: asyncpg.connection.LoggedQuery) -> None:
        said = query.query
        if said not in REMEMBERED and not said.startswith(_CONTROL) and not any(word in said for word in _OF_DRIVER):
            self.heard.append(said)


class Tapped(Provider):
    """The real pools, listened to."""

    scope = Scope.APP

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.provide(self._database, provides=PostgresDatabase, override=True)

    async def _database(self, urls: DatabaseUrls) -> AsyncIterator[PostgresDatabase]:
        pools = [TappedPool(dsn, application_name="lms.tap") for dsn in (urls.app, urls.system)]
        for pool in pools:
            pool.heard = self.heard
        database = PostgresDatabase(*pools)
        await database.open()
        yield database
        await database.close()


@dataclass
class Furnished:
    """A platform with a school in it, one thing of each kind, and the people who look at them."""

    running: RunningApp
    host: str
    owner: "asyncpg.Connection[asyncpg.Record]"
    people: dict[Role, Person]
    things: dict[str, str] = field(default_factory=dict)

    async def more(self, table: Table, number: int, where: str, **changes: str) -> None:
        """``number`` more rows like the one ``where``, but for ``changes``: expressions over ``n``."""
        columns = [column.name for column in table.columns if is_written(column)]
        names = ", ".join(f'"{name}"' for name in columns)
        values = ", ".join(changes.get(name, f'one."{name}"') for name in columns)
        await self.owner.execute(
            f"INSERT INTO {table.name} ({names}) SELECT {values} "  # noqa: S608 -- our own names and expressions
            f"FROM (SELECT * FROM {table.name} WHERE {where} LIMIT 1) AS one, "
            f"generate_series((SELECT count(*) FROM {table.name})::int, "
            f"(SELECT count(*) FROM {table.name})::int + {number} - 1) AS n"
        )


async def _id(person: Person, path: str, body: dict[str, object]) -> str:
    response = await person.post(path, body)
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


async def furnish(running: RunningApp, owner: "asyncpg.Connection[asyncpg.Record]") -> Furnished:
    """One of everything."""
    operator = await signed_in_operator(running)
    school = await onboard(running, operator, "north")
    admin = school.admin
    tenant_id = (await operator.get("/api/super-admin/tenants/")).json()["results"][0]["id"]
    await operator.client.patch(f"/api/super-admin/tenants/{tenant_id}/", json={"plan": "ENTERPRISE"})
    lena = {"email": "lena@school.example", "first_name": "Lena", "last_name": "Lead", "department": "Maths"}
    teacher_id = await _id(admin, "/api/teachers/", {**lena, "password": FIRST_PASSWORD, "role": "HOD"})
    leader = await first_sign_in(running, school.host, "lena@school.example")
    course = await _id(admin, "/api/courses/", {"title": "Fractions", "assigned_to_all": True})
    module = await _id(admin, f"/api/courses/{course}/modules/", {"title": "Halves"})
    link = {"title": "Reading", "content_type": "LINK", "url": "https://example.test/"}
    content = await _id(admin, f"/api/courses/{course}/modules/{module}/contents/", link)
    video = {"title": "Lecture", "content_type": "LINK", "url": "https://example.test/"}
    await _id(admin, f"/api/courses/{course}/modules/{module}/contents/", video)
    group = await _id(admin, "/api/teacher-groups/", {"name": "Maths"})
    await admin.post(f"/api/teacher-groups/{group}/members/", {"teacher_ids": [teacher_id]})
    await admin.post(f"/api/courses/{course}/publish/", {"action": "publish"})
    work = {"course_id": course, "title": "Write", "instructions": "Write about it."}
    assignment = await _id(admin, "/api/assignments/", work)
    quiz = await _id(admin, "/api/assignments/", {**work, "kind": "QUIZ", "title": "Say why"})
    # A person reads what is answered.
    why = {"kind": "SHORT_ANSWER", "prompt": "Why?", "accepted_answers": []}
    await admin.post(f"/api/assignments/{quiz}/questions/", why)
    await admin.client.patch(f"/api/assignments/{quiz}/", json={"is_published": True})
    await leader.post(f"/api/teacher/progress/content/{content}/start/")
    asked = (await admin.get(f"/api/assignments/{quiz}/questions/")).json()["questions"][0]["id"]
    await leader.post(f"/api/teacher/quizzes/{quiz}/submit/", {"answers": {asked: {"text": "Because."}}})
    code = "0123456789abcdef01234567"
    await owner.execute(
        "INSERT INTO certificates (id, tenant_id, user_id, course_title, course_version, code, issued_at) "
        "SELECT gen_random_uuid(), tenant_id, id, 'Thirds', 1, $2, now() FROM users WHERE id = $1",
        teacher_id,
        code,
    )
    reminder = {"kind": "CUSTOM", "teacher_ids": [teacher_id], "subject": "Please", "message": "Have a look."}
    things = {
        "tenant_id": tenant_id,
        "teacher_id": teacher_id,
        "course_id": course,
        "module_id": module,
        "content_id": content,
        "group_id": group,
        "assignment_id": assignment,
        "quiz_id": quiz,
        "attempt_id": (await admin.get(f"/api/assignments/{quiz}/attempts/")).json()["results"][0]["id"],
        "code": code,
        "reminder_id": await _id(admin, "/api/reminders/", reminder),
    }
    people = {Role.SUPER_ADMIN: operator, Role.SCHOOL_ADMIN: admin, Role.HOD: leader}
    return Furnished(running, school.host, owner, people, things)


async def more_of_everything(furnished: Furnished, number: int) -> None:
    """So many more rows in every table that screens show."""
    new, text = "gen_random_uuid()", "one.{0} || n"
    things = furnished.things
    await furnished.more(
        tables.tenants, number, f"id = '{things['tenant_id']}'", id=new, subdomain="'s' || n", name="'S' || n"
    )
    await furnished.owner.execute(
        "INSERT INTO tenant_usage (tenant_id, stored_bytes) SELECT id, 0 FROM tenants ON CONFLICT DO NOTHING"
    )
    await furnished.more(
        tables.users,
        number,
        f"id = '{things['teacher_id']}'",
        id=new,
        email="'t' || n || '@s.test'",
        email_folded="'t' || n || '@s.test'",
        role="'TEACHER'",
    )
    changed = {"title": "'Course ' || n", "title_folded": "'course ' || n", "slug": "'course-' || n"}
    await furnished.more(tables.courses, number, f"id = '{things['course_id']}'", id=new, **changed)
    await furnished.more(tables.modules, number, f"id = '{things['module_id']}'", id=new, position="n")
    await furnished.more(tables.contents, number, f"id = '{things['content_id']}'", id=new, position="n + 1")
    folded = {"name": "'Group ' || n", "name_folded": "'group ' || n"}
    await furnished.more(tables.teacher_groups, number, f"id = '{things['group_id']}'", id=new, **folded)
    await furnished.more(tables.assignments, number, f"id = '{things['assignment_id']}'", id=new)
    await furnished.more(tables.certificates, number, "true", id=new, code=text.format("code"))
    await furnished.more(tables.reminder_campaigns, number, "true", id=new)
    await furnished.more(tables.audit_log, number, "true", id=new)
    await furnished.more(tables.platform_audit_log, number, "true", id=new)
    user = f"user_id = '{things['teacher_id']}'"
    await furnished.more(tables.sessions, number, f"{user} AND revoked_at IS NULL", id=new)
    await furnished.more(tables.notifications, number, user, id=new, event_key=text.format("event_key"))
    campaign = f"campaign_id = '{things['reminder_id']}'"
    await furnished.more(tables.mail_deliveries, number, campaign, id=new, dedupe_key=text.format("dedupe_key"))
    await furnished.owner.execute(
        "INSERT INTO group_members (tenant_id, group_id, user_id, joined_at) "
        "SELECT tenant_id, $1, id, now() FROM users WHERE role = 'TEACHER' ON CONFLICT DO NOTHING",
        things["group_id"],
    )
    await furnished.owner.execute(
        "INSERT INTO submissions (id, tenant_id, assignment_id, user_id, status, text, is_late, feedback, created_at, "
        "updated_at, submitted_at) SELECT gen_random_uuid(), tenant_id, $1, id, 'SUBMITTED', '', false, '', now(), "
        "now(), now() FROM users WHERE role = 'TEACHER' ON CONFLICT DO NOTHING",
        things["assignment_id"],
    )
    await furnished.owner.execute(
        "INSERT INTO quiz_attempts (id, tenant_id, quiz_id, user_id, number, seed, question_ids, started_at, "
        "submitted_at, draft, answers, marks) SELECT gen_random_uuid(), a.tenant_id, a.quiz_id, u.id, 1, 1, "
        "a.question_ids, now(), now(), '{}', a.answers, a.marks FROM users AS u, quiz_attempts AS a "
        "WHERE a.id = $1 AND u.role = 'TEACHER' ON CONFLICT DO NOTHING",
        things["attempt_id"],
    )
    await furnished.owner.execute(
        "INSERT INTO quiz_extensions (tenant_id, assignment_id, user_id, extra_seconds, extra_percent, extra_attempts, "
        "reason, given_at) SELECT tenant_id, $1, id, 60, 0, 0, 'Reads slowly.', now() FROM users "
        "WHERE role = 'TEACHER' ON CONFLICT DO NOTHING",
        things["quiz_id"],
    )
    await furnished.owner.execute(
        "INSERT INTO refresh_tokens (tenant_id, fingerprint, session_id, generation) "
        "SELECT tenant_id, sha256(id::text::bytea), id, 1 FROM sessions AS s "
        "WHERE NOT EXISTS (SELECT FROM refresh_tokens AS r WHERE r.session_id = s.id)"
    )
    await furnished.owner.execute("ANALYZE")

"""Who is to be told of something: each question is one statement, whatever the number of people."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    true,
    type_coerce,
)

from adapters.postgres.learning_sql import visible_to
from adapters.postgres.people_sql import is_learner
from adapters.postgres.school import BESIDE, PostgresSchoolRepository
from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.standing_sql import is_open_work, standing
from adapters.postgres.statements import Statement, any_id, fixed, of_tenant, parameter
from adapters.postgres.tables import (
    assignments,
    course_groups,
    courses,
    group_members,
    mail_deliveries,
    notifications,
    tenants,
    users,
)
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.audience import AudienceRepository, NewCourse, OpenWork, Recipient, WaitingNotice, WorkKind
from lms_domain.accounts.preferences import NotificationPreferences
from lms_domain.accounts.roles import Role
from lms_domain.notices.deadline_warning import WARNING_DAYS
from lms_domain.notices.mail_delivery import MailKind
from lms_domain.notices.notification import NotificationKind

_PERSON = (
    users.c.id.label("user_id"),
    users.c.email,
    users.c.first_name,
    users.c.last_name,
    users.c.mail_enabled,
    users.c.mail_digest,
    users.c.muted_kinds,
    users.c.unmailed_kinds,
    (users.c.password_hash != literal_column("''")).label("has_joined"),
)
_TOLD = (*_PERSON, *BESIDE)
"""Whoever tells these people something wants to know, too, for whom: the school comes along."""
_people_of_school = users.join(tenants, tenants.c.id == users.c.tenant_id)
_ID, _TODAY = parameter("id", Uuid), parameter("today", Date)
_EVERYBODY = parameter("everybody", Boolean)
_is_learner = and_(of_tenant(users), is_learner(users))
_sees_course = and_(of_tenant(courses), visible_to(courses, users.c.id))
_is_asked = or_(_EVERYBODY, users.c.id == any_id("user_ids"))


def _words(*parts: str | ColumnElement[str]) -> ColumnElement[str]:
    """Texts one after the other; those of the program are part of the statement."""
    return func.concat(*(literal_column(f"'{part}'") if isinstance(part, str) else part for part in parts))


def _was_told(event_key: ColumnElement[str]) -> ColumnElement[bool]:
    return (
        select(notifications.c.id)
        .where(of_tenant(notifications), notifications.c.user_id == users.c.id, notifications.c.event_key == event_key)
        .correlate_except(notifications)
        .exists()
    )


_in_group = (
    select(group_members.c.user_id)
    .where(
        of_tenant(group_members),
        group_members.c.user_id == users.c.id,
        group_members.c.group_id == any_id("group_ids"),
    )
    .correlate_except(group_members)
    .exists()
)
_CHOSEN = Statement(
    select(*_TOLD).select_from(_people_of_school).where(_is_learner, or_(_is_asked, _in_group)).order_by(users.c.id)
)
_ADMINISTRATORS = Statement(
    select(*_TOLD)
    .select_from(_people_of_school)
    .where(of_tenant(users), users.c.is_active, users.c.role == fixed(Role.SCHOOL_ADMIN))
    .order_by(users.c.id)
)
_GROUP = parameter("group_id", Uuid)
_is_of_group = (
    select(course_groups.c.course_id)
    .where(of_tenant(course_groups), course_groups.c.course_id == courses.c.id, course_groups.c.group_id == _GROUP)
    .correlate_except(course_groups)
    .exists()
)
_course_key = _words("course:", cast(courses.c.id, Text), ":assigned")
_NEW_COURSES = Statement(
    select(
        *_TOLD,
        courses.c.id.label("course_id"),
        courses.c.title,
        courses.c.is_mandatory,
        courses.c.deadline,
    )
    .select_from(_people_of_school.join(courses, _sees_course))
    .where(
        _is_learner,
        or_(
            courses.c.id == any_(bindparam("course_ids", type_=ARRAY(Uuid))),
            users.c.id == any_id("user_ids"),
        ),
        or_(_GROUP.is_(None), _is_of_group),
        ~_was_told(_course_key),
    )
    .order_by(users.c.id, courses.c.title_folded, courses.c.id)
)


def _with_course(more: FromClause) -> FromClause:
    return _people_of_school.join(courses, _sees_course).join(
        more, and_(of_tenant(more), more.c.course_id == courses.c.id, more.c.is_published)
    )


_to_do = _with_course(assignments)
_of_assignment = select(*_TOLD).select_from(_to_do).where(_is_learner, assignments.c.id == _ID)
_published_key = _words("assignment:", cast(assignments.c.id, Text), ":published")
_OF_ASSIGNMENT = Statement(_of_assignment.where(~_was_told(_published_key)).order_by(users.c.id))
_UNFINISHED_ASSIGNMENT = Statement(_of_assignment.where(_is_asked, is_open_work(users.c.id)).order_by(users.c.id))
_counts = standing(courses, users.c.id)
_UNFINISHED_COURSE = Statement(
    select(*_TOLD)
    .select_from(_people_of_school.join(courses, _sees_course).join(_counts, true()))
    .where(_is_learner, courses.c.id == _ID, _is_asked, ~_counts.c.is_complete)
    .order_by(users.c.id)
)


def _stage(deadline: ColumnElement[date]) -> ColumnElement[int]:
    """`warning_stage`, for deadlines that are near."""
    days_left = type_coerce(deadline - _TODAY, Integer)
    *near, last = (literal_column(str(days), Integer) for days in sorted(WARNING_DAYS))
    return case(*((days_left <= days, days) for days in near), else_=last)


def _due(
    kind: WorkKind,
    about: FromClause,
    source: FromClause,
    deadline: ColumnElement[date],
    *conditions: ColumnElement[bool],
) -> Select[*tuple[object, ...]]:
    key = _words(
        f"{kind.value}:",
        cast(about.c.id, Text),
        ":due:",
        func.to_char(deadline, literal_column("'YYYY-MM-DD'")),
        ":",
        cast(_stage(deadline), Text),
    )
    return (
        select(
            *_PERSON,
            fixed(kind).label("kind"),
            about.c.id.label("subject_id"),
            courses.c.id.label("course_id"),
            about.c.title,
            deadline.label("deadline"),
        )
        .select_from(source)
        .where(
            _is_learner,
            deadline >= _TODAY,
            deadline <= _TODAY + literal_column(str(max(WARNING_DAYS)), Integer),
            *conditions,
            ~_was_told(key),
        )
        .order_by(users.c.id, deadline, about.c.id)
    )


_DUE_COURSES = Statement(
    _due(
        WorkKind.COURSE,
        courses,
        users.join(courses, _sees_course).join(_counts, true()),
        courses.c.deadline,
        ~_counts.c.is_complete,
    )
)
_DUE_ASSIGNMENTS = Statement(
    _due(WorkKind.ASSIGNMENT, assignments, _to_do, assignments.c.due_date, is_open_work(users.c.id))
)
_UNTIL = parameter("until", TIMESTAMP)
_last_digest = (
    select(func.max(mail_deliveries.c.created_at))
    .where(
        of_tenant(mail_deliveries),
        mail_deliveries.c.user_id == users.c.id,
        mail_deliveries.c.kind == fixed(MailKind.DIGEST),
    )
    .correlate_except(mail_deliveries)
    .scalar_subquery()
)
_WAITING = Statement(
    select(*_PERSON, notifications.c.kind, notifications.c.title, notifications.c.link)
    .select_from(users.join(notifications, and_(of_tenant(notifications), notifications.c.user_id == users.c.id)))
    .where(
        of_tenant(users),
        users.c.is_active,
        users.c.mail_enabled,
        users.c.mail_digest,
        notifications.c.read_at.is_(None),
        notifications.c.created_at <= _UNTIL,
        notifications.c.created_at > func.greatest(_last_digest, _UNTIL - literal_column("interval '7 days'")),
    )
    .order_by(users.c.id, notifications.c.id)
)


class PostgresAudienceRepository(AudienceRepository):
    """People of one school."""

    def __init__(self, sql: TenantSql, school: PostgresSchoolRepository) -> None:
        self._sql = sql
        self._school = school

    async def chosen(
        self, *, everybody: bool, user_ids: frozenset[UUID], group_ids: frozenset[UUID]
    ) -> tuple[Recipient, ...]:
        return _people(
            await self._told(_CHOSEN, everybody=everybody, user_ids=list(user_ids), group_ids=list(group_ids))
        )

    async def administrators(self) -> tuple[Recipient, ...]:
        return _people(await self._told(_ADMINISTRATORS))

    async def new_courses(
        self,
        *,
        course_ids: frozenset[UUID] = frozenset(),
        user_ids: frozenset[UUID] = frozenset(),
        of_group: UUID | None = None,
    ) -> tuple[NewCourse, ...]:
        rows = await self._told(_NEW_COURSES, course_ids=list(course_ids), user_ids=list(user_ids), group_id=of_group)
        return tuple(
            NewCourse(_person(row), row["course_id"], row["title"], row["is_mandatory"], row["deadline"])
            for row in rows
        )

    async def of_assignment(self, assignment_id: UUID) -> tuple[Recipient, ...]:
        return _people(await self._told(_OF_ASSIGNMENT, id=assignment_id))

    async def unfinished_in_course(self, course_id: UUID, *, user_ids: frozenset[UUID] | None) -> tuple[Recipient, ...]:
        return _people(await self._told(_UNFINISHED_COURSE, id=course_id, **_asked(user_ids)))

    async def unfinished_assignment(
        self, assignment_id: UUID, *, user_ids: frozenset[UUID] | None
    ) -> tuple[Recipient, ...]:
        return _people(await self._told(_UNFINISHED_ASSIGNMENT, id=assignment_id, **_asked(user_ids)))

    async def open_work(self, today: date) -> tuple[OpenWork, ...]:
        rows = await self._sql.rows(_DUE_COURSES, today=today)
        rows += await self._sql.rows(_DUE_ASSIGNMENTS, today=today)
        return tuple(
            OpenWork(
                recipient=_person(row),
                kind=WorkKind(row["kind"]),
                id=row["subject_id"],
                course_id=row["course_id"],
                title=row["title"],
                deadline=row["deadline"],
            )
            for row in rows
        )

    async def waiting_for_digest(self, until: datetime) -> tuple[WaitingNotice, ...]:
        rows = await self._sql.rows(_WAITING, until=until)
        return tuple(
            WaitingNotice(_person(row), NotificationKind(row["kind"]), row["title"], row["link"]) for row in rows
        )

    async def _told(self, statement: Statement, **values: object) -> list[Row]:
        rows = await self._sql.rows(statement, **values)
        if rows:
            self._school.from_beside(rows[0])
        return rows


def _asked(user_ids: frozenset[UUID] | None) -> dict[str, object]:
    return {"everybody": user_ids is None, "user_ids": list(user_ids or ())}


def _people(rows: Iterable[Row]) -> tuple[Recipient, ...]:
    return tuple(map(_person, rows))


def _person(row: Row) -> Recipient:
    return Recipient(
        user_id=row["user_id"],
        email=row["email"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        preferences=NotificationPreferences(
            mail=row["mail_enabled"],
            digest=row["mail_digest"],
            muted=frozenset(NotificationKind(kind) for kind in row["muted_kinds"]),
            unmailed=frozenset(NotificationKind(kind) for kind in row["unmailed_kinds"]),
        ),
        has_joined=row["has_joined"],
    )

"""How far people are."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec
from sqlalchemy import (
    ColumnElement,
    Double,
    Integer,
    Select,
    Uuid,
    and_,
    case,
    func,
    literal_column,
    not_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import INT4MULTIRANGE, Insert, aggregate_order_by, insert
from sqlalchemy.sql.elements import SQLCoreOperations

from adapters.postgres.learning_sql import (
    achieved_by,
    achieved_in,
    assigned_to,
    completed_at,
    completion,
    required_in,
    visible_to,
)
from adapters.postgres.people_sql import is_erased
from adapters.postgres.screen_sql import as_text, json_list, json_object
from adapters.postgres.sql import Row, TenantSql
from adapters.postgres.statements import Statement, any_id, fixed, insert_row, of_tenant, parameter
from adapters.postgres.tables import (
    assignments,
    certificates,
    content_progress,
    contents,
    course_completions,
    course_groups,
    courses,
    modules,
    quiz_attempts,
    quizzes,
    submissions,
    users,
    video_assets,
    watch_clocks,
)
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.progress import ProgressRepository
from lms_domain.courses.course import DEFAULT_REQUIRED_COVERAGE, ContentType
from lms_domain.learning.assignment import Assignment, AssignmentKind
from lms_domain.learning.attempt import QuizAttempt, quiz_standing
from lms_domain.learning.completion import AssignmentFacts, ContentFacts, CourseFacts, EarnedCompletion, VideoFacts
from lms_domain.learning.progress import ContentProgress
from lms_domain.learning.quiz import QuizState
from lms_domain.learning.seconds import SecondSet
from lms_domain.learning.submission import Submission, standing_of

_USER, _CONTENT, _COURSE = parameter("user_id", Uuid), parameter("content_id", Uuid), parameter("course_id", Uuid)
_NOW = parameter("now", TIMESTAMP)

_of_both = (of_tenant(content_progress), content_progress.c.user_id == _USER, content_progress.c.content_id == _CONTENT)
# Changing nothing gives the row back that is there, also when somebody else has inserted it just now.
_START = Statement(
    insert_row(content_progress, "tenant_id", "user_id", "content_id", "started_at")
    .on_conflict_do_update(
        index_elements=list(content_progress.primary_key.columns),
        set_={"position_seconds": content_progress.c.position_seconds},
    )
    .returning(*content_progress.columns)
)
_get = select(content_progress).where(*_of_both)
_GET = Statement(_get)
_GET_LOCKED = Statement(_get.with_for_update(key_share=True))
_merge = (
    update(content_progress)
    .where(*_of_both)
    .values(
        watched=content_progress.c.watched + parameter("watched", INT4MULTIRANGE),
        position_seconds=parameter("position_seconds", Double),
        # GREATEST knows no null.
        last_report_at=func.greatest(content_progress.c.last_report_at, _NOW),
    )
    .returning(*content_progress.columns)
)
_keep_clock = (
    update(watch_clocks)
    .where(of_tenant(watch_clocks), watch_clocks.c.user_id == _USER)
    .values(busy_until=func.greatest(watch_clocks.c.busy_until, parameter("busy_until", TIMESTAMP)))
    .cte("kept")
)
_MERGE = Statement(_merge.add_cte(_keep_clock))
# As in _START: what is there is given back, and held.
_LOCK_CLOCK = Statement(
    insert_row(watch_clocks)
    .on_conflict_do_update(
        index_elements=list(watch_clocks.primary_key.columns), set_={"busy_until": watch_clocks.c.busy_until}
    )
    .returning(watch_clocks.c.busy_until)
)
_SET_COMPLETED = Statement(
    update(content_progress)
    .where(*_of_both)
    .values(completed_at=func.coalesce(content_progress.c.completed_at, parameter("at", TIMESTAMP)))
    .returning(*content_progress.columns)
)

_COMPLETION = ("tenant_id", "user_id", "course_id", "course_version", "completed_at")


def _with_certificates(completions: Select[*tuple[object, ...]]) -> Insert:
    """Records ``completions``, and issues a certificate for each that was not recorded before, in one statement."""
    new = (
        insert(course_completions)
        .from_select(_COMPLETION, completions)
        .on_conflict_do_nothing()
        .returning(*(course_completions.c[name] for name in _COMPLETION))
        .cte("recorded")
    )
    random_id = func.gen_random_uuid(type_=Uuid)
    # 96 random bits. PostgreSQL takes them from the same source as its keys.
    code = func.left(func.encode(func.sha256(func.uuid_send(random_id)), literal_column("'hex'")), _CODE_LENGTH)
    return (
        insert(certificates)
        .from_select(
            [
                "id",
                "tenant_id",
                "user_id",
                "course_id",
                "course_title",
                "course_version",
                "estimated_hours",
                "code",
                "issued_at",
            ],
            select(
                random_id,
                new.c.tenant_id,
                new.c.user_id,
                new.c.course_id,
                courses.c.title,
                new.c.course_version,
                courses.c.estimated_hours,
                code,
                new.c.completed_at,
            ).join_from(new, courses, and_(of_tenant(courses), courses.c.id == new.c.course_id)),
        )
        .on_conflict_do_nothing()
    )


_CODE_LENGTH = literal_column("24", Integer)
_AT = parameter("at", TIMESTAMP)
_size = required_in(courses)
_open_course = (of_tenant(courses), courses.c.id == _COURSE, courses.c.deleted_at.is_(None))
_one = achieved_by(courses, _USER)
_RECORD = Statement(
    _with_certificates(
        select(courses.c.tenant_id, _USER, courses.c.id, courses.c.version, _AT)
        .select_from(courses.join(_size, true()).join(_one, true()))
        .where(*_open_course, ~_one.c.earned, completion(_size, _one).is_complete)
    )
)
_people = achieved_in(courses)


def _record_everybody(*which: ColumnElement[bool]) -> Statement:
    """Everybody who is done with one of these courses by now, if it is theirs."""
    return Statement(
        _with_certificates(
            select(
                courses.c.tenant_id,
                users.c.id,
                courses.c.id,
                courses.c.version,
                func.coalesce(completed_at(_people), _AT),
            )
            .select_from(
                courses.join(_size, true())
                .join(_people, true())
                .join(users, and_(of_tenant(users), users.c.id == _people.c.user_id, not_(is_erased(users))))
            )
            .where(
                *which,
                courses.c.is_published,
                ~_people.c.earned,
                completion(_size, _people).is_complete,
                assigned_to(courses, users.c.id),
            )
        )
    )


_RECORD_ALL = _record_everybody(*_open_course)
_RECORD_ALL_OF_GROUPS = _record_everybody(
    of_tenant(courses),
    courses.c.deleted_at.is_(None),
    courses.c.id.in_(
        select(course_groups.c.course_id).where(
            of_tenant(course_groups), course_groups.c.group_id == any_id("group_ids")
        )
    ),
)

_interval = func.unnest(content_progress.c.watched).column_valued("interval")
_pairs = (
    select(json_list(func.json_build_array(func.lower(_interval), func.upper(_interval)), func.lower(_interval)))
    .correlate(content_progress)
    .scalar_subquery()
)
_content: dict[str, SQLCoreOperations[object]] = {
    "id": contents.c.id,
    "title": contents.c.title,
    "is_mandatory": contents.c.is_mandatory,
    "content_type": contents.c.content_type,
    "required_coverage": contents.c.required_coverage,
    "started_at": content_progress.c.started_at,
    "completed_at": content_progress.c.completed_at,
    "duration_seconds": case((video_assets.c.playable, video_assets.c.duration_seconds)),
    "watched": _pairs,
}
_contents = (
    select(
        func.coalesce(
            func.json_agg(aggregate_order_by(json_object(_content), modules.c.position, contents.c.position)),
            literal_column("'[]'::json"),
        )
    )
    .select_from(contents)
    .join(modules, and_(of_tenant(modules), modules.c.id == contents.c.module_id))
    .outerjoin(video_assets, and_(of_tenant(video_assets), video_assets.c.content_id == contents.c.id))
    .outerjoin(
        content_progress,
        and_(
            of_tenant(content_progress),
            content_progress.c.content_id == contents.c.id,
            content_progress.c.user_id == _USER,
        ),
    )
    .where(of_tenant(contents), contents.c.course_id == _COURSE)
    .scalar_subquery()
)
_submission = (
    select(func.to_json(submissions.table_valued()))
    .where(of_tenant(submissions), submissions.c.assignment_id == assignments.c.id, submissions.c.user_id == _USER)
    .correlate(assignments)
    .scalar_subquery()
)
# Without what was answered: how somebody stands does not depend on it.
_attempt: dict[str, SQLCoreOperations[object]] = {
    name: quiz_attempts.c[name]
    for name in (
        "id",
        "tenant_id",
        "quiz_id",
        "user_id",
        "number",
        "seed",
        "question_ids",
        "started_at",
        "expires_at",
        "submitted_at",
        "score",
        "passed",
        "graded_at",
    )
}
_attempts = (
    select(json_list(json_object(_attempt), quiz_attempts.c.started_at))
    .join_from(quiz_attempts, quizzes, quizzes.c.id == quiz_attempts.c.quiz_id)
    .where(
        of_tenant(quiz_attempts),
        of_tenant(quizzes),
        quizzes.c.assignment_id == assignments.c.id,
        quiz_attempts.c.user_id == _USER,
    )
    .correlate(assignments)
    .scalar_subquery()
)
_open_quiz = (
    select(json_object({"id": quizzes.c.id, "attempts_allowed": quizzes.c.attempts_allowed}))
    .where(
        of_tenant(quizzes),
        quizzes.c.assignment_id == assignments.c.id,
        quizzes.c.state == fixed(QuizState.PUBLISHED),
    )
    .correlate(assignments)
    .scalar_subquery()
)
_assignment: dict[str, SQLCoreOperations[object]] = {
    "assignment": func.to_json(assignments.table_valued()),
    "submission": _submission,
    "attempts": _attempts,
    "quiz": _open_quiz,
}
_assignments = (
    select(
        func.coalesce(
            func.json_agg(aggregate_order_by(json_object(_assignment), assignments.c.created_at, assignments.c.id)),
            literal_column("'[]'::json"),
        )
    )
    .where(of_tenant(assignments), assignments.c.course_id == _COURSE)
    .scalar_subquery()
)
_facts = (
    select(
        as_text(_contents).label("contents"),
        as_text(_assignments).label("assignments"),
        course_completions.c.course_version,
        course_completions.c.completed_at,
    )
    .select_from(courses)
    .outerjoin(
        course_completions,
        and_(
            of_tenant(course_completions),
            course_completions.c.course_id == courses.c.id,
            course_completions.c.user_id == _USER,
        ),
    )
    .where(of_tenant(courses), courses.c.id == _COURSE, courses.c.deleted_at.is_(None))
)
_FACTS = Statement(_facts)
FACTS_OF_VISIBLE = Statement(_facts.where(visible_to(courses, _USER)))
"""The same of a course that the person may see."""


class _Content(msgspec.Struct, frozen=True):
    id: UUID
    title: str
    is_mandatory: bool
    content_type: ContentType
    required_coverage: int | None
    started_at: datetime | None
    completed_at: datetime | None
    duration_seconds: float | None
    watched: list[tuple[int, int]]


class _Attempt(msgspec.Struct, frozen=True):
    id: UUID
    tenant_id: UUID
    quiz_id: UUID
    user_id: UUID
    number: int
    seed: int
    question_ids: tuple[UUID, ...]
    started_at: datetime
    expires_at: datetime | None
    submitted_at: datetime | None
    score: float | None
    passed: bool | None
    graded_at: datetime | None


class _Quiz(msgspec.Struct, frozen=True):
    id: UUID
    attempts_allowed: int


class _Assignment(msgspec.Struct, frozen=True):
    assignment: Assignment
    submission: Submission | None
    attempts: list[_Attempt]
    quiz: _Quiz | None


_decode_contents = msgspec.json.Decoder(list[_Content])
_decode_assignments = msgspec.json.Decoder(list[_Assignment])


def progress_from_row(row: Row) -> ContentProgress:
    """A person's progress from its row."""
    return ContentProgress(
        user_id=row["user_id"],
        content_id=row["content_id"],
        watched=SecondSet(tuple((interval.lower, interval.upper) for interval in row["watched"])),
        position_seconds=row["position_seconds"],
        started_at=row["started_at"],
        last_report_at=row["last_report_at"],
        completed_at=row["completed_at"],
    )


def facts_from_row(course_id: UUID, row: Row) -> CourseFacts:
    """What decides whether a person is done with a course."""
    return CourseFacts(
        course_id=course_id,
        contents=tuple(map(_content_facts, _decode_contents.decode(row["contents"]))),
        assignments=tuple(_assignment_facts(each) for each in _decode_assignments.decode(row["assignments"])),
        earned=_earned(row) if row["completed_at"] is not None else None,
    )


class PostgresProgressRepository(ProgressRepository):
    """Progress of the people of one school."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def start(self, user_id: UUID, content_id: UUID, *, now: datetime) -> ContentProgress:
        return _existing(await self._sql.row(_START, user_id=user_id, content_id=content_id, started_at=now))

    async def get(self, user_id: UUID, content_id: UUID, *, for_update: bool = False) -> ContentProgress | None:
        row = await self._sql.row(_GET_LOCKED if for_update else _GET, user_id=user_id, content_id=content_id)
        return progress_from_row(row) if row is not None else None

    async def merge(
        self,
        user_id: UUID,
        content_id: UUID,
        watched: SecondSet,
        *,
        position_seconds: float,
        now: datetime,
        busy_until: datetime,
    ) -> ContentProgress:
        row = await self._sql.row(
            _MERGE,
            user_id=user_id,
            content_id=content_id,
            watched=[asyncpg.Range(start, end) for start, end in watched.intervals],
            position_seconds=position_seconds,
            now=now,
            busy_until=busy_until,
        )
        return _existing(row)

    async def set_completed(self, user_id: UUID, content_id: UUID, *, at: datetime) -> ContentProgress:
        return _existing(await self._sql.row(_SET_COMPLETED, user_id=user_id, content_id=content_id, at=at))

    async def lock_clock(self, user_id: UUID, *, since: datetime) -> datetime:
        row = await self._sql.row(_LOCK_CLOCK, user_id=user_id, busy_until=since)
        if row is None:
            raise LookupError("the person's clock is gone")
        busy_until: datetime = row["busy_until"]
        return busy_until

    async def course_facts(self, user_id: UUID, course_id: UUID) -> CourseFacts | None:
        row = await self._sql.row(_FACTS, user_id=user_id, course_id=course_id)
        return facts_from_row(course_id, row) if row is not None else None

    async def record_completion(self, user_id: UUID, course_id: UUID, *, at: datetime) -> None:
        await self._sql.run(_RECORD, user_id=user_id, course_id=course_id, at=at)

    async def record_completions(self, course_id: UUID, *, at: datetime) -> None:
        await self._sql.later(_RECORD_ALL, course_id=course_id, at=at)

    async def record_completions_of_groups(self, group_ids: frozenset[UUID], *, at: datetime) -> None:
        if group_ids:
            await self._sql.later(_RECORD_ALL_OF_GROUPS, group_ids=list(group_ids), at=at)


def _existing(row: Row | None) -> ContentProgress:
    if row is None:
        raise LookupError("this content was never started")
    return progress_from_row(row)


def _earned(row: Row) -> EarnedCompletion:
    return EarnedCompletion(course_version=row["course_version"], completed_at=row["completed_at"])


def _content_facts(content: _Content) -> ContentFacts:
    video = VideoFacts(
        duration_seconds=content.duration_seconds,
        required_coverage=content.required_coverage or DEFAULT_REQUIRED_COVERAGE,
        watched=SecondSet(tuple(content.watched)),
    )
    return ContentFacts(
        id=content.id,
        title=content.title,
        is_mandatory=content.is_mandatory,
        started_at=content.started_at,
        completed_at=content.completed_at,
        video=video if content.content_type is ContentType.VIDEO else None,
    )


def _assignment_facts(facts: _Assignment) -> AssignmentFacts:
    assignment, quiz = facts.assignment, facts.quiz
    if assignment.kind is not AssignmentKind.QUIZ:
        standing, left = standing_of(assignment, facts.submission), None
    else:
        standing = quiz_standing(QuizAttempt(**msgspec.structs.asdict(each)) for each in facts.attempts)
        used = sum(quiz is not None and each.quiz_id == quiz.id for each in facts.attempts)
        left = max(0, quiz.attempts_allowed - used) if quiz is not None else None
    return AssignmentFacts(
        id=assignment.id,
        title=assignment.title,
        kind=assignment.kind,
        is_mandatory=assignment.is_mandatory,
        is_published=assignment.is_published,
        standing=standing,
        attempts_left=left,
    )

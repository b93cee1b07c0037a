"""Attempts at quizzes for those who grade them."""

from uuid import UUID

import msgspec
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    case,
    cast,
    column,
    func,
    label,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.sql.elements import SQLCoreOperations

from adapters.postgres.attempts import attempt_from_row
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.people_queries import has_all_words, words_of
from adapters.postgres.questions_json import decode
from adapters.postgres.quizzes import quiz_from_row, quizzes_with_questions
from adapters.postgres.screen_sql import LIMIT, OFFSET, as_text, json_object, labelled, listed, listing
from adapters.postgres.sql import Row
from adapters.postgres.statements import TENANT, Statement, fixed, of_tenant, parameter
from adapters.postgres.tables import assignments, courses, questions, quiz_attempts, quizzes, tenants, users
from lms_app.learning.attempt_views import AttemptTeacherView, AttemptView, WaitingAnswerView, WaitingQuestionView
from lms_app.learning.question_views import view_of_question
from lms_app.listing import Listing, PageRequest
from lms_app.ports.attempt_queries import ANSWERS_SHOWN, AttemptFacts, AttemptFilter, AttemptQueries
from lms_app.scope import TenantScope
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.attempt import AttemptState
from lms_domain.learning.grading import Verdict

_ZERO = literal_column("0", Integer)
_ASSIGNMENT, _ATTEMPT = parameter("assignment_id", Uuid), parameter("attempt_id", Uuid)
_STATE, _WAITING = parameter("state", Text), parameter("waiting", Boolean)

_zone = select(tenants.c.time_zone).where(tenants.c.id == TENANT).scalar_subquery()
_name = func.concat_ws(literal_column("' '"), users.c.first_name, users.c.last_name)
_state = case(
    (quiz_attempts.c.submitted_at.is_(None), fixed(AttemptState.OPEN)),
    (quiz_attempts.c.graded_at.is_(None), fixed(AttemptState.SUBMITTED)),
    else_=fixed(AttemptState.GRADED),
)
_is_late = func.coalesce(
    cast(func.timezone(_zone, quiz_attempts.c.submitted_at), Date) > assignments.c.due_date, literal_column("false")
)


def _marks(name: str) -> FromClause:
    """The marks of a row of ``quiz_attempts``: ``question_id``, as text, and ``mark``."""
    return (
        func.jsonb_each(quiz_attempts.c.marks)
        .table_valued(column("question_id", Text), column("mark", JSONB), name=name)
        .render_derived()
    )


def _word_of(marks: FromClause, word: str) -> ColumnElement[str]:
    return func.jsonb_extract_path_text(marks.c.mark, literal_column(f"'{word}'"))


_marked = _marks("marked")
_waiting_answers = (
    select(func.count())
    .select_from(_marked)
    .where(_word_of(_marked, "verdict") == fixed(Verdict.NEEDS_REVIEW))
    .correlate(quiz_attempts)
    .scalar_subquery()
)
_of_courses = (
    quiz_attempts.join(quizzes, and_(of_tenant(quizzes), quizzes.c.id == quiz_attempts.c.quiz_id))
    .join(assignments, and_(of_tenant(assignments), assignments.c.id == quizzes.c.assignment_id))
    .join(courses, and_(of_tenant(courses), courses.c.id == assignments.c.course_id, courses.c.deleted_at.is_(None)))
    .join(users, and_(of_tenant(users), users.c.id == quiz_attempts.c.user_id))
)
_row: dict[str, SQLCoreOperations[object]] = {
    "id": quiz_attempts.c.id,
    "user_id": quiz_attempts.c.user_id,
    "teacher_name": _name,
    "teacher_email": users.c.email,
    "quiz_version": quizzes.c.version,
    "number": quiz_attempts.c.number,
    "state": _state,
    "started_at": quiz_attempts.c.started_at,
    "submitted_at": quiz_attempts.c.submitted_at,
    "graded_at": quiz_attempts.c.graded_at,
    "score": quiz_attempts.c.score,
    "passed": quiz_attempts.c.passed,
    "waiting_answers": _waiting_answers,
    "is_late": _is_late,
}
_sorted_by: dict[str, SQLCoreOperations[object]] = {
    # What is not handed in yet stands where it began.
    "submitted_at": func.coalesce(quiz_attempts.c.submitted_at, quiz_attempts.c.started_at),
    "score": quiz_attempts.c.score,
    "name": users.c.name_folded,
}
_known = (
    select(assignments.c.id)
    .join_from(
        assignments,
        courses,
        and_(of_tenant(courses), courses.c.id == assignments.c.course_id, courses.c.deleted_at.is_(None)),
    )
    .where(of_tenant(assignments), assignments.c.id == _ASSIGNMENT, assignments.c.kind == fixed(AssignmentKind.QUIZ))
    .exists()
)
_wanted = (
    of_tenant(quiz_attempts),
    quizzes.c.assignment_id == _ASSIGNMENT,
    or_(_STATE.is_(None), _state == _STATE),
    or_(_WAITING.is_(None), (_waiting_answers > _ZERO) == _WAITING),
    has_all_words(users),
)


def _ordered(name: str, direction: str) -> Statement:
    sort = label("sorted_by", _sorted_by[name])
    order = (f"sorted_by {direction} NULLS LAST", f"id {direction}")
    matching = select(quiz_attempts.c.id).select_from(_of_courses).where(*_wanted)
    page = select(*labelled(_row), sort).select_from(_of_courses).where(*_wanted)
    page = page.order_by(*map(literal_column, (order[0], f"quiz_attempts.id {direction}"))).limit(LIMIT).offset(OFFSET)
    return Statement(listing(matching, page, order).add_columns(_known.label("is_known")))


_ATTEMPTS = {
    f"{sign}{name}": _ordered(name, direction)
    for name in _sorted_by
    for sign, direction in (("", "ASC"), ("-", "DESC"))
}
"""One statement for each order: it cannot be a parameter."""

_decided = _marks("decided")
_deciders = (
    select(func.coalesce(func.json_object_agg(users.c.id, _name), literal_column("'{}'::json")))
    .select_from(users)
    .where(
        of_tenant(users),
        cast(users.c.id, Text).in_(
            select(_word_of(_decided, "decided_by")).select_from(_decided).correlate(quiz_attempts)
        ),
    )
    .correlate(quiz_attempts)
    .scalar_subquery()
)
_ONE = Statement(
    select(
        *labelled(_row, prefix="row_"),
        *quiz_attempts.c,
        assignments.c.title.label("assignment_title"),
        courses.c.title.label("course_title"),
        as_text(_deciders).label("names"),
    )
    .select_from(_of_courses)
    .where(of_tenant(quiz_attempts), quiz_attempts.c.id == _ATTEMPT)
)
_QUIZ = Statement(quizzes_with_questions().where(quizzes.c.id == parameter("quiz_id", Uuid)))

_waiting_marks = _marks("waiting")
_text = func.jsonb_extract_path_text(quiz_attempts.c.answers, _waiting_marks.c.question_id, literal_column("'text'"))
# What has no words any more was written by somebody who was erased.
_waiting = (
    select(
        cast(_waiting_marks.c.question_id, Uuid).label("question_id"),
        assignments.c.id.label("assignment_id"),
        quiz_attempts.c.submitted_at,
        quiz_attempts.c.id.label("attempt_id"),
        _name.label("teacher_name"),
        _text.label("text"),
        func.row_number()
        .over(
            partition_by=_waiting_marks.c.question_id,
            order_by=(quiz_attempts.c.submitted_at, quiz_attempts.c.id),
        )
        .label("place"),
    )
    .select_from(_of_courses.join(_waiting_marks, true()))
    .where(
        of_tenant(quiz_attempts),
        quiz_attempts.c.submitted_at.is_not(None),
        quiz_attempts.c.graded_at.is_(None),
        _word_of(_waiting_marks, "verdict") == fixed(Verdict.NEEDS_REVIEW),
        _text.is_not(None),
    )
    .cte("waiting_answers")
)
_answer = json_object({name: _waiting.c[name] for name in ("attempt_id", "teacher_name", "text", "submitted_at")})
_groups = (
    select(
        _waiting.c.question_id.label("id"),
        _waiting.c.assignment_id,
        func.count().label("waiting"),
        func.min(_waiting.c.submitted_at).label("waiting_since"),
        as_text(
            func.json_agg(aggregate_order_by(_answer, _waiting.c.place)).filter(
                _waiting.c.place <= literal_column(str(ANSWERS_SHOWN), Integer)
            )
        ).label("answers"),
    )
    .group_by(_waiting.c.question_id, _waiting.c.assignment_id)
    .subquery("groups")
)
_shown: Select[*tuple[object, ...]] = (
    select(
        *_groups.c,
        assignments.c.title.label("assignment_title"),
        courses.c.title.label("course_title"),
        as_text(func.json_build_array(func.to_json(questions.table_valued()))).label("question"),
    )
    .select_from(
        _groups.join(questions, and_(of_tenant(questions), questions.c.id == _groups.c.id))
        .join(assignments, and_(of_tenant(assignments), assignments.c.id == _groups.c.assignment_id))
        .join(courses, and_(of_tenant(courses), courses.c.id == assignments.c.course_id))
    )
    .order_by(_groups.c.waiting_since, _groups.c.id)
    .limit(LIMIT)
    .offset(OFFSET)
)
_WAITING_ANSWERS = Statement(listing(select(_waiting.c.question_id).distinct(), _shown, ("waiting_since", "id")))

_decode_names = msgspec.json.Decoder(dict[UUID, str])
_decode_answers = msgspec.json.Decoder(list[WaitingAnswerView])


def _attempt_from_row(row: Row, prefix: str = "") -> AttemptView:
    return AttemptView(
        id=row[f"{prefix}id"],
        teacher=AttemptTeacherView(
            id=row[f"{prefix}user_id"], name=row[f"{prefix}teacher_name"], email=row[f"{prefix}teacher_email"]
        ),
        quiz_version=row[f"{prefix}quiz_version"],
        number=row[f"{prefix}number"],
        state=AttemptState(row[f"{prefix}state"]),
        started_at=row[f"{prefix}started_at"],
        submitted_at=row[f"{prefix}submitted_at"],
        graded_at=row[f"{prefix}graded_at"],
        score=row[f"{prefix}score"],
        passed=row[f"{prefix}passed"],
        waiting_answers=row[f"{prefix}waiting_answers"],
        is_late=row[f"{prefix}is_late"],
    )


def _question_from_row(row: Row) -> WaitingQuestionView:
    question = view_of_question(decode(row["question"])[0])
    return WaitingQuestionView(
        question_id=row["id"],
        assignment_id=row["assignment_id"],
        assignment_title=row["assignment_title"],
        course_title=row["course_title"],
        prompt=question.prompt,
        points=question.points,
        explanation=question.explanation,
        evidence=question.evidence,
        accepted_answers=question.accepted_answers,
        waiting=row["waiting"],
        waiting_since=row["waiting_since"],
        answers=_decode_answers.decode(row["answers"]),
    )


class PostgresAttemptQueries(AttemptQueries):
    """Attempts at the quizzes of a school."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def attempts(
        self, scope: TenantScope, assignment_id: UUID, filters: AttemptFilter, page: PageRequest
    ) -> Listing[AttemptView] | None:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(
                _ATTEMPTS[filters.ordering],
                assignment_id=assignment_id,
                state=filters.state.value if filters.state is not None else None,
                waiting=filters.waiting,
                words=words_of(filters.search),
                limit=page.size,
                offset=page.offset,
            )
        if not rows[0]["is_known"]:
            return None
        count, found = listed(rows)
        return Listing(count, [_attempt_from_row(row) for row in found])

    async def attempt(self, scope: TenantScope, attempt_id: UUID) -> AttemptFacts | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_ONE, attempt_id=attempt_id)
            quiz = await sql.row(_QUIZ, quiz_id=row["quiz_id"]) if row is not None else None
        if row is None or quiz is None:
            return None
        return AttemptFacts(
            row=_attempt_from_row(row, "row_"),
            attempt=attempt_from_row(row),
            quiz=quiz_from_row(quiz),
            assignment_title=row["assignment_title"],
            course_title=row["course_title"],
            names=_decode_names.decode(row["names"]),
        )

    async def waiting(self, scope: TenantScope, page: PageRequest) -> Listing[WaitingQuestionView]:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(_WAITING_ANSWERS, limit=page.size, offset=page.offset)
        count, found = listed(rows)
        return Listing(count, [_question_from_row(row) for row in found])

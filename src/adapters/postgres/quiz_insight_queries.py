"""What the answers of many say about a quiz."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from sqlalchemy import Integer, Text, Uuid, and_, case, cast, func, literal_column, select, true
from sqlalchemy.sql.elements import SQLCoreOperations

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.questions_json import decode, questions_of
from adapters.postgres.screen_sql import as_text, json_list, json_object
from adapters.postgres.sql import Row
from adapters.postgres.statements import Statement, fixed, of_tenant, parameter
from adapters.postgres.tables import assignments, courses, questions, quiz_attempts, quizzes
from lms_app.ports.quiz_insight_queries import QuizInsightQueries, QuizTally
from lms_app.scope import TenantScope
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.grading import Verdict
from lms_domain.learning.item_statistics import ItemTally, OptionTally
from lms_domain.learning.quiz import McqQuestion, Question, QuizState, Review

_ID = parameter("assignment_id", Uuid)
_ZERO, _ONE = literal_column("0", Integer), literal_column("1", Integer)

# The one that learners meet, else the last one that they met.
_version = (
    select(quizzes.c.id, quizzes.c.version)
    .where(of_tenant(quizzes), quizzes.c.assignment_id == _ID, quizzes.c.state != fixed(QuizState.DRAFT))
    .order_by((quizzes.c.state == fixed(QuizState.PUBLISHED)).desc(), quizzes.c.version.desc())
    .limit(_ONE)
    .cte("version")
)
# What was handed in empty, or is empty since its author was erased, says nothing about questions.
_first = (
    select(quiz_attempts.c.id, quiz_attempts.c.quiz_id, quiz_attempts.c.answers, quiz_attempts.c.marks)
    .join_from(quiz_attempts, _version, _version.c.id == quiz_attempts.c.quiz_id)
    .where(
        of_tenant(quiz_attempts),
        quiz_attempts.c.number == _ONE,
        quiz_attempts.c.submitted_at.is_not(None),
        quiz_attempts.c.answers != literal_column("'{}'::jsonb"),
    )
    .cte("first_attempts")
)
_key = cast(questions.c.id, Text)
_verdict = func.jsonb_extract_path_text(_first.c.marks, _key, literal_column("'verdict'"))
_answers = (
    select(
        _first.c.id.label("attempt_id"),
        questions.c.id.label("question_id"),
        func.jsonb_extract_path_text(_first.c.answers, _key, literal_column("'option_id'")).label("option_id"),
        _first.c.answers.has_key(_key).label("is_answered"),
        (_verdict == fixed(Verdict.RIGHT)).label("is_right"),
        (_verdict != fixed(Verdict.NEEDS_REVIEW)).label("is_judged"),
        case((_verdict == fixed(Verdict.RIGHT), questions.c.points), else_=_ZERO).label("points"),
    )
    .join_from(_first, questions, questions.c.quiz_id == _first.c.quiz_id)
    .where(of_tenant(questions), questions.c.review != fixed(Review.REJECTED), _first.c.marks.has_key(_key))
    .cte("answers")
)
_points = func.sum(_answers.c.points).over(partition_by=_answers.c.attempt_id)
_judged = select(
    *_answers.c,
    (_points - _answers.c.points).label("rest"),
    func.bool_and(_answers.c.is_judged).over(partition_by=_answers.c.attempt_id).label("is_graded"),
).cte("judged")
_graded = _judged.c.is_graded
_counts: dict[str, SQLCoreOperations[object]] = {
    "asked": func.count().filter(_judged.c.is_judged),
    "answered": func.count().filter(_judged.c.is_answered),
    "correct": func.count().filter(_judged.c.is_right),
    "graded": func.count().filter(_graded),
    "graded_correct": func.count().filter(_graded, _judged.c.is_right),
    "rest_sum": func.coalesce(func.sum(_judged.c.rest).filter(_graded), _ZERO),
    "rest_square_sum": func.coalesce(func.sum(_judged.c.rest * _judged.c.rest).filter(_graded), _ZERO),
    "rest_sum_of_correct": func.coalesce(func.sum(_judged.c.rest).filter(_graded, _judged.c.is_right), _ZERO),
}
_items = (
    select(json_object({"question_id": _judged.c.question_id, **_counts}).label("item"), _judged.c.question_id)
    .group_by(_judged.c.question_id)
    .subquery("items")
)
_chosen = (
    select(
        json_object(
            {
                "question_id": _judged.c.question_id,
                "id": _judged.c.option_id,
                "chosen": func.count(),
                "graded": func.count().filter(_graded),
                "rest_sum": func.coalesce(func.sum(_judged.c.rest).filter(_graded), _ZERO),
            }
        ).label("option"),
        _judged.c.question_id,
    )
    .where(_judged.c.option_id.is_not(None))
    .group_by(_judged.c.question_id, _judged.c.option_id)
    .subquery("chosen")
)
_ITEMS = Statement(
    select(
        _version.c.id.label("quiz_id"),
        _version.c.version,
        select(func.count()).select_from(_first).scalar_subquery().label("people"),
        questions_of(_version).label("questions"),
        as_text(select(json_list(_items.c.item, _items.c.question_id)).scalar_subquery()).label("items"),
        as_text(select(json_list(_chosen.c.option, _chosen.c.question_id)).scalar_subquery()).label("chosen"),
    )
    .select_from(
        assignments.join(
            courses,
            and_(of_tenant(courses), courses.c.id == assignments.c.course_id, courses.c.deleted_at.is_(None)),
        ).outerjoin(_version, true())
    )
    .where(of_tenant(assignments), assignments.c.id == _ID, assignments.c.kind == fixed(AssignmentKind.QUIZ))
)


class _Item(msgspec.Struct, frozen=True):
    question_id: UUID
    asked: int
    answered: int
    correct: int
    graded: int
    graded_correct: int
    rest_sum: int
    rest_square_sum: int
    rest_sum_of_correct: int


class _Chosen(msgspec.Struct, frozen=True):
    question_id: UUID
    id: UUID
    chosen: int
    graded: int
    rest_sum: int


_decode_items = msgspec.json.Decoder(tuple[_Item, ...])
_decode_chosen = msgspec.json.Decoder(tuple[_Chosen, ...])


class PostgresQuizInsightQueries(QuizInsightQueries):
    """What the answers of many say about a school's quizzes."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def items(self, scope: TenantScope, assignment_id: UUID) -> QuizTally | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_ITEMS, assignment_id=assignment_id)
        return _tally(row) if row is not None else None


def _tally(row: Row) -> QuizTally:
    asked = tuple(question for question in decode(row["questions"]) if question.review is not Review.REJECTED)
    items = {item.question_id: item for item in _decode_items.decode(row["items"])}
    chosen = _decode_chosen.decode(row["chosen"])
    return QuizTally(
        quiz_id=row["quiz_id"],
        version=row["version"] or 0,
        people=row["people"],
        # One that was never accepted was never asked.
        questions=[question for question in asked if question.id in items or question.review is Review.ACCEPTED],
        items={question.id: _item(question, items[question.id], chosen) for question in asked if question.id in items},
    )


def _item(question: Question, item: _Item, chosen: Sequence[_Chosen]) -> ItemTally:
    of_question = {each.id: each for each in chosen if each.question_id == question.id}
    options = question.options if isinstance(question, McqQuestion) else ()
    nobody = _Chosen(question.id, question.id, 0, 0, 0)
    return ItemTally(
        asked=item.asked,
        answered=item.answered,
        correct=item.correct,
        graded=item.graded,
        graded_correct=item.graded_correct,
        rest_sum=item.rest_sum,
        rest_square_sum=item.rest_square_sum,
        rest_sum_of_correct=item.rest_sum_of_correct,
        options=[
            OptionTally(
                id=option.id,
                is_correct=option.is_correct,
                chosen=(count := of_question.get(option.id, nobody)).chosen,
                graded=count.graded,
                rest_sum=count.rest_sum,
            )
            for option in options
        ],
    )

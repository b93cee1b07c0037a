"""What the answers of many say about a quiz."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import Integer, Text, Uuid, and_, case, cast, func, literal_column, select, true
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.sql.elements import SQLCoreOperations

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.folding import folded
from adapters.postgres.people_sql import is_learner
from adapters.postgres.questions_json import decode, questions_of
from adapters.postgres.screen_sql import LIMIT, OFFSET, as_text, json_list, json_object, labelled, listed, listing
from adapters.postgres.sql import Row
from adapters.postgres.statements import Statement, fixed, of_tenant, parameter
from adapters.postgres.tables import (
    assignments,
    courses,
    question_copies,
    question_flags,
    question_outcomes,
    questions,
    quiz_attempts,
    quiz_extensions,
    quizzes,
    users,
)
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.learning.extension_views import ExtendedPersonView, QuizExtensionView
from lms_app.learning.flag_views import (
    QuestionFlagsView,
    QuestionFlagView,
    QuestionRulesView,
    QuestionRuleView,
    RuleReasonView,
)
from lms_app.listing import Listing, PageRequest
from lms_app.ports.quiz_insight_queries import ExtendedPlace, QuizInsightQueries, QuizTally
from lms_app.scope import TenantScope
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.grading import Verdict
from lms_domain.learning.item_statistics import ItemTally, OptionTally
from lms_domain.learning.question_outcome import Outcome
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
_open_courses = and_(of_tenant(courses), courses.c.id == assignments.c.course_id, courses.c.deleted_at.is_(None))
_is_that_quiz = and_(of_tenant(assignments), assignments.c.id == _ID, assignments.c.kind == fixed(AssignmentKind.QUIZ))
_ITEMS = Statement(
    select(
        _version.c.id.label("quiz_id"),
        _version.c.version,
        select(func.count()).select_from(_first).scalar_subquery().label("people"),
        questions_of(_version).label("questions"),
        as_text(select(json_list(_items.c.item, _items.c.question_id)).scalar_subquery()).label("items"),
        as_text(select(json_list(_chosen.c.option, _chosen.c.question_id)).scalar_subquery()).label("chosen"),
    )
    .select_from(assignments.join(courses, _open_courses).outerjoin(_version, true()))
    .where(_is_that_quiz)
)

_name = func.concat_ws(literal_column("' '"), users.c.first_name, users.c.last_name)
_teacher = (users.c.id.label("teacher_id"), _name.label("teacher_name"), users.c.email.label("teacher_email"))
_PLACE = Statement(
    select(assignments.c.title, *_teacher)
    .select_from(assignments.join(courses, _open_courses).join(users, of_tenant(users)))
    .where(_is_that_quiz, users.c.id == parameter("user_id", Uuid), is_learner(users))
)
_open_until = (
    select(func.max(quiz_attempts.c.expires_at))
    .join_from(quiz_attempts, quizzes, quizzes.c.id == quiz_attempts.c.quiz_id)
    .where(
        of_tenant(quiz_attempts),
        of_tenant(quizzes),
        quizzes.c.assignment_id == quiz_extensions.c.assignment_id,
        quiz_attempts.c.user_id == quiz_extensions.c.user_id,
        quiz_attempts.c.submitted_at.is_(None),
        # What ran out is as good as handed in.
        quiz_attempts.c.expires_at > parameter("now", TIMESTAMP),
    )
    .correlate(quiz_extensions)
    .scalar_subquery()
)
_extensions = (
    select(
        users.c.id,
        *_teacher,
        quiz_extensions.c.extra_seconds,
        quiz_extensions.c.extra_percent,
        quiz_extensions.c.extra_attempts,
        quiz_extensions.c.reason,
        quiz_extensions.c.given_at,
        _open_until.label("open_until"),
    )
    .join_from(quiz_extensions, users, and_(of_tenant(users), users.c.id == quiz_extensions.c.user_id))
    .where(
        of_tenant(quiz_extensions),
        quiz_extensions.c.assignment_id == _ID,
        func.strpos(func.lower(func.concat_ws(literal_column("' '"), _name, users.c.email)), parameter("search", Text))
        > _ZERO,
    )
)
_EXTENSIONS = Statement(
    listing(
        _extensions.with_only_columns(users.c.id),
        _extensions.order_by(_name, users.c.id).limit(LIMIT).offset(OFFSET),
        ("teacher_name", "id"),
    ).add_columns(
        select(assignments.c.id)
        .select_from(assignments.join(courses, _open_courses))
        .where(_is_that_quiz)
        .exists()
        .label("is_known")
    )
)


_copied_as = (
    select(func.array_agg(question_copies.c.question_id))
    .where(of_tenant(question_copies), question_copies.c.root_id == question_flags.c.root_id)
    .correlate(question_flags)
    .scalar_subquery()
)
_flag: dict[str, SQLCoreOperations[object]] = {
    "question_ids": func.to_json(func.array_prepend(question_flags.c.root_id, _copied_as)),
    "teacher_id": users.c.id,
    "teacher_name": _name,
    "reason": question_flags.c.reason,
    "created_at": question_flags.c.created_at,
}
_flags = (
    select(json_list(json_object(_flag), question_flags.c.created_at.desc()))
    .join_from(question_flags, users, and_(of_tenant(users), users.c.id == question_flags.c.user_id))
    .where(of_tenant(question_flags), question_flags.c.assignment_id == _ID)
    .scalar_subquery()
)
_FLAGS = Statement(
    select(as_text(_flags).label("flags")).select_from(assignments.join(courses, _open_courses)).where(_is_that_quiz)
)

# Of each question the last thing that became of it; that it was proposed is no more than its beginning.
_last = (
    select(
        question_outcomes.c.generator, question_outcomes.c.rule, question_outcomes.c.outcome, question_outcomes.c.reason
    )
    .where(of_tenant(question_outcomes))
    .ext(distinct_on(question_outcomes.c.root_id))
    .order_by(question_outcomes.c.root_id, question_outcomes.c.at.desc(), question_outcomes.c.id.desc())
    .cte("last")
)
_by_reason = (
    select(_last.c.generator, _last.c.rule, _last.c.reason, func.count().label("count"))
    .where(_last.c.outcome == fixed(Outcome.REJECTED))
    .group_by(_last.c.generator, _last.c.rule, _last.c.reason)
    .subquery("by_reason")
)
_reasons = (
    select(
        json_list(
            json_object({"reason": _by_reason.c.reason, "count": _by_reason.c.count}), _by_reason.c["count"].desc()
        )
    )
    .where(_by_reason.c.generator == _last.c.generator, _by_reason.c.rule == _last.c.rule)
    .correlate(_last)
    .scalar_subquery()
)
_rule: dict[str, SQLCoreOperations[object]] = {
    "proposed": func.count(),
    "waiting": func.count().filter(_last.c.outcome == fixed(Outcome.PROPOSED)),
    "accepted": func.count().filter(_last.c.outcome == fixed(Outcome.ACCEPTED)),
    "edited": func.count().filter(_last.c.outcome == fixed(Outcome.EDITED)),
    "rejected": func.count().filter(_last.c.outcome == fixed(Outcome.REJECTED)),
    "stale": func.count().filter(_last.c.outcome == fixed(Outcome.STALE)),
}
_RULES = Statement(
    select(_last.c.generator, _last.c.rule, *labelled(_rule), as_text(_reasons).label("reasons"))
    .group_by(_last.c.generator, _last.c.rule)
    .order_by(func.count().desc(), _last.c.rule, _last.c.generator)
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
_decode_flags = msgspec.json.Decoder(list[QuestionFlagView])
_decode_reasons = msgspec.json.Decoder(list[RuleReasonView])
_decode_chosen = msgspec.json.Decoder(tuple[_Chosen, ...])


class PostgresQuizInsightQueries(QuizInsightQueries):
    """What the answers of many say about a school's quizzes."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def items(self, scope: TenantScope, assignment_id: UUID) -> QuizTally | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_ITEMS, assignment_id=assignment_id)
        return _tally(row) if row is not None else None

    async def place(self, scope: TenantScope, assignment_id: UUID, user_id: UUID) -> ExtendedPlace | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_PLACE, assignment_id=assignment_id, user_id=user_id)
        return ExtendedPlace(row["title"], _person(row)) if row is not None else None

    async def extensions(
        self, scope: TenantScope, assignment_id: UUID, *, search: str, page: PageRequest, now: datetime
    ) -> Listing[QuizExtensionView] | None:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(
                _EXTENSIONS,
                assignment_id=assignment_id,
                search=folded(search),
                limit=page.size,
                offset=page.offset,
                now=now,
            )
        if not rows[0]["is_known"]:
            return None
        count, found = listed(rows)
        return Listing(count, [_extension(row) for row in found])

    async def flags(self, scope: TenantScope, assignment_id: UUID) -> QuestionFlagsView | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_FLAGS, assignment_id=assignment_id)
        return QuestionFlagsView(flags=_decode_flags.decode(row["flags"])) if row is not None else None

    async def rules(self, scope: TenantScope) -> QuestionRulesView:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(_RULES)
        return QuestionRulesView(rules=[_rule_from_row(row) for row in rows])


def _rule_from_row(row: Row) -> QuestionRuleView:
    return QuestionRuleView(
        generator=row["generator"],
        rule=row["rule"],
        proposed=row["proposed"],
        waiting=row["waiting"],
        accepted=row["accepted"],
        edited=row["edited"],
        rejected=row["rejected"],
        stale=row["stale"],
        reasons=_decode_reasons.decode(row["reasons"]),
    )


def _person(row: Row) -> ExtendedPersonView:
    return ExtendedPersonView(id=row["teacher_id"], name=row["teacher_name"], email=row["teacher_email"])


def _extension(row: Row) -> QuizExtensionView:
    return QuizExtensionView(
        teacher=_person(row),
        extra_seconds=row["extra_seconds"],
        extra_percent=row["extra_percent"],
        extra_attempts=row["extra_attempts"],
        reason=row["reason"],
        given_at=row["given_at"],
        open_until=row["open_until"],
    )


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

"""How people stand with assignments, as SQL expressions: `lms_domain.learning.submission.standing_of` and
`lms_domain.learning.attempt.quiz_standing`. A test compares them."""

from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Integer, and_, any_, case, func, literal_column, select

from adapters.postgres.screen_sql import as_text, json_list, json_object
from adapters.postgres.statements import fixed, of_tenant
from adapters.postgres.tables import assignments, quiz_attempts, quizzes, stored_files, submission_files, submissions
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.submission import Standing, SubmissionStatus

_ZERO = literal_column("0", Integer)

is_quiz: ColumnElement[bool] = assignments.c.kind == fixed(AssignmentKind.QUIZ)


def tried_quizzes(ids: ColumnElement[list[UUID]] | None = None) -> FromClause:
    """What people did at quizzes, all versions together: ``assignment_id``, ``user_id`` and what counts of it.

    Args:
        ids: of these people only.
    """
    handed_in = quiz_attempts.c.submitted_at.is_not(None)
    those = () if ids is None else (quiz_attempts.c.user_id == any_(ids),)
    return (
        select(
            quizzes.c.assignment_id,
            quiz_attempts.c.user_id,
            func.count().filter(handed_in).label("handed_in"),
            func.bool_or(and_(handed_in, func.coalesce(quiz_attempts.c.passed, literal_column("false")))).label(
                "passed"
            ),
            func.bool_or(and_(handed_in, quiz_attempts.c.graded_at.is_(None))).label("waits"),
            func.max(quiz_attempts.c.score).label("best_score"),
            func.min(quiz_attempts.c.submitted_at).label("first_at"),
            func.max(quiz_attempts.c.graded_at).label("graded_at"),
        )
        .join_from(quizzes, quiz_attempts, quiz_attempts.c.quiz_id == quizzes.c.id)
        .where(of_tenant(quizzes), of_tenant(quiz_attempts), *those)
        .group_by(quizzes.c.assignment_id, quiz_attempts.c.user_id)
        .subquery("tried")
    )


def with_work_of(source: FromClause, tried: FromClause, user_id: ColumnElement[object]) -> FromClause:
    """``source``, which has ``assignments``, with what somebody did for each of them."""
    return source.outerjoin(
        submissions,
        and_(
            of_tenant(submissions),
            submissions.c.assignment_id == assignments.c.id,
            submissions.c.user_id == user_id,
        ),
    ).outerjoin(tried, and_(tried.c.assignment_id == assignments.c.id, tried.c.user_id == user_id))


def standing(tried: FromClause) -> ColumnElement[str]:
    """The standing of a row of `with_work_of`."""
    of_quiz = case(
        (tried.c.passed, fixed(Standing.PASSED)),
        (tried.c.waits, fixed(Standing.SUBMITTED)),
        (tried.c.handed_in > _ZERO, fixed(Standing.FAILED)),
        else_=fixed(Standing.PENDING),
    )
    status, score = submissions.c.status, submissions.c.score
    of_work = case(
        (
            func.coalesce(status, fixed(SubmissionStatus.DRAFT)) == fixed(SubmissionStatus.DRAFT),
            fixed(Standing.PENDING),
        ),
        (status == fixed(SubmissionStatus.SUBMITTED), fixed(Standing.SUBMITTED)),
        (score.is_(None), fixed(Standing.SUBMITTED)),
        (assignments.c.passing_score == _ZERO, fixed(Standing.GRADED)),
        (score >= assignments.c.passing_score, fixed(Standing.PASSED)),
        else_=fixed(Standing.FAILED),
    )
    return case((is_quiz, of_quiz), else_=of_work)


def work_fields(tried: FromClause) -> dict[str, ColumnElement[object]]:
    """What there is to say of a row of `with_work_of`. ``was_late`` is known of submissions only; of quizzes it follows
    from ``submitted_at``, the time of the first attempt."""
    return {
        "submission_status": standing(tried),
        "score": case((is_quiz, tried.c.best_score), else_=submissions.c.score),
        "feedback": func.coalesce(submissions.c.feedback, literal_column("''")),
        "was_late": func.coalesce(submissions.c.is_late, literal_column("false")),
        "submitted_at": case((is_quiz, tried.c.first_at), else_=submissions.c.submitted_at),
        "graded_at": case((is_quiz, tried.c.graded_at), else_=submissions.c.graded_at),
    }


def files_of_submission() -> ColumnElement[str]:
    """The files of a row of ``submissions``, in order: JSON text for ``list[SubmittedFileView]`` without addresses."""
    each = json_object(
        {
            "file_id": stored_files.c.id,
            "file_name": stored_files.c.file_name,
            "media_type": stored_files.c.media_type,
            "size_bytes": stored_files.c.size_bytes,
            "url": literal_column("''"),
        }
    )
    return as_text(
        select(json_list(each, submission_files.c.position))
        .join_from(submission_files, stored_files, stored_files.c.id == submission_files.c.file_id)
        .where(
            of_tenant(submission_files),
            of_tenant(stored_files),
            submission_files.c.submission_id == submissions.c.id,
        )
        .correlate(submissions)
        .scalar_subquery()
    )

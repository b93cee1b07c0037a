"""Rules of learning as SQL expressions, each written once: what a person may see, how far they are, when they are done.

Every screen, report and export uses these, so that no two of them can differ.
"""

from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Double,
    FromClause,
    Integer,
    and_,
    case,
    cast,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)

from adapters.postgres.statements import fixed, of_tenant
from adapters.postgres.tables import (
    assignments,
    content_progress,
    contents,
    course_completions,
    course_groups,
    course_teachers,
    group_members,
    quiz_attempts,
    quizzes,
    submissions,
)
from lms_domain.courses.course import ContentType
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.submission import SubmissionStatus

_ZERO, _ONE, _HUNDRED = literal_column("0", Integer), literal_column("1", Integer), literal_column("100", Integer)


def assigned_to(courses: FromClause, user_id: ColumnElement[object]) -> ColumnElement[bool]:
    """Whether a course is assigned to a learner of the school: to everybody, to them, or to a group of theirs."""
    named = (
        select(course_teachers.c.user_id)
        .where(
            of_tenant(course_teachers),
            course_teachers.c.course_id == courses.c.id,
            course_teachers.c.user_id == user_id,
        )
        .correlate_except(course_teachers)
        .exists()
    )
    in_group = (
        select(group_members.c.user_id)
        .join_from(
            course_groups,
            group_members,
            and_(
                group_members.c.tenant_id == course_groups.c.tenant_id,
                group_members.c.group_id == course_groups.c.group_id,
            ),
        )
        .where(
            of_tenant(course_groups),
            course_groups.c.course_id == courses.c.id,
            group_members.c.user_id == user_id,
        )
        .correlate_except(course_groups, group_members)
        .exists()
    )
    return or_(courses.c.assigned_to_all, named, in_group)


def visible_to(courses: FromClause, user_id: ColumnElement[object]) -> ColumnElement[bool]:
    """Whether a learner may see a course: it is there, published and assigned to them. The one predicate of the
    portal."""
    return and_(courses.c.is_published, courses.c.deleted_at.is_(None), assigned_to(courses, user_id))


@dataclass(frozen=True, slots=True)
class Completion:
    """How far a person is with a course: `lms_domain.learning.completion.completion_of`, as SQL. A test compares them.

    What is mandatory counts, contents and published assignments alike; where nothing is, every content does. An empty
    course is never complete, and who completed it once has completed it.
    """

    total: ColumnElement[int]
    """Contents."""
    mandatory: ColumnElement[int]
    """Mandatory contents and mandatory published assignments."""
    completed: ColumnElement[int]
    completed_mandatory: ColumnElement[int]
    earned: ColumnElement[bool]
    """Whether a completion was recorded."""

    @property
    def percentage(self) -> ColumnElement[float]:
        """0 to 100 of what counts."""
        return case(
            (self.earned, cast(_HUNDRED, Double)),
            (self.mandatory > _ZERO, percent(self.completed_mandatory, self.mandatory)),
            (self.total > _ZERO, percent(self.completed, self.total)),
            else_=cast(_ZERO, Double),
        )

    @property
    def is_complete(self) -> ColumnElement[bool]:
        """Whether all that counts is done, or was."""
        return case(
            (self.earned, true()),
            (self.mandatory > _ZERO, self.completed_mandatory >= self.mandatory),
            else_=and_(self.total > _ZERO, self.completed >= self.total),
        )


def required_rows() -> CompoundSelect[*tuple[object, ...]]:
    """What there is to do: a row for every content, and for every mandatory published assignment, of any course."""
    return union_all(
        select(
            contents.c.course_id,
            _ONE.label("content"),
            case((contents.c.is_mandatory, _ONE), else_=_ZERO).label("counts"),
        ).where(of_tenant(contents)),
        select(assignments.c.course_id, _ZERO, _ONE).where(of_tenant(assignments), _counts),
    )


def required_in(course: FromClause) -> FromClause:
    """What there is to do in ``course``, in one row: ``total``, ``mandatory``. Beside the course (LATERAL)."""
    rows = required_rows().subquery("todo")
    return (
        select(
            func.count().filter(rows.c.content == _ONE).label("total"),
            func.coalesce(func.sum(rows.c.counts), _ZERO).label("mandatory"),
        )
        .where(rows.c.course_id == course.c.id)
        .correlate(course)
        .lateral("size")
    )


def achieved_rows() -> CompoundSelect[*tuple[object, ...]]:
    """What people did: a row for every content begun, every mandatory assignment that is done and every completion that
    was recorded, of any course. ``at``: when it was done; of what is only begun, null."""
    return union_all(
        select(
            contents.c.course_id,
            content_progress.c.user_id,
            case((_is_completed, _ONE), else_=_ZERO).label("completed"),
            case((and_(_is_completed, contents.c.is_mandatory), _ONE), else_=_ZERO).label("counted"),
            _ONE.label("begun"),
            false().label("earned"),
            content_progress.c.completed_at.label("at"),
        )
        .join_from(contents, content_progress, content_progress.c.content_id == contents.c.id)
        .where(of_tenant(contents), of_tenant(content_progress)),
        select(
            assignments.c.course_id,
            submissions.c.user_id,
            _ZERO,
            _ONE,
            _ONE,
            false(),
            submissions.c.submitted_at,
        )
        .join_from(assignments, submissions, submissions.c.assignment_id == assignments.c.id)
        .where(
            of_tenant(assignments),
            of_tenant(submissions),
            _counts,
            assignments.c.kind != fixed(AssignmentKind.QUIZ),
            is_enough(submissions),
        ),
        select(
            assignments.c.course_id,
            quiz_attempts.c.user_id,
            _ZERO,
            _ONE,
            _ONE,
            false(),
            func.min(quiz_attempts.c.submitted_at),
        )
        .join_from(assignments, quizzes, quizzes.c.assignment_id == assignments.c.id)
        .join(quiz_attempts, quiz_attempts.c.quiz_id == quizzes.c.id)
        .where(
            of_tenant(assignments),
            of_tenant(quizzes),
            of_tenant(quiz_attempts),
            _counts,
            assignments.c.kind == fixed(AssignmentKind.QUIZ),
            quiz_attempts.c.submitted_at.is_not(None),
            quiz_attempts.c.passed,
        )
        .group_by(assignments.c.course_id, assignments.c.id, quiz_attempts.c.user_id),
        select(
            course_completions.c.course_id,
            course_completions.c.user_id,
            _ZERO,
            _ZERO,
            _ONE,
            true(),
            course_completions.c.completed_at,
        ).where(of_tenant(course_completions)),
    )


def achieved_in(course: FromClause) -> FromClause:
    """What people did in ``course``, a row for everybody who did anything. Beside the course (LATERAL)."""
    rows = achieved_rows().subquery("deed")
    return (
        select(rows.c.user_id, *summed_deeds(rows))
        .where(rows.c.course_id == course.c.id)
        .group_by(rows.c.user_id)
        .correlate(course)
        .lateral("person")
    )


def achieved_by(course: FromClause, user_id: ColumnElement[object]) -> FromClause:
    """What somebody did in ``course``: always one row. Beside the course, and the person (LATERAL)."""
    rows = achieved_rows().subquery("deed")
    return (
        select(*summed_deeds(rows))
        .where(rows.c.course_id == course.c.id, rows.c.user_id == user_id)
        .correlate_except(rows)
        .lateral("achieved")
    )


def completion(size: FromClause, achieved: FromClause) -> Completion:
    """The rule over what there is to do and what was done; either may be missing (an outer join)."""
    return Completion(
        func.coalesce(size.c.total, _ZERO),
        func.coalesce(size.c.mandatory, _ZERO),
        func.coalesce(achieved.c.completed, _ZERO),
        func.coalesce(achieved.c.completed_mandatory, _ZERO),
        func.coalesce(achieved.c.earned, false()),
    )


def completed_at(achieved: FromClause) -> ColumnElement[object]:
    """When a course that is complete was completed: when that was recorded; else when the last thing in it was done."""
    return func.coalesce(achieved.c.earned_at, achieved.c.last_done_at)


def is_enough(submission: FromClause) -> ColumnElement[bool]:
    """Whether what was handed in for ``assignments`` is all that the course asks for: until it is graded, and then
    unless it failed (`lms_domain.learning.completion.is_satisfied`)."""
    return case(
        (
            submission.c.status == fixed(SubmissionStatus.GRADED),
            or_(submission.c.score.is_(None), submission.c.score >= assignments.c.passing_score),
        ),
        else_=submission.c.status == fixed(SubmissionStatus.SUBMITTED),
    )


_counts = and_(assignments.c.is_mandatory, assignments.c.is_published)
_is_completed = content_progress.c.completed_at.is_not(None)


DEED = ("completed", "counted", "begun", "earned", "at")
"""The columns of `achieved_rows` after the course and the person."""


def summed_deeds(rows: FromClause) -> tuple[ColumnElement[object], ...]:
    """Rows of `achieved_rows` added up, for a GROUP BY or for all of them."""
    recorded = case((rows.c.earned, rows.c.at))
    return (
        func.coalesce(func.sum(rows.c.completed), _ZERO).label("completed"),
        func.coalesce(func.sum(rows.c.counted), _ZERO).label("completed_mandatory"),
        func.coalesce(func.sum(rows.c.begun), _ZERO).label("begun"),
        func.coalesce(func.bool_or(rows.c.earned), false()).label("earned"),
        func.max(recorded).label("earned_at"),
        func.max(rows.c.at).label("last_done_at"),
    )


def percent(part: ColumnElement[int], whole: ColumnElement[int] | ColumnElement[float]) -> ColumnElement[float]:
    """0 to 100 with one decimal, rounded down: 100 means all of it. ``whole`` is not 0."""
    tenths = func.floor(cast(part, Double) * literal_column("1000.0", Double) / cast(whole, Double))
    return func.least(tenths / literal_column("10.0", Double), cast(_HUNDRED, Double))


def coverage(
    seconds: ColumnElement[int], duration: ColumnElement[float], completed: ColumnElement[bool]
) -> ColumnElement[float]:
    """0 to 100: of a video the share of its seconds that were watched, of anything else all or nothing.

    Args:
        seconds: whole seconds watched; null when never opened.
        duration: of the video, null while unknown; the last second that has begun counts.
    """
    none = cast(_ZERO, Double)
    watched = case((duration > _ZERO, percent(func.coalesce(seconds, _ZERO), func.ceil(duration))), else_=none)
    is_video = contents.c.content_type == literal_column(f"'{ContentType.VIDEO.value}'")
    return case((is_video, watched), (completed, cast(_HUNDRED, Double)), else_=none)

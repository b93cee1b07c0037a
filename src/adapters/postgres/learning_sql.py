"""Rules of learning as SQL expressions, each written once: what a person may see, how far they are, when they are done.

Every screen, report and export uses these, so that no two of them can differ.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Double, FromClause, Integer, and_, case, cast, func, literal_column, or_, select

from adapters.postgres.statements import of_tenant
from adapters.postgres.tables import contents, course_groups, course_teachers, group_members
from lms_domain.courses.course import ContentType

_ZERO, _HUNDRED = literal_column("0", Integer), literal_column("100", Integer)


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
    """A person's completed contents of a course, of all and of the mandatory ones.

    A course is complete when every mandatory content is; where none is mandatory, when every content is. An empty
    course never is.
    """

    total: ColumnElement[int]
    mandatory: ColumnElement[int]
    completed: ColumnElement[int]
    completed_mandatory: ColumnElement[int]

    @property
    def percentage(self) -> ColumnElement[float]:
        """0 to 100 of what counts."""
        return case(
            (self.mandatory > _ZERO, percent(self.completed_mandatory, self.mandatory)),
            (self.total > _ZERO, percent(self.completed, self.total)),
            else_=cast(_ZERO, Double),
        )

    @property
    def is_complete(self) -> ColumnElement[bool]:
        """Whether all that counts is completed."""
        return case(
            (self.mandatory > _ZERO, self.completed_mandatory >= self.mandatory),
            else_=and_(self.total > _ZERO, self.completed >= self.total),
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

"""Create and change courses."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from lms_app.actor import Actor
from lms_app.courses.views import CourseDetailView
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.queries import CourseQueries
from lms_app.ports.repositories import CourseRepository, Taken, UserRepository
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.courses.course import (
    Course,
    check_estimated_hours,
    clean_description,
    clean_title,
    slug_from_title,
)
from lms_domain.errors import Conflict, FieldError, InvalidInput, LmsError, NotFound, PlanLimitReached

_MAX_SLUGS = 1000


@dataclass(frozen=True, slots=True)
class NewCourse:
    """What an administrator says of a new course."""

    title: str
    description: str
    is_mandatory: bool
    deadline: date | None
    estimated_hours: float | None
    assigned_to_all: bool
    assigned_teachers: frozenset[UUID]


class CourseChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is to change; what is UNSET stays. ``if_version`` refuses the change when somebody else was faster."""

    title: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    is_mandatory: bool | UnsetType = UNSET
    deadline: date | UnsetType | None = UNSET
    estimated_hours: float | UnsetType | None = UNSET
    assigned_to_all: bool | UnsetType = UNSET
    assigned_teachers: frozenset[UUID] | UnsetType = UNSET
    if_version: int | None = None


class CreateCourse:
    """Create a course, unpublished and empty. Its title is unique in the school; it counts against the plan."""

    def __init__(self, uow: UnitOfWork, queries: CourseQueries, clock: Clock, ids: Ids) -> None:
        self._uow = uow
        self._queries = queries
        self._clock = clock
        self._ids = ids

    async def __call__(self, actor: Actor, new: NewCourse) -> CourseDetailView:
        """Raises:
        InvalidInput: a value is refused, or somebody in ``assigned_teachers`` is no teacher of this school.
        Conflict: ``course_title_taken``.
        PlanLimitReached: the plan has no room for another course.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        now = self._clock.now()
        title = clean_title(new.title)
        course = Course(
            id=self._ids.new(),
            tenant_id=scope.tenant_id,
            title=title,
            slug=slug_from_title(title),
            description=clean_description(new.description),
            is_mandatory=new.is_mandatory,
            deadline=new.deadline,
            estimated_hours=check_estimated_hours(new.estimated_hours),
            is_published=False,
            assigned_to_all=new.assigned_to_all,
            version=1,
            created_at=now,
            updated_at=now,
        )
        async with self._uow.begin(scope) as tx:
            limits, _ = await tx.usage.lock_limits()
            if await tx.usage.course_count() >= limits.courses:
                raise PlanLimitReached(f"Your plan has room for {limits.courses} courses.")
            await _check_teachers(tx.users, new.assigned_teachers)
            await _add(tx.courses, course)
            await tx.courses.assign(course.id, new.assigned_teachers, on=now)
            await tx.commit()
        return await _shown(self._queries, actor, course.id)


class EditCourse:
    """Change a course: only what is given changes. Who stays assigned keeps the date of their assignment."""

    def __init__(self, uow: UnitOfWork, queries: CourseQueries, clock: Clock) -> None:
        self._uow = uow
        self._queries = queries
        self._clock = clock

    async def __call__(self, actor: Actor, course_id: UUID, changes: CourseChanges) -> CourseDetailView:
        """Raises:
        NotFound: no such course.
        InvalidInput: a value is refused.
        Conflict: ``course_title_taken``.
        StaleVersion: somebody else changed the course since ``if_version``.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        now = self._clock.now()
        async with self._uow.begin(scope) as tx:
            course = await tx.courses.get(course_id, for_update=True)
            if course is None:
                raise NotFound("There is no such course.")
            if changes.if_version is not None and changes.if_version != course.version:
                raise StaleVersion("Somebody else changed this course meanwhile. Reload it and try again.")
            try:
                await tx.courses.save(_changed(course, changes, version=course.version + 1, now=now))
            except Taken:
                raise _title_taken() from None
            if changes.assigned_teachers is not UNSET:
                await _check_teachers(tx.users, changes.assigned_teachers)
                await tx.courses.assign(course_id, changes.assigned_teachers, on=now)
            await tx.commit()
        return await _shown(self._queries, actor, course_id)


class StaleVersion(LmsError):
    """The object changed since the client read it."""

    code = "stale_version"


def _changed(course: Course, changes: CourseChanges, *, version: int, now: datetime) -> Course:
    return replace(
        course,
        title=course.title if changes.title is UNSET else clean_title(changes.title),
        description=course.description if changes.description is UNSET else clean_description(changes.description),
        is_mandatory=course.is_mandatory if changes.is_mandatory is UNSET else changes.is_mandatory,
        deadline=course.deadline if changes.deadline is UNSET else changes.deadline,
        estimated_hours=(
            course.estimated_hours
            if changes.estimated_hours is UNSET
            else check_estimated_hours(changes.estimated_hours)
        ),
        assigned_to_all=course.assigned_to_all if changes.assigned_to_all is UNSET else changes.assigned_to_all,
        version=version,
        updated_at=now,
    )


async def _check_teachers(users: UserRepository, teacher_ids: frozenset[UUID]) -> None:
    if teacher_ids and await users.existing(teacher_ids) != teacher_ids:
        raise InvalidInput.for_field(
            "assigned_teachers", "unknown", "Somebody in this list is not an active teacher of this school."
        )


async def _add(courses: CourseRepository, course: Course) -> None:
    """Add the course; where another has its slug already, a number makes it unique."""
    candidate = course
    for number in range(2, _MAX_SLUGS):
        try:
            await courses.add(candidate)
        except Taken as taken:
            if taken.what != "course_slug":
                raise _title_taken() from None
            candidate = replace(course, slug=f"{course.slug}-{number}")
        else:
            return
    raise _title_taken()


def _title_taken() -> Conflict:
    message = "There is already a course with this title."
    return Conflict(message, code="course_title_taken", errors=(FieldError("title", "taken", message),))


async def _shown(queries: CourseQueries, actor: Actor, course_id: UUID) -> CourseDetailView:
    view = await queries.course(actor.school(Permission.MANAGE_SCHOOL), course_id)
    if view is None:
        raise NotFound("There is no such course.")
    return view

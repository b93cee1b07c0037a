"""Create and change courses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditTrail
from lms_app.courses.course_facts import audited_course, facts_of_course
from lms_app.courses.show_course import ShowCourse
from lms_app.courses.unique_course import check_room_for_course, keep, title_taken
from lms_app.courses.views import CourseDetailView
from lms_app.notices.tell_of_courses import TellOfCourses
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.courses.course import (
    Course,
    check_estimated_hours,
    clean_description,
    clean_title,
    slug_from_title,
)
from lms_domain.errors import InvalidInput, LmsError, NotFound


@dataclass(frozen=True, slots=True)
class NewCourse:
    """What an administrator says of a new course. ``thumbnail`` is an uploaded file."""

    title: str
    description: str
    is_mandatory: bool
    deadline: date | None
    estimated_hours: float | None
    assigned_to_all: bool
    assigned_teachers: frozenset[UUID]
    assigned_groups: frozenset[UUID] = frozenset()
    thumbnail: UUID | None = None


class CourseChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is to change; what is UNSET stays. ``if_version`` refuses the change when somebody else was faster."""

    title: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    is_mandatory: bool | UnsetType = UNSET
    deadline: date | UnsetType | None = UNSET
    estimated_hours: float | UnsetType | None = UNSET
    assigned_to_all: bool | UnsetType = UNSET
    assigned_teachers: frozenset[UUID] | UnsetType = UNSET
    assigned_groups: frozenset[UUID] | UnsetType = UNSET
    thumbnail: UUID | UnsetType | None = UNSET
    if_version: int | None = None


class CreateCourse:
    """Create a course, unpublished and empty. Its title is unique in the school; it counts against the plan."""

    def __init__(self, uow: UnitOfWork, show: ShowCourse, trail: AuditTrail, clock: Clock, ids: Ids) -> None:
        self._uow = uow
        self._show = show
        self._trail = trail
        self._clock = clock
        self._ids = ids

    async def __call__(self, actor: Actor, new: NewCourse) -> CourseDetailView:
        """Raises:
        InvalidInput: a value is refused, or ``assigned_teachers``, ``assigned_groups`` or ``thumbnail`` name
            somebody or something that this school does not have.
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
            census = await check_room_for_course(tx, course.slug)
            picture_key = await _checked(tx, new.assigned_teachers, new.assigned_groups, new.thumbnail)
            course = replace(course, thumbnail_key=picture_key)
            await keep(tx.courses.add, course, census)
            assigned = await _assign(tx, course.id, new.assigned_teachers, new.assigned_groups, on=now)
            await self._trail.record(
                tx, actor, "course.created", audited_course(course), after={**facts_of_course(course), **assigned}
            )
            await tx.commit()
        return await self._show(actor, course.id)


class EditCourse:
    """Change a course: only what is given changes. Who stays assigned keeps the date of their assignment.
    Whoever gets a published course by this is told."""

    def __init__(self, uow: UnitOfWork, show: ShowCourse, tell: TellOfCourses, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._show = show
        self._tell = tell
        self._trail = trail
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
            course = await lock_course(tx, course_id, if_version=changes.if_version)
            changed = _changed(course, changes, version=course.version + 1, now=now)
            picture_key = await _checked(tx, changes.assigned_teachers, changes.assigned_groups, changes.thumbnail)
            if changes.thumbnail is not UNSET:
                changed = replace(changed, thumbnail_key=picture_key)
            assigned = await _assign(tx, course_id, changes.assigned_teachers, changes.assigned_groups, on=now)
            await self._trail.record(
                tx,
                actor,
                "course.updated",
                audited_course(changed),
                before=facts_of_course(course),
                after={**facts_of_course(changed), **assigned},
            )
            try:
                await tx.courses.save(changed)
            except Taken:
                raise title_taken() from None
            if assigned or changed.assigned_to_all != course.assigned_to_all:
                # Whoever did everything while it was theirs before is done with it now.
                await tx.progress.record_completions(course_id, at=now)
                await self._tell.of_course(tx, course_id)
            await tx.commit()
        return await self._show(actor, course_id)


class StaleVersion(LmsError):
    """The object changed since the client read it."""

    code = "stale_version"


async def lock_course(tx: TenantTransaction, course_id: UUID, *, if_version: int | None = None) -> Course:
    """One course, locked until the transaction ends.

    Raises:
        NotFound: no such course.
        StaleVersion: it has another version than ``if_version``.
    """
    course = await tx.courses.get(course_id, for_update=True)
    if course is None:
        raise NotFound("There is no such course.")
    if if_version is not None and if_version != course.version:
        raise StaleVersion("Somebody else changed this course meanwhile. Reload it and try again.")
    return course


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


async def _checked(
    tx: TenantTransaction,
    teacher_ids: frozenset[UUID] | UnsetType,
    group_ids: frozenset[UUID] | UnsetType,
    picture_id: UUID | UnsetType | None,
) -> str | None:
    """Where the picture lies, if one is named.

    Raises:
        InvalidInput: somebody or something is not there, or the picture was not uploaded as a course's thumbnail.
    """
    teachers, groups = teacher_ids or frozenset[UUID](), group_ids or frozenset[UUID]()
    picture = None if picture_id is UNSET else picture_id
    if not teachers and not groups and picture is None:
        return None
    found = await tx.courses.references(teacher_ids=teachers, group_ids=groups, picture_id=picture)
    if picture is not None and found.picture_key is None:
        raise InvalidInput.for_field("thumbnail", "unknown", "There is no such picture. Upload it as a thumbnail.")
    if found.teacher_ids != teachers:
        raise InvalidInput.for_field(
            "assigned_teachers", "unknown", "Somebody in this list is not an active teacher of this school."
        )
    if found.group_ids != groups:
        raise InvalidInput.for_field("assigned_groups", "unknown", "Something in this list is no group of this school.")
    return found.picture_key


async def _assign(
    tx: TenantTransaction,
    course_id: UUID,
    teacher_ids: frozenset[UUID] | UnsetType,
    group_ids: frozenset[UUID] | UnsetType,
    *,
    on: datetime,
) -> Mapping[str, object]:
    """Assign the course to exactly these; what is UNSET stays. Returns what the audit trail keeps of it."""
    facts: dict[str, object] = {}
    if teacher_ids is not UNSET:
        await tx.courses.assign(course_id, teacher_ids, on=on)
        facts["assigned_teachers"] = sorted(map(str, teacher_ids))
    if group_ids is not UNSET:
        await tx.courses.assign_groups(course_id, group_ids, on=on)
        facts["assigned_groups"] = sorted(map(str, group_ids))
    return facts

"""Who is to be told of something, in memory."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from adapters.memory.database import MemoryDatabase
from adapters.memory.progress import MemoryProgressRepository
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.audience import (
    AudienceRepository,
    NewCourse,
    OpenWork,
    Recipient,
    WaitingNotice,
    WorkKind,
    course_key,
    deadline_key,
    published_key,
)
from lms_domain.accounts.person import User
from lms_domain.accounts.roles import Role
from lms_domain.courses.course import Course
from lms_domain.learning.assignment import Assignment
from lms_domain.learning.completion import completion_of, is_satisfied
from lms_domain.notices.deadline_warning import warning_stage
from lms_domain.notices.mail_delivery import MailKind


class MemoryAudienceRepository(AudienceRepository):
    """People of one school."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._users = Rows(database.users, tx, tenant_id)
        self._members = Rows(database.group_members, tx, tenant_id)
        self._courses = Rows(database.courses, tx, tenant_id)
        self._named = Rows(database.course_assignments, tx, tenant_id)
        self._groups = Rows(database.course_groups, tx, tenant_id)
        self._assignments = Rows(database.assignments, tx, tenant_id)
        self._progress = MemoryProgressRepository(database, tx, tenant_id)
        self._notifications = Rows(database.notifications, tx, tenant_id)
        self._mails = Rows(database.mails, tx, tenant_id)

    async def chosen(
        self, *, everybody: bool, user_ids: frozenset[UUID], group_ids: frozenset[UUID]
    ) -> tuple[Recipient, ...]:
        members = {user_id for (group_id, user_id), _ in self._members.keyed() if group_id in group_ids}
        return _people(user for user in self._learners() if everybody or user.id in user_ids | members)

    async def administrators(self) -> tuple[Recipient, ...]:
        return _people(u for u in self._users.values() if u.is_active and u.role is Role.SCHOOL_ADMIN)

    async def new_courses(
        self,
        *,
        course_ids: frozenset[UUID] = frozenset(),
        user_ids: frozenset[UUID] = frozenset(),
        of_group: UUID | None = None,
    ) -> tuple[NewCourse, ...]:
        of_it = {course_id for (course_id, group_id), _ in self._groups.keyed() if group_id == of_group}
        return tuple(
            NewCourse(_recipient(user), course.id, course.title, course.is_mandatory, course.deadline)
            for user in self._learners()
            for course in self._seen_by(user)
            if (course.id in course_ids or user.id in user_ids)
            and (of_group is None or course.id in of_it)
            and not self._was_told(user, course_key(course.id))
        )

    async def of_assignment(self, assignment_id: UUID) -> tuple[Recipient, ...]:
        found = self._assignments.get(assignment_id)
        return _people(
            user
            for user in self._learners()
            if found is not None and self.may_do(user, found) and not self._was_told(user, published_key(found.id))
        )

    async def unfinished_in_course(self, course_id: UUID, *, user_ids: frozenset[UUID] | None) -> tuple[Recipient, ...]:
        return _people(
            [
                user
                for user in self._learners(user_ids)
                for course in self._seen_by(user)
                if course.id == course_id and not await self._completed(user, course)
            ]
        )

    async def unfinished_assignment(
        self, assignment_id: UUID, *, user_ids: frozenset[UUID] | None
    ) -> tuple[Recipient, ...]:
        found = self._assignments.get(assignment_id)
        return _people(
            [
                user
                for user in self._learners(user_ids)
                if found is not None and self.may_do(user, found) and not await self._did(user, found)
            ]
        )

    async def open_work(self, today: date) -> tuple[OpenWork, ...]:
        work = [
            OpenWork(_recipient(user), WorkKind.COURSE, course.id, course.id, course.title, course.deadline)
            for user in self._learners()
            for course in self._seen_by(user)
            if course.deadline is not None and not await self._completed(user, course)
        ]
        work += [
            OpenWork(_recipient(user), WorkKind.ASSIGNMENT, each.id, each.course_id, each.title, each.due_date)
            for user in self._learners()
            for each in self._assignments.values()
            if each.due_date is not None and self.may_do(user, each) and not await self._did(user, each)
        ]
        return tuple(each for each in work if self._is_news(each, today))

    async def waiting_for_digest(self, until: datetime) -> tuple[WaitingNotice, ...]:
        waiting = []
        for user in sorted(self._users.values(), key=lambda each: each.id):
            sent = [
                mail.created_at
                for mail in self._mails.values()
                if mail.user_id == user.id and mail.kind is MailKind.DIGEST
            ]
            since = max([*sent, until - timedelta(days=7)])
            waiting += [
                WaitingNotice(_recipient(user), each.kind, each.title, each.link)
                for each in sorted(self._notifications.values(), key=lambda one: one.id)
                if each.user_id == user.id and each.read_at is None and since < each.created_at <= until
                if user.is_active and user.preferences.mail and user.preferences.digest
            ]
        return tuple(waiting)

    def _is_news(self, work: OpenWork, today: date) -> bool:
        stage = warning_stage(work.deadline, today)
        if stage is None:
            return False
        key = deadline_key(work.kind, work.id, work.deadline, stage)
        user_id = work.recipient.user_id
        return not any(each.user_id == user_id and each.event_key == key for each in self._notifications.values())

    def _learners(self, user_ids: frozenset[UUID] | None = None) -> list[User]:
        found = [u for u in self._users.values() if u.is_learner and (user_ids is None or u.id in user_ids)]
        return sorted(found, key=lambda user: user.id)

    def _seen_by(self, user: User) -> list[Course]:
        mine = {group_id for (group_id, user_id), _ in self._members.keyed() if user_id == user.id}
        named = {course_id for (course_id, user_id), _ in self._named.keyed() if user_id == user.id}
        named |= {course_id for (course_id, group_id), _ in self._groups.keyed() if group_id in mine}
        found = [
            course
            for course in self._courses.values()
            if course.is_published and course.deleted_at is None and (course.assigned_to_all or course.id in named)
        ]
        return sorted(found, key=lambda course: (course.title.casefold(), course.id))

    def may_do(self, user: User, assignment: Assignment) -> bool:
        """Whether a learner meets an assignment."""
        return assignment.is_published and any(each.id == assignment.course_id for each in self._seen_by(user))

    def _was_told(self, user: User, key: str) -> bool:
        return any(each.user_id == user.id and each.event_key == key for each in self._notifications.values())

    async def _completed(self, user: User, course: Course) -> bool:
        facts = await self._progress.course_facts(user.id, course.id)
        return facts is not None and completion_of(facts).is_complete

    async def _did(self, user: User, assignment: Assignment) -> bool:
        facts = await self._progress.course_facts(user.id, assignment.course_id)
        return facts is not None and any(each.id == assignment.id and is_satisfied(each) for each in facts.assignments)


def _people(users: Iterable[User]) -> tuple[Recipient, ...]:
    return tuple(_recipient(user) for user in sorted(users, key=lambda each: each.id))


def _recipient(user: User) -> Recipient:
    return Recipient(
        user_id=user.id,
        email=user.email,
        first_name=user.first_name,
        last_name=user.last_name,
        preferences=user.preferences,
        has_joined=bool(user.password_hash),
    )

"""Set work for a course, change it, publish it, remove it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditTrail
from lms_app.learning.assignment_facts import audited_assignment, facts_of_assignment, lock_assignment
from lms_app.learning.assignment_views import AssignmentView
from lms_app.learning.edit_questions import first_version, worked_on
from lms_app.learning.show_assignment import ShowAssignment
from lms_app.notices.tell_of_courses import TellOfCourses
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.errors import Conflict, InvalidInput
from lms_domain.learning.assignment import (
    DEFAULT_QUIZ_PASSING_SCORE,
    Assignment,
    AssignmentKind,
    AssignmentOrigin,
    clean_assignment_title,
    clean_instructions,
)
from lms_domain.learning.quiz import Quiz, QuizState
from lms_domain.learning.quiz_reasons import QuizReason


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssignment:
    """What an administrator says of new work. ``passing_score`` None: the usual one of its kind; ``is_published`` None:
    at once, a quiz once it has questions."""

    course_id: UUID
    module_id: UUID | None
    content_id: UUID | None
    kind: AssignmentKind
    title: str
    instructions: str
    due_date: date | None
    max_score: int
    passing_score: int | None
    is_mandatory: bool
    is_published: bool | None


class AssignmentChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is to change; what is UNSET stays. Limits of a quiz are None for other work."""

    title: str | UnsetType = UNSET
    instructions: str | UnsetType = UNSET
    due_date: date | UnsetType | None = UNSET
    max_score: int | UnsetType = UNSET
    passing_score: int | UnsetType = UNSET
    is_mandatory: bool | UnsetType = UNSET
    is_published: bool | UnsetType = UNSET
    attempts_allowed: int | UnsetType = UNSET
    time_limit_seconds: int | UnsetType | None = UNSET


class CreateAssignment:
    """Set work for a course, a module or a content of it. Learners of a published course see it at once, a quiz once it
    has questions and is published."""

    def __init__(
        self,
        uow: UnitOfWork,
        show: ShowAssignment,
        tell: TellOfCourses,
        trail: AuditTrail,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._uow = uow
        self._show = show
        self._tell = tell
        self._trail = trail
        self._clock = clock
        self._ids = ids

    async def __call__(self, actor: Actor, new: NewAssignment) -> AssignmentView:
        """Raises:
        InvalidInput: a value is refused, or the course, module or content is not there.
        Conflict: ``quiz_empty``: a quiz is published once it has questions.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        is_quiz = new.kind is AssignmentKind.QUIZ
        if is_quiz and new.is_published:
            raise _quiz_empty()
        passing = new.passing_score
        if passing is None:
            passing = DEFAULT_QUIZ_PASSING_SCORE if is_quiz else 0
        async with self._uow.begin(scope) as tx:
            module_id = await _place(tx, new)
            now = self._clock.now()
            assignment = Assignment(
                id=self._ids.new(),
                tenant_id=scope.tenant_id,
                course_id=new.course_id,
                module_id=module_id,
                content_id=new.content_id,
                kind=new.kind,
                origin=AssignmentOrigin.MANUAL,
                title=clean_assignment_title(new.title),
                instructions=clean_instructions(new.instructions),
                due_date=new.due_date,
                max_score=new.max_score,
                passing_score=passing,
                is_mandatory=new.is_mandatory,
                is_published=not is_quiz if new.is_published is None else new.is_published,
                created_at=now,
                updated_at=now,
            )
            if _counts(assignment):
                # What is added takes nothing back from those who are done.
                await tx.progress.record_completions(assignment.course_id, at=now)
            await tx.assignments.add(assignment)
            await self._trail.record(
                tx,
                actor,
                "assignment.created",
                audited_assignment(assignment),
                after=facts_of_assignment(assignment),
            )
            await self._tell.of_assignment(tx, assignment)
            await tx.commit()
        return await self._show(actor, assignment.id)


class EditAssignment:
    """Change an assignment, publish it or take it back. Publishing a quiz publishes its draft in place of the version
    before; taking it back withdraws it, and keeps every attempt."""

    def __init__(
        self,
        uow: UnitOfWork,
        show: ShowAssignment,
        tell: TellOfCourses,
        trail: AuditTrail,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._uow = uow
        self._show = show
        self._tell = tell
        self._trail = trail
        self._clock = clock
        self._ids = ids

    async def __call__(self, actor: Actor, assignment_id: UUID, changes: AssignmentChanges) -> AssignmentView:
        """Raises:
        NotFound: no such assignment.
        InvalidInput: a value is refused.
        Conflict: ``quiz_empty``: no question is accepted.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        now = self._clock.now()
        async with self._uow.begin(scope) as tx:
            before = await lock_assignment(tx, assignment_id)
            after = _changed(before, changes, now)
            if _counts(after) and (not _counts(before) or after.passing_score > before.passing_score):
                await tx.progress.record_completions(after.course_id, at=now)
            await tx.assignments.save(after)
            if after.kind is AssignmentKind.QUIZ:
                await self._change_quiz(tx, after, changes, now)
            if _counts(before) and (not _counts(after) or after.passing_score < before.passing_score):
                await tx.progress.record_completions(after.course_id, at=now)
            await self._trail.record(
                tx,
                actor,
                "assignment.updated",
                audited_assignment(before),
                before=facts_of_assignment(before),
                after=facts_of_assignment(after),
            )
            if after.is_published and not before.is_published:
                await self._tell.of_assignment(tx, after)
            await tx.commit()
        return await self._show(actor, assignment_id)

    async def _change_quiz(
        self, tx: TenantTransaction, assignment: Assignment, changes: AssignmentChanges, now: datetime
    ) -> None:
        versions = await tx.quizzes.versions(assignment.id, for_update=True)
        if not versions and (changes.attempts_allowed is not UNSET or changes.time_limit_seconds is not UNSET):
            if changes.is_published is True:
                raise _quiz_empty()
            # The limits of a quiz that has no question yet are kept with its first version.
            first = await first_version(tx, assignment, self._ids, now)
            await tx.quizzes.add(_settled(first, changes, now))
            return
        await _change_versions(tx, versions, changes, now)


class DeleteAssignment:
    """Remove an assignment for good, with its questions, attempts, submissions and grades."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, assignment_id: UUID) -> None:
        """Raises NotFound: no such assignment."""
        scope = actor.school(Permission.MANAGE_SCHOOL)
        async with self._uow.begin(scope) as tx:
            assignment = await lock_assignment(tx, assignment_id)
            await tx.assignments.delete(assignment_id)
            if _counts(assignment):
                # Who lacked nothing else is done now.
                await tx.progress.record_completions(assignment.course_id, at=self._clock.now())
            await self._trail.record(
                tx,
                actor,
                "assignment.deleted",
                audited_assignment(assignment),
                before=facts_of_assignment(assignment),
            )
            await tx.commit()


async def _place(tx: TenantTransaction, new: NewAssignment) -> UUID | None:
    """The module of the assignment; that of its content, when only the content is named."""
    if await tx.courses.get(new.course_id) is None:
        raise InvalidInput.for_field("course_id", "unknown", "There is no such course.")
    if new.content_id is None:
        if new.module_id is not None and await tx.courses.get_module(new.course_id, new.module_id) is None:
            raise InvalidInput.for_field("module_id", "unknown", "This course has no such module.")
        return new.module_id
    content = await tx.courses.find_content(new.content_id)
    if content is None or content.course_id != new.course_id or new.module_id not in {None, content.module_id}:
        raise InvalidInput.for_field("content_id", "unknown", "There is no such content there.")
    return content.module_id


def _counts(assignment: Assignment) -> bool:
    """Whether a course is complete only with it."""
    return assignment.is_mandatory and assignment.is_published


def _changed(before: Assignment, changes: AssignmentChanges, now: datetime) -> Assignment:
    is_quiz = before.kind is AssignmentKind.QUIZ
    if not is_quiz and (changes.attempts_allowed is not UNSET or changes.time_limit_seconds is not UNSET):
        name = "attempts_allowed" if changes.attempts_allowed is not UNSET else "time_limit_seconds"
        raise InvalidInput.for_field(name, "invalid", "Only a quiz has attempts and a time limit.")
    after = replace(
        before,
        title=before.title if changes.title is UNSET else clean_assignment_title(changes.title),
        instructions=before.instructions if changes.instructions is UNSET else clean_instructions(changes.instructions),
        due_date=before.due_date if changes.due_date is UNSET else changes.due_date,
        max_score=before.max_score if changes.max_score is UNSET else changes.max_score,
        passing_score=before.passing_score if changes.passing_score is UNSET else changes.passing_score,
        is_mandatory=before.is_mandatory if changes.is_mandatory is UNSET else changes.is_mandatory,
        updated_at=now,
    )
    if changes.is_published is UNSET:
        return after
    return after.published(now=now) if changes.is_published else after.unpublished(now=now)


def _settled(quiz: Quiz, changes: AssignmentChanges, now: datetime) -> Quiz:
    return replace(
        quiz,
        passing_score=quiz.passing_score if changes.passing_score is UNSET else changes.passing_score,
        attempts_allowed=quiz.attempts_allowed if changes.attempts_allowed is UNSET else changes.attempts_allowed,
        time_limit_seconds=(
            quiz.time_limit_seconds if changes.time_limit_seconds is UNSET else changes.time_limit_seconds
        ),
        updated_at=now,
    )


def _quiz_empty() -> Conflict:
    return Conflict("Add at least one question before you publish this quiz.", code="quiz_empty")


async def _change_versions(
    tx: TenantTransaction, versions: tuple[Quiz, ...], changes: AssignmentChanges, now: datetime
) -> None:
    """Settings of every version that counts, and what publishing the assignment means for them."""
    settled = {
        quiz.id: _settled(quiz, changes, now)
        for quiz in versions
        if quiz.state is not QuizState.RETIRED or quiz is worked_on(versions)
    }
    published = next((quiz for quiz in settled.values() if quiz.state is QuizState.PUBLISHED), None)
    if changes.is_published is False and published is not None:
        settled[published.id] = published.retired(QuizReason.WITHDRAWN, now=now)
    if changes.is_published is True:
        chosen = worked_on(tuple(settled.values()))
        if chosen is None:
            raise _quiz_empty()
        if published is not None and published.id != chosen.id:
            # First the old one: there is never more than one that learners meet.
            await tx.quizzes.save(published.retired(QuizReason.REPLACED, now=now))
            del settled[published.id]
        settled[chosen.id] = chosen.published(now=now)
    for quiz in settled.values():
        await tx.quizzes.save(quiz)

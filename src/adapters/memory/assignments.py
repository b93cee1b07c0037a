"""Assignments and what is handed in for them, in memory."""

from dataclasses import replace
from uuid import UUID

from adapters.memory.audience import MemoryAudienceRepository
from adapters.memory.checks import check_school, require
from adapters.memory.database import MemoryDatabase
from adapters.memory.removal import Removal
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.assignments import AssignmentRepository, SubmissionRepository, Work
from lms_app.ports.repositories import Taken
from lms_domain.learning.assignment import Assignment, AssignmentOrigin
from lms_domain.learning.submission import Submission


class MemoryAssignmentRepository(AssignmentRepository):
    """Assignments of one school."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._removal = Removal(database, tx, tenant_id)
        self._courses = Rows(database.courses, tx, tenant_id)
        self._modules = Rows(database.modules, tx, tenant_id)
        self._contents = Rows(database.contents, tx, tenant_id)
        self._assignments = Rows(database.assignments, tx, tenant_id)
        self._quizzes = Rows(database.quizzes, tx, tenant_id)
        self._attempts = Rows(database.attempts, tx, tenant_id)

    async def add(self, assignment: Assignment) -> None:
        check_school(assignment.tenant_id, self._tenant_id)
        require(self._courses.get(assignment.course_id))
        if assignment.module_id is not None:
            module = self._modules.get(assignment.module_id)
            require(module if module is not None and module.course_id == assignment.course_id else None)
        if assignment.content_id is not None:
            require(self._contents.get(assignment.content_id))
        if assignment.origin is AssignmentOrigin.GENERATED and assignment.content_id is not None:
            await self._assignments.lock_value((assignment.content_id, assignment.kind))
            if any(other.kind is assignment.kind for other in self._generated(assignment.content_id)):
                raise Taken("generated_assignment")
        self._assignments.put(assignment.id, assignment)

    async def get(self, assignment_id: UUID, *, for_update: bool = False) -> Assignment | None:
        return await self._assignments.lock(assignment_id) if for_update else self._assignments.get(assignment_id)

    async def lock_open(self, assignment_id: UUID) -> Assignment | None:
        found = await self._assignments.lock(assignment_id)
        course = self._courses.get(found.course_id) if found is not None else None
        return found if course is not None and course.deleted_at is None else None

    async def lock_of_attempt(self, attempt_id: UUID) -> Assignment | None:
        attempt = self._attempts.get(attempt_id)
        quiz = self._quizzes.get(attempt.quiz_id) if attempt is not None else None
        return await self.lock_open(quiz.assignment_id) if quiz is not None else None

    async def save(self, assignment: Assignment) -> None:
        check_school(assignment.tenant_id, self._tenant_id)
        kept = await self._assignments.lock(assignment.id)
        if kept is not None:
            changed = replace(
                assignment,
                course_id=kept.course_id,
                module_id=kept.module_id,
                content_id=kept.content_id,
                kind=kept.kind,
                origin=kept.origin,
                created_at=kept.created_at,
            )
            self._assignments.put(kept.id, changed)

    async def delete(self, assignment_id: UUID) -> None:
        if await self._assignments.lock(assignment_id) is not None:
            self._removal.assignment(assignment_id)

    async def generated(self, content_id: UUID) -> tuple[Assignment, ...]:
        for assignment in self._generated(content_id):
            await self._assignments.lock(assignment.id)
        return tuple(sorted(self._generated(content_id), key=lambda each: each.kind))

    async def of_course(self, course_id: UUID) -> tuple[Assignment, ...]:
        found = [each for each in self._assignments.values() if each.course_id == course_id]
        return tuple(sorted(found, key=lambda each: (each.created_at, each.id)))

    def _generated(self, content_id: UUID) -> list[Assignment]:
        return [
            each
            for each in self._assignments.values()
            if each.content_id == content_id and each.origin is AssignmentOrigin.GENERATED
        ]


class MemorySubmissionRepository(SubmissionRepository):
    """What people of one school handed in."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._users = Rows(database.users, tx, tenant_id)
        self._files = Rows(database.files, tx, tenant_id)
        self._assignments = Rows(database.assignments, tx, tenant_id)
        self._courses = Rows(database.courses, tx, tenant_id)
        self._submissions = Rows(database.submissions, tx, tenant_id)
        self._audience = MemoryAudienceRepository(database, tx, tenant_id)

    async def add(self, submission: Submission) -> None:
        check_school(submission.tenant_id, self._tenant_id)
        require(self._assignments.get(submission.assignment_id), self._users.get(submission.user_id))
        self._check(submission)
        await self._submissions.lock_value((submission.assignment_id, submission.user_id))
        if self._of_person(submission.assignment_id, submission.user_id) is not None:
            raise Taken("submission")
        self._submissions.put(submission.id, replace(submission))

    async def get(self, submission_id: UUID) -> Submission | None:
        found = self._submissions.get(submission_id)
        return replace(found) if found is not None else None

    async def of_person(self, assignment_id: UUID, user_id: UUID) -> Submission | None:
        found = self._of_person(assignment_id, user_id)
        return replace(found) if found is not None else None

    async def lock_work(self, assignment_id: UUID, user_id: UUID) -> Work | None:
        assignment, user = self._assignments.get(assignment_id), self._users.get(user_id)
        if assignment is None or user is None or not self._audience.may_do(user, assignment):
            return None
        begun = self._of_person(assignment_id, user_id)
        found = await self._submissions.lock(begun.id) if begun is not None else None
        return Work(assignment, replace(found) if found is not None else None)

    async def lock_with_assignment(self, submission_id: UUID) -> tuple[Submission, Assignment] | None:
        found = await self._submissions.lock(submission_id)
        assignment = self._assignments.get(found.assignment_id) if found is not None else None
        course = self._courses.get(assignment.course_id) if assignment is not None else None
        if found is None or assignment is None or course is None or course.deleted_at is not None:
            return None
        return replace(found), assignment

    async def save(self, submission: Submission) -> None:
        check_school(submission.tenant_id, self._tenant_id)
        kept = await self._submissions.lock(submission.id)
        if kept is not None:
            self._check(submission)
            same = replace(
                submission,
                assignment_id=kept.assignment_id,
                user_id=kept.user_id,
                created_at=kept.created_at,
            )
            self._submissions.put(kept.id, same)

    def _check(self, submission: Submission) -> None:
        require(*(self._files.get(file_id) for file_id in submission.file_ids))
        if submission.graded_by is not None:
            require(self._users.get(submission.graded_by))

    def _of_person(self, assignment_id: UUID, user_id: UUID) -> Submission | None:
        return next(
            (
                each
                for each in self._submissions.values()
                if (each.assignment_id, each.user_id) == (assignment_id, user_id)
            ),
            None,
        )

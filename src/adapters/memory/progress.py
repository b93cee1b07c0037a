"""How far people are, in memory."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from adapters.memory.checks import require
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.progress import ProgressRepository
from lms_domain.courses.course import DEFAULT_REQUIRED_COVERAGE, Content, ContentType
from lms_domain.learning.assignment import Assignment, AssignmentKind
from lms_domain.learning.attempt import quiz_standing
from lms_domain.learning.completion import (
    AssignmentFacts,
    ContentFacts,
    CourseFacts,
    EarnedCompletion,
    VideoFacts,
    completion_of,
)
from lms_domain.learning.progress import ContentProgress, started
from lms_domain.learning.quiz import QuizState
from lms_domain.learning.seconds import SecondSet
from lms_domain.learning.submission import standing_of


class MemoryProgressRepository(ProgressRepository):
    """Progress of the people of one school."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._users = Rows(database.users, tx, tenant_id)
        self._courses = Rows(database.courses, tx, tenant_id)
        self._modules = Rows(database.modules, tx, tenant_id)
        self._contents = Rows(database.contents, tx, tenant_id)
        self._videos = Rows(database.videos, tx, tenant_id)
        self._progress = Rows(database.progress, tx, tenant_id)
        self._completions = Rows(database.completions, tx, tenant_id)
        self._clocks = Rows(database.watch_clocks, tx, tenant_id)
        self._members = Rows(database.group_members, tx, tenant_id)
        self._named = Rows(database.course_assignments, tx, tenant_id)
        self._groups = Rows(database.course_groups, tx, tenant_id)
        self._assignments = Rows(database.assignments, tx, tenant_id)
        self._submissions = Rows(database.submissions, tx, tenant_id)
        self._quizzes = Rows(database.quizzes, tx, tenant_id)
        self._attempts = Rows(database.attempts, tx, tenant_id)

    async def start(self, user_id: UUID, content_id: UUID, *, now: datetime) -> ContentProgress:
        require(self._users.get(user_id), self._contents.get(content_id))
        await self._progress.lock_value((user_id, content_id))
        progress = self._progress.get((user_id, content_id))
        if progress is None:
            progress = started(user_id=user_id, content_id=content_id, now=now)
            self._progress.put((user_id, content_id), progress)
        return progress

    async def get(self, user_id: UUID, content_id: UUID, *, for_update: bool = False) -> ContentProgress | None:
        key = (user_id, content_id)
        return await self._progress.lock(key) if for_update else self._progress.get(key)

    async def merge(
        self,
        user_id: UUID,
        content_id: UUID,
        watched: SecondSet,
        *,
        position_seconds: float,
        now: datetime,
        busy_until: datetime,
    ) -> ContentProgress:
        before = await self._started(user_id, content_id)
        after = replace(
            before,
            watched=before.watched.union(watched),
            position_seconds=position_seconds,
            last_report_at=now if before.last_report_at is None else max(now, before.last_report_at),
        )
        self._progress.put((user_id, content_id), after)
        self._clocks.put(user_id, max(busy_until, self._clocks.get(user_id) or busy_until))
        return after

    async def lock_clock(self, user_id: UUID, *, since: datetime) -> datetime:
        require(self._users.get(user_id))
        await self._clocks.lock_value(user_id)
        known = self._clocks.get(user_id)
        if known is None:
            self._clocks.put(user_id, since)
        return known or since

    async def set_completed(self, user_id: UUID, content_id: UUID, *, at: datetime) -> ContentProgress:
        after = (await self._started(user_id, content_id)).marked_complete(now=at)
        self._progress.put((user_id, content_id), after)
        return after

    async def course_facts(self, user_id: UUID, course_id: UUID) -> CourseFacts | None:
        course = self._courses.get(course_id)
        if course is None or course.deleted_at is not None:
            return None
        modules = {each.id: each.position for each in self._modules.values() if each.course_id == course_id}
        contents = [each for each in self._contents.values() if each.course_id == course_id]
        contents.sort(key=lambda each: (modules[each.module_id], each.position))
        assignments = [each for each in self._assignments.values() if each.course_id == course_id]
        assignments.sort(key=lambda each: (each.created_at, each.id))
        return CourseFacts(
            course_id=course_id,
            contents=tuple(self._content_facts(user_id, each) for each in contents),
            assignments=tuple(self._assignment_facts(user_id, each) for each in assignments),
            earned=self._completions.get((user_id, course_id)),
        )

    async def record_completion(self, user_id: UUID, course_id: UUID, *, at: datetime) -> None:
        await self._completions.lock_value((user_id, course_id))
        facts, course = await self.course_facts(user_id, course_id), self._courses.get(course_id)
        if course is None or facts is None or facts.earned is not None or not completion_of(facts).is_complete:
            return
        require(self._users.get(user_id))
        earned = EarnedCompletion(course_version=course.version, completed_at=at)
        self._completions.put((user_id, course_id), earned)

    async def record_completions(self, course_id: UUID, *, at: datetime) -> None:
        course = self._courses.get(course_id)
        if course is None or not course.is_published:
            return
        groups = {group_id for (of_course, group_id), _ in self._groups.keyed() if of_course == course_id}
        people = {user_id for (of_course, user_id), _ in self._named.keyed() if of_course == course_id}
        people |= {user_id for (group_id, user_id), _ in self._members.keyed() if group_id in groups}
        for user in self._users.values():
            if course.assigned_to_all or user.id in people:
                await self.record_completion(user.id, course_id, at=at)

    async def record_completions_of_groups(self, group_ids: frozenset[UUID], *, at: datetime) -> None:
        for course_id in {course_id for (course_id, group_id), _ in self._groups.keyed() if group_id in group_ids}:
            await self.record_completions(course_id, at=at)

    async def _started(self, user_id: UUID, content_id: UUID) -> ContentProgress:
        progress = await self._progress.lock((user_id, content_id))
        if progress is None:
            raise LookupError("this content was never started")
        return progress

    def _content_facts(self, user_id: UUID, content: Content) -> ContentFacts:
        progress = self._progress.get((user_id, content.id))
        video = next((each for each in self._videos.values() if each.content_id == content.id), None)
        return ContentFacts(
            id=content.id,
            title=content.title,
            is_mandatory=content.is_mandatory,
            started_at=progress.started_at if progress is not None else None,
            completed_at=progress.completed_at if progress is not None else None,
            video=VideoFacts(
                duration_seconds=video.duration_seconds if video is not None and video.playable else None,
                required_coverage=content.required_coverage or DEFAULT_REQUIRED_COVERAGE,
                watched=progress.watched if progress is not None else SecondSet(),
            )
            if content.content_type is ContentType.VIDEO
            else None,
        )

    def _assignment_facts(self, user_id: UUID, assignment: Assignment) -> AssignmentFacts:
        versions = {each.id: each for each in self._quizzes.values() if each.assignment_id == assignment.id}
        attempts = [each for each in self._attempts.values() if each.user_id == user_id and each.quiz_id in versions]
        handed_in = [
            each
            for each in self._submissions.values()
            if (each.assignment_id, each.user_id) == (assignment.id, user_id)
        ]
        open_quiz = next((each for each in versions.values() if each.state is QuizState.PUBLISHED), None)
        is_quiz = assignment.kind is AssignmentKind.QUIZ
        return AssignmentFacts(
            id=assignment.id,
            title=assignment.title,
            kind=assignment.kind,
            is_mandatory=assignment.is_mandatory,
            is_published=assignment.is_published,
            standing=quiz_standing(attempts) if is_quiz else standing_of(assignment, next(iter(handed_in), None)),
            attempts_left=max(0, open_quiz.attempts_allowed - sum(each.quiz_id == open_quiz.id for each in attempts))
            if is_quiz and open_quiz is not None
            else None,
        )

"""ASSIGNMENTS: something to reflect on, and a quiz where what is said is good enough for one."""

from dataclasses import dataclass
from itertools import count
from uuid import uuid5

from lms_app.notices.tell_of_courses import TellOfCourses
from lms_app.ports.clock import Clock
from lms_app.ports.media_tools import ProgressCallback
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import TenantScope
from lms_app.video.steps.job import Output, StepDone, StepEffects, StepError, StepJob
from lms_app.video.steps.quiz_generators import QuizGenerators
from lms_app.video.steps.quiz_proposal import QuizProposal, propose_quiz
from lms_domain.courses.course import Content
from lms_domain.learning.assignment import Assignment, AssignmentKind
from lms_domain.learning.generated import QuizVersions, accepted, generated_assignment
from lms_domain.learning.question_draft import to_question
from lms_domain.learning.question_outcome import proposals_of
from lms_domain.learning.quiz import Quiz
from lms_domain.learning.quiz_reasons import QuizReason
from lms_domain.schools.features import Feature
from lms_domain.schools.policies import QuizPolicy
from lms_domain.video.asset import StepFailure


class Assignments:
    """Give every video a reflection, and a quiz made from its transcript when the school wants quizzes.

    The quiz is published when at least three questions pass the validator and the school's policy is AUTOMATIC; else
    it is a draft that says why. Doing this again never takes away what people did: a quiz that has attempts stays as
    it is, and so does a draft on which somebody works.
    """

    def __init__(self, uow: UnitOfWork, generators: QuizGenerators, tell: TellOfCourses, clock: Clock) -> None:
        self._uow = uow
        self._generators = generators
        self._tell = tell
        self._clock = clock

    async def __call__(self, job: StepJob, _: ProgressCallback) -> StepDone:
        """Raises StepError ``content_gone``: the video is being deleted."""
        async with self._uow.begin(TenantScope(job.asset.tenant_id)) as tx:
            school = await tx.school.get()
            content = await tx.courses.find_content(job.asset.content_id)
            transcript = await tx.videos.get_transcript(job.asset.content_id)
        if school is None or content is None:
            raise StepError(StepFailure("content_gone", "This video was deleted.", is_permanent=True))
        is_wanted = school.policies.quiz is not QuizPolicy.OFF and Feature.QUIZ_GENERATION in school.features
        proposal = None
        if is_wanted:
            seed = job.asset.id.int % 2**31
            proposal = await propose_quiz(
                self._generators.for_school(school), transcript, title=content.title, seed=seed
            )
        counted: Output = {f"rejected_{reason.value}": n for reason, n in (proposal.rejections if proposal else ())}
        if proposal is not None and proposal.fallback:
            counted["fallback"] = proposal.fallback
        return StepDone(
            output=counted, effects=_Effects(job, content, proposal, school.policies.quiz, self._tell, self._clock)
        )


@dataclass(frozen=True, slots=True)
class _Effects(StepEffects):
    """What becomes true with the step. ``proposal`` None: no quiz is wanted."""

    job: StepJob
    content: Content
    proposal: QuizProposal | None
    policy: QuizPolicy
    tell: TellOfCourses
    clock: Clock

    async def __call__(self, tx: TenantTransaction) -> Output:
        there = {each.kind: each for each in await tx.assignments.generated(self.content.id)}
        output: Output = {"reflection": "kept" if AssignmentKind.REFLECTION in there else "made"}
        if AssignmentKind.REFLECTION not in there:
            await self.tell.of_assignment(tx, await self._add(tx, AssignmentKind.REFLECTION))
        if self.proposal is None:
            return {**output, "quiz": "none"}
        quiz = there.get(AssignmentKind.QUIZ) or await self._add(tx, AssignmentKind.QUIZ)
        return {**output, **await self._put_quiz(tx, quiz, self.proposal)}

    async def _add(self, tx: TenantTransaction, kind: AssignmentKind) -> Assignment:
        made = generated_assignment(self.job.asset.id, kind, self.content, now=self.clock.now())
        await tx.assignments.add(made)
        return made

    async def _put_quiz(self, tx: TenantTransaction, assignment: Assignment, proposal: QuizProposal) -> Output:
        quizzes = await tx.quizzes.versions(assignment.id, for_update=True)
        attempted = frozenset([quiz.id for quiz in quizzes if await tx.quizzes.has_attempts(quiz.id)])
        versions = QuizVersions(quizzes, attempted)
        # What the preferred generator made of these captions once is not given up because it does not answer today.
        makers = (proposal.preferred, proposal.generator)
        kept = next(filter(None, (versions.why_kept(maker, proposal.transcript_hash) for maker in makers)), "")
        if kept:
            return {"quiz": "kept", "reason": kept, "generator": proposal.generator}
        quiz = self._quiz(assignment, proposal, versions)
        reason, numbers = quiz.state_reason, count(1)
        output: Output = {"questions": len(quiz.questions), "generator": proposal.generator}
        await tx.quizzes.replace_draft(quiz)
        await tx.question_history.record(
            proposals_of(quiz, new_id=lambda: uuid5(quiz.id, f"proposed {next(numbers)}"), at=self.clock.now())
        )
        if reason:
            if self.policy is QuizPolicy.REVIEW_FIRST:
                await self.tell.of_review(tx, assignment, quiz)
            return {**output, "quiz": "draft", "reason": reason}
        now = self.clock.now()
        if versions.published is not None:
            await tx.quizzes.save(versions.published.retired(QuizReason.REPLACED, now=now))
        else:
            assignment = assignment.published(now=now)
            # What is added takes nothing back from those who are done.
            await tx.progress.record_completions(assignment.course_id, at=now)
            await tx.assignments.save(assignment)
            await self.tell.of_assignment(tx, assignment)
        await tx.quizzes.save(quiz.with_questions(accepted(quiz.questions), now=now).published(now=now))
        return {**output, "quiz": "published"}

    def _quiz(self, assignment: Assignment, proposal: QuizProposal, versions: QuizVersions) -> Quiz:
        now, version = self.clock.now(), versions.next_number
        quiz_id, numbers = uuid5(assignment.id, f"version {version}"), count(1)
        questions = [
            to_question(draft, position=place, new_id=lambda: uuid5(quiz_id, str(next(numbers))))
            for place, draft in enumerate(proposal.drafts)
        ]
        quiz = Quiz(
            id=quiz_id,
            tenant_id=assignment.tenant_id,
            assignment_id=assignment.id,
            version=version,
            language=proposal.language,
            passing_score=assignment.passing_score,
            state_reason=proposal.shortfall,
            state_codes=proposal.codes,
            generator=proposal.generator,
            transcript_hash=proposal.transcript_hash or None,
            questions=tuple(questions),
            created_at=now,
            updated_at=now,
        )
        waits = None if proposal.shortfall else versions.why_draft(self.policy)
        return quiz.because(waits) if waits is not None else quiz

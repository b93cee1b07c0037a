"""Write and review the questions of a quiz."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditTrail
from lms_app.learning.assignment_facts import audited_assignment, lock_assignment
from lms_app.learning.question_views import QuizQuestionsView, view_of_questions
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.errors import Conflict, InvalidInput, NotFound
from lms_domain.learning.assignment import Assignment, AssignmentKind
from lms_domain.learning.question_outcome import outcomes_of
from lms_domain.learning.quiz import (
    McqQuestion,
    Option,
    Question,
    QuestionKind,
    Quiz,
    QuizState,
    Review,
    ShortAnswerQuestion,
    clean_accepted,
)
from lms_domain.learning.quiz_reasons import QuizReason
from lms_domain.text import clean_line, clean_text


@dataclass(frozen=True, slots=True)
class GivenOption:
    """An answer to choose from."""

    text: str
    is_correct: bool


class QuestionChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a question; what is UNSET stays, or has its default in a new one."""

    prompt: str | UnsetType = UNSET
    options: Sequence[GivenOption] | UnsetType = UNSET
    accepted_answers: Sequence[str] | UnsetType = UNSET
    points: int | UnsetType = UNSET
    explanation: str | UnsetType = UNSET


class QuestionDesk:
    """What every change to a quiz needs: a version that may be changed.

    A version that somebody has begun stays as it is: the change is made to a draft, a copy of it that is published with
    its assignment. So nobody is asked one thing and graded by another.
    """

    def __init__(self, uow: UnitOfWork, trail: AuditTrail, clock: Clock, ids: Ids) -> None:
        self._uow = uow
        self._trail = trail
        self._clock = clock
        self.ids = ids

    async def show(self, actor: Actor, assignment_id: UUID) -> QuizQuestionsView:
        """The version that is worked on.

        Raises:
            NotFound: no such quiz.
        """
        async with self._uow.begin(actor.school(Permission.MANAGE_SCHOOL)) as tx:
            assignment = await tx.assignments.get(assignment_id)
            is_quiz = assignment is not None and assignment.kind is AssignmentKind.QUIZ
            if assignment is None or not is_quiz or await tx.courses.get(assignment.course_id) is None:
                raise NotFound("There is no such quiz.")
            quiz = worked_on(await tx.quizzes.versions(assignment_id))
        return view_of_questions(assignment_id, quiz, passing_score=assignment.passing_score)

    async def change(
        self,
        actor: Actor,
        assignment_id: UUID,
        action: str,
        edit: Callable[[Quiz, "Renamed"], Quiz],
    ) -> QuizQuestionsView:
        """Change the version that is worked on.

        Args:
            edit: gets a version that may be changed and what its questions are called in it.

        Raises:
            NotFound: no such quiz.
            Conflict, InvalidInput: what ``edit`` raises.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        now = self._clock.now()
        async with self._uow.begin(scope) as tx:
            assignment = await lock_assignment(tx, assignment_id)
            if assignment.kind is not AssignmentKind.QUIZ:
                raise NotFound("There is no such quiz.")
            versions = await tx.quizzes.versions(assignment_id, for_update=True)
            quiz, renamed, is_new = await self._editable(tx, assignment, versions, now)
            changed = edit(quiz, renamed)
            if changed.state is QuizState.PUBLISHED and not changed.asked:
                raise Conflict("A quiz that learners meet keeps at least one question.", code="quiz_empty")
            await (tx.quizzes.add(changed) if is_new else tx.quizzes.save(changed))
            await tx.question_history.copied(assignment_id, renamed.names)
            await tx.question_history.record(outcomes_of(quiz, changed, new_id=self.ids.new, at=now))
            after: dict[str, object] = {"version": changed.version, "questions": len(changed.questions)}
            await self._trail.record(tx, actor, action, audited_assignment(assignment), after=after)
            await tx.commit()
        return view_of_questions(assignment_id, changed, passing_score=assignment.passing_score)

    async def _editable(
        self, tx: TenantTransaction, assignment: Assignment, versions: Sequence[Quiz], now: datetime
    ) -> tuple[Quiz, "Renamed", bool]:
        current = worked_on(versions)
        if current is None:
            return await first_version(tx, assignment, self.ids, now), Renamed({}), True
        if not await tx.quizzes.has_attempts(current.id):
            return current, Renamed({}), False
        names = {question.id: self.ids.new() for question in current.questions}
        draft = replace(
            current,
            id=self.ids.new(),
            version=max(quiz.version for quiz in versions) + 1,
            state=QuizState.DRAFT,
            questions=tuple(replace(question, id=names[question.id]) for question in current.questions),
            created_at=now,
            updated_at=now,
        ).because(QuizReason.EDITED_AFTER_START)
        return draft, Renamed(names), True


@dataclass(frozen=True, slots=True)
class Renamed:
    """What questions are called in a copy of their quiz."""

    names: dict[UUID, UUID]

    def question(self, quiz: Quiz, question_id: UUID) -> Question:
        """A question of ``quiz`` by the id that the client knows.

        Raises:
            NotFound: there is none.
        """
        found = quiz.question(self.names.get(question_id, question_id))
        if found is None:
            raise NotFound("There is no such question.")
        return found


class ListQuestions:
    """The questions of a quiz with their keys: of the draft, or of what learners meet when there is no draft."""

    def __init__(self, desk: QuestionDesk) -> None:
        self._desk = desk

    async def __call__(self, actor: Actor, assignment_id: UUID) -> QuizQuestionsView:
        """Raises NotFound: no such quiz."""
        return await self._desk.show(actor, assignment_id)


class AddQuestion:
    """Write a question, at the end of the quiz. It is accepted at once: a person wrote it."""

    def __init__(self, desk: QuestionDesk, clock: Clock) -> None:
        self._desk = desk
        self._clock = clock

    async def __call__(
        self, actor: Actor, assignment_id: UUID, kind: QuestionKind, changes: QuestionChanges
    ) -> QuizQuestionsView:
        """Raises:
        NotFound: no such quiz.
        InvalidInput: a value is refused.
        """
        question = self._new(kind, changes)
        return await self._desk.change(
            actor,
            assignment_id,
            "question.created",
            lambda quiz, _: quiz.with_question(question, now=self._clock.now()),
        )

    def _new(self, kind: QuestionKind, changes: QuestionChanges) -> Question:
        question_id = self._desk.ids.new()
        prompt = _prompt("" if changes.prompt is UNSET else changes.prompt)
        points = 1 if changes.points is UNSET else changes.points
        explanation = "" if changes.explanation is UNSET else _explanation(changes.explanation)
        _check_kind(kind, changes)
        if kind is QuestionKind.MCQ:
            options = () if changes.options is UNSET else changes.options
            return McqQuestion(
                id=question_id,
                prompt=prompt,
                points=points,
                explanation=explanation,
                options=_options(self._desk.ids, options),
            )
        answers = () if changes.accepted_answers is UNSET else changes.accepted_answers
        return ShortAnswerQuestion(
            id=question_id,
            prompt=prompt,
            points=points,
            explanation=explanation,
            accepted_answers=clean_accepted(answers),
        )


class EditQuestion:
    """Change a question. With options, all of them are given anew. A changed question is accepted: a person read it."""

    def __init__(self, desk: QuestionDesk, clock: Clock) -> None:
        self._desk = desk
        self._clock = clock

    async def __call__(
        self, actor: Actor, assignment_id: UUID, question_id: UUID, changes: QuestionChanges
    ) -> QuizQuestionsView:
        """Raises:
        NotFound: no such question.
        InvalidInput: a value is refused.
        """

        def edit(quiz: Quiz, renamed: Renamed) -> Quiz:
            question = renamed.question(quiz, question_id)
            return quiz.with_question(self._changed(question, changes), now=self._clock.now())

        return await self._desk.change(actor, assignment_id, "question.updated", edit)

    def _changed(self, question: Question, changes: QuestionChanges) -> Question:
        _check_kind(question.kind, changes)
        changed: Question = replace(
            question,
            prompt=question.prompt if changes.prompt is UNSET else _prompt(changes.prompt),
            points=question.points if changes.points is UNSET else changes.points,
            explanation=question.explanation if changes.explanation is UNSET else _explanation(changes.explanation),
        ).reviewed(Review.ACCEPTED)
        match changed:
            case McqQuestion() if changes.options is not UNSET:
                return replace(changed, options=_options(self._desk.ids, changes.options))
            case ShortAnswerQuestion() if changes.accepted_answers is not UNSET:
                return replace(changed, accepted_answers=clean_accepted(changes.accepted_answers))
            case _:
                return changed


class RemoveQuestion:
    """Remove a question from a quiz."""

    def __init__(self, desk: QuestionDesk, clock: Clock) -> None:
        self._desk = desk
        self._clock = clock

    async def __call__(self, actor: Actor, assignment_id: UUID, question_id: UUID) -> None:
        """Raises:
        NotFound: no such question.
        Conflict: ``quiz_empty``: it is the last one of a quiz that learners meet.
        """

        def edit(quiz: Quiz, renamed: Renamed) -> Quiz:
            return quiz.without_question(renamed.question(quiz, question_id).id, now=self._clock.now())

        await self._desk.change(actor, assignment_id, "question.deleted", edit)


class ReviewQuestion:
    """Accept a question, so that learners are asked it, or reject it with a reason."""

    def __init__(self, desk: QuestionDesk, clock: Clock) -> None:
        self._desk = desk
        self._clock = clock

    async def __call__(
        self, actor: Actor, assignment_id: UUID, question_id: UUID, *, is_accepted: bool, reason: str
    ) -> QuizQuestionsView:
        """Raises:
        NotFound: no such question.
        Conflict: ``quiz_empty``: it is the last one of a quiz that learners meet.
        """
        review = Review.ACCEPTED if is_accepted else Review.REJECTED

        def edit(quiz: Quiz, renamed: Renamed) -> Quiz:
            question = renamed.question(quiz, question_id).reviewed(review, reason)
            return quiz.with_question(question, now=self._clock.now())

        return await self._desk.change(actor, assignment_id, "question.reviewed", edit)


async def first_version(tx: TenantTransaction, assignment: Assignment, ids: Ids, now: datetime) -> Quiz:
    """A quiz without questions, in the language of the school; it is not added yet."""
    school = await tx.school.get()
    return Quiz(
        id=ids.new(),
        tenant_id=assignment.tenant_id,
        assignment_id=assignment.id,
        version=1,
        # For forgiving grading: number words, articles.
        language=school.locale.partition("-")[0] if school is not None else "",
        passing_score=max(1, assignment.passing_score),
        created_at=now,
        updated_at=now,
    )


def worked_on(versions: Sequence[Quiz]) -> Quiz | None:
    """The version that administrators see and change: the draft, else what learners meet, else the last one."""
    for state in (QuizState.DRAFT, QuizState.PUBLISHED, QuizState.RETIRED):
        found = next((quiz for quiz in reversed(versions) if quiz.state is state), None)
        if found is not None:
            return found
    return None


def _check_kind(kind: QuestionKind, changes: QuestionChanges) -> None:
    if kind is QuestionKind.MCQ and changes.accepted_answers is not UNSET:
        raise InvalidInput.for_field("accepted_answers", "invalid", "This question is answered by choosing.")
    if kind is QuestionKind.SHORT_ANSWER and changes.options is not UNSET:
        raise InvalidInput.for_field("options", "invalid", "This question is answered by typing.")


def _prompt(value: str) -> str:
    return clean_line(value, field="prompt", max_length=1000)


def _explanation(value: str) -> str:
    return clean_text(value, field="explanation", max_length=2000)


def _options(ids: Ids, given: Sequence[GivenOption]) -> tuple[Option, ...]:
    return tuple(
        Option(ids.new(), clean_line(each.text, field=f"options.{place}.text", max_length=300), each.is_correct)
        for place, each in enumerate(given)
    )

"""Answer a quiz: look at it, begin, keep unfinished answers, hand in."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from lms_app.actor import Actor
from lms_app.learning.earn_completion import earn_completion
from lms_app.learning.quiz_views import TakenQuizView, view_of_quiz
from lms_app.notices.tell_of_attempts import TellOfAttempts
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.learner_queries import LearnerQueries
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Permission
from lms_domain.errors import Conflict, LmsError, NotFound
from lms_domain.learning.attempt import AttemptState, QuizAttempt, begin_attempt
from lms_domain.learning.grading import Answer, OptionAnswer, TextAnswer
from lms_domain.learning.quiz import Quiz, QuizState
from lms_domain.learning.quiz_extension import QuizExtension

REPEAT = timedelta(seconds=30)
"""For so long the same answers again are the same request again, not another attempt."""


@dataclass(frozen=True, slots=True)
class OptionAt:
    """An option by its place, from 0, as it was shown to this person."""

    index: int


GivenAnswer = OptionAnswer | TextAnswer | OptionAt
GivenAnswers = Mapping[UUID, GivenAnswer]


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody at one of their quizzes."""

    scope: TenantScope
    user_id: UUID
    assignment_id: UUID
    course_id: UUID
    title: str


class QuizDesk:
    """What answering a quiz always needs: the version that the person meets, and their attempts at it."""

    def __init__(self, uow: UnitOfWork, queries: LearnerQueries, tell: TellOfAttempts, clock: Clock, ids: Ids) -> None:
        self.uow = uow
        self._tell = tell
        self.clock = clock
        self._queries = queries
        self._ids = ids

    async def place_of(self, actor: Actor, assignment_id: UUID) -> Place:
        """The person at one of their quizzes.

        Raises:
            NotFound: no such quiz for this person.
        """
        scope = actor.school(Permission.LEARN)
        found = await self._queries.assignment(scope, actor.user_id, assignment_id, now=self.clock.now())
        if found is None or not found.is_quiz:
            raise no_such_quiz()
        return Place(scope, actor.user_id, assignment_id, found.course_id, found.title)

    async def sit_down(self, tx: TenantTransaction, place: Place, *, may_begin: bool = False) -> "Sitting":
        """The quiz and the person's attempts; nobody else works on these until the transaction ends. What ran out of
        time is handed in: commit, and call ``settle``.

        Args:
            may_begin: whether an attempt may be added; then nobody changes the quiz until the transaction ends.

        Raises:
            NotFound: there is nothing to answer.
        """
        # One at a time for each person: attempts that do not exist yet cannot be locked.
        met = await tx.quizzes.met_by(place.assignment_id, place.user_id, for_share=may_begin)
        published = _published(met)
        if published is None and may_begin:
            # It was retired while we waited for it; another may have taken its place at the same moment.
            met = await tx.quizzes.met_by(place.assignment_id, place.user_id, for_share=True)
            published = _published(met)
        extension, attempts = await tx.quiz_extensions.with_attempts(place.assignment_id, place.user_id)
        now = self.clock.now()
        begun = next((attempt for attempt in attempts if attempt.state is AttemptState.OPEN), None)
        quiz = published
        if begun is not None:
            # Who has begun with a version ends with it.
            quiz = next((each for each in met if each.id == begun.quiz_id), None)
            # What is graded here is graded by the key as it is now: it may have been mended while we waited.
            if quiz is None or (begun.is_over(now) and not may_begin):
                quiz = await tx.quizzes.get(begun.quiz_id)
        if quiz is None:
            raise no_such_quiz()
        ran_out = begun is not None and begun.close_if_over(quiz, now=now)
        if begun is not None and ran_out:
            await tx.attempts.save(begun)
            await self.tell_of_waiting(tx, place, begun)
        return Sitting(quiz, attempts, place.user_id, now, ran_out, extension, met)

    async def tell_of_waiting(self, tx: TenantTransaction, place: Place, attempt: QuizAttempt) -> None:
        """An attempt was handed in: those who read what only a person can judge are told."""
        if attempt.waiting:
            await self._tell.of_waiting(tx, place.assignment_id, place.title)

    async def settle(self, place: Place, sitting: "Sitting") -> None:
        """What an attempt that ran out of time means for the course. Call it after the commit."""
        if sitting.ran_out and any(attempt.passed for attempt in sitting.here):
            await earn_completion(self.uow, place.scope, place.user_id, place.course_id, now=sitting.now)

    async def repeated(self, tx: TenantTransaction, sitting: "Sitting", answers: GivenAnswers) -> "Sitting | None":
        """The quiz at which these very answers were handed in just now: perhaps at a version before this one. None:
        they are new."""
        last = sitting.attempts[-1] if sitting.attempts else None
        if last is None or last.submitted_at is None or sitting.now - last.submitted_at > REPEAT:
            return None
        met = next((each for each in sitting.met if each.id == last.quiz_id), None)
        quiz = met or await tx.quizzes.get(last.quiz_id)
        if quiz is None:
            return None
        there = replace(sitting, quiz=quiz)
        return there if there.ended_with(answers) else None

    def new_attempt(self, sitting: "Sitting") -> QuizAttempt:
        """The person's next attempt.

        Raises:
            Conflict: there is none; see ``begin_attempt``.
        """
        return sitting.next_attempt(self._ids.new())


@dataclass(frozen=True, slots=True)
class Sitting:
    """A quiz, and what one person did and does with it."""

    quiz: Quiz
    attempts: tuple[QuizAttempt, ...]
    user_id: UUID
    now: datetime
    ran_out: bool = False
    """Whether an attempt was handed in just now because its time was over."""
    extension: QuizExtension | None = None
    """What the person is given beyond what everybody has."""
    met: tuple[Quiz, ...] = ()
    """The published version, and that of the last attempt."""

    @property
    def following(self) -> "Sitting | None":
        """At the version at which the next attempt begins; None when there is none."""
        published = _published(self.met)
        return replace(self, quiz=published) if published is not None else None

    @property
    def here(self) -> list[QuizAttempt]:
        """Attempts at this version."""
        return [attempt for attempt in self.attempts if attempt.quiz_id == self.quiz.id]

    @property
    def begun(self) -> QuizAttempt | None:
        """The attempt that is open."""
        return next((attempt for attempt in self.here if attempt.state is AttemptState.OPEN), None)

    def next_attempt(self, attempt_id: UUID) -> QuizAttempt:
        """The one to come. Its options are in the order in which they were shown before it began.

        Raises:
            Conflict: there is none; see ``begin_attempt``.
        """
        number = max((attempt.number for attempt in self.here), default=0) + 1
        ticket = hashlib.sha256(self.quiz.id.bytes + self.user_id.bytes + number.to_bytes(4)).digest()
        seed = int.from_bytes(ticket[:4]) >> 1
        return begin_attempt(
            self.quiz,
            self.here,
            attempt_id=attempt_id,
            user_id=self.user_id,
            seed=seed,
            now=self.now,
            extension=self.extension,
        )

    def ended_with(self, answers: GivenAnswers) -> bool:
        """Whether these very answers were handed in last."""
        last = self.here[-1]
        # Compared as they are kept: without the white space around them, and without empty ones.
        same = replace(last, submitted_at=None, expires_at=None)
        try:
            same.save_draft(self.quiz, resolved(last, self.quiz, answers), now=self.now)
        except LmsError:
            return False
        return same.draft == last.answers

    def view(self, *more: QuizAttempt) -> TakenQuizView:
        """The quiz for this person, with attempts that are new."""
        attempts = (*self.attempts, *more)
        here = [attempt for attempt in attempts if attempt.quiz_id == self.quiz.id]
        shown = next((attempt for attempt in here if attempt.state is AttemptState.OPEN), None)
        if shown is None and self.quiz.time_limit_seconds is None:
            # An untimed quiz may be read before it begins, as it will be asked.
            try:
                shown = replace(self, attempts=attempts).next_attempt(self.quiz.id)
            except Conflict:
                shown = None
        return view_of_quiz(self.quiz, attempts, shown or (here[-1] if here else None), self.extension)


class ShowQuiz:
    """A quiz to answer: how many attempts are left, the open attempt with its draft, the questions, and what became of
    the last attempt. Which answers are right is said after passing, or after the last attempt, and never before."""

    def __init__(self, desk: QuizDesk) -> None:
        self._desk = desk

    async def __call__(self, actor: Actor, assignment_id: UUID) -> TakenQuizView:
        """Raises NotFound: no such quiz for this person."""
        place = await self._desk.place_of(actor, assignment_id)
        async with self._desk.uow.begin(place.scope) as tx:
            sitting = await self._desk.sit_down(tx, place)
            await tx.commit()
        await self._desk.settle(place, sitting)
        return sitting.view()


class StartQuiz:
    """Begin an attempt; with one begun already, go on with that. From now on a time limit runs."""

    def __init__(self, desk: QuizDesk) -> None:
        self._desk = desk

    async def __call__(self, actor: Actor, assignment_id: UUID) -> TakenQuizView:
        """Raises:
        NotFound: no such quiz for this person.
        Conflict: ``already_passed`` or ``no_attempts_left``.
        """
        place = await self._desk.place_of(actor, assignment_id)
        async with self._desk.uow.begin(place.scope) as tx:
            sitting = await self._desk.sit_down(tx, place, may_begin=True)
            begun: TakenQuizView | LmsError
            try:
                begun = await self._begin(tx, sitting)
            except LmsError as refusal:
                begun = refusal
            # What ran out is handed in, whether or not there is another attempt.
            if sitting.ran_out or not isinstance(begun, LmsError):
                await tx.commit()
        await self._desk.settle(place, sitting)
        if isinstance(begun, LmsError):
            raise begun
        return begun

    async def _begin(self, tx: TenantTransaction, sitting: Sitting) -> TakenQuizView:
        if sitting.begun is not None:
            return sitting.view()
        # Perhaps at a newer version than the one that ran out.
        place = sitting.following
        if place is None:
            raise no_such_quiz()
        attempt = self._desk.new_attempt(place)
        await tx.attempts.add(attempt)
        return place.view(attempt)


class SaveQuizDraft:
    """Keep answers of the open attempt, and only these, in case the page is left or the time runs out."""

    def __init__(self, desk: QuizDesk) -> None:
        self._desk = desk

    async def __call__(self, actor: Actor, assignment_id: UUID, answers: GivenAnswers) -> TakenQuizView:
        """Raises:
        NotFound: no such quiz for this person.
        Conflict: ``attempt_not_begun`` or ``time_over``.
        InvalidInput: answers that fit no question.
        """
        place = await self._desk.place_of(actor, assignment_id)
        async with self._desk.uow.begin(place.scope) as tx:
            sitting = await self._desk.sit_down(tx, place)
            attempt = sitting.begun
            if attempt is not None:
                attempt.save_draft(sitting.quiz, resolved(attempt, sitting.quiz, answers), now=sitting.now)
                await tx.attempts.save(attempt)
            await tx.commit()
        await self._desk.settle(place, sitting)
        if sitting.ran_out:
            raise Conflict("The time for this attempt is over.", code="time_over")
        if attempt is None:
            raise Conflict("Begin an attempt first.", code="attempt_not_begun")
        return sitting.view()


class SubmitQuiz:
    """Hand in an attempt. What rules can grade is graded at once, other answers wait for a person; the best attempt
    counts. Without an open attempt one is begun by itself, unless the quiz has a time limit. The same answers again
    within half a minute are the same attempt; when its time is over, the answers kept until then count."""

    def __init__(self, desk: QuizDesk) -> None:
        self._desk = desk

    async def __call__(self, actor: Actor, assignment_id: UUID, answers: GivenAnswers) -> TakenQuizView:
        """Raises:
        NotFound: no such quiz for this person.
        Conflict: ``attempt_not_begun``, ``already_passed`` or ``no_attempts_left``.
        InvalidInput: answers that fit no question.
        """
        place = await self._desk.place_of(actor, assignment_id)
        async with self._desk.uow.begin(place.scope) as tx:
            sitting = await self._desk.sit_down(tx, place, may_begin=True)
            new: tuple[QuizAttempt, ...] = ()
            attempt = sitting.begun
            is_over = sitting.ran_out
            if attempt is None and not is_over:
                repeated = await self._desk.repeated(tx, sitting, answers)
                sitting, is_over = repeated or sitting, repeated is not None
            if attempt is not None:
                attempt.submit(sitting.quiz, resolved(attempt, sitting.quiz, answers), now=sitting.now)
                await tx.attempts.save(attempt)
            elif not is_over:
                attempt = self._desk.new_attempt(sitting)
                if attempt.expires_at is not None:
                    raise Conflict("Begin an attempt first.", code="attempt_not_begun")
                attempt.submit(sitting.quiz, resolved(attempt, sitting.quiz, answers), now=sitting.now)
                await tx.attempts.add(attempt)
                new = (attempt,)
            if attempt is not None:
                await self._desk.tell_of_waiting(tx, place, attempt)
            await tx.commit()
        await self._desk.settle(place, sitting)
        if attempt is not None and attempt.passed:
            await earn_completion(self._desk.uow, place.scope, place.user_id, place.course_id, now=sitting.now)
        return sitting.view(*new)


def resolved(attempt: QuizAttempt, quiz: Quiz, answers: GivenAnswers) -> dict[UUID, Answer]:
    """``answers`` with options by their ids.

    Raises:
        InvalidInput: a place that no option has.
    """
    return {
        question_id: attempt.option_at(quiz, question_id, answer.index) if isinstance(answer, OptionAt) else answer
        for question_id, answer in answers.items()
    }


def _published(met: Sequence[Quiz]) -> Quiz | None:
    return next((quiz for quiz in met if quiz.state is QuizState.PUBLISHED), None)


def no_such_quiz() -> NotFound:
    """The same for every reason there is."""
    return NotFound("There is no such quiz.")

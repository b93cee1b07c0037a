"""Attempts at a quiz, kept by the server: how many, how long, what was asked and answered, and what it is worth."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lms_domain.errors import Conflict, InvalidInput, NotFound
from lms_domain.learning.grading import Answer, OptionAnswer, TextAnswer, Verdict, grade_question
from lms_domain.learning.progress import percent
from lms_domain.learning.quiz import McqQuestion, Option, Question, Quiz, QuizState, Review, ShortAnswerQuestion
from lms_domain.learning.quiz_extension import QuizExtension, attempts_allowed, time_limit
from lms_domain.learning.submission import Standing
from lms_domain.text import clean_text

GRACE = timedelta(seconds=10)
"""An answer that was on its way when the time ran out still counts."""
MAX_ANSWER_TEXT = 2000


class AttemptState(StrEnum):
    """Where an attempt stands. SUBMITTED: handed in, and a person must read some answer before there is a score."""

    OPEN = "OPEN"
    SUBMITTED = "SUBMITTED"
    GRADED = "GRADED"


@dataclass(frozen=True, slots=True)
class Mark:
    """What one answer is worth. ``decided_by``: the person who said so; None: the rules did."""

    verdict: Verdict
    decided_by: UUID | None = None


@dataclass(slots=True)
class QuizAttempt:
    """One person's attempt at one version of a quiz: OPEN -> SUBMITTED -> GRADED, often both at once.

    What is asked, and in which order, is fixed at the start by ``question_ids`` and ``seed``.
    """

    id: UUID
    tenant_id: UUID
    quiz_id: UUID
    user_id: UUID
    number: int
    """Counts from 1 within the person and the quiz."""
    seed: int
    """0 to 2**31 - 1; shuffles the options."""
    question_ids: tuple[UUID, ...]
    started_at: datetime
    expires_at: datetime | None
    """None: no time limit."""
    submitted_at: datetime | None = None
    draft: dict[UUID, Answer] = field(default_factory=dict)
    """Answers kept while the attempt is open, by question."""
    answers: dict[UUID, Answer] = field(default_factory=dict)
    """Answers that were handed in, by question."""
    marks: dict[UUID, Mark] = field(default_factory=dict)
    """What they are worth, by question; a question without an answer is WRONG."""
    score: float | None = None
    """Percent of the points, 0 to 100, rounded down to one decimal."""
    passed: bool | None = None
    graded_at: datetime | None = None

    @property
    def state(self) -> AttemptState:
        """Where the attempt stands."""
        if self.submitted_at is None:
            return AttemptState.OPEN
        return AttemptState.SUBMITTED if self.graded_at is None else AttemptState.GRADED

    @property
    def waiting(self) -> frozenset[UUID]:
        """The questions whose answers a person must read."""
        return frozenset(id_ for id_, mark in self.marks.items() if mark.verdict is Verdict.NEEDS_REVIEW)

    def is_over(self, now: datetime) -> bool:
        """Whether the time ran out, and nothing on its way can arrive any more."""
        return self.expires_at is not None and now > self.expires_at + GRACE

    def questions(self, quiz: Quiz) -> tuple[Question, ...]:
        """What is asked in this attempt. What was withdrawn since its start is not asked any more."""
        found = (quiz.question(question_id) for question_id in self.question_ids)
        return tuple(question for question in found if question is not None and question.review is not Review.REJECTED)

    def prolong(self, limit: timedelta, *, now: datetime) -> bool:
        """Let an open attempt last so long in all, and never shorter than it may; whether that is more than it had.
        What has run out has run out, also while it is not handed in yet."""
        if self.state is not AttemptState.OPEN or self.expires_at is None or self.is_over(now):
            return False
        until = self.started_at + limit
        is_more = until > self.expires_at
        self.expires_at = max(until, self.expires_at)
        return is_more

    def served_options(self, quiz: Quiz, question: McqQuestion) -> tuple[Option, ...]:
        """The options as this attempt shows them: always in the same order, however often they are asked for."""
        if not quiz.shuffle_options:
            return question.options
        # Not random.shuffle: its sequence may change between versions of Python, in the middle of an attempt.
        return tuple(sorted(question.options, key=lambda option: _ticket(self.seed, option.id)))

    def option_at(self, quiz: Quiz, question_id: UUID, index: int) -> OptionAnswer:
        """The answer of a client that names an option by its place (from 0) in ``served_options``.

        Raises:
            InvalidInput: there is no such option in this attempt.
        """
        question = next((asked for asked in self.questions(quiz) if asked.id == question_id), None)
        if not isinstance(question, McqQuestion) or not 0 <= index < len(question.options):
            raise InvalidInput.for_field(f"answers.{question_id}", "invalid", "There is no such option.")
        return OptionAnswer(self.served_options(quiz, question)[index].id)

    def save_draft(self, quiz: Quiz, answers: Mapping[UUID, Answer], *, now: datetime) -> None:
        """Keep these answers, and only these, in case the page is left or the time runs out.

        Raises:
            Conflict: ``attempt_closed`` or ``time_over``.
            InvalidInput: answers that fit no question of this attempt.
        """
        self._must_be_open()
        if self.is_over(now):
            raise Conflict("The time for this attempt is over.", code="time_over")
        self.draft = self._checked(quiz, answers)

    def submit(self, quiz: Quiz, answers: Mapping[UUID, Answer], *, now: datetime) -> None:
        """Hand in. What the rules can grade is graded at once.

        When the time has run out, the answers kept until then are handed in instead of these.

        Raises:
            Conflict: ``attempt_closed``: it was handed in before.
            InvalidInput: answers that fit no question of this attempt.
        """
        self._must_be_open()
        if self.is_over(now):
            self.close_if_over(quiz, now=now)
            return
        self._hand_in(quiz, self._checked(quiz, answers), at=now, now=now)

    def close_if_over(self, quiz: Quiz, *, now: datetime) -> bool:
        """Hand in the answers kept so far if the attempt is open and its time has run out; whether that was so."""
        if self.state is not AttemptState.OPEN or self.expires_at is None or not self.is_over(now):
            return False
        self._hand_in(quiz, self.draft, at=self.expires_at, now=now)
        return True

    def decide(self, quiz: Quiz, question_id: UUID, *, is_right: bool, by: UUID, now: datetime) -> None:
        """A person says what one answer is worth. It holds against the rules, also when they grade again.

        Whoever says that an answer was not right after all takes away what the question is worth, and no more.

        Raises:
            Conflict: ``attempt_open``: it has not been handed in.
            NotFound: no such question in this attempt.
        """
        if self.state is AttemptState.OPEN:
            raise Conflict("This attempt has not been handed in yet.", code="attempt_open")
        question = next((asked for asked in self.questions(quiz) if asked.id == question_id), None)
        if question is None:
            raise NotFound("There is no such question in this attempt.")
        earlier, kept = self.marks.get(question_id), dict(self.marks) if self.graded_at is not None else {}
        is_taken_back = not is_right and earlier is not None and earlier.verdict is Verdict.RIGHT
        score, passed = self.score, self.passed
        self.marks[question_id] = Mark(Verdict.RIGHT if is_right else Verdict.WRONG, decided_by=by)
        self._grade(quiz, now=now, kept=kept)
        if score is None or self.score is None:
            return
        if is_taken_back:
            worth = percent(question.points, sum(asked.points for asked in self.questions(quiz)))
            self.score = max(self.score, round(score - worth, 1))
            self.passed = self.score >= quiz.passing_score
        else:
            self.score, self.passed = max(score, self.score), bool(passed or self.passed)

    def regrade(self, quiz: Quiz, *, now: datetime) -> None:
        """Grade again after questions were changed. Nobody loses by it: a score never falls, a pass stays, and what was
        graded never waits for a person again."""
        if self.state is AttemptState.OPEN:
            return
        score, passed, graded_at, earlier = self.score, self.passed, self.graded_at, self.marks
        self._grade(quiz, now=now, kept=earlier if graded_at is not None else {})
        if score is not None:
            self.score, self.passed = max(score, self.score or 0.0), bool(passed or self.passed)
            if (self.score, self.passed) == (score, passed):
                self.graded_at = graded_at

    def _hand_in(self, quiz: Quiz, answers: Mapping[UUID, Answer], *, at: datetime, now: datetime) -> None:
        self.answers, self.draft = dict(answers), {}
        self.submitted_at = at
        self._grade(quiz, now=now)

    def _grade(self, quiz: Quiz, *, now: datetime, kept: Mapping[UUID, Mark] | None = None) -> None:
        """``kept``: marks that stay where only a person could say anything better."""
        asked = self.questions(quiz)
        found = {question.id: self._mark(quiz, question) for question in asked}
        self.marks = {
            question_id: (kept or {}).get(question_id, mark) if mark.verdict is Verdict.NEEDS_REVIEW else mark
            for question_id, mark in found.items()
        }
        if self.waiting:
            return
        earned = sum(question.points for question in asked if self.marks[question.id].verdict is Verdict.RIGHT)
        # When every question was withdrawn there is nothing to hold against anybody.
        self.score = percent(earned, sum(question.points for question in asked)) if asked else 100.0
        self.passed = self.score >= quiz.passing_score
        self.graded_at = now

    def _mark(self, quiz: Quiz, question: Question) -> Mark:
        mark = self.marks.get(question.id)
        if mark is not None and mark.decided_by is not None:
            return mark
        return Mark(grade_question(question, self.answers.get(question.id), language=quiz.language))

    def _checked(self, quiz: Quiz, answers: Mapping[UUID, Answer]) -> dict[UUID, Answer]:
        asked = {question.id: question for question in self.questions(quiz)}
        checked: dict[UUID, Answer] = {}
        for question_id, answer in answers.items():
            if question_id in self.question_ids and question_id not in asked:
                continue  # It was withdrawn while the person was answering.
            fit = _fit(asked.get(question_id), answer, path=f"answers.{question_id}")
            if fit is not None:
                checked[question_id] = fit
        return checked

    def _must_be_open(self) -> None:
        if self.state is not AttemptState.OPEN:
            raise Conflict("This attempt has been handed in already.", code="attempt_closed")


def begin_attempt(
    quiz: Quiz,
    earlier: Sequence[QuizAttempt],
    *,
    attempt_id: UUID,
    user_id: UUID,
    seed: int,
    now: datetime,
    extension: QuizExtension | None = None,
) -> QuizAttempt:
    """A person's next attempt at this version of a quiz.

    Args:
        earlier: all attempts of that person at that version; those whose time ran out are closed already.
        extension: what that person is given beyond what everybody has.

    Raises:
        Conflict: ``quiz_not_open``, ``attempt_open`` (go on with that one), ``already_passed`` (the answers have been
            shown) or ``no_attempts_left``.
    """
    if quiz.state is not QuizState.PUBLISHED:
        raise Conflict("This quiz is not open.", code="quiz_not_open")
    if any(attempt.state is AttemptState.OPEN for attempt in earlier):
        raise Conflict("Go on with the attempt that you have begun.", code="attempt_open")
    if any(attempt.passed for attempt in earlier):
        raise Conflict("You have passed this quiz already.", code="already_passed")
    if len(earlier) >= attempts_allowed(quiz, extension):
        raise Conflict("You have used all attempts at this quiz.", code="no_attempts_left")
    limit = time_limit(quiz, extension)
    return QuizAttempt(
        id=attempt_id,
        tenant_id=quiz.tenant_id,
        quiz_id=quiz.id,
        user_id=user_id,
        number=max((attempt.number for attempt in earlier), default=0) + 1,
        seed=seed,
        question_ids=tuple(question.id for question in quiz.asked),
        started_at=now,
        expires_at=None if limit is None else now + limit,
    )


def best_score(attempts: Iterable[QuizAttempt]) -> float | None:
    """The best score in percent; None while nothing is graded."""
    return max((attempt.score for attempt in attempts if attempt.score is not None), default=None)


def may_see_answers(quiz: Quiz, attempts: Sequence[QuizAttempt], extension: QuizExtension | None = None) -> bool:
    """Whether a person with these attempts at this version may see the right answers: they passed, or can do nothing
    more about it. Whoever is given further attempts sees them no more."""
    if any(attempt.passed for attempt in attempts):
        return True
    handed_in = [attempt for attempt in attempts if attempt.state is not AttemptState.OPEN]
    return len(handed_in) == len(attempts) >= attempts_allowed(quiz, extension)


def quiz_standing(attempts: Iterable[QuizAttempt]) -> Standing:
    """How a person stands with a quiz assignment, by their attempts at all its versions: the best one counts.

    FAILED as long as the best attempt is not a pass, whether or not there are attempts left.
    """
    handed_in = [attempt for attempt in attempts if attempt.state is not AttemptState.OPEN]
    if any(attempt.passed for attempt in handed_in):
        return Standing.PASSED
    if any(attempt.state is AttemptState.SUBMITTED for attempt in handed_in):
        return Standing.SUBMITTED
    return Standing.FAILED if handed_in else Standing.PENDING


def _fit(question: Question | None, answer: Answer, *, path: str) -> Answer | None:
    """``answer`` as it is kept; None when it says nothing."""
    match question, answer:
        case McqQuestion(), OptionAnswer():
            if answer.option_id not in {option.id for option in question.options}:
                raise InvalidInput.for_field(path, "invalid", "There is no such option.")
            return answer
        case ShortAnswerQuestion(), TextAnswer():
            text = clean_text(answer.text, field=path, max_length=MAX_ANSWER_TEXT)
            return TextAnswer(text) if text else None
        case None, _:
            raise InvalidInput.for_field(path, "unknown", "There is no such question in this attempt.")
        case _:
            raise InvalidInput.for_field(path, "invalid", "This question is answered in another way.")


def _ticket(seed: int, option_id: UUID) -> bytes:
    return hashlib.sha256(seed.to_bytes(8) + option_id.bytes).digest()

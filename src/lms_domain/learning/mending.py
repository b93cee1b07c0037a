"""Mending the key of a question that people have answered: in every version of the quiz that asks the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from lms_domain.errors import Conflict, InvalidInput, NotFound
from lms_domain.learning.quiz import (
    MAX_ACCEPTED_ANSWERS,
    McqQuestion,
    Question,
    Quiz,
    QuizState,
    Review,
    ShortAnswerQuestion,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """What was wrong with a question, and what is right instead. None: that stays."""

    correct_option_id: UUID | None = None
    accepted_answers: tuple[str, ...] | None = None
    """All of them, at least one: the first is shown as the right answer."""
    more_accepted: tuple[str, ...] = ()
    """Beside those that are accepted already."""
    tolerance: float | None = None
    is_withdrawn: bool = False
    """It should not have been asked: it counts for nobody."""
    reason: str = ""
    """Why it is withdrawn."""

    def must_say_something(self) -> None:
        """Raises InvalidInput: nothing is said to be wrong."""
        said = (self.correct_option_id, self.accepted_answers, self.tolerance)
        if not self.is_withdrawn and not self.more_accepted and all(each is None for each in said):
            raise InvalidInput.for_field("", "required", "Say what is to be mended.")

    def of(self, question: Question) -> Question:
        """The question with this mended.

        Raises:
            InvalidInput: this cannot be mended of it.
        """
        mended = self._choice(question) if isinstance(question, McqQuestion) else self._typed(question)
        return mended.reviewed(Review.REJECTED, self.reason) if self.is_withdrawn else mended

    def _choice(self, question: McqQuestion) -> Question:
        if self.accepted_answers is not None or self.more_accepted or self.tolerance is not None:
            name = "tolerance" if self.tolerance is not None else "accepted_answers"
            raise InvalidInput.for_field(name, "invalid", "This question is answered by choosing.")
        if self.correct_option_id is None:
            return question
        if self.correct_option_id not in {option.id for option in question.options}:
            raise InvalidInput.for_field("correct_option_id", "unknown", "There is no such option.")
        options = (replace(each, is_correct=each.id == self.correct_option_id) for each in question.options)
        return replace(question, options=tuple(options))

    def _typed(self, question: ShortAnswerQuestion) -> Question:
        if self.correct_option_id is not None:
            raise InvalidInput.for_field("correct_option_id", "invalid", "This question is answered by typing.")
        if self.accepted_answers is not None and not self.accepted_answers:
            raise InvalidInput.for_field("accepted_answers", "required", "At least one answer is right.")
        if self.accepted_answers is None and not self.more_accepted and self.tolerance is None:
            return question
        first = question.accepted_answers if self.accepted_answers is None else self.accepted_answers
        accepted = tuple(dict.fromkeys((*first, *self.more_accepted)))
        if len(accepted) > MAX_ACCEPTED_ANSWERS:
            raise InvalidInput.for_field("accepted_answers", "too_many", f"At most {MAX_ACCEPTED_ANSWERS}.")
        return replace(
            question,
            accepted_answers=accepted,
            tolerance=question.tolerance if self.tolerance is None else self.tolerance,
            # Where a person has read every answer, one that is accepted now does not make the others wrong.
            is_read=question.is_read or not question.accepted_answers,
        )


@dataclass(frozen=True, slots=True)
class Mended:
    """Every version of a quiz after a question was mended, and the questions that differ."""

    versions: tuple[Quiz, ...]
    before: Question
    after: Question
    questions: tuple[Question, ...]


def mend_versions(versions: Sequence[Quiz], question_id: UUID, mend: Mend, *, now: datetime) -> Mended:
    """Mend a question in each version that asks the same with the same key. A copy whose key somebody changed since is
    another question, and stays.

    Raises:
        NotFound: no version has it.
        InvalidInput: see ``Mend.of``.
        Conflict: ``quiz_empty``: learners would meet a quiz without questions.
    """
    asked = question_in(versions, question_id)
    after = mend.of(asked)
    changed: list[Question] = []
    mended: list[Quiz] = []
    for quiz in versions:
        others = [question for question in quiz.questions if asks_the_same(question, asked)]
        copies = [_as_copied(question, after, mend) for question in others]
        changed += [copy for copy, question in zip(copies, others, strict=True) if copy != question]
        mended.append(_with(quiz, copies, now))
    if any(quiz.state is QuizState.PUBLISHED and not quiz.asked for quiz in mended):
        raise Conflict("A quiz that learners meet keeps at least one question.", code="quiz_empty")
    return Mended(tuple(mended), asked, after, tuple(changed))


def question_in(versions: Iterable[Quiz], question_id: UUID) -> Question:
    """A question of one of the versions.

    Raises:
        NotFound: none has it.
    """
    found = (quiz.question(question_id) for quiz in versions)
    question = next((each for each in found if each is not None), None)
    if question is None:
        raise NotFound("There is no such question.")
    return question


def asks_the_same(one: Question, other: Question) -> bool:
    """Whether two questions read the same and have the same key, wherever they stand and whatever people think of
    them: one is a copy of the other."""
    if one.prompt != other.prompt:
        return False
    match one, other:
        case McqQuestion(), McqQuestion():
            return {(each.text, each.is_correct) for each in one.options} == {
                (each.text, each.is_correct) for each in other.options
            }
        case ShortAnswerQuestion(), ShortAnswerQuestion():
            return (one.accepted_answers, one.tolerance) == (other.accepted_answers, other.tolerance)
        case _:
            return False


def _with(quiz: Quiz, copies: list[Question], now: datetime) -> Quiz:
    for copy in copies:
        quiz = quiz.with_question(copy, now=now)
    return quiz


def _as_copied(copy: Question, after: Question, mend: Mend) -> Question:
    """A copy, mended like the question that it is a copy of; its options have ids of their own."""
    match copy, after:
        case McqQuestion(), McqQuestion():
            right = after.correct_option.text
            options = (replace(each, is_correct=each.text == right) for each in copy.options)
            mended: Question = replace(copy, options=tuple(options))
        case ShortAnswerQuestion(), ShortAnswerQuestion():
            mended = replace(
                copy, accepted_answers=after.accepted_answers, tolerance=after.tolerance, is_read=after.is_read
            )
        case _:
            return copy
    return mended.reviewed(Review.REJECTED, mend.reason) if mend.is_withdrawn else mended

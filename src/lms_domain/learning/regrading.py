"""Grading everybody's attempts again, and what that means for each person."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from lms_domain.learning.attempt import AttemptState, QuizAttempt, best_score
from lms_domain.learning.quiz import Quiz


@dataclass(frozen=True, slots=True)
class PersonRegraded:
    """What became of one person by it. Scores are their best ones, in percent; None: nothing is graded."""

    user_id: UUID
    attempt_id: UUID
    """The attempt that changed; of several the last."""
    score_before: float | None
    score: float | None
    score_of_waiting: float | None
    """Of an attempt that waited for a person and has its score now; of several the last."""
    passes_now: bool
    """They pass, and did not before."""


@dataclass(frozen=True, slots=True)
class Regrading:
    """What became of attempts at a quiz."""

    changed: tuple[QuizAttempt, ...]
    """Those that are to be saved."""
    people: tuple[PersonRegraded, ...]
    """Whose best score or pass changed, or whose attempt waited and has its score now."""

    @property
    def scores_raised(self) -> int:
        """People whose best score rose."""
        return sum(
            each.score_before is not None and each.score is not None and each.score > each.score_before
            for each in self.people
        )

    @property
    def newly_graded(self) -> int:
        """People whose attempt waited for a person, and has its score now."""
        return sum(each.score_of_waiting is not None for each in self.people)

    @property
    def newly_passed(self) -> int:
        """People who pass now, and did not before."""
        return sum(each.passes_now for each in self.people)


def snapshot(attempts: Iterable[QuizAttempt]) -> tuple[QuizAttempt, ...]:
    """Attempts as they are now, whatever becomes of them."""
    return tuple(replace(attempt, marks=dict(attempt.marks)) for attempt in attempts)


def regrade_all(
    versions: Iterable[Quiz], attempts: Iterable[QuizAttempt], question_ids: frozenset[UUID], *, now: datetime
) -> tuple[QuizAttempt, ...]:
    """Grade again what was handed in and was asked one of these questions; the attempts that this concerned."""
    quizzes = {quiz.id: quiz for quiz in versions}
    graded = tuple(
        attempt
        for attempt in attempts
        if attempt.state is not AttemptState.OPEN and not question_ids.isdisjoint(attempt.question_ids)
    )
    for attempt in graded:
        attempt.regrade(quizzes[attempt.quiz_id], now=now)
    return graded


def compare(before: Sequence[QuizAttempt], after: Sequence[QuizAttempt]) -> Regrading:
    """What differs between all attempts of the people concerned, at every version: the same attempts in the same order,
    as they were and as they are."""
    changed = tuple(new for old, new in zip(before, after, strict=True) if old != new)
    concerned = {attempt.user_id: attempt.id for attempt in changed}
    theirs_before, theirs = _by_person(before), _by_person(after)
    people = (
        _person(user_id, attempt_id, theirs_before[user_id], theirs[user_id])
        for user_id, attempt_id in concerned.items()
    )
    return Regrading(changed, tuple(filter(_is_news, people)))


def _is_news(person: PersonRegraded) -> bool:
    return person.passes_now or person.score_of_waiting is not None or person.score != person.score_before


def _by_person(attempts: Iterable[QuizAttempt]) -> Mapping[UUID, list[QuizAttempt]]:
    found = defaultdict[UUID, list[QuizAttempt]](list)
    for attempt in attempts:
        found[attempt.user_id].append(attempt)
    return found


def _person(
    user_id: UUID, attempt_id: UUID, before: Sequence[QuizAttempt], after: Sequence[QuizAttempt]
) -> PersonRegraded:
    waited = [new.score for old, new in zip(before, after, strict=True) if old.score is None and new.score is not None]
    return PersonRegraded(
        user_id=user_id,
        attempt_id=attempt_id,
        score_before=best_score(before),
        score=best_score(after),
        score_of_waiting=waited[-1] if waited else None,
        passes_now=any(each.passed for each in after) and not any(each.passed for each in before),
    )

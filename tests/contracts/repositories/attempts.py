"""What every repository of attempts at quizzes promises. A subclass provides the fixture ``uow``."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.errors import Conflict
from lms_domain.learning.assignment import Assignment
from lms_domain.learning.attempt import Mark, QuizAttempt
from lms_domain.learning.grading import Answer, OptionAnswer, TextAnswer, Verdict
from lms_domain.learning.quiz import McqQuestion, Quiz, QuizState
from tests.contracts.learning_samples import a_quiz, an_attempt
from tests.contracts.repositories.quizzes import with_quiz
from tests.contracts.samples import NOW, new_school, new_user

LATER = NOW + timedelta(minutes=5)


class AttemptRepositoryContract:
    """Attempts of people at versions of quizzes."""

    async def test_an_attempt_comes_back_as_it_was(self, uow: UnitOfWork) -> None:
        scope, _, quiz, user_id = await with_learner(uow)
        untimed = an_attempt(quiz, user_id, seed=0, expires_at=None, draft=answers_to(quiz))
        async with uow.begin(scope) as tx:
            await tx.attempts.add(untimed)
            assert await tx.attempts.get(untimed.id) == untimed
            assert await tx.attempts.get(untimed.id, for_update=True) == untimed
            assert await tx.attempts.get(uuid4()) is None

    async def test_answers_marks_and_score(self, uow: UnitOfWork) -> None:
        scope, _, quiz, user_id = await with_learner(uow)
        attempt = await new_attempt(uow, quiz, user_id)
        one, two = (question.id for question in quiz.questions)
        handed_in = replace(
            attempt,
            submitted_at=LATER,
            answers=answers_to(quiz),
            marks={one: Mark(Verdict.RIGHT), two: Mark(Verdict.WRONG, decided_by=user_id)},
            score=66.6,
            passed=True,
            graded_at=LATER,
        )
        async with uow.begin(scope) as tx:
            await tx.attempts.save(handed_in)
            await tx.commit()
        as_saved = replace(handed_in, marks=dict(handed_in.marks))
        handed_in.marks.clear()
        async with uow.begin(scope) as tx:
            assert await tx.attempts.get(attempt.id) == as_saved

    async def test_what_was_handed_in_never_changes(self, uow: UnitOfWork) -> None:
        scope, _, quiz, user_id = await with_learner(uow)
        attempt = await new_attempt(uow, quiz, user_id)
        handed_in = replace(attempt, submitted_at=LATER, answers=answers_to(quiz))
        graded = replace(handed_in, score=50.0, passed=False, graded_at=LATER + timedelta(days=1))
        async with uow.begin(scope) as tx:
            await tx.attempts.save(handed_in)
            await tx.commit()
        async with uow.begin(scope) as tx:
            await tx.attempts.save(replace(graded, submitted_at=NOW, answers={}))
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.attempts.get(attempt.id) == graded

    async def test_neither_does_what_was_asked(self, uow: UnitOfWork) -> None:
        scope, _, quiz, user_id = await with_learner(uow)
        attempt = await new_attempt(uow, quiz, user_id)
        async with uow.begin(scope) as tx:
            await tx.attempts.save(replace(attempt, number=7, seed=7, question_ids=(), started_at=LATER))
            await tx.attempts.save(an_attempt(quiz, user_id, number=2))
            assert await tx.attempts.of_quiz(quiz.id) == (attempt,)

    async def test_numbers_differ_and_one_is_open(self, uow: UnitOfWork) -> None:
        scope, _, quiz, user_id = await with_learner(uow)
        other = await new_user(uow, scope)
        attempt = await new_attempt(uow, quiz, user_id)
        handed_in = replace(attempt, submitted_at=LATER)
        async with uow.begin(scope) as tx:
            await refused(tx.attempts.add(an_attempt(quiz, user_id, number=2)))
            await tx.attempts.save(handed_in)
            await refused(tx.attempts.add(an_attempt(quiz, user_id, number=1)))
            await tx.attempts.add(an_attempt(quiz, user_id, number=2))
            await tx.attempts.add(an_attempt(quiz, other.id, number=1))

    async def test_of_many_starts_at_once_one_wins(self, uow: UnitOfWork) -> None:
        scope, _, quiz, user_id = await with_learner(uow)

        async def start(number: int) -> str:
            async with uow.begin(scope) as tx:
                try:
                    await tx.attempts.add(an_attempt(quiz, user_id, number=number))
                except Taken as taken:
                    return taken.what
                await tx.commit()
            return "started"

        results = await asyncio.gather(*(start(1 + n % 3) for n in range(20)))
        assert sorted(results) == [*["quiz_attempt"] * 19, "started"]

    async def test_of_many_that_hand_in_at_once_one_does(self, uow: UnitOfWork) -> None:
        scope, _, quiz, user_id = await with_learner(uow)
        attempt = await new_attempt(uow, quiz, user_id)

        async def hand_in(number: int) -> bool:
            async with uow.begin(scope) as tx:
                held = await tx.attempts.get(attempt.id, for_update=True)
                assert held is not None
                try:
                    held.submit(quiz, answers_to(quiz), now=LATER + timedelta(seconds=number))
                except Conflict:
                    return False
                await tx.attempts.save(held)
                await tx.commit()
            return True

        assert sum(await asyncio.gather(*(hand_in(number) for number in range(20)))) == 1

    async def test_of_a_person_and_of_a_version(self, uow: UnitOfWork) -> None:
        scope, assignment, quiz, user_id = await with_learner(uow)
        other = (await new_user(uow, scope)).id
        newer = a_quiz(assignment, version=2, state=QuizState.DRAFT)
        mine = [
            an_attempt(quiz, user_id, number=1, submitted_at=LATER),
            an_attempt(quiz, user_id, number=2, started_at=NOW + timedelta(hours=1)),
            an_attempt(newer, user_id, number=1, started_at=NOW + timedelta(hours=2)),
        ]
        theirs = an_attempt(quiz, other, number=1)
        async with uow.begin(scope) as tx:
            await tx.quizzes.add(newer)
            for attempt in (theirs, *reversed(mine)):
                await tx.attempts.add(attempt)
            of_quiz = tuple(sorted((*mine[:2], theirs), key=lambda each: (each.user_id, each.number)))
            for for_update in (False, True):
                found = await tx.attempts.of_person(assignment.id, user_id, for_update=for_update)
                assert found == tuple(mine)
                assert await tx.attempts.of_quiz(quiz.id, for_update=for_update) == of_quiz
                whole = await tx.attempts.of_assignment(assignment.id, for_update=for_update)
                assert {each.id for each in whole} == {each.id for each in (*mine, theirs)}
                assert [each for each in whole if each.user_id == user_id] == mine
                like = await tx.attempts.of_assignment(assignment.id, like=mine[2].id, for_update=for_update)
                assert like == tuple(mine)
            assert await tx.attempts.of_assignment(uuid4()) == ()
            assert await tx.attempts.of_assignment(assignment.id, like=uuid4()) == ()
            assert await tx.attempts.of_person(assignment.id, uuid4()) == ()
            assert await tx.attempts.of_person(uuid4(), user_id) == ()
            assert await tx.attempts.of_quiz(uuid4()) == ()

    async def test_many_are_graded_again_at_once_and_nothing_else_of_them_changes(self, uow: UnitOfWork) -> None:
        scope, assignment, quiz, user_id = await with_learner(uow)
        question_id = quiz.questions[0].id
        people = [user_id, *[(await new_user(uow, scope)).id for _ in range(3)]]
        attempts = [
            an_attempt(quiz, each, submitted_at=LATER, answers=answers_to(quiz), score=0.0, passed=False)
            for each in people
        ]
        async with uow.begin(scope) as tx:
            for attempt in attempts:
                await tx.attempts.add(attempt)
            await tx.commit()
        graded = [
            replace(each, marks={question_id: Mark(Verdict.RIGHT)}, score=50.5 + place, passed=True, graded_at=LATER)
            for place, each in enumerate(attempts[:3])
        ]
        forged = [replace(each, answers={}, submitted_at=None, number=9) for each in graded]
        waiting = replace(attempts[3], score=None, passed=None, marks={question_id: Mark(Verdict.NEEDS_REVIEW)})
        async with uow.begin(scope) as tx:
            await tx.attempts.save_grades(())
            await tx.attempts.save_grades((*forged, waiting))
            await tx.commit()
        async with uow.begin(scope) as tx:
            found = await tx.attempts.of_assignment(assignment.id)
            assert sorted(found, key=lambda each: each.id) == sorted((*graded, waiting), key=lambda each: each.id)

    async def test_another_schools_attempts_are_out_of_reach(self, uow: UnitOfWork) -> None:
        ours = await new_school(uow)
        theirs, assignment, quiz, user_id = await with_learner(uow)
        attempt = await new_attempt(uow, quiz, user_id)
        async with uow.begin(ours) as tx:
            assert await tx.attempts.get(attempt.id) is None
            assert await tx.attempts.get(attempt.id, for_update=True) is None
            assert await tx.attempts.of_person(assignment.id, user_id) == ()
            assert await tx.attempts.of_quiz(quiz.id) == ()
            assert await tx.attempts.of_assignment(assignment.id) == ()
            assert await tx.attempts.of_assignment(assignment.id, like=attempt.id) == ()
            for store in (tx.attempts.add, tx.attempts.save):
                with pytest.raises(ValueError, match="school"):
                    await store(attempt)
            with pytest.raises(ValueError, match="school"):
                await tx.attempts.save_grades((attempt,))
            await tx.attempts.save_grades((replace(attempt, tenant_id=ours.tenant_id, score=1.0),))
            await tx.attempts.save(replace(attempt, tenant_id=ours.tenant_id, submitted_at=LATER))
            await tx.commit()
        async with uow.begin(theirs) as tx:
            assert await tx.attempts.get(attempt.id) == attempt


async def with_learner(uow: UnitOfWork) -> tuple[TenantScope, Assignment, Quiz, UUID]:
    """A school with a published quiz and somebody who may take it."""
    scope, assignment, quiz = await with_quiz(uow)
    return scope, assignment, quiz, (await new_user(uow, scope)).id


async def refused(adding: Awaitable[None]) -> None:
    """It is taken."""
    with pytest.raises(Taken) as taken:
        await adding
    assert taken.value.what == "quiz_attempt"


async def new_attempt(uow: UnitOfWork, quiz: Quiz, user_id: UUID) -> QuizAttempt:
    """An open attempt that is there."""
    attempt = an_attempt(quiz, user_id)
    async with uow.begin(TenantScope(quiz.tenant_id)) as tx:
        await tx.attempts.add(attempt)
        await tx.commit()
    return attempt


def answers_to(quiz: Quiz) -> dict[UUID, Answer]:
    """An answer of each kind, to what is asked."""
    return {
        question.id: OptionAnswer(question.correct_option.id)
        if isinstance(question, McqQuestion)
        else TextAnswer("“twelve”")
        for question in quiz.asked
    }

"""What every repository of quizzes promises. A subclass provides the fixture ``uow``."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.learning.assignment import Assignment
from lms_domain.learning.quiz import McqQuestion, Quiz, QuizState, Review, ShortAnswerQuestion
from lms_domain.learning.quiz_reasons import QuizReason
from tests.contracts.learning_samples import (
    a_quiz,
    a_quiz_assignment,
    an_attempt,
    generated,
    new_contents,
    new_quiz,
    questions,
)
from tests.contracts.samples import NOW, new_course, new_school, new_user

LATER = NOW + timedelta(hours=1)

Locking = Callable[[TenantTransaction], Awaitable[tuple[Quiz, ...]]]


async def _only(found: Awaitable[Quiz | None]) -> tuple[Quiz, ...]:
    quiz = await found
    return () if quiz is None else (quiz,)


class QuizRepositoryContract:
    """Versions of quizzes with their questions."""

    async def test_a_quiz_comes_back_as_it_was(self, uow: UnitOfWork) -> None:
        scope, assignment, quiz = await with_quiz(uow)
        bare = a_quiz(
            assignment,
            version=2,
            language="",
            time_limit_seconds=None,
            shuffle_options=True,
            state=QuizState.DRAFT,
            state_reason="Too few questions.",
            state_codes=(QuizReason.GENERATOR_UNAVAILABLE, QuizReason.TOO_FEW_QUESTIONS),
            generator=None,
            transcript_hash=None,
            questions=(),
        )
        async with uow.begin(scope) as tx:
            await tx.quizzes.add(bare)
            for each in (quiz, bare):
                assert await tx.quizzes.get(each.id) == each
                assert await tx.quizzes.get(each.id, for_update=True) == each
            assert await tx.quizzes.versions(assignment.id) == (quiz, bare)
            assert await tx.quizzes.versions(assignment.id, for_update=True) == (quiz, bare)
            assert await tx.quizzes.get(uuid4()) is None
            assert await tx.quizzes.versions(uuid4()) == ()

    async def test_one_draft_one_published_and_each_version_once(self, uow: UnitOfWork) -> None:
        scope, assignment, quiz = await with_quiz(uow)
        draft = a_quiz(assignment, version=2, state=QuizState.DRAFT)
        async with uow.begin(scope) as tx:
            await tx.quizzes.add(draft)
            for other, what in (
                (a_quiz(assignment, version=1, state=QuizState.RETIRED), "quiz_version"),
                (a_quiz(assignment, version=3, state=QuizState.DRAFT), "quiz_draft"),
                (a_quiz(assignment, version=3), "quiz_published"),
            ):
                with pytest.raises(Taken) as taken:
                    await tx.quizzes.add(other)
                assert taken.value.what == what
            for changed, what in (
                (replace(draft, state=QuizState.PUBLISHED), "quiz_published"),
                (replace(quiz, state=QuizState.DRAFT), "quiz_draft"),
            ):
                with pytest.raises(Taken) as taken:
                    await tx.quizzes.save(changed)
                assert taken.value.what == what
            await tx.quizzes.save(quiz.retired(QuizReason.REPLACED, now=LATER))
            await tx.quizzes.save(draft.published(now=LATER))
            await tx.quizzes.add(a_quiz(assignment, version=3, state=QuizState.RETIRED))
            await tx.quizzes.add(a_quiz(assignment, version=4, state=QuizState.DRAFT))
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert [each.version for each in await tx.quizzes.versions(assignment.id)] == [1, 2, 3, 4]
            assert (await tx.quizzes.versions(assignment.id))[1] == draft.published(now=LATER)

    async def test_of_many_drafts_at_once_one_wins(self, uow: UnitOfWork) -> None:
        scope, assignment, _ = await with_quiz(uow)

        async def add(version: int) -> str:
            async with uow.begin(scope) as tx:
                try:
                    await tx.quizzes.add(a_quiz(assignment, version=version, state=QuizState.DRAFT))
                except Taken as taken:
                    return taken.what
                await tx.commit()
            return "added"

        assert sorted(await asyncio.gather(*(add(version) for version in range(2, 7)))) == [
            "added",
            *["quiz_draft"] * 4,
        ]

    async def test_saving_has_exactly_these_questions(self, uow: UnitOfWork) -> None:
        scope, assignment, quiz = await with_quiz(uow)
        other_assignment, other = await new_quiz(uow, (await new_contents(uow, scope))[0])
        first, second = quiz.questions
        new = questions()[0]
        changed = replace(
            quiz.with_questions(
                (new, replace(second, prompt="How many then?", review=Review.STALE, said_now="Three.")), now=LATER
            ),
            attempts_allowed=5,
            time_limit_seconds=None,
            passing_score=90,
            shuffle_options=True,
            state=QuizState.RETIRED,
            state_reason="Why not.",
            state_codes=(QuizReason.WITHDRAWN,),
        )
        async with uow.begin(scope) as tx:
            await tx.quizzes.save(changed)
            await tx.quizzes.save(a_quiz(assignment, version=9))
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.quizzes.versions(assignment.id) == (changed,)
            assert await tx.quizzes.versions(other_assignment.id) == (other,)
            both = changed.with_questions((first, new), now=LATER)
            await tx.quizzes.save(both)
            assert await tx.quizzes.get(quiz.id) == both

    async def test_who_had_to_wait_for_a_version_meets_it_as_it_is_now(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, _, content = await new_contents(uow, scope)
        assignment = a_quiz_assignment(course, **generated(content))
        quiz = a_quiz(assignment)
        user = await new_user(uow, scope)
        async with uow.begin(scope) as tx:
            await tx.assignments.add(assignment)
            await tx.quizzes.add(quiz)
            await tx.commit()
        first, second = quiz.questions
        changed = quiz.with_questions((replace(second, prompt="How many now?"), questions()[0], first), now=LATER)
        lockings: tuple[Locking, ...] = (
            lambda tx: _only(tx.quizzes.get(quiz.id, for_update=True)),
            lambda tx: tx.quizzes.met_by(assignment.id, user.id, for_share=True),
            lambda tx: tx.quizzes.versions(assignment.id, for_update=True),
            lambda tx: tx.quizzes.of_content(content.id),
        )

        async def lock(which: Locking) -> tuple[Quiz, ...]:
            async with uow.begin(scope) as tx:
                return await which(tx)

        async with uow.begin(scope) as tx:
            assert await tx.quizzes.versions(assignment.id, for_update=True) == (quiz,)
            await tx.quizzes.save(changed)
            waiting = [asyncio.create_task(lock(which)) for which in lockings]
            done, _ = await asyncio.wait(waiting, timeout=0.2)
            assert not done
            await tx.commit()
        assert await asyncio.gather(*waiting) == [(changed,)] * len(lockings)

    async def test_mending_changes_answers_and_review_and_nothing_else(self, uow: UnitOfWork) -> None:
        scope, assignment, quiz = await with_quiz(uow)
        newer = a_quiz(assignment, version=2, state=QuizState.DRAFT)
        choose, typed = quiz.questions
        assert isinstance(choose, McqQuestion)
        assert isinstance(typed, ShortAnswerQuestion)
        options = tuple(replace(option, is_correct=not option.is_correct) for option in choose.options)
        mended = (
            replace(choose, options=options, review=Review.STALE, said_now="Something else."),
            replace(typed, accepted_answers=("13",), tolerance=0.5, is_read=True, review=Review.ACCEPTED),
        )
        later = quiz.with_questions(mended, now=LATER)
        async with uow.begin(scope) as tx:
            await tx.quizzes.add(newer)
            await tx.quizzes.mend((), ())
            await tx.quizzes.mend((later,), tuple(replace(each, prompt="Forged?", points=9) for each in mended))
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.quizzes.versions(assignment.id) == (later, newer)
            await tx.quizzes.mend((quiz, newer), (choose, newer.questions[0].reviewed(Review.REJECTED, "Wrong.")))
            await tx.commit()
        async with uow.begin(scope) as tx:
            first, second = await tx.quizzes.versions(assignment.id)
            assert first.questions == (choose, mended[1])
            assert second.questions[0].review_reason == "Wrong."
            assert second.questions[1] == newer.questions[1]

    async def test_a_draft_is_replaced_at_once(self, uow: UnitOfWork) -> None:
        scope, assignment, quiz = await with_quiz(uow)
        first, second = (a_quiz(assignment, version=2, state=QuizState.DRAFT) for _ in range(2))
        for draft in (first, second):
            async with uow.begin(scope) as tx:
                await tx.quizzes.replace_draft(draft)
                await tx.commit()
            async with uow.begin(scope) as tx:
                assert await tx.quizzes.versions(assignment.id) == (quiz, draft)
        async with uow.begin(scope) as tx:
            with pytest.raises(Taken) as taken:
                await tx.quizzes.replace_draft(a_quiz(assignment, version=1, state=QuizState.DRAFT))
            assert taken.value.what == "quiz_version"
            assert await tx.quizzes.versions(assignment.id) == (quiz, second)

    async def test_many_that_replace_a_draft_at_once_leave_one(self, uow: UnitOfWork) -> None:
        scope, assignment, _ = await with_quiz(uow)

        async def make() -> UUID | None:
            draft = a_quiz(assignment, version=2, state=QuizState.DRAFT)
            async with uow.begin(scope) as tx:
                await tx.assignments.get(assignment.id, for_update=True)
                await tx.quizzes.replace_draft(draft)
                await tx.commit()
            return draft.id

        made = await asyncio.gather(*(make() for _ in range(5)))
        async with uow.begin(scope) as tx:
            drafts = [each for each in await tx.quizzes.versions(assignment.id) if each.state is QuizState.DRAFT]
        assert len(drafts) == 1
        assert drafts[0].id in made

    async def test_what_one_person_meets_and_one_at_a_time(self, uow: UnitOfWork) -> None:
        scope, assignment, quiz = await with_quiz(uow)
        user, other = [await new_user(uow, scope) for _ in range(2)]
        old, older = (
            a_quiz(assignment, version=number, state=QuizState.RETIRED, questions=questions()) for number in (3, 2)
        )

        async def sit_down(user_id: UUID) -> tuple[Quiz, ...]:
            async with uow.begin(scope) as tx:
                return await tx.quizzes.met_by(assignment.id, user_id, for_share=True)

        async with uow.begin(scope) as tx:
            await tx.quizzes.add(old)
            await tx.quizzes.add(older)
            await tx.quizzes.add(a_quiz(assignment, version=4, state=QuizState.DRAFT))
            await tx.commit()
        async with uow.begin(scope) as tx:
            for is_locked in (False, True):
                assert await tx.quizzes.met_by(assignment.id, user.id, for_share=is_locked) == (quiz,)
                assert await tx.quizzes.met_by(assignment.id, uuid4(), for_share=is_locked) == ()
                assert await tx.quizzes.met_by(uuid4(), user.id, for_share=is_locked) == ()
            for each, hours in ((old, 2), (quiz, 1), (older, 0)):
                started, sent = NOW + timedelta(hours=hours), NOW + timedelta(hours=hours + 1)
                await tx.attempts.add(an_attempt(each, user.id, started_at=started, submitted_at=sent))
            for is_locked in (False, True):
                assert await tx.quizzes.met_by(assignment.id, user.id, for_share=is_locked) == (quiz, old)
                assert await tx.quizzes.met_by(assignment.id, other.id, for_share=is_locked) == (quiz,)
            await tx.commit()
        for is_locked in (False, True):
            async with uow.begin(scope) as tx:
                await tx.quizzes.met_by(assignment.id, user.id, for_share=is_locked)
                # Others share the version of which they do not share the person.
                waiting, beside = asyncio.create_task(sit_down(user.id)), asyncio.create_task(sit_down(other.id))
                done, _ = await asyncio.wait([waiting], timeout=0.2)
                assert not done
            assert await asyncio.gather(waiting, beside) == [(quiz, old), (quiz,)]

    async def test_a_draft_that_somebody_attempted_stays(self, uow: UnitOfWork) -> None:
        scope, assignment, quiz = await with_quiz(uow)
        user = await new_user(uow, scope)
        attempted = a_quiz(assignment, version=2, state=QuizState.DRAFT)
        async with uow.begin(scope) as tx:
            await tx.quizzes.add(attempted)
            assert not await tx.quizzes.has_attempts(attempted.id)
            await tx.attempts.add(an_attempt(attempted, user.id))
            assert await tx.quizzes.has_attempts(attempted.id)
            assert not await tx.quizzes.has_attempts(quiz.id)
            with pytest.raises(Taken) as taken:
                await tx.quizzes.replace_draft(a_quiz(assignment, version=3, state=QuizState.DRAFT))
            assert taken.value.what == "quiz_draft"
            assert await tx.quizzes.versions(assignment.id) == (quiz, attempted)

    async def test_what_was_generated_from_a_video(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, _, content = await new_contents(uow, scope)
        assignment = a_quiz_assignment(course, **generated(content))
        by_hand = a_quiz_assignment(course, module_id=content.module_id, content_id=content.id)
        states = (QuizState.RETIRED, QuizState.PUBLISHED, QuizState.DRAFT)
        versions = [a_quiz(assignment, version=n, state=state) for n, state in enumerate(states, start=1)]
        async with uow.begin(scope) as tx:
            for each in (assignment, by_hand):
                await tx.assignments.add(each)
            for quiz in (*versions, a_quiz(by_hand)):
                await tx.quizzes.add(quiz)
            found = await tx.quizzes.of_content(content.id)
            assert sorted(found, key=lambda quiz: quiz.version) == versions[1:]
            assert await tx.quizzes.of_content(uuid4()) == ()

    async def test_another_schools_quizzes_are_out_of_reach(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        course, _, content = await new_contents(uow, theirs)
        assignment = a_quiz_assignment(course, **generated(content))
        quiz, draft = a_quiz(assignment), a_quiz(assignment, version=2, state=QuizState.DRAFT)
        user = await new_user(uow, theirs)
        async with uow.begin(theirs) as tx:
            await tx.assignments.add(assignment)
            await tx.quizzes.add(quiz)
            await tx.quizzes.add(draft)
            await tx.attempts.add(an_attempt(quiz, user.id))
            await tx.commit()
        async with uow.begin(ours) as tx:
            assert await tx.quizzes.get(quiz.id) is None
            assert await tx.quizzes.get(quiz.id, for_update=True) is None
            assert await tx.quizzes.versions(assignment.id) == ()
            for is_locked in (False, True):
                assert await tx.quizzes.met_by(assignment.id, user.id, for_share=is_locked) == ()
            assert not await tx.quizzes.has_attempts(quiz.id)
            assert await tx.quizzes.of_content(content.id) == ()
            for attempt in (tx.quizzes.add, tx.quizzes.save, tx.quizzes.replace_draft):
                with pytest.raises(ValueError, match="school"):
                    await attempt(draft)
            with pytest.raises(ValueError, match="school"):
                await tx.quizzes.mend((draft,), draft.questions)
            ours_by_mistake = replace(quiz, tenant_id=ours.tenant_id, updated_at=LATER)
            await tx.quizzes.mend((ours_by_mistake,), (quiz.questions[0].reviewed(Review.REJECTED),))
            await tx.quizzes.save(replace(quiz, tenant_id=ours.tenant_id, questions=()))
            await tx.commit()
        async with uow.begin(theirs) as tx:
            assert await tx.quizzes.versions(assignment.id) == (quiz, draft)


async def with_quiz(uow: UnitOfWork) -> tuple[TenantScope, Assignment, Quiz]:
    """A school with a published quiz."""
    scope = await new_school(uow)
    course, _ = await new_course(uow, scope)
    return scope, *(await new_quiz(uow, course))

"""What every repository of extensions of quizzes promises. A subclass provides the fixture ``uow``."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_domain.learning.assignment import Assignment
from lms_domain.learning.quiz_extension import QuizExtension
from tests.contracts.learning_samples import an_attempt
from tests.contracts.parents import refuses
from tests.contracts.repositories.attempts import with_learner
from tests.contracts.samples import NOW, new_school, new_user


class QuizExtensionContract:
    """More time or attempts for one person at one quiz."""

    async def test_one_for_each_person_and_quiz(self, uow: UnitOfWork) -> None:
        scope, assignment, _, user_id = await with_learner(uow)
        other = (await new_user(uow, scope)).id
        given = an_extension(assignment, user_id, given_by=other)
        later = replace(given, extra_seconds=0, extra_percent=50, given_by=None, given_at=NOW + timedelta(days=1))
        async with uow.begin(scope) as tx:
            assert await tx.quiz_extensions.get(assignment.id, user_id) is None
            await tx.quiz_extensions.put(given)
            assert await tx.quiz_extensions.get(assignment.id, user_id) == given
            await tx.commit()
        async with uow.begin(scope) as tx:
            await tx.quiz_extensions.put(later)
            await tx.quiz_extensions.put(an_extension(assignment, other))
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.quiz_extensions.get(assignment.id, user_id) == later
            await tx.quiz_extensions.remove(assignment.id, user_id)
            await tx.quiz_extensions.remove(assignment.id, uuid4())
            assert await tx.quiz_extensions.get(assignment.id, user_id) is None
            assert await tx.quiz_extensions.get(assignment.id, other) is not None

    async def test_with_the_attempts_that_it_is_about(self, uow: UnitOfWork) -> None:
        scope, assignment, quiz, user_id = await with_learner(uow)
        other = (await new_user(uow, scope)).id
        given = an_extension(assignment, user_id)
        mine = [
            an_attempt(quiz, user_id, number=number, started_at=NOW + timedelta(hours=number), submitted_at=sent)
            for number, sent in ((1, NOW), (2, None))
        ]
        async with uow.begin(scope) as tx:
            assert await tx.quiz_extensions.with_attempts(assignment.id, user_id) == (None, ())
            await tx.quiz_extensions.put(given)
            assert await tx.quiz_extensions.with_attempts(assignment.id, user_id) == (given, ())
            for attempt in (*reversed(mine), an_attempt(quiz, other)):
                await tx.attempts.add(attempt)
            assert await tx.quiz_extensions.with_attempts(assignment.id, user_id) == (given, tuple(mine))
            assert [len(found) for found in (await tx.quiz_extensions.with_attempts(assignment.id, other))[1:]] == [1]

    async def test_it_goes_with_its_quiz(self, uow: UnitOfWork) -> None:
        scope, assignment, _, user_id = await with_learner(uow)
        async with uow.begin(scope) as tx:
            await tx.quiz_extensions.put(an_extension(assignment, user_id))
            await tx.commit()
        async with uow.begin(scope) as tx:
            await tx.assignments.delete(assignment.id)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.quiz_extensions.get(assignment.id, user_id) is None

    async def test_another_schools_are_out_of_reach(self, uow: UnitOfWork) -> None:
        ours = await new_school(uow)
        ours_user = (await new_user(uow, ours)).id
        scope, assignment, _, user_id = await with_learner(uow)
        given = an_extension(assignment, user_id)
        async with uow.begin(scope) as tx:
            await tx.quiz_extensions.put(given)
            await tx.commit()
        async with uow.begin(ours) as tx:
            assert await tx.quiz_extensions.get(assignment.id, user_id) is None
            await tx.quiz_extensions.remove(assignment.id, user_id)
            with pytest.raises(ValueError, match="school"):
                await tx.quiz_extensions.put(given)
            await tx.commit()
        for strange in (
            replace(given, tenant_id=ours.tenant_id),
            replace(given, tenant_id=ours.tenant_id, user_id=ours_user),
        ):
            await refuses(uow, ours, partial(_put, strange))
        async with uow.begin(scope) as tx:
            assert await tx.quiz_extensions.get(assignment.id, user_id) == given


async def _put(extension: QuizExtension, tx: TenantTransaction) -> None:
    await tx.quiz_extensions.put(extension)


def an_extension(assignment: Assignment, user_id: UUID, **changes: object) -> QuizExtension:
    """Ten minutes and one attempt more."""
    extension = QuizExtension(
        tenant_id=assignment.tenant_id,
        assignment_id=assignment.id,
        user_id=user_id,
        extra_seconds=600,
        extra_attempts=1,
        reason="Reads slowly.",
        given_by=None,
        given_at=NOW,
    )
    return replace(extension, **changes)  # type: ignore[arg-type]  # keyword arguments of one test

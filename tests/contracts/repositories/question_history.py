"""What every history of questions promises. A subclass provides the fixture ``uow``."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from lms_app.ports.question_history import QuestionFlag
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_domain.learning.assignment import Assignment
from lms_domain.learning.question_outcome import Outcome, QuestionOutcome
from tests.contracts.parents import refuses
from tests.contracts.repositories.attempts import with_learner
from tests.contracts.samples import NOW, new_school, new_user, next_id


class QuestionHistoryContract:
    """Flags and outcomes of questions, whatever version they stand in."""

    async def test_a_copy_of_a_copy_is_the_same_question(self, uow: UnitOfWork) -> None:
        scope, assignment, quiz, _ = await with_learner(uow)
        first, copy, copy_of_copy, other = quiz.questions[0].id, uuid4(), uuid4(), uuid4()
        outcomes = [an_outcome(assignment, first, Outcome.PROPOSED, 0), an_outcome(assignment, copy_of_copy)]
        async with uow.begin(scope) as tx:
            await tx.question_history.record(outcomes[:1])
            await tx.question_history.copied(assignment.id, {first: copy})
            await tx.question_history.copied(assignment.id, {copy: copy_of_copy})
            await tx.question_history.copied(assignment.id, {})
            await tx.question_history.record([*outcomes[1:], an_outcome(assignment, other)])
            await tx.question_history.record([])
            await tx.commit()
        expected = tuple(replace(outcome, question_id=first) for outcome in outcomes)
        async with uow.begin(scope) as tx:
            for name in (first, copy, copy_of_copy):
                assert await tx.question_history.outcomes(name) == expected
            assert len(await tx.question_history.outcomes(other)) == 1
            assert await tx.question_history.outcomes(uuid4()) == ()

    async def test_one_flag_of_each_person(self, uow: UnitOfWork) -> None:
        scope, assignment, quiz, user_id = await with_learner(uow)
        other = (await new_user(uow, scope)).id
        question, copy = quiz.questions[0].id, uuid4()
        async with uow.begin(scope) as tx:
            await tx.question_history.copied(assignment.id, {question: copy})
            await tx.question_history.flag(a_flag(assignment, question, user_id))
            await tx.question_history.flag(a_flag(assignment, copy, user_id, reason="Still."))
            await tx.question_history.flag(a_flag(assignment, copy, other))
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.question_history.unflag(assignment.id, uuid4()) == 0
            assert await tx.question_history.unflag(uuid4(), copy) == 0
            assert await tx.question_history.unflag(assignment.id, copy) == 2
            assert await tx.question_history.unflag(assignment.id, question) == 0

    async def test_outcomes_outlive_the_quiz(self, uow: UnitOfWork) -> None:
        scope, assignment, quiz, user_id = await with_learner(uow)
        question = quiz.questions[0].id
        async with uow.begin(scope) as tx:
            await tx.question_history.record([an_outcome(assignment, question)])
            await tx.question_history.flag(a_flag(assignment, question, user_id))
            await tx.commit()
        async with uow.begin(scope) as tx:
            await tx.assignments.delete(assignment.id)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert len(await tx.question_history.outcomes(question)) == 1
            assert await tx.question_history.unflag(assignment.id, question) == 0

    async def test_another_schools_are_out_of_reach(self, uow: UnitOfWork) -> None:
        ours = await new_school(uow)
        scope, assignment, quiz, user_id = await with_learner(uow)
        question = quiz.questions[0].id
        flag, outcome = a_flag(assignment, question, user_id), an_outcome(assignment, question)
        async with uow.begin(scope) as tx:
            await tx.question_history.record([outcome])
            await tx.question_history.flag(flag)
            await tx.commit()
        async with uow.begin(ours) as tx:
            assert await tx.question_history.outcomes(question) == ()
            assert await tx.question_history.unflag(assignment.id, question) == 0
            with pytest.raises(ValueError, match="school"):
                await tx.question_history.flag(flag)
            with pytest.raises(ValueError, match="school"):
                await tx.question_history.record([outcome])
        await refuses(uow, ours, partial(_flag, replace(flag, tenant_id=ours.tenant_id)))
        await refuses(uow, ours, partial(_copied, assignment.id))
        async with uow.begin(scope) as tx:
            assert await tx.question_history.outcomes(question) == (outcome,)
            assert await tx.question_history.unflag(assignment.id, question) == 1


async def _flag(flag: QuestionFlag, tx: TenantTransaction) -> None:
    await tx.question_history.flag(flag)


async def _copied(assignment_id: UUID, tx: TenantTransaction) -> None:
    await tx.question_history.copied(assignment_id, {uuid4(): uuid4()})


def a_flag(assignment: Assignment, question_id: UUID, user_id: UUID, *, reason: str = "Unclear.") -> QuestionFlag:
    """What somebody says of a question."""
    return QuestionFlag(
        tenant_id=assignment.tenant_id,
        assignment_id=assignment.id,
        question_id=question_id,
        user_id=user_id,
        reason=reason,
        created_at=NOW,
    )


def an_outcome(
    assignment: Assignment, question_id: UUID, outcome: Outcome = Outcome.REJECTED, hours: int = 1
) -> QuestionOutcome:
    """What became of a question, so many hours later."""
    return QuestionOutcome(
        id=next_id(),
        tenant_id=assignment.tenant_id,
        question_id=question_id,
        generator="rules-en/1",
        rule="definition",
        outcome=outcome,
        reason="Too easy." if outcome is Outcome.REJECTED else "",
        at=NOW + timedelta(hours=hours),
    )

"""What every query about videos promises. A subclass provides ``uow`` and ``queries`` over the same rows, and overrides
``let_pass`` when its clock is not the real one."""

import asyncio
from uuid import uuid4

import pytest

from lms_app.listing import PageRequest
from lms_app.ports.queries import VideoQueries
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.generated import generated_assignment
from lms_domain.learning.quiz import QuizState
from lms_domain.video.asset import RetryRule, StepFailure
from lms_domain.video.steps import StepName, StepState
from tests.contracts.learning_samples import a_quiz, new_contents
from tests.contracts.repositories.video import LEASE, SOON_OVER, LetPass, claim
from tests.contracts.samples import NOW, SYSTEM, an_asset, new_school, new_video

PAGE = PageRequest(1, 50)


class VideoQueriesContract:
    """Steps in trouble, and what was made from a video."""

    @pytest.fixture
    def let_pass(self) -> LetPass:
        """Let so many seconds of the queries' own clock pass."""
        return asyncio.sleep

    async def test_steps_in_trouble(self, uow: UnitOfWork, queries: VideoQueries, let_pass: LetPass) -> None:
        one, two = await new_school(uow), await new_school(uow)
        waiting, lost, failed, at_work = [await new_video(uow, scope) for scope in (one, one, two, two)]
        await claim(uow, one, lost, StepName.VALIDATE, SOON_OVER)
        await claim(uow, two, at_work, StepName.VALIDATE, LEASE)
        await claim(uow, two, failed, StepName.VALIDATE, LEASE)
        async with uow.begin(two) as tx:
            held = await tx.videos.lock(failed.id)
            assert held is not None
            held.claimed(StepName.VALIDATE, rule=RetryRule(), now=NOW)
            failure = StepFailure("not_a_video", "This is no video.", "its log", is_permanent=True)
            held.fail(StepName.VALIDATE, failure, attempt=1, rule=RetryRule(), now=NOW)
            await tx.videos.save(held)
            await tx.commit()
        await let_pass(0.3)

        async def found(tenant: TenantScope | None, stuck_after: float = 0.1) -> dict[object, StepState]:
            tenant_id = tenant.tenant_id if tenant is not None else None
            listed = await queries.troubled_steps(
                SYSTEM, tenant_id=tenant_id, stuck_after_seconds=stuck_after, page=PAGE
            )
            assert listed.count == len(listed.results)
            return {step.content_id: step.state for step in listed.results}

        stuck = {waiting.content_id: StepState.QUEUED, lost.content_id: StepState.RUNNING}
        assert await found(one) == stuck
        assert await found(two) == {failed.content_id: StepState.FAILED}
        assert await found(None) == {**stuck, failed.content_id: StepState.FAILED}
        assert await found(one, stuck_after=3600) == {}
        listed = await queries.troubled_steps(SYSTEM, tenant_id=two.tenant_id, stuck_after_seconds=0.1, page=PAGE)
        (step,) = listed.results
        assert (step.id, step.name) == (failed.steps[StepName.VALIDATE].id, StepName.VALIDATE)
        assert (step.error_code, step.error, step.log) == ("not_a_video", "This is no video.", "its log")
        assert (step.attempt, step.failures, step.lost_leases, step.since) == (1, 1, 0, NOW)
        assert step.tenant_id == two.tenant_id
        assert step.subdomain
        assert step.content_title

    async def test_the_newest_trouble_comes_first_in_pages(self, uow: UnitOfWork, queries: VideoQueries) -> None:
        scope = await new_school(uow)
        for _ in range(3):
            asset = await new_video(uow, scope)
            await claim(uow, scope, asset, StepName.VALIDATE, SOON_OVER)
        pages = [
            await queries.troubled_steps(
                SYSTEM, tenant_id=scope.tenant_id, stuck_after_seconds=-60, page=PageRequest(number, 2)
            )
            for number in (1, 2, 3)
        ]
        assert [(page.count, len(page.results)) for page in pages] == [(3, 2), (3, 1), (3, 0)]
        steps = [step for page in pages for step in page.results]
        assert steps == sorted(steps, key=lambda step: (step.since, step.id), reverse=True)
        assert len({step.id for step in steps}) == 3

    async def test_what_was_made_from_a_video(self, uow: UnitOfWork, queries: VideoQueries) -> None:
        scope = await new_school(uow)
        course, module, content = await new_contents(uow, scope)
        asset = an_asset(content)
        reflection, task = [
            generated_assignment(asset.id, kind, content, now=NOW)
            for kind in (AssignmentKind.REFLECTION, AssignmentKind.QUIZ)
        ]
        draft = a_quiz(task, version=2, state=QuizState.DRAFT, state_reason="Read it first.", questions=())
        async with uow.begin(scope) as tx:
            await tx.videos.add(asset)
            await tx.assignments.add(task)
            await tx.assignments.add(reflection)
            await tx.quizzes.add(draft)
            await tx.commit()
        screen = await queries.status(scope, course.id, module.id, content.id)
        assert screen is not None
        first, second = screen.assignments
        assert (first.id, first.kind, first.quiz_id, first.question_count) == (
            reflection.id,
            AssignmentKind.REFLECTION,
            None,
            None,
        )
        assert (second.quiz_id, second.quiz_state, second.question_count, second.reason) == (
            draft.id,
            QuizState.DRAFT,
            0,
            "Read it first.",
        )
        async with uow.begin(scope) as tx:
            await tx.quizzes.add(a_quiz(task))
            await tx.commit()
        screen = await queries.status(scope, course.id, module.id, content.id)
        assert screen is not None
        published = screen.assignments[1]
        assert (published.quiz_state, published.question_count, published.reason) == (QuizState.PUBLISHED, 2, "")
        assert await queries.status(TenantScope(uuid4()), course.id, module.id, content.id) is None

    async def test_media_of_a_content_are_fetched_while_it_exists(self, uow: UnitOfWork, queries: VideoQueries) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        _, _, content = await new_contents(uow, ours)
        assert await queries.may_fetch_media(ours, content.id)
        assert not await queries.may_fetch_media(theirs, content.id)
        async with uow.begin(ours) as tx:
            await tx.courses.remove_content(content.id)
            await tx.commit()
        assert not await queries.may_fetch_media(ours, content.id)

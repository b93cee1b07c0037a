"""What every set of repositories promises. A subclass provides the fixture ``uow``, and overrides ``let_pass`` when
its clock is not the real one."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from lms_app.ports.job_queue import StepDoorbell
from lms_app.ports.repositories import ClaimedStep, Lease, RefreshState, StepRef, Taken, Transcript
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.courses.course import ContentType
from lms_domain.schools.tenant import PLAN_LIMITS, Plan
from lms_domain.video.asset import RetryRule, StepFailure, VideoAsset, VideoFacts, VideoStatus
from lms_domain.video.steps import QueueName, StepName, StepState
from lms_domain.video.transcript import Segment
from tests.contracts.samples import (
    NOW,
    SYSTEM,
    a_content,
    a_course,
    a_module,
    a_session,
    a_tenant,
    a_user,
    an_operator,
    fingerprint,
    new_content,
    new_course,
    new_school,
    new_user,
    new_video,
)

LetPass = Callable[[float], Awaitable[None]]
LEASE = Lease(60.0)
SOON_OVER = Lease(0.05)


class SchoolRepositoryContract:
    """Schools, and what they use."""

    async def test_a_school_comes_back_as_it_was(self, uow: UnitOfWork) -> None:
        tenant = a_tenant(is_converted=True, is_suspended=True)
        async with uow.begin(SYSTEM) as system:
            await system.tenants.add(tenant)
            await system.commit()
        async with uow.begin(SYSTEM) as system:
            assert await system.tenants.get(tenant.id) == tenant
            assert await system.tenants.by_subdomain(tenant.subdomain) == tenant
            assert await system.tenants.get(uuid4()) is None
            assert await system.tenants.by_subdomain("nobody") is None

    async def test_a_subdomain_is_given_once(self, uow: UnitOfWork) -> None:
        first, second = a_tenant(), a_tenant()
        async with uow.begin(SYSTEM) as system:
            await system.tenants.add(first)
            with pytest.raises(Taken) as taken:
                await system.tenants.add(replace(second, subdomain=first.subdomain))
            assert taken.value.what == "subdomain"
            await system.tenants.add(second)
            await system.commit()

    async def test_erasing_removes_everything_of_one_school(self, uow: UnitOfWork) -> None:
        gone, kept = await new_school(uow), await new_school(uow)
        for scope in (gone, kept):
            user = await new_user(uow, scope)
            asset = await new_video(uow, scope)
            await new_course(uow, scope, title="Assigned", teachers=[user.id])
            async with uow.begin(scope) as tx:
                await tx.sessions.add(a_session(user.id))
                await tx.videos.put_transcript(a_transcript(asset))
                await tx.outbox.add((StepDoorbell(QueueName.MEDIA, scope.tenant_id, uuid4()),))
                await tx.commit()
        async with uow.begin(SYSTEM) as system:
            await system.tenants.erase(gone.tenant_id)
            await system.tenants.erase(uuid4())
            await system.commit()
        async with uow.begin(SYSTEM) as system:
            assert await system.tenants.get(gone.tenant_id) is None
            assert await system.tenants.get(kept.tenant_id) is not None
            assert {ref.tenant_id for ref in await system.pipeline.due(10_000)} & {gone.tenant_id} == set()
            waiting = {message.doorbell.tenant_id for message in await system.outbox.take(10_000)}
            assert kept.tenant_id in waiting
            assert gone.tenant_id not in waiting
        async with uow.begin(kept) as tx:
            assert await tx.usage.teacher_count() == 1

    async def test_usage(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow, plan=Plan.PRO, limits=PLAN_LIMITS[Plan.PRO])
        async with uow.begin(scope) as tx:
            assert await tx.usage.limits() == (PLAN_LIMITS[Plan.PRO], 0)
            await tx.usage.add_stored_bytes(3_000_000_000)
            assert await tx.usage.lock_limits() == (PLAN_LIMITS[Plan.PRO], 3_000_000_000)
            await tx.usage.add_stored_bytes(-1)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.usage.limits() == (PLAN_LIMITS[Plan.PRO], 2_999_999_999)

    async def test_only_active_learners_count(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        await new_user(uow, scope, role=Role.SCHOOL_ADMIN)
        await new_user(uow, scope, is_active=False)
        for role in (Role.TEACHER, Role.HOD, Role.IB_COORDINATOR):
            await new_user(uow, scope, role=role)
        await new_course(uow, scope)
        async with uow.begin(scope) as tx:
            assert await tx.usage.teacher_count() == 3
            assert await tx.usage.course_count() == 1

    async def test_a_limit_holds_when_many_ask_at_once(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        added = 0

        async def add_one() -> None:
            nonlocal added
            async with uow.begin(scope) as tx:
                await tx.usage.lock_limits()
                if await tx.usage.course_count() < 3:
                    await tx.courses.add(a_course(scope))
                    await tx.commit()
                    added += 1

        await asyncio.gather(*(add_one() for _ in range(8)))
        assert added == 3
        async with uow.begin(scope) as tx:
            assert await tx.usage.course_count() == 3

    @pytest.mark.parametrize(
        ("now", "today"),
        [
            (datetime(2026, 11, 22, 18, 29, 59, tzinfo=UTC), date(2026, 11, 22)),
            (datetime(2026, 11, 22, 18, 30, tzinfo=UTC), date(2026, 11, 23)),
        ],
    )
    async def test_today_is_the_schools(self, uow: UnitOfWork, now: datetime, today: date) -> None:
        scope = await new_school(uow, time_zone="Asia/Kolkata")
        async with uow.begin(scope) as tx:
            assert await tx.usage.today(now) == today


class AccountRepositoryContract:
    """People, operators and their sessions."""

    async def test_a_person_comes_back_as_they_were(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope)
        async with uow.begin(scope) as tx:
            assert await tx.users.get(user.id) == user
            assert await tx.users.by_email(user.email_folded) == user
            assert await tx.users.get(uuid4()) is None
            assert await tx.users.by_email(user.email_folded + "x") is None

    async def test_an_address_is_compared_without_case(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope, email="Straße@School.test")
        async with uow.begin(scope) as tx:
            with pytest.raises(Taken) as taken:
                await tx.users.add(a_user(scope, email="STRASSE@school.TEST"))
            assert taken.value.what == "email"
            assert await tx.users.by_email("strasse@school.test") == user

    async def test_a_new_password(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user, other = await new_user(uow, scope), await new_user(uow, scope)
        async with uow.begin(scope) as tx:
            await tx.users.set_password(user.id, "$argon2id$two", must_change=False)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.users.get(user.id) == replace(
                user, password_hash="$argon2id$two", must_change_password=False
            )
            assert await tx.users.get(other.id) == other

    async def test_existing_are_active_learners(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        teacher, hod = await new_user(uow, scope), await new_user(uow, scope, role=Role.HOD)
        admin = await new_user(uow, scope, role=Role.SCHOOL_ADMIN)
        inactive = await new_user(uow, scope, is_active=False)
        asked = frozenset({teacher.id, hod.id, admin.id, inactive.id, uuid4()})
        async with uow.begin(scope) as tx:
            assert await tx.users.existing(asked) == {teacher.id, hod.id}
            assert await tx.users.existing(frozenset()) == frozenset()

    async def test_operators(self, uow: UnitOfWork) -> None:
        operator = an_operator()
        async with uow.begin(SYSTEM) as system:
            await system.operators.add(operator)
            with pytest.raises(Taken) as taken:
                await system.operators.add(an_operator(email=operator.email.upper()))
            assert taken.value.what == "email"
            await system.operators.set_password(operator.id, "$argon2id$two", must_change=True)
            await system.commit()
        changed = replace(operator, password_hash="$argon2id$two", must_change_password=True)
        async with uow.begin(SYSTEM) as system:
            assert await system.operators.get(operator.id) == changed
            assert await system.operators.by_email(operator.email_folded) == changed
            assert await system.operators.get(uuid4()) is None

    async def test_sessions_of_operators(self, uow: UnitOfWork) -> None:
        operator, second = an_operator(), fingerprint()
        session = a_session(operator.id)
        async with uow.begin(SYSTEM) as system:
            await system.operators.add(operator)
            await system.operator_sessions.add(session)
            rotated = await system.operator_sessions.rotate(session.fingerprint, second, now=NOW)
            assert rotated is not None
            assert rotated.user_id == operator.id
            assert await system.operator_sessions.revoke_all(operator.id, now=NOW) == (session.id,)
            assert await system.operator_sessions.rotate(second, fingerprint(), now=NOW) is None
            await system.commit()

    async def test_tokens_follow_each_other(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope)
        session, second, third = a_session(user.id), fingerprint(), fingerprint()
        later = NOW + timedelta(minutes=10)

        def state(rotated_at: datetime | None, *, is_latest_parent: bool) -> RefreshState:
            return RefreshState(
                session_id=session.id,
                user_id=user.id,
                rotated_at=rotated_at,
                is_latest_parent=is_latest_parent,
                session_ends_at=session.expires_at,
                is_revoked=False,
            )

        async with uow.begin(scope) as tx:
            await tx.sessions.add(session)
            assert await tx.sessions.refresh_state(session.fingerprint) == state(None, is_latest_parent=False)
            rotated = await tx.sessions.rotate(session.fingerprint, second, now=NOW)
            assert rotated == state(NOW, is_latest_parent=True)
            assert await tx.sessions.refresh_state(session.fingerprint) == rotated
            assert await tx.sessions.rotate(session.fingerprint, fingerprint(), now=NOW) is None
            assert await tx.sessions.rotate(second, third, now=later) == state(later, is_latest_parent=True)
            assert await tx.sessions.refresh_state(session.fingerprint) == state(NOW, is_latest_parent=False)
            assert await tx.sessions.refresh_state(third) == state(None, is_latest_parent=False)
            assert await tx.sessions.refresh_state(fingerprint()) is None
            await tx.commit()

    async def test_no_token_of_a_session_that_is_over_rotates(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user = await new_user(uow, scope)
        session = a_session(user.id)
        async with uow.begin(scope) as tx:
            await tx.sessions.add(session)
            assert await tx.sessions.rotate(session.fingerprint, fingerprint(), now=session.expires_at) is None
            await tx.sessions.revoke(session.id, now=NOW)
            assert await tx.sessions.rotate(session.fingerprint, fingerprint(), now=NOW) is None
            state = await tx.sessions.refresh_state(session.fingerprint)
            assert state is not None
            assert state.is_revoked
            await tx.commit()

    async def test_all_sessions_of_a_person_end_but_one(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        user, other = await new_user(uow, scope), await new_user(uow, scope)
        first, second, third = (a_session(user.id) for _ in range(3))
        foreign = a_session(other.id)
        async with uow.begin(scope) as tx:
            for session in (first, second, third, foreign):
                await tx.sessions.add(session)
            await tx.sessions.revoke(first.id, now=NOW)
            assert await tx.sessions.revoke_all(user.id, now=NOW, except_for=third.id) == (second.id,)
            assert await tx.sessions.revoke_all(user.id, now=NOW) == (third.id,)
            assert await tx.sessions.revoke_all(user.id, now=NOW) == ()
            left = await tx.sessions.refresh_state(foreign.fingerprint)
            assert left is not None
            assert not left.is_revoked

    async def test_of_many_rotations_at_once_one_wins(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        session = a_session((await new_user(uow, scope)).id)
        async with uow.begin(scope) as tx:
            await tx.sessions.add(session)
            await tx.commit()

        async def rotate() -> RefreshState | None:
            async with uow.begin(scope) as tx:
                state = await tx.sessions.rotate(session.fingerprint, fingerprint(), now=NOW)
                await tx.commit()
            return state

        states = await asyncio.gather(*(rotate() for _ in range(20)))
        assert len([state for state in states if state is not None]) == 1


class CourseRepositoryContract:
    """Courses, modules, contents."""

    async def test_a_course_comes_back_as_it_was(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, module = await new_course(uow, scope)
        video = await new_content(uow, module)
        link = await new_content(
            uow,
            module,
            content_type=ContentType.LINK,
            url="https://example.test/",
            required_coverage=None,
            position=1,
            is_mandatory=False,
        )
        async with uow.begin(scope) as tx:
            assert await tx.courses.get(course.id) == course
            assert await tx.courses.get(course.id, for_update=True) == course
            assert await tx.courses.get_module(course.id, module.id) == module
            assert await tx.courses.get_content(course.id, module.id, video.id) == video
            assert await tx.courses.get_content(course.id, module.id, link.id) == link
            assert await tx.courses.get(uuid4()) is None

    async def test_nothing_is_found_below_another_parent(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, module = await new_course(uow, scope)
        content = await new_content(uow, module)
        other, other_module = await new_course(uow, scope)
        async with uow.begin(scope) as tx:
            assert await tx.courses.get_module(other.id, module.id) is None
            assert await tx.courses.get_content(other.id, module.id, content.id) is None
            assert await tx.courses.get_content(course.id, other_module.id, content.id) is None
            assert await tx.courses.get_content(other.id, other_module.id, content.id) is None

    async def test_counts(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, module = await new_course(uow, scope)
        second = a_module(course, position=1)
        async with uow.begin(scope) as tx:
            await tx.courses.add_module(second)
            for content in (a_content(module), a_content(module, position=1), a_content(second)):
                await tx.courses.add_content(content)
            assert await tx.courses.module_count(course.id) == 2
            assert await tx.courses.content_count(course.id) == 3
            assert await tx.courses.module_content_count(module.id) == 2
            assert await tx.courses.module_content_count(second.id) == 1
            assert await tx.courses.content_count(uuid4()) == 0
            assert await tx.courses.module_content_count(uuid4()) == 0

    async def test_a_title_is_given_once_without_case(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        await new_course(uow, scope, title="Größe", slug="groesse")
        async with uow.begin(scope) as tx:
            with pytest.raises(Taken) as taken:
                await tx.courses.add(a_course(scope, title="GRÖSSE"))
            assert taken.value.what == "course_title"
            with pytest.raises(Taken) as taken:
                await tx.courses.add(a_course(scope, slug="groesse"))
            assert taken.value.what == "course_slug"
            await tx.courses.add(a_course(scope))
            await tx.commit()

    async def test_saving(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        course, _ = await new_course(uow, scope)
        other, _ = await new_course(uow, scope)
        changed = replace(
            course,
            title="Another title",
            description="",
            is_mandatory=False,
            deadline=None,
            estimated_hours=None,
            is_published=True,
            assigned_to_all=False,
            version=2,
            updated_at=NOW + timedelta(hours=1),
        )
        async with uow.begin(scope) as tx:
            await tx.courses.save(changed)
            with pytest.raises(Taken) as taken:
                await tx.courses.save(replace(other, title="ANOTHER TITLE"))
            assert taken.value.what == "course_title"
            await tx.courses.save(replace(changed, version=3))
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert await tx.courses.get(course.id) == replace(changed, version=3)
            assert await tx.courses.get(other.id) == other

    async def test_assigning_the_same_people_again_is_fine(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        one, two = await new_user(uow, scope), await new_user(uow, scope)
        course, _ = await new_course(uow, scope, teachers=[one.id])
        async with uow.begin(scope) as tx:
            await tx.courses.assign(course.id, frozenset({one.id, two.id}), on=NOW + timedelta(days=1))
            await tx.courses.assign(course.id, frozenset({two.id}), on=NOW + timedelta(days=2))
            await tx.courses.assign(course.id, frozenset(), on=NOW + timedelta(days=3))
            await tx.commit()


class VideoRepositoryContract:
    """Videos, their steps, leases, and the doorbells that announce them."""

    @pytest.fixture
    def let_pass(self) -> LetPass:
        """Let so many seconds of the repositories' own clock pass."""
        return asyncio.sleep

    async def test_a_video_comes_back_as_it_was(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        async with uow.begin(scope) as tx:
            assert await tx.videos.lock(asset.id) == asset
            assert await tx.videos.lock_by_content(asset.content_id) == asset
            assert await tx.videos.lock(uuid4()) is None
            assert await tx.videos.lock_by_content(uuid4()) is None

    async def test_claiming(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        step = asset.steps[StepName.VALIDATE]
        claimed = await claim(uow, scope, asset, StepName.VALIDATE)
        assert claimed == ClaimedStep(asset_id=asset.id, step_id=step.id, name=StepName.VALIDATE, attempt=1)
        async with uow.begin(scope) as tx:
            held = await tx.videos.lock(asset.id)
            assert held is not None
            now = held.steps[StepName.VALIDATE]
            assert (now.state, now.attempt, now.progress, now.lost_leases) == (StepState.RUNNING, 1, 0.0, 0)
            assert now.started_at is not None
            assert now.lease_until is not None
            assert timedelta(seconds=59) < now.lease_until - now.started_at < timedelta(seconds=61)
            assert await tx.videos.claim(step.id, LEASE) is None
            assert await tx.videos.claim(asset.steps[StepName.TRANSCODE].id, LEASE) is None
            assert await tx.videos.claim(uuid4(), LEASE) is None

    async def test_what_is_claimed_in_another_school_stays(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        asset = await new_video(uow, theirs)
        step = asset.steps[StepName.VALIDATE]
        async with uow.begin(ours) as tx:
            assert await tx.videos.claim(step.id, LEASE) is None
            assert await tx.videos.lock(asset.id) is None
            assert not await tx.videos.heartbeat(step.id, 0, LEASE, progress=0.5)
            await tx.commit()
        assert await claim(uow, theirs, asset, StepName.VALIDATE) is not None

    async def test_of_many_claims_at_once_one_wins(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        claims = await asyncio.gather(*(claim(uow, scope, asset, StepName.VALIDATE) for _ in range(20)))
        assert len([claimed for claimed in claims if claimed is not None]) == 1

    async def test_an_expired_lease_is_taken_over_and_counted(self, uow: UnitOfWork, let_pass: LetPass) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        step_id = asset.steps[StepName.VALIDATE].id
        await claim(uow, scope, asset, StepName.VALIDATE, SOON_OVER)
        async with uow.begin(scope) as tx:
            assert await tx.videos.heartbeat(step_id, 1, SOON_OVER, progress=0.5)
            await tx.commit()
        await let_pass(0.1)
        taken = await claim(uow, scope, asset, StepName.VALIDATE)
        assert taken is not None
        assert taken.attempt == 2
        async with uow.begin(scope) as tx:
            assert not await tx.videos.heartbeat(step_id, 1, LEASE, progress=0.9)
            held = await tx.videos.lock(asset.id)
            assert held is not None
            step = held.steps[StepName.VALIDATE]
            assert (step.lost_leases, step.failures, step.progress) == (1, 0, 0.0)

    async def test_a_heartbeat_keeps_the_lease(self, uow: UnitOfWork, let_pass: LetPass) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        step_id = asset.steps[StepName.VALIDATE].id
        await claim(uow, scope, asset, StepName.VALIDATE, SOON_OVER)
        async with uow.begin(scope) as tx:
            assert await tx.videos.heartbeat(step_id, 1, LEASE, progress=0.25)
            await tx.commit()
        await let_pass(0.1)
        assert await claim(uow, scope, asset, StepName.VALIDATE) is None
        async with uow.begin(scope) as tx:
            held = await tx.videos.lock(asset.id)
        assert held is not None
        assert held.steps[StepName.VALIDATE].progress == 0.25

    async def test_a_retry_waits_for_its_time(self, uow: UnitOfWork, let_pass: LetPass) -> None:
        """Measured from the present, because leases and retries live by the repositories' own clock."""
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        await claim(uow, scope, asset, StepName.VALIDATE)
        async with uow.begin(scope) as tx:
            held = await tx.videos.lock(asset.id)
            assert held is not None
            step = held.steps[StepName.VALIDATE]
            assert step.started_at is not None
            held.fail(StepName.VALIDATE, StepFailure("x", "X.", "log"), attempt=1, rule=RetryRule(), now=NOW)
            step.not_before = step.started_at + timedelta(seconds=1)
            await tx.videos.save(held)
            await tx.commit()
        async with uow.begin(SYSTEM) as system:
            assert step.id not in {ref.step_id for ref in await system.pipeline.due(10_000)}
        assert await claim(uow, scope, asset, StepName.VALIDATE) is None
        await let_pass(1.1)
        async with uow.begin(SYSTEM) as system:
            assert step.id in {ref.step_id for ref in await system.pipeline.due(10_000)}
        claimed = await claim(uow, scope, asset, StepName.VALIDATE)
        assert claimed is not None
        assert claimed.attempt == 2

    async def test_saving_what_changed(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        await claim(uow, scope, asset, StepName.VALIDATE)
        async with uow.begin(scope) as tx:
            held = await tx.videos.lock(asset.id)
            assert held is not None
            held.claimed(StepName.VALIDATE, rule=RetryRule(), now=NOW)
            facts = VideoFacts(duration_seconds=133.4, width=1280, height=720, stored_bytes=6_000_000_000)
            output: dict[str, str | int | float] = {"run": "r1", "bytes": 7, "seconds": 0.5}
            held.succeed(StepName.VALIDATE, attempt=1, now=NOW, facts=facts, output=output)
            await tx.videos.save(held)
            assert await tx.videos.lock(asset.id) == held
            await tx.commit()
        async with uow.begin(scope) as tx:
            found = await tx.videos.lock(asset.id)
        assert found == held
        assert found.status is VideoStatus.PROCESSING
        assert found.steps[StepName.TRANSCODE].state is StepState.QUEUED

    async def test_saving_never_takes_a_running_steps_lease_back(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        await advance_past_validate(uow, scope, asset)
        await claim(uow, scope, asset, StepName.TRANSCODE, Lease(1.0))
        async with uow.begin(scope) as tx:
            held = await tx.videos.lock(asset.id)
            assert held is not None
            async with uow.begin(scope) as beat:
                step_id = asset.steps[StepName.TRANSCODE].id
                assert await beat.videos.heartbeat(step_id, 1, Lease(1000.0), progress=0.75)
                await beat.commit()
            held.steps[StepName.THUMBNAIL].error = "Something else changed."
            held.steps[StepName.TRANSCODE].failures = 1
            await tx.videos.save(held)
            await tx.commit()
        async with uow.begin(scope) as tx:
            found = await tx.videos.lock(asset.id)
        assert found is not None
        step, before = found.steps[StepName.TRANSCODE], held.steps[StepName.TRANSCODE]
        assert (step.progress, step.attempt, step.failures) == (0.75, 1, 1)
        assert step.lease_until is not None
        assert before.lease_until is not None
        assert step.lease_until > before.lease_until + timedelta(seconds=500)

    async def test_a_step_that_was_taken_away_hears_no_heartbeat(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        await claim(uow, scope, asset, StepName.VALIDATE)
        async with uow.begin(scope) as tx:
            held = await tx.videos.lock(asset.id)
            assert held is not None
            held.claimed(StepName.VALIDATE, rule=RetryRule(), now=NOW)
            held.cancel(now=NOW)
            await tx.videos.save(held)
            await tx.commit()
        async with uow.begin(scope) as tx:
            assert not await tx.videos.heartbeat(asset.steps[StepName.VALIDATE].id, 1, LEASE, progress=0.5)
            found = await tx.videos.lock(asset.id)
        assert found == held

    async def test_a_transcript_takes_the_place_of_an_earlier_one(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        asset = await new_video(uow, scope)
        async with uow.begin(scope) as tx:
            await tx.videos.put_transcript(a_transcript(asset))
            await tx.videos.put_transcript(replace(a_transcript(asset), language="de", segments=(), full_text=""))
            await tx.commit()

    async def test_the_sweeper_finds_due_and_expired_steps_of_all_schools(
        self, uow: UnitOfWork, let_pass: LetPass
    ) -> None:
        one, two = await new_school(uow), await new_school(uow)
        first, second = await new_video(uow, one), await new_video(uow, two)
        await claim(uow, one, first, StepName.VALIDATE, SOON_OVER)
        await let_pass(0.1)
        async with uow.begin(SYSTEM) as system:
            expired = await system.pipeline.expired(10_000)
            due = await system.pipeline.due(10_000)
            assert len(await system.pipeline.due(0)) == 0
        assert ref_of(first, StepName.VALIDATE) in expired
        assert ref_of(second, StepName.VALIDATE) in due
        assert not {ref.step_id for ref in expired} & {ref.step_id for ref in due}

    async def test_the_longest_waiting_step_comes_first(self, uow: UnitOfWork, let_pass: LetPass) -> None:
        scope = await new_school(uow)
        assets = []
        for _ in range(3):
            assets.append(await new_video(uow, scope))
            await let_pass(0.01)
        async with uow.begin(SYSTEM) as system:
            due = [ref.asset_id for ref in await system.pipeline.due(10_000) if ref.tenant_id == scope.tenant_id]
        assert due == [asset.id for asset in assets]

    async def test_a_doorbell_is_rung_after_the_commit(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        bells = tuple(StepDoorbell(queue, scope.tenant_id, uuid4()) for queue in QueueName)
        async with uow.begin(scope) as tx:
            await tx.outbox.add(bells)
        assert await waiting(uow, scope) == []
        async with uow.begin(scope) as tx:
            await tx.outbox.add(())
            await tx.outbox.add(bells)
            await tx.commit()
        assert await waiting(uow, scope) == list(bells)
        async with uow.begin(SYSTEM) as system:
            taken = [m.doorbell for m in await system.outbox.take(10_000) if m.doorbell.tenant_id == scope.tenant_id]
            await system.commit()
        assert taken == list(bells)
        assert await waiting(uow, scope) == []

    async def test_two_relays_never_take_the_same(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        bells = tuple(StepDoorbell(QueueName.DEFAULT, scope.tenant_id, uuid4()) for _ in range(6))
        async with uow.begin(scope) as tx:
            await tx.outbox.add(bells)
            await tx.commit()
        async with uow.begin(SYSTEM) as one, uow.begin(SYSTEM) as two:
            first, second = await one.outbox.take(4), await two.outbox.take(4)
            assert not {message.id for message in first} & {message.id for message in second}
            assert len(first) == 4

    async def test_a_doorbell_for_another_school_is_refused(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        async with uow.begin(ours) as tx:
            with pytest.raises(ValueError, match="school"):
                await tx.outbox.add((StepDoorbell(QueueName.MEDIA, theirs.tenant_id, uuid4()),))


async def claim(
    uow: UnitOfWork, scope: TenantScope, asset: VideoAsset, name: StepName, lease: Lease = LEASE
) -> ClaimedStep | None:
    """Claim and commit, as a worker does."""
    async with uow.begin(scope) as tx:
        claimed = await tx.videos.claim(asset.steps[name].id, lease)
        await tx.commit()
    return claimed


async def advance_past_validate(uow: UnitOfWork, scope: TenantScope, asset: VideoAsset) -> None:
    """Have the first step succeed."""
    claimed = await claim(uow, scope, asset, StepName.VALIDATE)
    assert claimed is not None
    async with uow.begin(scope) as tx:
        held = await tx.videos.lock(asset.id)
        assert held is not None
        held.claimed(StepName.VALIDATE, rule=RetryRule(), now=NOW)
        held.succeed(StepName.VALIDATE, attempt=claimed.attempt, now=NOW)
        await tx.videos.save(held)
        await tx.commit()


async def waiting(uow: UnitOfWork, scope: TenantScope) -> list[StepDoorbell]:
    """The doorbells of a school that no relay has taken, oldest first; they stay."""
    async with uow.begin(SYSTEM) as system:
        messages = await system.outbox.take(10_000)
    return [message.doorbell for message in messages if message.doorbell.tenant_id == scope.tenant_id]


def a_transcript(asset: VideoAsset) -> Transcript:
    """What is said in that video."""
    return Transcript(
        content_id=asset.content_id,
        language="en",
        full_text="Hello. Goodbye.",
        segments=(Segment(0.0, 1.25, "Hello."), Segment(1.25, 2.5, "Goodbye.")),
        model="tiny.en",
        generated_at=NOW,
    )


def ref_of(asset: VideoAsset, name: StepName) -> StepRef:
    """What the sweeper says of a step."""
    queues = {StepName.VALIDATE: QueueName.MEDIA}
    return StepRef(
        tenant_id=asset.tenant_id,
        asset_id=asset.id,
        step_id=asset.steps[name].id,
        name=name,
        queue=queues[name],
    )

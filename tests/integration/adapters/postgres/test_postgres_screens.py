"""What screens show, and that each is one statement however many rows there are."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from adapters.embedded_postgres.server import EmbeddedDsns
from adapters.postgres.course_queries import PostgresCourseQueries
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.learning_queries import PostgresLearningQueries
from adapters.postgres.pool import PostgresPool
from adapters.postgres.school_queries import PostgresSchoolQueries
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.postgres.video_queries import PostgresVideoQueries
from lms_app.learning.views import ContentStatus, SegmentView
from lms_app.listing import PageRequest
from lms_app.ports.queries import CourseFilter, MediaKeys, TenantFilter
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.courses.course import Content, ContentType, Module
from lms_domain.schools.features import Feature
from lms_domain.schools.tenant import Plan, TenantStatus
from lms_domain.video.asset import RetryRule, StepFailure, VideoAsset, VideoStatus
from lms_domain.video.steps import PLAN, StepName, StepState
from tests.contracts.repositories.video import LEASE
from tests.contracts.samples import (
    NOW,
    SYSTEM,
    a_module,
    a_transcript,
    an_asset,
    new_content,
    new_course,
    new_school,
    new_user,
)
from tests.integration.adapters.postgres.seeding import big_course, many_courses, many_teachers, progress

Owner = "asyncpg.Connection[asyncpg.Record]"


async def new_link(uow: PostgresUnitOfWork, module: Module, **changes: object) -> Content:
    facts = {"content_type": ContentType.LINK, "url": "https://example.test/", "required_coverage": None, **changes}
    return await new_content(uow, module, **facts)


async def new_video(
    uow: PostgresUnitOfWork, module: Module, *, is_ready: bool = True, **changes: object
) -> tuple[Content, VideoAsset]:
    """A video of 99.5 seconds."""
    content = await new_content(uow, module, **changes)
    asset = an_asset(content)
    if is_ready:
        asset.duration_seconds, asset.playable = 99.5, True
        asset.hls_key, asset.captions_key, asset.poster_key = "h.m3u8", "c.vtt", "p.jpg"
    async with uow.begin(TenantScope(module.tenant_id)) as tx:
        await tx.videos.add(asset)
        await tx.commit()
    return content, asset


class TestCourseScreens:
    async def test_a_list_has_its_count_even_beyond_its_end(
        self, uow: PostgresUnitOfWork, courses: PostgresCourseQueries
    ) -> None:
        scope, other = await new_school(uow), await new_school(uow)
        await new_course(uow, other)
        made = [
            (await new_course(uow, scope, created_at=NOW + timedelta(hours=n), title=f"Course {n}"))[0]
            for n in range(3)
        ]
        newest_first = [course.id for course in reversed(made)]
        first = await courses.courses(scope, CourseFilter(), PageRequest(1, 2))
        assert (first.count, [c.id for c in first.results]) == (3, newest_first[:2])
        second = await courses.courses(scope, CourseFilter(), PageRequest(2, 2))
        assert (second.count, [c.id for c in second.results]) == (3, newest_first[2:])
        beyond = await courses.courses(scope, CourseFilter(), PageRequest(9, 2))
        assert (beyond.count, beyond.results) == (3, [])
        nothing = await courses.courses(scope, CourseFilter(search="no such"), PageRequest())
        assert (nothing.count, nothing.results) == (0, [])

    async def test_filters(self, uow: PostgresUnitOfWork, courses: PostgresCourseQueries) -> None:
        scope = await new_school(uow)
        one, _ = await new_course(uow, scope, title="Größe 100%", is_published=True, is_mandatory=False)
        two, _ = await new_course(uow, scope, title="Algebra")

        async def found(**filters: object) -> set[UUID]:
            listing = await courses.courses(scope, CourseFilter(**filters), PageRequest())
            assert listing.count == len(listing.results)
            return {course.id for course in listing.results}

        assert await found() == {one.id, two.id}
        assert await found(is_published=True) == {one.id}
        assert await found(is_published=False) == {two.id}
        assert await found(is_mandatory=True) == {two.id}
        assert await found(search="GRÖSSE") == {one.id}
        assert await found(search="0%") == {one.id}
        assert await found(search="_") == set()

    async def test_detail(self, uow: PostgresUnitOfWork, courses: PostgresCourseQueries) -> None:
        scope = await new_school(uow)
        teacher, gone = await new_user(uow, scope), await new_user(uow, scope)
        course, module = await new_course(
            uow, scope, assigned_to_all=False, teachers=[teacher.id, gone.id], deadline=None, estimated_hours=None
        )
        second = a_module(course, position=1, title="Second", description="More")
        async with uow.begin(scope) as tx:
            await tx.courses.add_module(second)
            await tx.commit()
        link = await new_link(uow, module, position=1)
        video, asset = await new_video(uow, module, position=0)
        detail = await courses.course(scope, course.id)
        assert detail is not None
        assert (detail.title, detail.slug, detail.description) == (course.title, course.slug, course.description)
        assert (detail.module_count, detail.content_count) == (2, 2)
        assert detail.assigned_teachers == sorted([teacher.id, gone.id])
        assert detail.assigned_teacher_count == 2
        assert (detail.deadline, detail.estimated_hours, detail.version) == (None, None, 1)
        assert (detail.created_at, detail.updated_at) == (course.created_at, course.updated_at)
        assert [(m.id, m.order, m.title, m.description) for m in detail.modules] == [
            (module.id, 1, "Module", ""),
            (second.id, 2, "Second", "More"),
        ]
        first, other = detail.modules[0].contents
        assert detail.modules[1].contents == []
        assert (first.id, first.order, first.video_status, first.duration_seconds) == (
            video.id,
            1,
            asset.status,
            99.5,
        )
        assert (other.id, other.order, other.url, other.video_status) == (link.id, 2, link.url, None)
        assert first.created_at == video.created_at
        assert await courses.modules(scope, course.id) == detail.modules
        assert await courses.content(scope, course.id, module.id, video.id) == first
        assert await courses.content(scope, course.id, module.id, link.id) == other

    async def test_nothing_is_found_elsewhere(self, uow: PostgresUnitOfWork, courses: PostgresCourseQueries) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        course, module = await new_course(uow, theirs)
        content = await new_link(uow, module)
        other, _ = await new_course(uow, theirs)
        assert await courses.course(ours, course.id) is None
        assert await courses.modules(ours, course.id) is None
        assert await courses.content(ours, course.id, module.id, content.id) is None
        assert await courses.content(theirs, other.id, module.id, content.id) is None
        assert await courses.content(theirs, course.id, uuid4(), content.id) is None

    async def test_completion_rate(
        self, uow: PostgresUnitOfWork, courses: PostgresCourseQueries, owner_connection: Owner
    ) -> None:
        """Of three learners one has completed all that is mandatory; an admin and somebody inactive do not count."""
        scope = await new_school(uow)
        done, begun, _ = [await new_user(uow, scope) for _ in range(3)]
        gone = await new_user(uow, scope, is_active=False)
        admin = await new_user(uow, scope, role=Role.SCHOOL_ADMIN)
        course, module = await new_course(uow, scope)

        async def rate() -> float:
            detail = await courses.course(scope, course.id)
            assert detail is not None
            listing = await courses.courses(scope, CourseFilter(), PageRequest())
            assert listing.results[0].completion_rate == detail.completion_rate
            return detail.completion_rate

        assert await rate() == 0
        links = [await new_link(uow, module, position=n) for n in range(2)]
        optional = await new_link(uow, module, position=2, is_mandatory=False)
        for user in (done, gone, admin):
            for link in links:
                await progress(owner_connection, user.id, link, is_completed=True)
        await progress(owner_connection, begun.id, links[0], is_completed=True)
        await progress(owner_connection, begun.id, links[1])
        await progress(owner_connection, begun.id, optional, is_completed=True)
        assert await rate() == 33.3
        await owner_connection.execute("UPDATE courses SET assigned_to_all = false WHERE id = $1", course.id)
        assert await rate() == 0
        async with uow.begin(scope) as tx:
            await tx.courses.assign(course.id, frozenset({done.id, gone.id}), on=NOW)
            await tx.commit()
        detail = await courses.course(scope, course.id)
        assert detail is not None
        assert (detail.assigned_teachers, detail.assigned_teacher_count) == ([done.id], 1)
        assert await rate() == 100


class TestLearningScreens:
    async def test_only_what_is_published_and_assigned(
        self, uow: PostgresUnitOfWork, learning: PostgresLearningQueries
    ) -> None:
        scope, other = await new_school(uow), await new_school(uow)
        me, colleague = await new_user(uow, scope), await new_user(uow, scope)
        for_all, _ = await new_course(uow, scope, is_published=True)
        mine, _ = await new_course(uow, scope, is_published=True, assigned_to_all=False, teachers=[me.id])
        hidden = [
            await new_course(uow, scope),
            await new_course(uow, scope, assigned_to_all=False, teachers=[me.id]),
            await new_course(uow, scope, is_published=True, assigned_to_all=False, teachers=[colleague.id]),
            await new_course(uow, scope, is_published=True, assigned_to_all=False),
            await new_course(uow, other, is_published=True),
        ]
        listing = await learning.courses(scope, me.id, "", PageRequest())
        assert listing.count == 2
        assert {course.id for course in listing.results} == {for_all.id, mine.id}
        for course in (for_all, mine):
            assert await learning.course(scope, me.id, course.id) is not None
        for course, module in hidden:
            assert await learning.course(scope, me.id, course.id) is None
            if course.tenant_id == scope.tenant_id:
                content, asset = await new_video(uow, module)
                async with uow.begin(scope) as tx:
                    await tx.videos.put_transcript(a_transcript(asset))
                    await tx.commit()
                assert await learning.transcript(scope, me.id, content.id) is None

    async def test_the_nearest_deadline_comes_first(
        self, uow: PostgresUnitOfWork, learning: PostgresLearningQueries
    ) -> None:
        scope = await new_school(uow)
        me = await new_user(uow, scope)
        for title, deadline in (
            ("b", None),
            ("A", None),
            ("late", date(2027, 5, 1)),
            ("soon", date(2027, 1, 1)),
        ):
            await new_course(uow, scope, title=title, deadline=deadline, is_published=True)
        listing = await learning.courses(scope, me.id, "", PageRequest())
        assert [course.title for course in listing.results] == ["soon", "late", "A", "b"]
        assert [c.title for c in (await learning.courses(scope, me.id, "LA", PageRequest())).results] == ["late"]

    @pytest.mark.parametrize(
        ("kinds", "expected"),
        [
            ("", (0, 0, 0.0, False)),
            ("mM", (1, 2, 50.0, False)),
            ("MM", (2, 2, 100.0, True)),
            ("MMo", (2, 3, 100.0, True)),
            ("mO", (1, 2, 0.0, False)),
            ("oO", (1, 2, 50.0, False)),
            ("OO", (2, 2, 100.0, True)),
            ("mmM", (1, 3, 33.3, False)),
            ("mMM", (2, 3, 66.6, False)),
        ],
    )
    async def test_progress(
        self,
        uow: PostgresUnitOfWork,
        learning: PostgresLearningQueries,
        owner_connection: Owner,
        kinds: str,
        expected: tuple[int, int, float, bool],
    ) -> None:
        """``kinds``: a letter per content, m(andatory) or o(ptional), in capitals when completed."""
        scope = await new_school(uow)
        me, other = await new_user(uow, scope), await new_user(uow, scope)
        course, module = await new_course(uow, scope, is_published=True)
        for position, kind in enumerate(kinds):
            link = await new_link(uow, module, position=position, is_mandatory=kind in "mM")
            await progress(owner_connection, other.id, link, is_completed=True)
            if kind.isupper():
                await progress(owner_connection, me.id, link, is_completed=True)
        screen = await learning.course(scope, me.id, course.id)
        assert screen is not None
        shown = screen.course.progress
        assert (
            shown.completed_content_count,
            shown.total_content_count,
            shown.percentage,
            shown.is_complete,
        ) == expected
        listing = await learning.courses(scope, me.id, "", PageRequest())
        assert listing.results[0].progress == shown

    async def test_a_learners_course(
        self, uow: PostgresUnitOfWork, learning: PostgresLearningQueries, owner_connection: Owner
    ) -> None:
        scope = await new_school(uow)
        me = await new_user(uow, scope)
        course, module = await new_course(uow, scope, is_published=True)
        empty = a_module(course, position=1)
        async with uow.begin(scope) as tx:
            await tx.courses.add_module(empty)
            await tx.commit()
        watched, asset = await new_video(uow, module, position=0)
        raw, raw_asset = await new_video(uow, module, position=1, is_ready=False)
        link = await new_link(uow, module, position=2)
        read = await new_link(uow, module, position=3)
        whole, _ = await new_video(uow, module, position=4)
        await progress(owner_connection, me.id, watched, watched=[(0, 12), (40, 55)], position=54.5)
        await progress(owner_connection, me.id, read, is_completed=True)
        await progress(owner_connection, me.id, whole, watched=[(0, 5000)], is_completed=True)
        screen = await learning.course(scope, me.id, course.id)
        assert screen is not None
        assert [(m.id, m.order, len(m.contents)) for m in screen.course.modules] == [
            (module.id, 1, 5),
            (empty.id, 2, 0),
        ]
        one, two, three, four, five = screen.course.modules[0].contents
        assert (one.id, one.status, one.coverage, one.watched, one.resume_seconds) == (
            watched.id,
            ContentStatus.IN_PROGRESS,
            27.0,
            [(0, 12), (40, 55)],
            54.5,
        )
        assert (one.duration_seconds, one.required_coverage, one.video_status) == (99.5, 90, asset.status)
        assert (one.hls_url, one.captions_url, one.playback_expires_at) == (None, None, None)
        assert (two.id, two.status, two.coverage, two.watched, two.resume_seconds) == (
            raw.id,
            ContentStatus.NOT_STARTED,
            0.0,
            [],
            0.0,
        )
        assert (two.duration_seconds, two.video_status) == (None, raw_asset.status)
        assert (three.id, three.status, three.coverage, three.url) == (link.id, ContentStatus.NOT_STARTED, 0, link.url)
        assert (four.status, four.coverage) == (ContentStatus.COMPLETED, 100)
        assert (five.status, five.coverage) == (ContentStatus.COMPLETED, 100)
        assert screen.media == {
            watched.id: MediaKeys(hls="h.m3u8", captions="c.vtt", poster="p.jpg", duration_seconds=99.5),
            raw.id: MediaKeys(hls=None, captions=None, poster=None, duration_seconds=None),
            whole.id: MediaKeys(hls="h.m3u8", captions="c.vtt", poster="p.jpg", duration_seconds=99.5),
        }

    async def test_transcript(self, uow: PostgresUnitOfWork, learning: PostgresLearningQueries) -> None:
        scope = await new_school(uow)
        me = await new_user(uow, scope)
        _, module = await new_course(uow, scope, is_published=True)
        content, asset = await new_video(uow, module)
        assert await learning.transcript(scope, me.id, content.id) is None
        transcript = a_transcript(asset)
        async with uow.begin(scope) as tx:
            await tx.videos.put_transcript(replace(transcript, language="de"))
            await tx.videos.put_transcript(transcript)
            await tx.commit()
        row = await learning.transcript(scope, me.id, content.id)
        assert row is not None
        assert (row.content_id, row.language, row.full_text) == (content.id, "en", "Hello. Goodbye.")
        assert row.segments == [SegmentView(0.0, 1.25, "Hello."), SegmentView(1.25, 2.5, "Goodbye.")]
        assert (row.captions_key, row.duration_seconds, row.generated_at) == ("c.vtt", 99.5, NOW)


class TestVideoScreens:
    async def test_status(self, uow: PostgresUnitOfWork, videos: PostgresVideoQueries) -> None:
        scope, elsewhere = await new_school(uow), await new_school(uow)
        course, module = await new_course(uow, scope)
        content, asset = await new_video(uow, module, is_ready=False)
        async with uow.begin(scope) as tx:
            await tx.videos.claim(asset.steps[StepName.VALIDATE].id, LEASE)
            await tx.videos.heartbeat(asset.steps[StepName.VALIDATE].id, 1, LEASE, progress=0.12345)
            await tx.commit()
        screen = await videos.status(scope, course.id, module.id, content.id)
        assert screen is not None
        assert screen.content.id == content.id
        assert screen.transcript is None
        assert screen.media == MediaKeys(hls=None, captions=None, poster=None, duration_seconds=None)
        shown = screen.video_asset
        assert (shown.id, shown.status, shown.source_name) == (asset.id, VideoStatus.UPLOADED, asset.source_name)
        assert (shown.source_bytes, shown.stored_bytes, shown.playable) == (5_000_000_000, 5_000_000_000, False)
        assert [step.name for step in shown.steps] == list(PLAN)
        first = shown.steps[0]
        assert (first.state, first.attempt, first.progress) == (StepState.RUNNING, 1, 12.3)
        assert first.started_at is not None
        assert first.started_at.utcoffset() == timedelta(0)
        assert await videos.status(elsewhere, course.id, module.id, content.id) is None
        assert await videos.status(scope, course.id, uuid4(), content.id) is None
        assert await videos.may_fetch_media(scope, content.id)
        assert not await videos.may_fetch_media(elsewhere, content.id)
        assert not await videos.may_fetch_media(scope, uuid4())

    async def test_what_failed_and_what_was_said(self, uow: PostgresUnitOfWork, videos: PostgresVideoQueries) -> None:
        scope = await new_school(uow)
        course, module = await new_course(uow, scope)
        content, asset = await new_video(uow, module, is_ready=False)
        async with uow.begin(scope) as tx:
            await tx.videos.claim(asset.steps[StepName.VALIDATE].id, LEASE)
            held = await tx.videos.lock(asset.id)
            assert held is not None
            held.claimed(StepName.VALIDATE, rule=RetryRule(), now=NOW)
            failure = StepFailure("not_a_video", "This is no video.", "log", is_permanent=True)
            held.fail(StepName.VALIDATE, failure, attempt=1, rule=RetryRule(), now=NOW)
            await tx.videos.save(held)
            await tx.videos.put_transcript(a_transcript(asset))
            await tx.commit()
        screen = await videos.status(scope, course.id, module.id, content.id)
        assert screen is not None
        shown = screen.video_asset
        assert (shown.status, shown.error_code, shown.error) == (
            VideoStatus.FAILED,
            "not_a_video",
            "This is no video.",
        )
        assert (shown.steps[0].error_code, shown.steps[0].finished_at) == ("not_a_video", NOW)
        assert {step.state for step in shown.steps[1:]} == {StepState.CANCELLED}
        assert screen.transcript is not None
        assert (screen.transcript.language, screen.transcript.segment_count) == ("en", 2)
        assert screen.transcript.generated_at == NOW

    async def test_the_pipeline_of_all_schools(self, uow: PostgresUnitOfWork, videos: PostgresVideoQueries) -> None:
        one, two = await new_school(uow), await new_school(uow)
        _, module = await new_course(uow, one)
        _, foreign = await new_course(uow, two)
        ready, asset = await new_video(uow, module)
        async with uow.begin(one) as tx:
            asset.status = VideoStatus.READY
            await tx.videos.save(asset)
            await tx.commit()
        open_, _ = await new_video(uow, foreign, is_ready=False)
        rows = await videos.pipeline(SYSTEM, content_id=None, limit=10)
        assert [(row.tenant_id, row.content_id, row.content_title) for row in rows] == [
            (two.tenant_id, open_.id, open_.title),
            (one.tenant_id, ready.id, ready.title),
        ]
        assert rows[0].subdomain.startswith("s-")
        assert len(rows[0].video_asset.steps) == len(PLAN)
        assert [row.content_id for row in await videos.pipeline(SYSTEM, content_id=ready.id, limit=10)] == [ready.id]
        assert len(await videos.pipeline(SYSTEM, content_id=None, limit=1)) == 1


class TestSchoolScreens:
    async def test_theme(self, uow: PostgresUnitOfWork, schools: PostgresSchoolQueries) -> None:
        scope = await new_school(uow, name="Größe School", subdomain="groesse")
        theme = await schools.theme(scope)
        assert theme is not None
        assert (theme.name, theme.subdomain) == ("Größe School", "groesse")
        assert (theme.primary_color, theme.logo_url) == ("#aabbcc", "/media/public/logo")
        assert await schools.theme(TenantScope(uuid4())) is None

    async def test_a_school_for_the_operator(self, uow: PostgresUnitOfWork, schools: PostgresSchoolQueries) -> None:
        scope = await new_school(uow)
        await new_user(uow, scope)
        await new_user(uow, scope, role=Role.SCHOOL_ADMIN)
        await new_course(uow, scope)
        async with uow.begin(scope) as tx:
            await tx.usage.add_stored_bytes(77)
            await tx.commit()
        tenant = await schools.tenant(SYSTEM, scope.tenant_id, now=NOW)
        assert tenant is not None
        assert (tenant.status, tenant.is_active, tenant.is_trial) == (TenantStatus.TRIAL, True, True)
        assert (tenant.teacher_count, tenant.course_count) == (1, 1)
        assert (tenant.usage.teachers, tenant.usage.courses, tenant.usage.storage_bytes) == (1, 1, 77)
        assert (tenant.plan, tenant.limits.courses, tenant.admin_email) == (Plan.STARTER, 50, "head@school.test")
        has = {Feature.CUSTOM_DOMAIN, Feature.REPORTS_PDF}
        assert tenant.features == {feature: feature in has for feature in Feature}
        assert await schools.tenant(SYSTEM, uuid4(), now=NOW) is None

    async def test_filters_and_orders(self, uow: PostgresUnitOfWork, schools: PostgresSchoolQueries) -> None:
        made = {
            "trial": {"name": "Äpfel", "trial_ends_on": date(2026, 12, 31), "created_at": NOW},
            "expired": {"name": "bananas", "trial_ends_on": date(2026, 11, 1), "created_at": NOW + timedelta(1)},
            "active": {
                "name": "Cherries",
                "trial_ends_on": date(2026, 11, 2),
                "is_converted": True,
                "plan": Plan.PRO,
                "created_at": NOW + timedelta(2),
            },
            "suspended": {
                "name": "dates 100%",
                "trial_ends_on": date(2026, 12, 30),
                "is_suspended": True,
                "contact_email": "Dora@Dates.test",
                "created_at": NOW + timedelta(3),
            },
        }
        for subdomain, facts in made.items():
            await new_school(uow, subdomain=subdomain, **facts)

        async def found(**filters: object) -> list[str]:
            listing = await schools.tenants(SYSTEM, TenantFilter(**filters), PageRequest(), now=NOW)
            assert listing.count == len(listing.results)
            return [tenant.subdomain for tenant in listing.results]

        assert await found() == ["suspended", "active", "expired", "trial"]
        assert await found(ordering="created_at") == ["trial", "expired", "active", "suspended"]
        assert await found(ordering="name") == ["expired", "active", "suspended", "trial"]
        assert await found(ordering="-name") == ["trial", "suspended", "active", "expired"]
        assert await found(ordering="trial_ends_on") == ["expired", "active", "suspended", "trial"]
        assert await found(ordering="-trial_ends_on") == ["trial", "suspended", "active", "expired"]
        assert await found(is_active=True) == ["active", "trial"]
        assert await found(is_active=False) == ["suspended", "expired"]
        assert await found(is_trial=True) == ["trial"]
        assert await found(is_trial=False, is_active=True) == ["active"]
        assert await found(plan=Plan.PRO) == ["active"]
        assert await found(search="ÄPF") == ["trial"]
        assert await found(search="00%") == ["suspended"]
        assert await found(search="dora@") == ["suspended"]
        assert await found(search="expi") == ["expired"]
        page = await schools.tenants(SYSTEM, TenantFilter(), PageRequest(2, 3), now=NOW)
        assert (page.count, [tenant.subdomain for tenant in page.results]) == (4, ["trial"])

    @pytest.mark.parametrize(
        "zone", ["UTC", "Asia/Kolkata", "America/Los_Angeles", "Pacific/Kiritimati", "Pacific/Apia"]
    )
    async def test_the_filter_and_the_rule_agree_to_the_second(
        self, uow: PostgresUnitOfWork, schools: PostgresSchoolQueries, zone: str
    ) -> None:
        scope = await new_school(uow, time_zone=zone, trial_ends_on=date(2026, 12, 6))
        async with uow.begin(SYSTEM) as system:
            tenant = await system.tenants.get(scope.tenant_id)
        assert tenant is not None
        noon = datetime(2026, 12, 6, 12, tzinfo=UTC)
        seen = set()
        for hours in range(-14, 30):
            for seconds in (-1, 0):
                now = noon + timedelta(hours=hours, seconds=seconds)
                listing = await schools.tenants(SYSTEM, TenantFilter(is_trial=True), PageRequest(), now=now)
                assert (listing.count == 1) == (tenant.status(now) is TenantStatus.TRIAL)
                seen.add(listing.count)
        assert seen == {0, 1}


class Tap:
    """The statements on one connection, without those that begin and end transactions."""

    def __init__(self, database: PostgresDatabase) -> None:
        self.database = database
        self.statements: list[str] = []

    def hear(self, query: asyncpg.connection.LoggedQuery) -> None:
        if not query.query.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            self.statements.append(query.query)


@pytest.fixture
async def tap(dsns: EmbeddedDsns) -> AsyncIterator[Tap]:
    """One connection for each role, listened to."""
    app = PostgresPool(dsns.app, application_name="lms.tap", max_size=1)
    system = PostgresPool(dsns.system, application_name="lms.tap", max_size=1)
    tap = Tap(PostgresDatabase(app, system))
    await tap.database.open()
    for pool in (app, system):
        async with pool.connection() as connection:
            connection.add_query_logger(tap.hear)
    yield tap
    await tap.database.close()


@pytest.mark.parametrize("number", [10, 300])
async def test_each_screen_is_one_statement(
    uow: PostgresUnitOfWork, owner_connection: Owner, tap: Tap, number: int
) -> None:
    scope = await new_school(uow)
    me = await new_user(uow, scope)
    await many_teachers(owner_connection, scope, number)
    await many_courses(owner_connection, scope, number)
    course_id, content_id = await big_course(owner_connection, scope, number)
    courses, learning = PostgresCourseQueries(tap.database), PostgresLearningQueries(tap.database)
    videos, schools = PostgresVideoQueries(tap.database), PostgresSchoolQueries(tap.database)
    detail = await courses.course(scope, course_id)
    assert detail is not None
    assert detail.content_count == number
    module_id = next(m.id for m in detail.modules if content_id in {c.id for c in m.contents})
    page = PageRequest(1, 100)
    tap.statements.clear()
    for screen in (
        courses.courses(scope, CourseFilter(), page),
        courses.course(scope, course_id),
        courses.modules(scope, course_id),
        courses.content(scope, course_id, module_id, content_id),
        learning.courses(scope, me.id, "", page),
        learning.course(scope, me.id, course_id),
        learning.transcript(scope, me.id, content_id),
        videos.status(scope, course_id, module_id, content_id),
        videos.pipeline(SYSTEM, content_id=None, limit=100),
        videos.may_fetch_media(scope, content_id),
        schools.theme(scope),
        schools.tenants(SYSTEM, TenantFilter(), page, now=NOW),
        schools.tenant(SYSTEM, scope.tenant_id, now=NOW),
    ):
        await screen
        assert len(tap.statements) == 1, screen
        tap.statements.clear()

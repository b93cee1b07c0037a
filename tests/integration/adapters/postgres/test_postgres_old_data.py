"""What was stored before the foundation is whole after it, and what is stored after it survives the way back."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg

from adapters.embedded_postgres.server import EmbeddedDsns
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.migrate import migrate
from adapters.postgres.pool import PostgresPool
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from lms_app.scope import TenantScope
from lms_domain.courses.course import ContentType
from lms_domain.schools.tenant import PLAN_FEATURES, Plan
from lms_domain.video.asset import VideoStatus
from lms_domain.video.steps import StepName, StepState
from tests.contracts.samples import NOW, SYSTEM, a_content
from tests.integration.conftest import PRISTINE, SEAL, NewDatabase

Connection = "asyncpg.Connection[asyncpg.Record]"

OF_THE_SKELETON = """
INSERT INTO tenants (id, name, name_folded, subdomain, contact_email, time_zone, locale, primary_color, secondary_color,
  font_family, plan, limit_teachers, limit_courses, limit_storage_bytes, limit_video_seconds, is_converted,
  is_suspended, trial_ends_on, trial_ends_at, created_at)
VALUES ({school}, 'School', 'school', 'school', 'a@school.test', 'UTC', 'en', '#000000', '#ffffff', 'Inter', 'PRO', 9,
  9, 9, 9, true, false, '2026-12-31', now(), now());
INSERT INTO tenant_usage (tenant_id) VALUES ({school});
INSERT INTO users (id, tenant_id, email, email_folded, first_name, last_name, name_folded, role, employee_id, subjects,
  grades, department, designation, bio, password_hash, must_change_password, is_active, email_verified, created_at)
VALUES ({user}, {school}, 'a@school.test', 'a@school.test', 'A', 'B', 'b a', 'HOD', '', '{{}}', '{{}}', 'Maße', '', '',
  '', false, true, true, now());
INSERT INTO courses (id, tenant_id, title, title_folded, slug, description, is_mandatory, is_published, assigned_to_all,
  version, created_at, updated_at)
VALUES ({course}, {school}, 'Course', 'course', 'course', '', true, true, true, 1, now(), now());
INSERT INTO modules (id, tenant_id, course_id, title, description, position, created_at)
VALUES ({module}, {school}, {course}, 'Module', '', 0, now());
INSERT INTO contents (id, tenant_id, course_id, module_id, title, content_type, position, is_mandatory,
  required_coverage, created_at, updated_at)
VALUES ({content}, {school}, {course}, {module}, 'Video', 'VIDEO', 0, true, 90, now(), now());
INSERT INTO video_assets (id, tenant_id, content_id, status, playable, source_key, source_bytes, source_name,
  duration_seconds, hls_key, stored_bytes, created_at)
VALUES ({asset}, {school}, {content}, 'READY', true, 's', 1, 'n', 60, 'h', 1, now());
INSERT INTO video_steps (id, tenant_id, asset_id, name, state, attempt, failures, lost_leases, progress, output)
SELECT gen_random_uuid(), {school}, {asset}, name, 'SUCCEEDED', 1, 0, 0, 1, '{{}}'
FROM unnest('{{VALIDATE,TRANSCODE,THUMBNAIL,TRANSCRIBE,FINALIZE}}'::text[]) AS name;
INSERT INTO video_transcripts (tenant_id, content_id, language, full_text, segments, segment_count, model, generated_at)
VALUES ({school}, {content}, 'en', 'One. Two.',
  '[{{"start": 0, "end": 1.5, "text": "One."}}, {{"start": 1.5, "end": 2, "text": "Two."}}]', 2, 'm', now());
"""
"""A school with a video, as the first release stored it."""


async def test_up_with_data_and_down_again(new_database: NewDatabase) -> None:
    dsns = await new_database(PRISTINE)
    await migrate(dsns.owner, "0001")
    ids = {name: uuid4() for name in ("school", "user", "course", "module", "content", "asset")}
    owner = await asyncpg.connect(dsns.owner)
    await owner.execute(OF_THE_SKELETON.format(**{name: f"'{value}'" for name, value in ids.items()}))
    await migrate(dsns.owner)
    await _check_what_came_along(dsns, owner, ids)
    await _store_what_is_new(dsns, ids)
    await migrate(dsns.owner, "0001")
    await _check_what_is_left(owner, ids)
    await migrate(dsns.owner)
    await owner.close()


async def _uow(dsns: EmbeddedDsns) -> tuple[PostgresDatabase, PostgresUnitOfWork]:
    app = PostgresPool(dsns.app, application_name="lms.test")
    database = PostgresDatabase(app, PostgresPool(dsns.system, application_name="lms.test"))
    await database.open()
    return database, PostgresUnitOfWork(database, SEAL)


async def _check_what_came_along(dsns: EmbeddedDsns, owner: Connection, ids: dict[str, UUID]) -> None:
    database, uow = await _uow(dsns)
    async with uow.begin(SYSTEM) as system:
        school = await system.tenants.get(ids["school"])
        assert school is not None
        assert school.features == PLAN_FEATURES[Plan.PRO]
    async with uow.begin(TenantScope(ids["school"])) as tx:
        asset = await tx.videos.lock(ids["asset"])
        assert asset is not None
        assert asset.status is VideoStatus.READY
        assert asset.steps[StepName.ASSIGNMENTS].state is StepState.SKIPPED
        asset.rerun(StepName.ASSIGNMENTS, only=True)  # what was not made can be made
        person = await tx.users.get(ids["user"])
        assert person is not None
        assert person.preferences.mail
    assert await owner.fetchval("SELECT department_folded FROM users") == "masse"
    cues = await owner.fetch("SELECT position, start_seconds, end_seconds, text FROM search_cues ORDER BY position")
    assert [tuple(row) for row in cues] == [(0, 0.0, 1.5, "One."), (1, 1.5, 2.0, "Two.")]
    await database.close()


async def _store_what_is_new(dsns: EmbeddedDsns, ids: dict[str, UUID]) -> None:
    """A deleted course, another of the same title, a text, and a deleted video."""
    database, uow = await _uow(dsns)
    async with uow.begin(TenantScope(ids["school"])) as tx:
        course = await tx.courses.get(ids["course"])
        module = await tx.courses.get_module(ids["course"], ids["module"])
        asset = await tx.videos.lock(ids["asset"])
        assert course is not None
        assert module is not None
        assert asset is not None
        text = a_content(module, content_type=ContentType.TEXT, text="<p>x</p>", required_coverage=None, position=1)
        await tx.courses.add_content(text)
        asset.delete(now=datetime.now(UTC))
        await tx.videos.save(asset)
        deleted = course.delete(now=NOW)
        await tx.courses.save(deleted)
        await tx.commit()
    async with uow.begin(TenantScope(ids["school"])) as tx:
        await tx.courses.add(replace(course, id=uuid4()))
        await tx.commit()
    await database.close()


async def _check_what_is_left(owner: Connection, ids: dict[str, UUID]) -> None:
    rows = await owner.fetch("SELECT id = $1 AS was_deleted, title, is_published FROM courses", ids["course"])
    assert {(row["was_deleted"], row["title"], row["is_published"]) for row in rows} == {
        (True, f"Course ({ids['course']})", False),
        (False, "Course", True),
    }
    assert [row["status"] for row in await owner.fetch("SELECT status FROM video_assets")] == ["FAILED"]
    kinds = {row["content_type"] for row in await owner.fetch("SELECT content_type FROM contents")}
    assert kinds == {"VIDEO", "LINK"}
    assert await owner.fetchval("SELECT count(*) FROM video_steps") == 5

"""Watching a video on its way, cancelling it, and finding what failed or is stuck."""

import asyncio
from uuid import UUID

import pytest

from adapters.memory.media import MemoryMedia
from lms_app.actor import Actor
from lms_app.listing import PageRequest
from lms_app.scope import SystemScope, TenantScope
from lms_app.video.cancel_pipeline import CancelPipeline
from lms_app.video.list_pipeline import ListPipeline
from lms_app.video.run_step import StepOutcome
from lms_domain.accounts.roles import Role
from lms_domain.courses.course import Content
from lms_domain.errors import Conflict, NotAllowed, NotFound
from lms_domain.video.asset import VideoStatus
from lms_domain.video.steps import StepName, StepState
from tests.unit.lms_app.video.pipeline import SPEECH, Pipeline, Stuck

TEST = SystemScope("a test")


async def content_of(pipeline: Pipeline, content_id: UUID) -> Content:
    (content,) = [row for row in pipeline.world.database.contents.rows() if row.id == content_id]
    return content


def cancel_of(pipeline: Pipeline) -> CancelPipeline:
    return CancelPipeline(pipeline.world.uow, pipeline.show, pipeline.world.trail, pipeline.world.clock)


async def test_a_cancelled_video_says_so_and_its_worker_stops(pipeline: Pipeline) -> None:
    content_id = await pipeline.upload(MemoryMedia())
    content = await content_of(pipeline, content_id)
    bell, stuck = await pipeline.first_bell(), Stuck()
    worker = pipeline.worker({StepName.VALIDATE: stuck})
    task = asyncio.create_task(worker(bell.tenant_id, bell.step_id))
    await stuck.started.wait()
    admin = await pipeline.admin()
    shown = await cancel_of(pipeline)(admin, content.course_id, content.module_id, content.id)
    assert (shown.video_asset.status, shown.video_asset.error_code) == (VideoStatus.FAILED, "cancelled")
    assert {step.state for step in shown.video_asset.steps} == {StepState.CANCELLED}
    assert await asyncio.wait_for(task, 5) is StepOutcome.LOST
    assert stuck.stopped
    with pytest.raises(Conflict) as refused:
        await cancel_of(pipeline)(admin, content.course_id, content.module_id, content.id)
    assert refused.value.code == "not_processing"


async def test_only_the_schools_own_admins_cancel(pipeline: Pipeline) -> None:
    content = await content_of(pipeline, await pipeline.upload(MemoryMedia()))
    teacher = pipeline.world.actor(await pipeline.world.new_user(pipeline.tenant))
    with pytest.raises(NotAllowed):
        await cancel_of(pipeline)(teacher, content.course_id, content.module_id, content.id)
    blue = await pipeline.world.new_school("blue")
    head = await pipeline.world.new_admin(blue)
    with pytest.raises(NotFound):
        await cancel_of(pipeline)(head, content.course_id, content.module_id, content.id)
    with pytest.raises(NotFound):
        await cancel_of(pipeline).by_content(TenantScope(blue.id), content.id)
    assert (await pipeline.asset(content.id)).status is VideoStatus.UPLOADED


async def test_what_failed_and_what_is_stuck_is_listed(pipeline: Pipeline) -> None:
    """Three videos: one without captions, one whose worker vanished, one that nobody takes up; and one that is fine."""
    world, listed = pipeline.world, ListPipeline(pipeline.queries)
    await pipeline.upload(MemoryMedia(speech=SPEECH))
    await pipeline.work_off(pipeline.worker())
    broken = await pipeline.upload(MemoryMedia(has_video=False))
    await pipeline.work_off(pipeline.worker())
    lost = await pipeline.upload(MemoryMedia())
    await pipeline.vanish()
    waiting = await pipeline.upload(MemoryMedia())
    assert [step.content_id for step in (await listed.for_operator(TEST)).results] == [broken], "not stuck yet"
    world.pass_time(minutes=20)
    found = await listed.for_operator(TEST)
    assert found.count == 3
    assert {(step.content_id, step.name, step.state) for step in found.results} == {
        (broken, StepName.VALIDATE, StepState.FAILED),
        (lost, StepName.VALIDATE, StepState.RUNNING),
        (waiting, StepName.VALIDATE, StepState.QUEUED),
    }
    assert [step.since for step in found.results] == sorted((step.since for step in found.results), reverse=True)
    failed = next(step for step in found.results if step.content_id == broken)
    assert (failed.subdomain, failed.content_title, failed.error_code) == ("green", "lesson", "not_a_video")
    second = await listed.for_operator(TEST, page=PageRequest(2, 1))
    assert (second.count, second.results) == (3, found.results[1:2])
    blue = await world.new_school("blue")
    assert (await listed.for_operator(TEST, tenant_id=blue.id)).count == 0
    assert (await listed.for_operator(TEST, tenant_id=pipeline.tenant.id)).count == 3


async def test_only_operators_list_the_steps_of_all_schools(pipeline: Pipeline) -> None:
    listed = ListPipeline(pipeline.queries)
    with pytest.raises(NotAllowed):
        await listed(await pipeline.admin())
    operator = await pipeline.world.new_operator()
    actor = Actor(user_id=operator.id, tenant_id=None, role=Role.SUPER_ADMIN, session_id=pipeline.world.ids.new())
    assert (await listed(actor)).count == 0

"""A school's videos with workers made by hand, all in memory."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from uuid import UUID

from adapters.memory.job_queue import MemoryJobQueue
from adapters.memory.media import (
    MemoryAudioExtractor,
    MemoryMedia,
    MemoryMediaProbe,
    MemoryThumbnailer,
    MemoryTranscoder,
    MemoryTranscriber,
    Spoken,
    media_bytes,
)
from adapters.memory.quiz_generator import MemoryQuizGenerator
from adapters.memory.video_queries import MemoryVideoQueries
from adapters.memory.workspace import MemoryWorkspace
from lms_app.actor import Actor
from lms_app.ports.job_queue import StepDoorbell
from lms_app.ports.logger import Logger
from lms_app.ports.media_tools import ProgressCallback
from lms_app.ports.repositories import Lease
from lms_app.scope import TenantScope
from lms_app.video.relay_outbox import RelayOutbox
from lms_app.video.ring_due_steps import RingDueSteps
from lms_app.video.run_step import PipelineRules, RunStep, StepOutcome
from lms_app.video.show_video import ShowVideo
from lms_app.video.steps.assignments import Assignments
from lms_app.video.steps.finalize import Finalize
from lms_app.video.steps.job import StepDone, StepHandler, StepJob
from lms_app.video.steps.quiz_generators import QuizGenerators
from lms_app.video.steps.thumbnail import Thumbnail
from lms_app.video.steps.transcode import Transcode
from lms_app.video.steps.transcribe import Transcribe
from lms_app.video.steps.validate import Validate
from lms_app.video.upload_video import Recording, UploadVideo
from lms_app.video.views import VideoStatusView
from lms_domain.schools.tenant import Tenant
from lms_domain.video.asset import VideoAsset
from lms_domain.video.steps import StepName, StepState
from tests.unit.lms_app.world import World

QUICK = PipelineRules(lease_seconds=60, heartbeat_seconds=0.02, progress_seconds=0.01)
SPEECH = (Spoken(0.0, 2.0, "Wait time is the pause."), Spoken(2.0, 3.0, "Use it <now> --> always."))


class Silence(Logger):
    """Says nothing."""


class Stuck:
    """A step that works until it is stopped."""

    def __init__(self) -> None:
        self.started = asyncio.Event()
        self.stopped = False

    async def __call__(self, _job: StepJob, report: ProgressCallback) -> StepDone:
        report(0.4, 1.0)
        self.started.set()
        try:
            await asyncio.sleep(3600)
        finally:
            self.stopped = True
        return StepDone()


class Pipeline:
    """A school's videos with workers made by hand."""

    def __init__(self, world: World, tenant: Tenant) -> None:
        self.world = world
        self.tenant = tenant
        self.scope = TenantScope(tenant.id)
        self.queue = MemoryJobQueue()
        self.relay = RelayOutbox(world.uow, self.queue)
        self.sweep = RingDueSteps(world.uow, self.queue)
        self.queries = MemoryVideoQueries(world.database, world.clock)
        self.show = ShowVideo(self.queries, world.playback_tokens, world.clock)
        self.generator = MemoryQuizGenerator()
        self.remote = MemoryQuizGenerator("elsewhere")
        workspace, probe = MemoryWorkspace(world.storage), MemoryMediaProbe()
        self.handlers: dict[StepName, StepHandler] = {
            StepName.VALIDATE: Validate(workspace, probe),
            StepName.THUMBNAIL: Thumbnail(workspace, probe, MemoryThumbnailer()),
            StepName.TRANSCODE: Transcode(workspace, probe, MemoryTranscoder()),
            StepName.TRANSCRIBE: Transcribe(
                workspace, probe, MemoryAudioExtractor(), MemoryTranscriber(), world.follow_captions, world.clock
            ),
            StepName.ASSIGNMENTS: Assignments(
                world.uow, QuizGenerators(self.generator, self.remote), world.tell_of_courses, world.clock
            ),
            StepName.FINALIZE: Finalize(world.storage),
        }

    def worker(
        self,
        changed: Mapping[StepName, StepHandler] | None = None,
        rules: PipelineRules = QUICK,
        log: Logger | None = None,
    ) -> RunStep:
        handlers = {**self.handlers, **(changed or {})}
        return RunStep(self.world.uow, handlers, rules, self.world.clock, self.world.ids, log or Silence())

    async def admin(self) -> Actor:
        async with self.world.uow.begin(self.scope) as tx:
            admin = await tx.users.by_email(f"admin@{self.tenant.subdomain}.test")
        assert admin is not None
        return self.world.actor(admin)

    async def upload(self, media: MemoryMedia) -> UUID:
        world = self.world
        course = await world.new_course(self.tenant, f"Course {len(world.database.courses.rows()) + 1}")
        module = await world.new_module(course)
        use_case = UploadVideo(world.uow, world.storage, world.trail, world.clock, world.ids)
        permit = await use_case.permit(await self.admin(), course.id, module.id, declared_bytes=None)
        received = await use_case.receive(permit, Recording("lesson.mp4", None, None, chunk(media_bytes(media))))
        return received.content.id

    async def asset(self, content: UUID) -> VideoAsset:
        async with self.world.uow.begin(self.scope) as tx:
            asset = await tx.videos.lock_by_content(content)
        assert asset is not None
        return asset

    async def shown(self, content: UUID) -> VideoStatusView:
        """What an admin of the school sees."""
        (row,) = [row for row in self.world.database.contents.rows() if row.id == content]
        return await self.show(await self.admin(), row.course_id, row.module_id, row.id)

    async def states(self, content: UUID) -> dict[StepName, StepState]:
        return {name: step.state for name, step in (await self.asset(content)).steps.items()}

    async def work_off(self, worker: RunStep) -> list[StepOutcome]:
        """Relay and run until nothing rings any more."""
        outcomes: list[StepOutcome] = []
        while await self.relay() or self.queue.rung:
            outcomes += [await worker(bell.tenant_id, bell.step_id) for bell in self.heard()]
        return outcomes

    async def first_bell(self) -> StepDoorbell:
        """The doorbell of a video that has just come."""
        await self.relay()
        (bell,) = self.heard()
        return bell

    async def vanish(self) -> None:
        """A worker takes up the step of a video that has just come, and is never seen again."""
        bell = await self.first_bell()
        async with self.world.uow.begin(self.scope) as tx:
            assert await tx.videos.claim(bell.step_id, Lease(60)) is not None
            await tx.commit()

    def heard(self) -> list[StepDoorbell]:
        rung, self.queue.rung[:] = list(self.queue.rung), []
        return rung


async def chunk(data: bytes) -> AsyncIterator[bytes]:
    yield data

"""Every kind of damage, planted once, is seen and named; where there is none, nothing is."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from adapters.memory.inventory import MemoryInventory
from adapters.memory.media import MemoryMedia
from adapters.memory.workspace import MemoryWorkspace
from lms_app.operations.check_invariants import CheckInvariants
from lms_app.operations.check_media import CheckMedia
from lms_app.operations.check_storage import CheckStorage
from lms_app.operations.invariants import TITLES, Invariant
from lms_app.ports.consistency import ConsistencyQueries, GeneratedWork, LateDoorbell, SchoolBooks
from lms_app.ports.media_probe import MediaInfo, MediaProbe, ProbeError, VideoStream
from lms_app.ports.tool_processes import ToolProcess, ToolProcesses
from lms_app.scope import SystemScope, TenantScope
from lms_app.video.collect_garbage import CollectionRules
from lms_app.video.run_step import PipelineRules
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.video.asset import VideoAsset, VideoStatus
from lms_domain.video.steps import StepName, StepState
from lms_domain.video.storage_keys import file_key, run_name, run_prefix, video_prefix
from tests.contracts.samples import a_file
from tests.unit.lms_app.video.pipeline import SPEECH, Pipeline, chunk
from tests.unit.lms_app.world import World

STEP = UUID(int=77)


class Facts(ConsistencyQueries):
    """What the database would say: the truth about bytes, plus what a test plants."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.stolen_bytes = 0
        self.late: tuple[LateDoorbell, ...] = ()
        self.leases = 0
        self.overdue: tuple[str, ...] = ()
        self.planted: dict[UUID, GeneratedWork] | None = None

    async def books(self, scope: SystemScope) -> tuple[SchoolBooks, ...]:
        (tenant,) = self._world.database.tenants.rows()
        (counted,) = self._world.database.stored_bytes.rows()
        held = sum(asset.stored_bytes for asset in self._world.database.videos.rows())
        return (SchoolBooks(tenant.id, counted, held - self.stolen_bytes),)

    async def late_doorbells(self, scope: SystemScope, *, seconds: float) -> tuple[LateDoorbell, ...]:
        return tuple(bell for bell in self.late if bell.waiting_seconds > seconds)

    async def live_leases(self, scope: SystemScope) -> int:
        return self.leases

    async def overdue_garbage(self, scope: SystemScope, *, seconds: float) -> tuple[str, ...]:
        return self.overdue

    async def generated(self, scope: TenantScope) -> dict[UUID, GeneratedWork]:
        if self.planted is not None:
            return self.planted
        made = self._world.database.assignments.rows()
        reflections = Counter(each.content_id for each in made if each.kind is AssignmentKind.REFLECTION)
        return {content: GeneratedWork(count, 0) for content, count in reflections.items() if content is not None}

    async def transcribed(self, scope: TenantScope) -> frozenset[UUID]:
        return frozenset(transcript.content_id for transcript in self._world.database.transcripts.rows())


class Tools(ToolProcesses):
    """What a test says that runs."""

    def __init__(self) -> None:
        self.found: tuple[ToolProcess, ...] = ()

    def running(self) -> tuple[ToolProcess, ...]:
        return self.found


class Player(MediaProbe):
    """Plays everything that was not planted as broken."""

    async def probe(self, source: Path) -> MediaInfo:
        body = source.read_bytes()  # noqa: ASYNC240 -- some bytes of a test
        if body == b"broken":
            raise ProbeError("not_a_video", "This is not a video file, or it is damaged.")
        video = None if body == b"sound" else VideoStream("h264", 2, 2, "yuv420p", 25.0, False, "", 0)
        return MediaInfo("mpegts", 1.0, len(body), video, None)


class Clinic:
    """A school with one READY video, and means to hurt it."""

    def __init__(self, pipeline: Pipeline, content: UUID) -> None:
        world = self.world = pipeline.world
        self.pipeline = pipeline
        self.content = content
        self.facts, self.tools = Facts(world), Tools()
        inventory, rules = MemoryInventory(world.database), CollectionRules()
        self.check = CheckInvariants(
            inventory,
            self.facts,
            CheckStorage(inventory, world.storage, rules, world.clock),
            CheckMedia(world.storage, MemoryWorkspace(world.storage), Player()),
            self.tools,
            PipelineRules(),
            rules,
            world.clock,
        )

    async def asset(self) -> VideoAsset:
        return await self.pipeline.asset(self.content)

    async def change(self, **changes: object) -> None:
        """Write to the video's row what no use case would."""
        await self._save(replace(await self.asset(), **changes))  # type: ignore[arg-type]  # of one test

    async def change_step(self, name: StepName, **changes: object) -> None:
        asset = await self.asset()
        step = replace(asset.steps[name], **changes)  # type: ignore[arg-type]  # of one test
        row = next(row for row in self.world.database.steps.rows() if row.step.id == step.id)
        with self.world.database.transaction() as tx:
            self.world.database.steps.put(tx, step.id, (asset.tenant_id, replace(row, step=step)))
            tx.commit()

    async def _save(self, asset: VideoAsset) -> None:
        async with self.world.uow.begin(self.pipeline.scope) as tx:
            await tx.videos.save(asset)
            await tx.commit()

    async def put(self, key: str, body: bytes = b"x") -> None:
        await self.world.storage.put_stream(key, chunk(body), max_bytes=1000)

    async def violated(self) -> list[tuple[Invariant, str]]:
        report = await self.check()
        assert report.is_clean is not report.violations
        assert {each.invariant for each in report.invariants if not each.holds} == {
            each.invariant for each in report.violations
        }
        for violation in report.violations:
            assert violation.remedy
            assert "{" not in violation.remedy
            assert violation.tenant_id or violation.subject
        return [(violation.invariant, violation.what) for violation in report.violations]


@pytest.fixture
async def clinic(pipeline: Pipeline) -> Clinic:
    content = await pipeline.upload(MemoryMedia(speech=SPEECH))
    await pipeline.work_off(pipeline.worker())
    clinic = Clinic(pipeline, content)
    assert (await clinic.asset()).status is VideoStatus.READY
    return clinic


async def test_where_nothing_is_wrong_nothing_is_found(clinic: Clinic) -> None:
    assert await clinic.violated() == []
    await clinic.pipeline.upload(MemoryMedia())
    assert await clinic.violated() == [], "somebody is about to work on it"
    await clinic.pipeline.work_off(clinic.pipeline.worker())
    clinic.world.pass_time(days=365)
    report = await clinic.check()
    assert report.is_clean
    assert [each.invariant for each in report.invariants] == list(TITLES) == list(Invariant)
    looked_at = {each.invariant: each.looked_at for each in report.invariants}
    assert looked_at[Invariant.READY_IS_WHOLE] == looked_at[Invariant.NOTHING_IS_STUCK] == 2


async def vanished_worker(clinic: Clinic) -> None:
    await clinic.change(status=VideoStatus.PROCESSING)
    lease = clinic.world.clock.now() - timedelta(minutes=3)
    await clinic.change_step(StepName.FINALIZE, state=StepState.RUNNING, lease_until=lease)


async def nothing_left_to_do(clinic: Clinic) -> None:
    await clinic.change(status=VideoStatus.PROCESSING)


async def never_queued(clinic: Clinic) -> None:
    await clinic.change(status=VideoStatus.PROCESSING)
    await clinic.change_step(StepName.FINALIZE, state=StepState.PENDING)


async def a_segment_less(clinic: Clinic) -> None:
    hls = ((await clinic.asset()).hls_key or "").removesuffix("master.m3u8")
    await clinic.world.storage.delete(f"{hls}360p/seg_00000.ts")


async def a_broken_segment(clinic: Clinic) -> None:
    await _replace_segment(clinic, b"broken")


async def a_segment_without_picture(clinic: Clinic) -> None:
    await _replace_segment(clinic, b"sound")


async def _replace_segment(clinic: Clinic, body: bytes) -> None:
    key = ((await clinic.asset()).hls_key or "").replace("master.m3u8", "360p/seg_00000.ts")
    before = (await clinic.world.storage.head(key)).size
    await clinic.put(key, body)
    # The bytes are right again: only what they are is wrong.
    await clinic.change(stored_bytes=(await clinic.asset()).stored_bytes + len(body) - before)
    clinic.facts.stolen_bytes = len(body) - before


async def no_poster(clinic: Clinic) -> None:
    await clinic.world.storage.delete((await clinic.asset()).poster_key or "")


async def captions_forgotten(clinic: Clinic) -> None:
    await clinic.change(captions_key=None)


async def transcript_lost(clinic: Clinic) -> None:
    with clinic.world.database.transaction() as tx:
        clinic.world.database.transcripts.put(tx, clinic.content, None)
        tx.commit()


async def a_wrong_length(clinic: Clinic) -> None:
    await clinic.change(duration_seconds=60.0)


async def a_losers_run(clinic: Clinic) -> None:
    await clinic.put(run_prefix(clinic.pipeline.tenant.id, clinic.content, run_name(STEP)) + "thumb.jpg")
    clinic.world.pass_time(hours=8)


async def a_strange_file(clinic: Clinic) -> None:
    await clinic.put(video_prefix(clinic.pipeline.tenant.id, clinic.content) + "notes.txt")


async def an_unknown_school(clinic: Clinic) -> None:
    await clinic.put(f"tenant/{STEP}/videos/x")
    clinic.world.pass_time(hours=8)


async def a_forgotten_file(clinic: Clinic) -> None:
    await clinic.put(file_key(clinic.pipeline.tenant.id, STEP))
    clinic.world.pass_time(hours=8)


async def a_lost_file(clinic: Clinic) -> None:
    tenant, user = clinic.pipeline.tenant, await clinic.pipeline.admin()
    assert user.user_id is not None
    async with clinic.world.uow.begin(clinic.pipeline.scope) as tx:
        admin = await tx.users.get(user.user_id)
        assert admin is not None
        await tx.files.add(a_file(admin, key=file_key(tenant.id, STEP)))
        await tx.commit()


async def garbage_that_nobody_takes(clinic: Clinic) -> None:
    clinic.facts.overdue = ("tenant/x/",)


async def no_reflection(clinic: Clinic) -> None:
    assert (await clinic.asset()).steps[StepName.ASSIGNMENTS].state is StepState.SUCCEEDED
    clinic.facts.planted = {}


async def two_quizzes(clinic: Clinic) -> None:
    clinic.facts.planted = {clinic.content: GeneratedWork(1, 2)}


async def ready_before_its_time(clinic: Clinic) -> None:
    await clinic.change_step(StepName.THUMBNAIL, state=StepState.QUEUED)


async def ready_without_a_stream(clinic: Clinic) -> None:
    await clinic.change_step(StepName.TRANSCODE, state=StepState.SKIPPED)


async def tried_too_often(clinic: Clinic) -> None:
    await clinic.change_step(StepName.TRANSCRIBE, failures=4, attempt=4)


async def an_orphaned_tool(clinic: Clinic) -> None:
    clinic.tools.found = (ToolProcess(4711, "ffmpeg"),)


async def a_forgotten_doorbell(clinic: Clinic) -> None:
    clinic.facts.late = (LateDoorbell(1, clinic.pipeline.tenant.id, STEP, 121.0),)


async def wrong_books(clinic: Clinic) -> None:
    clinic.facts.stolen_bytes = 1


async def a_video_weighed_wrongly(clinic: Clinic) -> None:
    await clinic.change(stored_bytes=5)
    clinic.facts.stolen_bytes = 5 - clinic.world.database.stored_bytes.rows()[0]


async def another_schools_file(clinic: Clinic) -> None:
    await clinic.change(captions_key=f"tenant/{STEP}/videos/{clinic.content}/r{'0' * 32}/captions.vtt")


@pytest.mark.parametrize(
    ("plant", "seen", "words"),
    [
        (vanished_worker, {Invariant.NOTHING_IS_STUCK}, "FINALIZE: is held by nobody since"),
        (nothing_left_to_do, {Invariant.NOTHING_IS_STUCK}, "no step is left to do"),
        (never_queued, {Invariant.NOTHING_IS_STUCK}, "FINALIZE: waits for nothing"),
        (a_segment_less, {Invariant.READY_IS_WHOLE, Invariant.BYTES_ADD_UP}, "seg_00000.ts is missing or empty"),
        (a_broken_segment, {Invariant.READY_IS_WHOLE}, "does not play: This is not a video file"),
        (a_segment_without_picture, {Invariant.READY_IS_WHOLE}, "has no picture"),
        (no_poster, {Invariant.READY_IS_WHOLE, Invariant.BYTES_ADD_UP}, "thumb.jpg is missing or empty"),
        (captions_forgotten, {Invariant.READY_IS_WHOLE}, "what TRANSCRIBE made is missing"),
        (transcript_lost, {Invariant.READY_IS_WHOLE}, "has no transcript"),
        (a_wrong_length, {Invariant.READY_IS_WHOLE}, "lasts 3.0 s, the video 60.0 s"),
        (a_losers_run, {Invariant.NOTHING_IS_ABANDONED, Invariant.BYTES_ADD_UP}, "is needed by nobody"),
        (a_strange_file, {Invariant.NOTHING_IS_ABANDONED}, "notes.txt is no file that this program makes"),
        (an_unknown_school, {Invariant.NOTHING_IS_ABANDONED}, f"tenant/{STEP}/ belongs to no school"),
        (a_forgotten_file, {Invariant.NOTHING_IS_ABANDONED}, ".bin (1 bytes) is needed by nobody"),
        (a_lost_file, {Invariant.READY_IS_WHOLE}, ".bin is missing"),
        (garbage_that_nobody_takes, {Invariant.NOTHING_IS_ABANDONED}, "should have been removed by now"),
        (no_reflection, {Invariant.MADE_ONCE}, "0 reflections were made of it"),
        (two_quizzes, {Invariant.MADE_ONCE}, "2 quizzes of it are published at once"),
        (ready_before_its_time, {Invariant.STATES_FOLLOW}, "the video is READY, but THUMBNAIL not settled"),
        (ready_without_a_stream, {Invariant.STATES_FOLLOW}, "READY, but TRANSCODE is SKIPPED"),
        (tried_too_often, {Invariant.ATTEMPTS_END}, "TRANSCRIBE failed 4 times"),
        (an_orphaned_tool, {Invariant.TOOLS_ARE_LEASED}, "ffmpeg runs as process 4711"),
        (a_forgotten_doorbell, {Invariant.DOORBELLS_ARE_RUNG}, "waits since 121 s"),
        (wrong_books, {Invariant.BYTES_ADD_UP}, "count towards the plan"),
        (a_video_weighed_wrongly, {Invariant.BYTES_ADD_UP}, "the video counts as 5 bytes"),
        (another_schools_file, {Invariant.SCHOOLS_STAY_APART, Invariant.READY_IS_WHOLE}, "captions_key is tenant/"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
async def test_damage_is_seen(
    clinic: Clinic, plant: Callable[[Clinic], Awaitable[None]], seen: set[Invariant], words: str
) -> None:
    await plant(clinic)
    violated = await clinic.violated()
    assert {invariant for invariant, _ in violated} == seen, violated
    assert any(words in what for _, what in violated), violated


async def test_a_tool_whose_step_is_leased_may_run(clinic: Clinic) -> None:
    clinic.tools.found, clinic.facts.leases = (ToolProcess(4711, "ffmpeg"),), 1
    assert await clinic.violated() == []

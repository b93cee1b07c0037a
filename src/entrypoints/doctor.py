"""Examines every part of an installation, then puts a short video through it."""

import asyncio
import secrets
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from dishka import AsyncContainer

from adapters.embedded_postgres.errors import EmbeddedPostgresError
from adapters.ffmpeg.attack_corpus import check_tools
from adapters.ffmpeg.hardening import hardening
from adapters.ffmpeg.tools import ToolMissingError, ffmpeg_features, find_ffmpeg, find_ffprobe
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.health import UnsafeDatabase
from adapters.postgres.health import check as check_database
from adapters.structlog.logger import StructlogLogger
from entrypoints.cli.processes import migrate_database
from entrypoints.cli.run import open_container
from entrypoints.database import running_database
from entrypoints.finding import Finding
from entrypoints.settings import Settings
from entrypoints.worker.main import run_worker
from lms_app.actor import Actor
from lms_app.courses.add_module import AddModule
from lms_app.courses.edit_course import CreateCourse, NewCourse
from lms_app.ports.ids import Ids
from lms_app.ports.job_queue import JobQueue, QueueUnavailable
from lms_app.ports.storage import ObjectStorage, StorageUnavailable
from lms_app.ports.transcriber import Transcriber, TranscriberError
from lms_app.schools.erase_school import EraseSchool
from lms_app.schools.onboard_school import NewSchool, OnboardSchool
from lms_app.video.show_video import ShowVideo
from lms_app.video.upload_video import Recording, UploadVideo
from lms_app.video.views import VideoAssetView
from lms_domain.accounts.roles import Role
from lms_domain.errors import LmsError
from lms_domain.video.asset import VideoStatus
from lms_domain.video.steps import QueueName, StepState

CLIP = Path(__file__).parents[2] / "media" / "jfk-inaugural-1961.mp4"
_MIN_FREE_BYTES = 2 * 1024**3
_UPLOAD_SECONDS = 600.0


class PartBroken(Exception):
    """A part does not work; the text says which and what to do."""


Check = Callable[[], Awaitable[str]]


class Doctor:
    """One examination. ``show`` is told of every finding as it comes."""

    def __init__(self, settings: Settings, log: StructlogLogger, show: Callable[[Finding], None] | None) -> None:
        self._settings = settings
        self._log = log
        self._show = show
        self._findings: list[Finding] = []

    async def examine(self, *, with_upload: bool) -> list[Finding]:
        """What was found, part by part; the upload only when everything else is well."""
        await self._check("disk", self._disk)
        await self._check("media tools", self._tools)
        for sentence in await asyncio.to_thread(hardening):
            self._note(Finding("media tools", is_ok=False, detail=sentence, is_warning=True))
        await self._check("attack corpus", self._attacks)
        try:
            with running_database(self._settings) as running:
                await self._with_database(running.settings, with_upload=with_upload)
        except EmbeddedPostgresError as error:
            self._note(Finding("database", is_ok=False, detail=str(error)))
        return self._findings

    async def _with_database(self, resolved: Settings, *, with_upload: bool) -> None:
        async with open_container(resolved, self._log) as container:

            async def database() -> str:
                if self._settings.database is None:
                    await migrate_database(resolved)
                await check_database(await container.get(PostgresDatabase))
                return "answers, roles and policies are right"

            async def storage() -> str:
                await (await container.get(ObjectStorage)).check()
                return "an object can be stored"

            async def queue() -> str:
                await (await container.get(JobQueue)).check()
                return "Redis answers" if resolved.redis_url else "in this process"

            async def model() -> str:
                await (await container.get(Transcriber)).check()
                return resolved.whisper_model

            async def upload() -> str:
                return await _real_upload(container)

            await self._check("database", database)
            await self._check("storage", storage)
            await self._check("queue", queue)
            await self._check("speech model", model)
            if with_upload and all(f.is_ok or f.is_warning for f in self._findings):
                await self._check("real upload", upload)

    async def _check(self, part: str, check: Check) -> None:
        try:
            self._note(Finding(part, is_ok=True, detail=await check()))
        except (LmsError, TranscriberError) as error:
            self._note(Finding(part, is_ok=False, detail=error.detail))
        except (PartBroken, UnsafeDatabase, ToolMissingError, StorageUnavailable, QueueUnavailable, OSError) as error:
            self._note(Finding(part, is_ok=False, detail=str(error)))

    def _note(self, finding: Finding) -> None:
        self._findings.append(finding)
        if self._show is not None:
            self._show(finding)

    async def _disk(self) -> str:
        self._settings.data_dir.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(self._settings.data_dir).free
        if free < _MIN_FREE_BYTES:
            raise PartBroken(
                f"only {free // 1024**2} MB are free in {self._settings.data_dir}; uploads need room: free some space "
                "or set LMS_DATA_DIR to a larger disk."
            )
        return f"{free // 1024**3} GB are free in {self._settings.data_dir}"

    @staticmethod
    async def _tools() -> str:
        ffmpeg = await asyncio.to_thread(find_ffmpeg)
        features = await ffmpeg_features(ffmpeg)
        ffprobe = await asyncio.to_thread(find_ffprobe)
        return f"ffmpeg {features.version} ({ffmpeg}), probing with {ffprobe or 'PyAV'}"

    @staticmethod
    async def _attacks() -> str:
        passed = await check_tools()
        if passed:
            raise PartBroken(f"these hostile files were accepted: {', '.join(passed)}. Update ffmpeg.")
        return "every hostile file is refused"


async def _real_upload(container: AsyncContainer) -> str:
    """A throw-away school, a short video, the real pipeline."""
    onboard = await container.get(OnboardSchool)
    made = await onboard(
        NewSchool(
            school_name="Doctor check",
            admin_email="doctor@doctor.invalid",
            admin_first_name="Doctor",
            admin_last_name="Check",
            admin_password=secrets.token_urlsafe(24),
            subdomain=f"doctor-{secrets.token_hex(6)}",
        )
    )
    session_id = (await container.get(Ids)).new()
    actor = Actor(user_id=made.admin_id, tenant_id=made.tenant_id, role=Role.SCHOOL_ADMIN, session_id=session_id)
    stop = asyncio.Event()
    working = asyncio.create_task(run_worker(container, frozenset(QueueName), stop=stop))
    try:
        asset = await asyncio.wait_for(_upload_and_wait(container, actor), _UPLOAD_SECONDS)
    except TimeoutError:
        raise PartBroken(f"the video was not READY after {_UPLOAD_SECONDS:.0f} seconds.") from None
    finally:
        stop.set()
        await working
        await (await container.get(EraseSchool))(made.tenant_id)
    broken = [f"{s.name.value}: {s.error}" for s in asset.steps if s.state is StepState.FAILED]
    if asset.status is not VideoStatus.READY or broken:
        raise PartBroken("; ".join(broken) or f"the video ended {asset.status.value}: {asset.error}")
    return "a video went through every step to READY and was removed again"


async def _upload_and_wait(container: AsyncContainer, actor: Actor) -> VideoAssetView:
    create = await container.get(CreateCourse)
    course = await create(
        actor,
        NewCourse(
            title="Doctor check",
            description="",
            is_mandatory=False,
            deadline=None,
            estimated_hours=None,
            assigned_to_all=False,
            assigned_teachers=frozenset(),
        ),
    )
    module = await (await container.get(AddModule))(actor, course.id, title="Check", description="")
    upload = await container.get(UploadVideo)
    permit = await upload.permit(actor, course.id, module.id, declared_bytes=None)
    received = await upload.receive(permit, Recording(filename=CLIP.name, title=None, language="en", chunks=_clip()))
    show = await container.get(ShowVideo)
    while True:
        seen = await show(actor, course.id, module.id, received.content.id)
        if seen.video_asset.status in {VideoStatus.READY, VideoStatus.FAILED}:
            return seen.video_asset
        await asyncio.sleep(0.3)


async def _clip() -> AsyncIterator[bytes]:
    yield await asyncio.to_thread(CLIP.read_bytes)

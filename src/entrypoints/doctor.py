"""Examines every part of an installation, then puts a short video through it."""

import asyncio
import os
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dishka import AsyncContainer

from adapters.embedded_postgres.errors import EmbeddedPostgresError
from adapters.ffmpeg.hardening import hardening
from adapters.ffmpeg.tools import ToolMissingError, ffmpeg_features, find_ffmpeg, find_ffprobe
from adapters.openai_quiz.service import ModelService
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.health import check as check_database
from adapters.structlog.logger import StructlogLogger
from adapters.structlog.redaction import redact_text
from entrypoints.cli.processes import migrate_database
from entrypoints.cli.run import open_container
from entrypoints.database import running_database
from entrypoints.demo_passwords import refuse_demo_passwords
from entrypoints.finding import Finding
from entrypoints.hostile_files import refuse_unsafe_tools
from entrypoints.settings import Settings
from entrypoints.variables import without_password
from entrypoints.wiring.mail import check_mailer
from entrypoints.wiring.media import check_quiz_model
from entrypoints.worker.main import run_worker
from lms_app.actor import Actor
from lms_app.courses.add_module import AddModule
from lms_app.courses.edit_course import CreateCourse, NewCourse
from lms_app.ports.ids import Ids
from lms_app.ports.job_queue import JobQueue
from lms_app.ports.mailer import Mailer
from lms_app.ports.quiz_generator import QuizGeneratorError
from lms_app.ports.storage import ObjectStorage
from lms_app.ports.transcriber import Transcriber, TranscriberError
from lms_app.schools.erase_school import EraseSchool
from lms_app.schools.find_demo_passwords import FindDemoPasswords
from lms_app.schools.onboard_school import NewSchool, OnboardSchool
from lms_app.video.show_video import ShowVideo
from lms_app.video.upload_video import Recording, UploadVideo
from lms_app.video.views import StepView, VideoAssetView
from lms_domain.accounts.roles import Role
from lms_domain.errors import LmsError, StartRefused
from lms_domain.video.asset import VideoStatus
from lms_domain.video.steps import QueueName, StepState

CLIP = Path(__file__).parents[2] / "media" / "jfk-inaugural-1961.mp4"
_MIN_FREE_BYTES = 2 * 1024**3
_MIN_TEMPORARY_BYTES = 256 * 1024**2
_UPLOAD_SECONDS = 180.0
_PART_SECONDS = 60.0
"""No part is waited for longer, whatever it does; a model that has to be downloaded is."""

REMEDIES: Mapping[str, str] = {
    "disk": "Free some space, or set LMS_DATA_DIR to a folder on a larger disk that this account may write to.",
    "temporary files": "Free some space there, or set TMPDIR to a folder on a larger disk.",
    "media tools": "Install ffmpeg 4.4 or later (Debian: sudo apt-get install -y ffmpeg), or the wheel imageio-ffmpeg.",
    "hostile files": "Make room for temporary files, and let this account start programs.",
    "database": "Start PostgreSQL and correct LMS_DATABASE_URL and its relatives, or leave them all out: then a server "
    "of its own is used.",
    "storage": "Correct LMS_STORAGE_URL, or let this account write to the folder that it names.",
    "queue": "Start Redis, or correct LMS_REDIS_URL; without that setting one worker works beside the API.",
    "speech model": "Set LMS_WHISPER_MODEL to a folder with a model, or to “bundled”, the small English one.",
    "mail": "Start the mail server or correct LMS_SMTP_URL; without that setting mails become files.",
    "quiz model": "Correct LMS_QUIZ_MODEL_URL, LMS_QUIZ_MODEL_NAME and LMS_QUIZ_MODEL_KEY; until then rules write "
    "all questions.",
    "real upload": "Look at the log lines of the step that is named; a part that it needs is broken.",
}
"""What to do about a part when the part itself does not know better."""


class PartBroken(Exception):
    """A part does not work; the text says in which way."""


Check = Callable[[], Awaitable[str]]


class Doctor:
    """One examination. ``show`` is told of every finding as it comes, ``begin`` of every part before it is examined."""

    def __init__(
        self,
        settings: Settings,
        log: StructlogLogger,
        show: Callable[[Finding], None] | None = None,
        begin: Callable[[str], None] | None = None,
    ) -> None:
        self._settings = settings
        self._log = log
        self._show = show
        self._begin = begin
        self._findings: list[Finding] = []

    async def examine(self, *, with_upload: bool) -> list[Finding]:
        """What was found, part by part; the upload only when everything else is well."""
        await self._check("disk", self._disk)
        await self._check("temporary files", self._temporary)
        if await self._check("media tools", self._tools):
            for sentence in await asyncio.to_thread(hardening):
                self._note(Finding("media tools", is_ok=False, detail=sentence, is_warning=True))
            await self._check("hostile files", self._hostile_files)
        try:
            with running_database(self._settings) as running:
                async with open_container(running.settings, self._log) as container:
                    await self._check("database", lambda: self._database(running.settings, container))
                    await self._parts(container)
                    if with_upload and not any(finding.is_broken for finding in self._findings):
                        await self._check("real upload", lambda: _real_upload(container), _UPLOAD_SECONDS + 60)
        except EmbeddedPostgresError as error:
            detail = "\n".join(part for part in (error.problem, error.log_tail) if part)
            self._note(Finding("database", is_ok=False, detail=detail, remedy=error.remedy))
            # The other parts need no database to be looked at.
            async with open_container(self._settings, self._log) as container:
                await self._parts(container)
        return self._findings

    async def _parts(self, container: AsyncContainer) -> None:
        async def storage() -> str:
            await (await container.get(ObjectStorage)).check()
            return f"an object can be stored in {without_password(self._settings.storage_url)}"

        async def queue() -> str:
            await (await container.get(JobQueue)).check()
            return "Redis answers" if self._settings.redis_url else "in this process"

        async def model() -> str:
            await (await container.get(Transcriber)).check()
            return self._settings.whisper_model

        async def mail() -> str:
            return await check_mailer(await container.get(Mailer), self._settings)

        await self._check("storage", storage)
        await self._check("queue", queue)
        await self._check("speech model", model, _UPLOAD_SECONDS)
        await self._check("mail", mail)
        if self._settings.quiz_model is not None:
            await self._quiz_model(self._settings.quiz_model)

    async def _quiz_model(self, service: ModelService) -> None:
        """A warning at most: where the model does not answer, rules write the questions."""
        part = "quiz model"
        if self._begin is not None:
            self._begin(part)
        try:
            async with asyncio.timeout(_PART_SECONDS):
                finding = Finding(part, is_ok=True, detail=await check_quiz_model(service))
        except (TimeoutError, QuizGeneratorError) as error:
            detail = str(error) or "The model service did not answer in time."
            finding = Finding(part, is_ok=False, detail=detail, remedy=REMEDIES[part], is_warning=True)
        self._note(finding)

    async def _check(self, part: str, check: Check, seconds: float = _PART_SECONDS) -> bool:
        """Whether ``part`` works. Whatever goes wrong in there, the part is named: that is what somebody came for."""
        if self._begin is not None:
            self._begin(part)
        try:
            async with asyncio.timeout(seconds):
                finding = Finding(part, is_ok=True, detail=await check())
        except TimeoutError:
            finding = Finding(
                part, is_ok=False, detail=f"no answer within {seconds:.0f} seconds", remedy=REMEDIES[part]
            )
        except StartRefused as error:
            finding = Finding(part, is_ok=False, detail=error.problem, remedy=error.remedy or REMEDIES[part])
        except Exception as error:  # noqa: BLE001  # a part may break in any way there is
            finding = Finding(part, is_ok=False, detail=_words(error), remedy=REMEDIES[part])
        self._note(finding)
        return finding.is_ok

    def _note(self, finding: Finding) -> None:
        self._findings.append(finding)
        if self._show is not None:
            self._show(finding)

    async def _disk(self) -> str:
        folders = [self._settings.data_dir]
        storage = urlsplit(self._settings.storage_url)
        if storage.scheme == "file" and not Path(unquote(storage.path)).is_relative_to(self._settings.data_dir):
            folders.append(Path(unquote(storage.path)))
        frees = [await asyncio.to_thread(_room, folder, _MIN_FREE_BYTES) for folder in folders]
        return f"{min(frees) // 1024**3} GB are free in {' and '.join(str(folder) for folder in folders)}"

    @staticmethod
    async def _temporary() -> str:
        folder = Path(tempfile.gettempdir())
        free = await asyncio.to_thread(_room, folder, _MIN_TEMPORARY_BYTES)
        return f"{free // 1024**2} MB are free in {folder}"

    @staticmethod
    async def _tools() -> str:
        ffmpeg = await asyncio.to_thread(find_ffmpeg)
        features = await ffmpeg_features(ffmpeg)
        ffprobe = await asyncio.to_thread(find_ffprobe)
        return f"ffmpeg {features.version} ({ffmpeg}), probing with {ffprobe or 'PyAV'}"

    @staticmethod
    async def _hostile_files() -> str:
        await refuse_unsafe_tools()
        return "every one is refused"

    async def _database(self, resolved: Settings, container: AsyncContainer) -> str:
        if self._settings.database is None:
            await migrate_database(resolved)
        await check_database(await container.get(PostgresDatabase))
        await refuse_demo_passwords(await container.get(FindDemoPasswords), resolved)
        return "answers, its schema is up to date, roles and policies are right"


def _words(error: Exception) -> str:
    """What went wrong, with what lies behind it: “does not answer” alone helps nobody."""
    known = isinstance(error, LmsError | TranscriberError | PartBroken | ToolMissingError)
    said = (
        (error.detail if isinstance(error, TranscriberError) else str(error))
        if known
        else f"{type(error).__name__}: {error}"
    )
    cause = error.__cause__
    if cause is not None and str(cause) and str(cause) not in said:
        said = f"{said} ({type(cause).__name__}: {cause})"
    return redact_text(said)


def _room(folder: Path, needed: int) -> int:
    """Free bytes where ``folder`` is; a file is written there, since a quota or a right shows only then."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x" * 1024**2)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise PartBroken(f"nothing can be written in {folder}: {error.strerror or error}") from error
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise PartBroken(f"only {free // 1024**2} MB are free in {folder}; {needed // 1024**2} are needed.")
    return free


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
        ),
        is_quiet=True,
    )
    session_id = (await container.get(Ids)).new()
    actor = Actor(user_id=made.admin_id, tenant_id=made.tenant_id, role=Role.SCHOOL_ADMIN, session_id=session_id)
    stop = asyncio.Event()
    working = asyncio.create_task(run_worker(container, frozenset(QueueName), stop=stop))
    uploading = asyncio.create_task(_upload_and_wait(container, actor))
    try:
        await asyncio.wait({working, uploading}, timeout=_UPLOAD_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            await working
            raise PartBroken("the worker ended before the video was READY.")
        if not uploading.done():
            raise PartBroken(f"the video was not READY after {_UPLOAD_SECONDS:.0f} seconds.")
        asset = await uploading
    finally:
        stop.set()
        uploading.cancel()
        await asyncio.wait({working, uploading})
        await (await container.get(EraseSchool))(made.tenant_id)
    broken = [f"{s.name.value}: {s.error or 'broke, see the log'}" for s in asset.steps if _has_failed(s)]
    if asset.status is not VideoStatus.READY or broken:
        raise PartBroken("; ".join(broken) or f"the video ended {asset.status.value}: {asset.error}")
    return "a video went through every step to READY and was removed again"


def _has_failed(step: StepView) -> bool:
    """At the first attempt already: a pipeline would try again in a while, an examination does not wait for it."""
    return step.state is StepState.FAILED or (step.state is StepState.QUEUED and step.attempt > 0)


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
        asset = seen.video_asset
        if asset.status in {VideoStatus.READY, VideoStatus.FAILED} or any(map(_has_failed, asset.steps)):
            return asset
        await asyncio.sleep(0.3)


async def _clip() -> AsyncIterator[bytes]:
    yield await asyncio.to_thread(CLIP.read_bytes)

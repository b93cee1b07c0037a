"""Receive a recording."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditTrail
from lms_app.courses.course_facts import audited_content, facts_of_content
from lms_app.courses.views import view_of_content
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.storage import ObjectStorage, SizeExceeded, StorageUnavailable
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import TenantScope
from lms_app.video.doorbells import doorbells_for
from lms_app.video.show_video import view_of_asset
from lms_app.video.views import UploadedVideoView
from lms_domain.accounts.roles import Permission
from lms_domain.courses.course import DEFAULT_REQUIRED_COVERAGE, MAX_TITLE, Content, ContentType, clean_title
from lms_domain.errors import InvalidInput, NotFound, PlanLimitReached, TooLarge, Unavailable
from lms_domain.schools.tenant import GIB
from lms_domain.text import display_filename
from lms_domain.video.asset import VideoAsset, new_video_asset
from lms_domain.video.container import ContainerInspector
from lms_domain.video.steps import PLAN
from lms_domain.video.storage_keys import source_key

MAX_UPLOAD_BYTES = 2 * GIB


@dataclass(frozen=True, slots=True)
class UploadPermit:
    """Leave to send one recording: given before the first byte is read."""

    actor: Actor
    scope: TenantScope
    course_id: UUID
    module_id: UUID
    max_bytes: int
    quota_bytes: int
    """What the school's plan has left; the smaller of both stops the upload."""


@dataclass(slots=True)
class Recording:
    """A file as a client sends it. A form may name its title after the file: both texts count as they are when
    ``chunks`` has come to its end."""

    filename: str
    title: str | None
    """Without one the file's name serves."""
    language: str | None
    """ISO 639-1 of what is spoken; None: detect it."""
    chunks: AsyncIterator[bytes]


class _CommitUnknown(Unavailable):
    """The database went away during the commit: nobody knows whether the video exists."""


class UploadVideo:
    """Receive a recording into a module and start its way through the pipeline.

    Who may not, and what does not fit the plan, is refused before the first byte; bytes are counted while they come.
    Content, video and the first step's doorbell are one transaction; a broken upload leaves nothing.
    """

    def __init__(self, uow: UnitOfWork, storage: ObjectStorage, trail: AuditTrail, clock: Clock, ids: Ids) -> None:
        self._uow = uow
        self._storage = storage
        self._trail = trail
        self._clock = clock
        self._ids = ids

    async def permit(
        self, actor: Actor, course_id: UUID, module_id: UUID, *, declared_bytes: int | None
    ) -> UploadPermit:
        """Leave to send, or the reason why not.

        Args:
            declared_bytes: size of the whole request, when the client says it.

        Raises:
            NotAllowed: the role may not.
            NotFound: no such module in that course.
            PlanLimitReached, TooLarge: the declared size is too much, or nothing is left.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        async with self._uow.begin(scope) as tx:
            if await tx.courses.get_module(course_id, module_id) is None:
                raise NotFound("There is no such module.")
            limits, stored = await tx.usage.limits()
        left = limits.storage_bytes - stored
        permit = UploadPermit(actor, scope, course_id, module_id, MAX_UPLOAD_BYTES, left)
        _check_size(permit, declared_bytes or 1, slack=64 * 1024)
        return permit

    async def receive(self, permit: UploadPermit, recording: Recording) -> UploadedVideoView:
        """Store the recording.

        Raises:
            InvalidInput: no recording (``not_a_video``, ``truncated``, ``empty``), or a refused title or language.
            NotFound: the module was removed meanwhile.
            PlanLimitReached, TooLarge: more came than allowed.
            StorageUnavailable: nothing is kept.
        """
        filename = display_filename(recording.filename) or "recording"
        # What is wrong already is refused before the first byte.
        _label(recording, filename)
        content_id = self._ids.new()
        key = source_key(permit.scope.tenant_id, content_id, self._ids.new())
        limit = min(permit.max_bytes, permit.quota_bytes)
        try:
            stored = await self._storage.put_stream(key, _inspected(recording.chunks), max_bytes=limit)
        except SizeExceeded:
            _check_size(permit, limit + 1)
            raise
        try:
            title, language = _label(recording, filename)
            return await self._record(permit, content_id, title, filename, language, key, stored.size)
        except _CommitUnknown:
            # An orphaned file is better than a video without its file.
            raise
        except BaseException:
            with suppress(StorageUnavailable):  # what went wrong before is what people must hear
                await self._storage.delete(key)
            raise

    async def _record(
        self,
        permit: UploadPermit,
        content_id: UUID,
        title: str,
        filename: str,
        language: str | None,
        key: str,
        size: int,
    ) -> UploadedVideoView:
        now = self._clock.now()
        async with self._uow.begin(permit.scope) as tx:
            course = await tx.courses.get(permit.course_id, for_update=True)
            position = await tx.courses.module_content_count(permit.course_id, permit.module_id)
            if course is None or position is None:
                raise NotFound("There is no such module.")
            limits, used = await tx.usage.lock_limits()
            if used + size > limits.storage_bytes:
                raise _storage_full()
            content = Content(
                id=content_id,
                tenant_id=permit.scope.tenant_id,
                course_id=permit.course_id,
                module_id=permit.module_id,
                title=title,
                content_type=ContentType.VIDEO,
                position=position,
                is_mandatory=True,
                url=None,
                required_coverage=DEFAULT_REQUIRED_COVERAGE,
                created_at=now,
                updated_at=now,
            )
            asset = new_video_asset(
                asset_id=self._ids.new(),
                tenant_id=permit.scope.tenant_id,
                content_id=content_id,
                source_key=key,
                source_bytes=size,
                source_name=filename,
                language=language,
                step_ids={name: self._ids.new() for name in PLAN},
                now=now,
            )
            await self._start(tx, content, asset, size)
            await self._trail.record(
                tx, permit.actor, "content.created", audited_content(content), after=facts_of_content(content)
            )
            try:
                await tx.commit()
            except Unavailable as error:
                raise _CommitUnknown(error.detail) from error
        return UploadedVideoView(content=view_of_content(content, asset), video_asset=view_of_asset(asset))

    @staticmethod
    async def _start(tx: TenantTransaction, content: Content, asset: VideoAsset, size: int) -> None:
        queued = asset.start()
        # What is added takes nothing back from those who are done.
        await tx.progress.record_completions(content.course_id, at=content.created_at)
        await tx.courses.add_content(content)
        await tx.videos.add(asset)
        await tx.usage.add_stored_bytes(size)
        await tx.outbox.add(doorbells_for(asset, queued))


async def _inspected(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same bytes; raises InvalidInput as soon as they turn out to be no recording, or one that was cut off."""
    inspector = ContainerInspector()
    async for chunk in chunks:
        inspector.feed(chunk)
        yield chunk
    inspector.finish()


def _check_size(permit: UploadPermit, size: int, *, slack: int = 0) -> None:
    if size - slack > permit.max_bytes:
        raise TooLarge(f"A video may have at most {permit.max_bytes // GIB} GB.", code="too_large")
    if permit.quota_bytes <= 0 or size - slack > permit.quota_bytes:
        raise _storage_full()


def _storage_full() -> PlanLimitReached:
    return PlanLimitReached("Your school's storage is full. Remove videos you no longer need, or ask for more space.")


def _label(recording: Recording, filename: str) -> tuple[str, str | None]:
    """Title and language, fit to keep; the file's name serves as a title.

    Raises:
        InvalidInput: one of them is refused.
    """
    title = (recording.title or "").strip() or (filename.rsplit(".", 1)[0] or filename)[:MAX_TITLE]
    return clean_title(title), _check_language(recording.language)


def _check_language(language: str | None) -> str | None:
    if language is None or not language.strip():
        return None
    code = language.strip().lower()
    if not (2 <= len(code) <= 3 and code.isascii() and code.isalpha()):
        raise InvalidInput.for_field("language", "invalid", "A language is written like en or de.")
    return code

"""Receive a file other than a video."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from uuid import UUID

from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.files.addresses import FileAddresses, public_address
from lms_app.files.views import UploadedFileView
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.pictures import BadPicture, Picture, PictureBox, PictureEncoder
from lms_app.ports.storage import ObjectStorage, SizeExceeded, StorageUnavailable
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Permission
from lms_domain.errors import InvalidInput, NotSignedIn, PlanLimitReached, TooLarge, Unavailable
from lms_domain.files.sniffing import PNG, FileInspector
from lms_domain.files.stored_file import FILE_RULES, MIB, FilePurpose, StoredFile, check_file, new_file
from lms_domain.video.storage_keys import file_key, public_file_key

_PERMISSIONS = {
    FilePurpose.CONTENT_FILE: Permission.MANAGE_SCHOOL,
    FilePurpose.COURSE_THUMBNAIL: Permission.MANAGE_SCHOOL,
    FilePurpose.TENANT_LOGO: Permission.MANAGE_SCHOOL,
    FilePurpose.SUBMISSION_FILE: Permission.LEARN,
    FilePurpose.PROFILE_PICTURE: Permission.OWN_ACCOUNT,
}
_BOXES = {
    FilePurpose.TENANT_LOGO: PictureBox(1024, 512),
    FilePurpose.COURSE_THUMBNAIL: PictureBox(1280, 720),
    FilePurpose.PROFILE_PICTURE: PictureBox(512, 512),
}
"""Pictures that anybody may see who has their address."""
_DOCUMENT_BOX = PictureBox(4096, 4096)
MAX_PICTURE_BYTES = 25 * MIB
"""A picture is in memory as a whole."""
_FORM_BYTES = 64 * 1024
"""What a form may have around its file."""


@dataclass(frozen=True, slots=True)
class FilePermit:
    """Leave to send one file: given before the first byte is read."""

    actor: Actor
    scope: TenantScope
    purpose: FilePurpose
    quota_bytes: int
    """What the school's plan has left."""

    @property
    def max_bytes(self) -> int:
        """The most that may come."""
        return FILE_RULES[self.purpose].max_bytes


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file as a client sends it."""

    filename: str
    chunks: AsyncIterator[bytes]


class _CommitUnknown(Unavailable):
    """The database went away during the commit: nobody knows whether the file is known."""


class UploadFile:
    """Receive a document or a picture. What it is, its bytes say: not its name, nor its sender.

    Pictures are made anew, so that nothing else of the file is kept; drawings (SVG), web pages and documents with
    macros are refused. Every byte counts against the plan. A file that nothing refers to after a day is removed. A
    profile picture is that of the person who sends it, at once.
    """

    def __init__(
        self,
        uow: UnitOfWork,
        storage: ObjectStorage,
        pictures: PictureEncoder,
        addresses: FileAddresses,
        trail: AuditTrail,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._uow = uow
        self._storage = storage
        self._pictures = pictures
        self._addresses = addresses
        self._trail = trail
        self._clock = clock
        self._ids = ids

    async def permit(self, actor: Actor, purpose: FilePurpose, *, declared_bytes: int | None) -> FilePermit:
        """Leave to send, or the reason why not.

        Args:
            declared_bytes: size of the whole request, when the client says it.

        Raises:
            NotAllowed: the role may not; ``impersonating``: a visiting operator changes nobody's picture.
            PlanLimitReached, TooLarge: the declared size is too much, or nothing is left.
        """
        scope = actor.school(_PERMISSIONS[purpose])
        if purpose is FilePurpose.PROFILE_PICTURE:
            actor.require_in_person()
        async with self._uow.begin(scope) as tx:
            limits, stored = await tx.usage.limits()
        permit = FilePermit(actor, scope, purpose, limits.storage_bytes - stored)
        _check_size(permit, max(1, (declared_bytes or 0) - _FORM_BYTES))
        return permit

    async def receive(self, permit: FilePermit, file: IncomingFile) -> UploadedFileView:
        """Store the file.

        Raises:
            InvalidInput: ``unsupported_file``, ``broken_picture`` or ``empty``.
            PlanLimitReached, TooLarge: more came than allowed.
            StorageUnavailable: nothing is kept.
        """
        inspector = FileInspector()
        start = await _first(file.chunks, inspector)
        if permit.purpose in _BOXES or inspector.picture_type() is not None:
            return await self._receive_picture(permit, file, inspector, start)
        file_id = self._ids.new()
        key = file_key(permit.scope.tenant_id, file_id)
        limit = min(permit.max_bytes, permit.quota_bytes)
        try:
            stored = await self._storage.put_stream(
                key, _inspected(start, file.chunks, inspector, permit.purpose), max_bytes=limit
            )
        except SizeExceeded:
            _check_size(permit, limit + 1)
            raise
        return await self._record_or_remove(permit, file_id, key, file.filename, inspector.media_type(), stored.size)

    async def _receive_picture(
        self, permit: FilePermit, file: IncomingFile, inspector: FileInspector, start: bytes
    ) -> UploadedFileView:
        data = bytearray(start)
        async for chunk in file.chunks:
            inspector.feed(chunk)
            data += chunk
            _check_size(permit, len(data))
            if len(data) > MAX_PICTURE_BYTES:
                raise TooLarge(f"A picture may have at most {MAX_PICTURE_BYTES // MIB} MiB.")
        picture = await self._encode(permit, bytes(data), inspector.picture_type())
        file_id = self._ids.new()
        if permit.purpose in _BOXES:
            # Nobody who has the picture can tell its address, and no address is ever another picture's.
            name = blake2b(picture.data, key=file_id.bytes, digest_size=16).hexdigest()
            key = public_file_key(permit.scope.tenant_id, name) or ""
        else:
            key = file_key(permit.scope.tenant_id, file_id)
        await self._storage.put_stream(key, _pieces(picture.data), max_bytes=len(picture.data))
        return await self._record_or_remove(permit, file_id, key, file.filename, picture.media_type, len(picture.data))

    async def _encode(self, permit: FilePermit, data: bytes, media_type: str | None) -> Picture:
        check_file(permit.purpose, media_type=media_type or "", size_bytes=len(data))
        box = _BOXES.get(permit.purpose, _DOCUMENT_BOX)
        is_logo = permit.purpose is FilePurpose.TENANT_LOGO
        try:
            return await self._pictures.encode(
                data, box, as_png=is_logo or (media_type == PNG and box is _DOCUMENT_BOX)
            )
        except BadPicture:
            raise InvalidInput.for_field(
                "file", "broken_picture", "This picture cannot be read, or it has too many pixels."
            ) from None

    async def _record_or_remove(
        self, permit: FilePermit, file_id: UUID, key: str, filename: str, media_type: str | None, size: int
    ) -> UploadedFileView:
        try:
            stored = new_file(
                file_id=file_id,
                tenant_id=permit.scope.tenant_id,
                owner_id=permit.actor.user_id,
                purpose=permit.purpose,
                key=key,
                file_name=filename,
                media_type=media_type or "",
                size_bytes=size,
                now=self._clock.now(),
            )
            await self._record(permit, stored)
        except _CommitUnknown:
            # An orphaned file is better than a row without its file.
            raise
        except BaseException:
            with suppress(StorageUnavailable):  # what went wrong before is what people must hear
                await self._storage.delete(key)
            raise
        url = public_address(key) if permit.purpose in _BOXES else None
        return UploadedFileView(
            file_id=file_id,
            url=url or self._addresses.grant(permit.scope, permit.actor, file_id),
            file_name=stored.file_name,
            media_type=stored.media_type,
            size_bytes=stored.size_bytes,
        )

    async def _record(self, permit: FilePermit, file: StoredFile) -> None:
        async with self._uow.begin(permit.scope) as tx:
            limits, used = await tx.usage.lock_limits()
            if used + file.size_bytes > limits.storage_bytes:
                raise _storage_full()
            await tx.files.add(file)
            await tx.usage.add_stored_bytes(file.size_bytes)
            if permit.purpose is FilePurpose.PROFILE_PICTURE:
                await _show(tx, permit.actor, file)
            if _PERMISSIONS[permit.purpose] is Permission.MANAGE_SCHOOL:
                await self._trail.record(
                    tx,
                    permit.actor,
                    "file.uploaded",
                    AuditedObject("file", file.id, file.file_name),
                    after={"purpose": file.purpose.value, "media_type": file.media_type, "size_bytes": file.size_bytes},
                )
            try:
                await tx.commit()
            except Unavailable as error:
                raise _CommitUnknown(error.detail) from error


async def _show(tx: TenantTransaction, actor: Actor, picture: StoredFile) -> None:
    user = await tx.users.lock(actor.user_id)
    if user is None:
        raise NotSignedIn("Please sign in.")
    await tx.users.save(replace(user, picture_key=picture.key))


async def _first(chunks: AsyncIterator[bytes], inspector: FileInspector) -> bytes:
    """The first bytes, enough of them to know a picture by."""
    start = b""
    async for chunk in chunks:
        inspector.feed(chunk)
        start += chunk
        if len(start) >= 12:
            break
    return start


async def _inspected(
    start: bytes, rest: AsyncIterator[bytes], inspector: FileInspector, purpose: FilePurpose
) -> AsyncIterator[bytes]:
    """The whole file; raises InvalidInput as soon as it can be of no kind that we take."""
    if start:
        yield start
    async for chunk in rest:
        inspector.feed(chunk)
        if not inspector.is_promising:
            check_file(purpose, media_type="", size_bytes=inspector.size)
        yield chunk


async def _pieces(data: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(data), MIB):
        yield data[at : at + MIB]


def _check_size(permit: FilePermit, size: int) -> None:
    if size > permit.max_bytes:
        raise TooLarge(f"At most {permit.max_bytes // MIB} MiB are accepted here.")
    if size > permit.quota_bytes:
        raise _storage_full()


def _storage_full() -> PlanLimitReached:
    return PlanLimitReached("Your school's storage is full. Remove what you no longer need, or ask for more space.")

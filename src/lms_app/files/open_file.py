"""Fetch an uploaded file."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from uuid import UUID

from lms_app.ports.clock import Clock
from lms_app.ports.session_directory import SessionDirectory
from lms_app.ports.storage import ObjectNotFound, ObjectStorage, OpenObject, StoredObject
from lms_app.ports.tokens import PlaybackTokens
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_app.video.standing_grant import nothing_here, standing_grant
from lms_domain.files.sniffing import picture_type
from lms_domain.files.stored_file import StoredFile
from lms_domain.video.storage_keys import public_file_key


@dataclass(frozen=True, slots=True)
class PublicPicture:
    """A picture that anybody may see who has its address. ``data`` is small: we made it ourselves."""

    data: bytes
    media_type: str


class OpenFile:
    """Fetch a document under the grant in its address, or a picture that is public by its unguessable address, on the
    host of its own school. Whatever is wrong looks the same."""

    def __init__(
        self,
        uow: UnitOfWork,
        storage: ObjectStorage,
        tokens: PlaybackTokens,
        sessions: SessionDirectory,
        clock: Clock,
    ) -> None:
        self._uow = uow
        self._storage = storage
        self._tokens = tokens
        self._sessions = sessions
        self._clock = clock

    async def find(self, *, tenant_id: UUID, token: str) -> tuple[StoredFile, StoredObject]:
        """The file that ``token`` gives leave to fetch.

        Args:
            tenant_id: the school of the host.

        Raises:
            NotFound: for every reason there is.
            StorageUnavailable: see there.
        """
        now = self._clock.now()
        grant = await standing_grant(token, self._tokens, self._sessions, tenant_id=tenant_id, now=now)
        async with self._uow.begin(TenantScope(tenant_id)) as tx:
            file = await tx.files.get(grant.content_id)
        if file is None:
            raise nothing_here()
        try:
            return file, await self._storage.head(file.key)
        except ObjectNotFound:
            raise nothing_here() from None

    def read(self, found: StoredObject, *, start: int, end: int) -> AbstractAsyncContextManager[OpenObject]:
        """The bytes from ``start`` up to but not including ``end``."""
        return self._storage.open(found.key, start=start, end=end)

    async def picture(self, *, tenant_id: UUID, name: str) -> PublicPicture:
        """A public picture of the host's school.

        Raises:
            NotFound: there is none of that name at this school.
            StorageUnavailable: see there.
        """
        key = public_file_key(tenant_id, name)
        if key is None:
            raise nothing_here()
        try:
            async with self._storage.open(key) as opened:
                data = b"".join([chunk async for chunk in opened.chunks])
        except ObjectNotFound:
            raise nothing_here() from None
        media_type = picture_type(data[:12])
        if media_type is None:
            raise nothing_here()
        return PublicPicture(data, media_type)

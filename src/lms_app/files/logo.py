"""A school's logo, for what is printed."""

from lms_app.ports.storage import ObjectNotFound, ObjectStorage
from lms_app.scope import TenantScope
from lms_domain.video.storage_keys import public_file_key


class SchoolLogos:
    """Reads logos out of the storage."""

    def __init__(self, storage: ObjectStorage) -> None:
        self._storage = storage

    async def read(self, scope: TenantScope, logo_url: str | None) -> bytes | None:
        """The picture at the address that a school's branding has; None when there is none."""
        key = public_file_key(scope.tenant_id, logo_url.rpartition("/")[2]) if logo_url is not None else None
        if key is None:
            return None
        try:
            async with self._storage.open(key) as opened:
                return b"".join([chunk async for chunk in opened.chunks])
        except ObjectNotFound:
            return None

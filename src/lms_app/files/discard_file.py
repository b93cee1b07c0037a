"""Give a file up that something referred to."""

from datetime import datetime
from uuid import UUID

from lms_app.ports.repositories import Taken
from lms_app.ports.storage_garbage import Garbage
from lms_app.ports.unit_of_work import TenantTransaction
from lms_domain.video.garbage import COLLECT_AFTER


async def discard_file(tx: TenantTransaction, file_id: UUID, *, now: datetime) -> None:
    """Forget the file when nothing refers to it any more: the school has its bytes back at once, and storage is cleared
    when no grant to fetch it can hold any more. A file that a copy still has stays."""
    file = await tx.files.get(file_id)
    if file is None:
        return
    try:
        await tx.files.delete(file_id)
    except Taken:
        return
    await tx.garbage.add((Garbage(file.tenant_id, file.key, now + COLLECT_AFTER),))
    await tx.usage.add_stored_bytes(-file.size_bytes)

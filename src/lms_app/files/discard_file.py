"""Give files up that something referred to."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from lms_app.ports.storage_garbage import Garbage
from lms_app.ports.unit_of_work import TenantTransaction
from lms_domain.video.garbage import COLLECT_AFTER


async def discard_files(
    tx: TenantTransaction,
    file_ids: Iterable[UUID],
    *,
    now: datetime,
    garbage: tuple[Garbage, ...] = (),
    freed_bytes: int = 0,
) -> None:
    """Forget those of the files to which nothing refers any more: the school has their bytes back at once, and storage
    is cleared when no grant to fetch them can hold any more. A file that a copy still has stays.

    Args:
        garbage, freed_bytes: what else goes at the same time, and how much that was.
    """
    ids = frozenset(file_ids)
    gone = await tx.files.delete_unreferred(ids) if ids else ()
    garbage += tuple(Garbage(file.tenant_id, file.key, now + COLLECT_AFTER) for file in gone)
    if garbage:
        await tx.garbage.add(garbage)
        await tx.usage.add_stored_bytes(-freed_bytes - sum(file.size_bytes for file in gone))

"""Let contents go, with what lies in storage for them."""

from collections.abc import Iterable
from datetime import datetime

from lms_app.files.discard_file import discard_file
from lms_app.ports.storage_garbage import Garbage
from lms_app.ports.unit_of_work import TenantTransaction
from lms_domain.courses.course import Content, ContentType
from lms_domain.video.garbage import COLLECT_AFTER
from lms_domain.video.storage_keys import video_prefix


async def give_up_videos(tx: TenantTransaction, contents: Iterable[Content], *, now: datetime) -> None:
    """Hand everything that lies in storage for the videos of ``contents`` to collection; the school has its bytes back
    at once. Call it before the rows go. Who works on a step of such a video hears of it at the next heartbeat."""
    for content in contents:
        if content.content_type is not ContentType.VIDEO:
            continue
        asset = await tx.videos.lock_by_content(content.id)
        if asset is None:
            continue
        prefix = video_prefix(content.tenant_id, content.id)
        await tx.garbage.add((Garbage(content.tenant_id, prefix, now + COLLECT_AFTER),))
        await tx.usage.add_stored_bytes(-asset.stored_bytes)


async def give_up_documents(tx: TenantTransaction, contents: Iterable[Content], *, now: datetime) -> None:
    """The same for the files of documents, once the rows are gone. What a copy of the course still has stays."""
    for file_id in {content.file_id for content in contents if content.file_id is not None}:
        await discard_file(tx, file_id, now=now)

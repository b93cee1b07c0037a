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
    ids = frozenset(content.id for content in contents if content.content_type is ContentType.VIDEO)
    assets = await tx.videos.lock_by_contents(ids) if ids else ()
    if not assets:
        return
    await tx.garbage.add(
        tuple(
            Garbage(asset.tenant_id, video_prefix(asset.tenant_id, asset.content_id), now + COLLECT_AFTER)
            for asset in assets
        )
    )
    await tx.usage.add_stored_bytes(-sum(asset.stored_bytes for asset in assets))


async def give_up_documents(tx: TenantTransaction, contents: Iterable[Content], *, now: datetime) -> None:
    """The same for the files of documents, once the rows are gone. What a copy of the course still has stays."""
    for file_id in {content.file_id for content in contents if content.file_id is not None}:
        await discard_file(tx, file_id, now=now)

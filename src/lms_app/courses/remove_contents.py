"""Let contents go, with what lies in storage for them."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from lms_app.files.discard_file import discard_files
from lms_app.ports.storage_garbage import Garbage
from lms_app.ports.unit_of_work import TenantTransaction
from lms_domain.courses.course import Content, ContentType
from lms_domain.video.garbage import COLLECT_AFTER
from lms_domain.video.storage_keys import video_prefix


async def remove_with_files(
    tx: TenantTransaction, contents: Sequence[Content], remove: Callable[[], Awaitable[None]], *, now: datetime
) -> None:
    """Hand everything that lies in storage for ``contents`` to collection; the school has its bytes back at once. Who
    works on a step of a video of them hears of it at the next heartbeat. A document that a copy of the course still has
    stays.

    Args:
        remove: takes the rows of ``contents`` away, or their reference to a document.
    """
    ids = frozenset(content.id for content in contents if content.content_type is ContentType.VIDEO)
    # Before their rows go.
    videos = await tx.videos.lock_stored(ids) if ids else ()
    await remove()
    await discard_files(
        tx,
        (content.file_id for content in contents if content.file_id is not None),
        now=now,
        garbage=tuple(
            Garbage(content.tenant_id, video_prefix(content.tenant_id, content.id), now + COLLECT_AFTER)
            for content in contents
            if any(video.content_id == content.id for video in videos)
        ),
        freed_bytes=sum(video.stored_bytes for video in videos),
    )

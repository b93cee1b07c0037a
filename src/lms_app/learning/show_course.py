"""Show a learner their courses."""

from uuid import UUID

import msgspec

from lms_app.actor import Actor
from lms_app.files.addresses import FileAddresses
from lms_app.learning.views import TeacherContentView, TeacherCourseDetailView, TeacherCourseView, TranscriptView
from lms_app.listing import Listing, PageRequest
from lms_app.ports.clock import Clock
from lms_app.ports.queries import LearningQueries, MediaKeys
from lms_app.ports.tokens import PlaybackTokens
from lms_app.scope import TenantScope
from lms_app.video.show_video import playback
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound


class ListMyCourses:
    """The courses that are published and assigned to the person who asks, with their progress."""

    def __init__(self, queries: LearningQueries) -> None:
        self._queries = queries

    async def __call__(self, actor: Actor, *, search: str, page: PageRequest) -> Listing[TeacherCourseView]:
        """Raises NotAllowed: not a learner."""
        return await self._queries.courses(actor.school(Permission.LEARN), actor.user_id, search, page)


class ShowMyCourse:
    """A course with its modules and contents, how far the person is with each, and leave to play every playable video
    until the time that is said with it, and to fetch every document."""

    def __init__(
        self, queries: LearningQueries, tokens: PlaybackTokens, addresses: FileAddresses, clock: Clock
    ) -> None:
        self._queries = queries
        self._tokens = tokens
        self._addresses = addresses
        self._clock = clock

    async def __call__(self, actor: Actor, course_id: UUID) -> TeacherCourseDetailView:
        """Raises NotFound: no such course, not published, or not assigned to this person."""
        scope = actor.school(Permission.LEARN)
        screen = await self._queries.course(scope, actor.user_id, course_id)
        if screen is None:
            raise NotFound("There is no such course.")
        modules = [
            msgspec.structs.replace(
                module,
                contents=[
                    self._with_addresses(scope, actor, content, screen.media.get(content.id))
                    for content in module.contents
                ],
            )
            for module in screen.course.modules
        ]
        return msgspec.structs.replace(screen.course, modules=modules)

    def _with_addresses(
        self, scope: TenantScope, actor: Actor, content: TeacherContentView, media: MediaKeys | None
    ) -> TeacherContentView:
        if content.file_url is not None:
            url = self._addresses.granted(scope, actor, content.file_url)
            return msgspec.structs.replace(content, file_url=url)
        if media is None:
            return content
        grant = playback(self._tokens, scope, actor, content.id, media, now=self._clock.now())
        if grant is None:
            return content
        return msgspec.structs.replace(
            content,
            hls_url=grant.hls_url,
            captions_url=grant.captions_url,
            thumbnail_url=grant.thumbnail_url,
            storyboard_url=grant.storyboard_url,
            playback_expires_at=grant.expires_at,
        )


class ShowTranscript:
    """What is said in a video of one of the person's courses, and when, to read along and to jump to."""

    def __init__(self, queries: LearningQueries, tokens: PlaybackTokens, clock: Clock) -> None:
        self._queries = queries
        self._tokens = tokens
        self._clock = clock

    async def __call__(self, actor: Actor, content_id: UUID) -> TranscriptView:
        """Raises NotFound: no such video for this person, or nothing was transcribed (yet)."""
        scope = actor.school(Permission.LEARN)
        row = await self._queries.transcript(scope, actor.user_id, content_id)
        if row is None:
            raise NotFound("There is no transcript of this video yet.")
        keys = MediaKeys(
            hls=row.captions_key, captions=row.captions_key, poster=None, duration_seconds=row.duration_seconds
        )
        grant = playback(self._tokens, scope, actor, content_id, keys, now=self._clock.now())
        if grant is None or grant.captions_url is None:
            raise NotFound("There is no transcript of this video yet.")
        return TranscriptView(
            content_id=content_id,
            language=row.language,
            full_text=row.full_text,
            segments=row.segments,
            vtt_url=grant.captions_url,
            generated_at=row.generated_at,
        )

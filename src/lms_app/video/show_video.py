"""Show a video's way through the pipeline."""

from datetime import datetime
from uuid import UUID

from lms_app.actor import Actor
from lms_app.ports.clock import Clock
from lms_app.ports.queries import MediaKeys, VideoQueries
from lms_app.ports.tokens import PlaybackTokens
from lms_app.scope import TenantScope
from lms_app.video.views import PlaybackView, StepView, VideoAssetView, VideoStatusView
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound
from lms_domain.video.asset import VideoAsset
from lms_domain.video.playback import PlaybackGrant, grant_expiry
from lms_domain.video.storage_keys import video_prefix


class ShowVideo:
    """A content's video: how far each step is, what failed and why, and leave to play it as soon as it is playable."""

    def __init__(self, queries: VideoQueries, tokens: PlaybackTokens, clock: Clock) -> None:
        self._queries = queries
        self._tokens = tokens
        self._clock = clock

    async def __call__(self, actor: Actor, course_id: UUID, module_id: UUID, content_id: UUID) -> VideoStatusView:
        """Raises NotFound: no such video in that module of that course."""
        scope = actor.school(Permission.MANAGE_SCHOOL)
        screen = await self._queries.status(scope, course_id, module_id, content_id)
        if screen is None:
            raise NotFound("There is no such video.")
        return VideoStatusView(
            content=screen.content,
            video_asset=screen.video_asset,
            transcript=screen.transcript,
            assignments=screen.assignments,
            playback=playback(self._tokens, scope, actor, content_id, screen.media, now=self._clock.now()),
        )


def playback(
    tokens: PlaybackTokens, scope: TenantScope, actor: Actor, content_id: UUID, media: MediaKeys, *, now: datetime
) -> PlaybackView | None:
    """Addresses below one grant; None while there is nothing to play.

    All of a content's media lie below one prefix, so that relative addresses in playlists inherit the grant.
    """
    if media.hls is None:
        return None
    expires_at = grant_expiry(duration_seconds=media.duration_seconds, now=now)
    token = tokens.issue(
        PlaybackGrant(
            tenant_id=scope.tenant_id, content_id=content_id, session_id=actor.session_id, expires_at=expires_at
        )
    )
    prefix = video_prefix(scope.tenant_id, content_id)

    def address(key: str | None) -> str | None:
        return None if key is None else f"/media/{token}/{key.removeprefix(prefix)}"

    return PlaybackView(
        hls_url=f"/media/{token}/{media.hls.removeprefix(prefix)}",
        captions_url=address(media.captions),
        thumbnail_url=address(media.poster),
        storyboard_url=None,
        expires_at=expires_at,
    )


def view_of_asset(asset: VideoAsset) -> VideoAssetView:
    """A video that this use case has in hand."""
    return VideoAssetView(
        id=asset.id,
        status=asset.status,
        playable=asset.playable,
        duration_seconds=asset.duration_seconds,
        width=asset.width,
        height=asset.height,
        error=asset.error,
        error_code=asset.error_code,
        source_name=asset.source_name,
        source_bytes=asset.source_bytes,
        stored_bytes=asset.stored_bytes,
        steps=[
            StepView(
                name=step.name,
                state=step.state,
                attempt=step.attempt,
                progress=round(step.progress * 100, 1),
                started_at=step.started_at,
                finished_at=step.finished_at,
                error=step.error,
                error_code=step.error_code,
            )
            for step in asset.steps.values()
        ],
    )

"""Follow a person through a content: opened, watched, completed."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from lms_app.actor import Actor
from lms_app.learning.earn_completion import earn_completion
from lms_app.learning.progress_views import ProgressView, view_of_progress
from lms_app.ports.clock import Clock
from lms_app.ports.learner_queries import LearnerQueries, OpenContent
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Permission
from lms_domain.courses.course import ContentType
from lms_domain.errors import Conflict, InvalidInput, NotFound
from lms_domain.learning.progress import ContentProgress
from lms_domain.learning.seconds import SecondSet, denominator


class WatchedReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a player says. ``watched`` None: an older player, which only knows its position."""

    watched: Sequence[Sequence[int]] | None
    position_seconds: float
    playback_rate: float = 1.0


class StartContent:
    """Open a content of one of the person's courses. Opening it again changes nothing."""

    def __init__(self, uow: UnitOfWork, queries: LearnerQueries, clock: Clock) -> None:
        self._uow = uow
        self._queries = queries
        self._clock = clock

    async def __call__(self, actor: Actor, content_id: UUID) -> ProgressView:
        """Raises NotFound: no such content for this person."""
        scope = actor.school(Permission.LEARN)
        content = await _open_content(self._queries, scope, actor, content_id)
        async with self._uow.begin(scope) as tx:
            progress = await tx.progress.start(actor.user_id, content.id, now=self._clock.now())
            await tx.commit()
        return _view(content, progress)


class ReportWatched:
    """Add seconds of a video to those that the person has watched. What they had no time to watch, whatever else they
    watched in other tabs meanwhile, is not believed, and named; at the required share of its seconds the video is
    complete. Progress never goes down, and the position to resume is kept apart. A report begins a content that was
    never opened."""

    def __init__(self, uow: UnitOfWork, queries: LearnerQueries, clock: Clock) -> None:
        self._uow = uow
        self._queries = queries
        self._clock = clock

    async def __call__(self, actor: Actor, content_id: UUID, report: WatchedReport) -> ProgressView:
        """Raises:
        NotFound: no such content for this person.
        InvalidInput: no video, or seconds that it does not have.
        Conflict: ``video_not_ready``.
        """
        scope = actor.school(Permission.LEARN)
        content = await _open_content(self._queries, scope, actor, content_id)
        if content.content_type is not ContentType.VIDEO:
            raise InvalidInput.for_field("watched", "invalid", "Only a video is watched.")
        if content.duration_seconds is None:
            raise Conflict("This video is not ready yet.", code="video_not_ready")
        now, duration = self._clock.now(), content.duration_seconds
        async with self._uow.begin(scope) as tx:
            # Starting it holds its row until the commit: reports come one after the other.
            before = await tx.progress.start(actor.user_id, content.id, now=now)
            # And so do those of other tabs, which show other videos: nobody watches two at the same time.
            busy_until = await tx.progress.lock_clock(actor.user_id, since=before.started_at)
            outcome = before.report(
                _seconds(report, before, duration),
                position_seconds=report.position_seconds,
                playback_rate=report.playback_rate,
                duration_seconds=duration,
                required_coverage=content.required_coverage,
                busy_until=busy_until,
                now=now,
            )
            after = await tx.progress.merge(
                actor.user_id,
                content.id,
                outcome.credited,
                position_seconds=report.position_seconds,
                now=now,
                busy_until=outcome.busy_until,
            )
            is_new = before.completed_at is None and outcome.progress.completed_at is not None
            if is_new:
                after = await tx.progress.set_completed(actor.user_id, content.id, at=now)
            await tx.commit()
        if is_new:
            await earn_completion(self._uow, scope, actor.user_id, content.course_id, now=now)
        return view_of_progress(after, duration, is_video=True, credited=outcome.credited, rejected=outcome.rejected)


class CompleteContent:
    """Mark a content as complete: a document, link or text when its reader says so, a video once enough of it was
    watched. Doing it again changes nothing."""

    def __init__(self, uow: UnitOfWork, queries: LearnerQueries, clock: Clock) -> None:
        self._uow = uow
        self._queries = queries
        self._clock = clock

    async def __call__(self, actor: Actor, content_id: UUID) -> ProgressView:
        """Raises:
        NotFound: no such content for this person.
        Conflict: ``video_not_ready`` or ``not_watched_enough``.
        """
        scope = actor.school(Permission.LEARN)
        content = await _open_content(self._queries, scope, actor, content_id)
        now = self._clock.now()
        async with self._uow.begin(scope) as tx:
            progress = await tx.progress.start(actor.user_id, content.id, now=now)
            if content.content_type is ContentType.VIDEO:
                progress.video_completed(
                    duration_seconds=content.duration_seconds, required_coverage=content.required_coverage, now=now
                )
            progress = await tx.progress.set_completed(actor.user_id, content.id, at=now)
            await tx.commit()
        await earn_completion(self._uow, scope, actor.user_id, content.course_id, now=now)
        return _view(content, progress)


async def _open_content(queries: LearnerQueries, scope: TenantScope, actor: Actor, content_id: UUID) -> OpenContent:
    content = await queries.content(scope, actor.user_id, content_id)
    if content is None:
        raise NotFound("There is no such content.")
    return content


def _seconds(report: WatchedReport, before: ContentProgress, duration: float) -> SecondSet:
    if report.watched is not None:
        return SecondSet.from_pairs(report.watched, duration_seconds=duration)
    # Since its last report the older player went from there to here, or jumped: then there was no time to watch it.
    reached = min(int(report.position_seconds), denominator(duration))
    return SecondSet.merged([(int(before.position_seconds), reached)])


def _view(content: OpenContent, progress: ContentProgress) -> ProgressView:
    return view_of_progress(progress, content.duration_seconds, is_video=content.content_type is ContentType.VIDEO)

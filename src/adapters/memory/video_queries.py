"""Screens about videos, in memory. What stands still is judged by the clock that is given."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from adapters.memory.course_queries import MemoryCourseQueries
from adapters.memory.database import MemoryDatabase, StepRow
from adapters.memory.tables import Rows, Transaction
from lms_app.listing import Listing, PageRequest
from lms_app.ports.clock import Clock
from lms_app.ports.queries import MediaKeys, PipelineRow, VideoQueries, VideoScreen
from lms_app.scope import SystemScope, TenantScope
from lms_app.video.show_video import view_of_asset
from lms_app.video.views import AssignmentSummaryView, TranscriptSummaryView, TroubledStepView
from lms_domain.learning.assignment import AssignmentOrigin
from lms_domain.learning.generated import QuizVersions
from lms_domain.video.asset import VideoAsset, VideoStatus
from lms_domain.video.steps import PLAN, StepState


class MemoryVideoQueries(VideoQueries):
    """Reads what is committed in ``database``."""

    def __init__(self, database: MemoryDatabase, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._courses = MemoryCourseQueries(database)

    async def status(
        self, scope: TenantScope, course_id: UUID, module_id: UUID, content_id: UUID
    ) -> VideoScreen | None:
        content = await self._courses.content(scope, course_id, module_id, content_id)
        with self._database.transaction() as tx:
            found = [each for each in _videos(self._database, tx, scope.tenant_id) if each.content_id == content_id]
            transcript = Rows(self._database.transcripts, tx, scope.tenant_id).get(content_id)
            assignments = self._assignments(tx, scope, content_id)
        if content is None or not found:
            return None
        asset = found[0]
        summary = None
        if transcript is not None:
            summary = TranscriptSummaryView(
                language=transcript.language,
                segment_count=len(transcript.segments),
                generated_at=transcript.generated_at,
            )
        return VideoScreen(
            content=content,
            video_asset=view_of_asset(asset),
            transcript=summary,
            assignments=assignments,
            media=MediaKeys(
                hls=asset.hls_key if asset.playable else None,
                captions=asset.captions_key,
                poster=asset.poster_key,
                duration_seconds=asset.duration_seconds,
            ),
        )

    async def pipeline(
        self,
        scope: SystemScope,  # noqa: ARG002  # nothing is fenced here, nothing is logged
        *,
        content_id: UUID | None,
        limit: int,
    ) -> list[PipelineRow]:
        with self._database.transaction() as tx:
            found = [each for each in _videos(self._database, tx, None) if content_id in {None, each.content_id}]
            found.sort(key=lambda each: (each.created_at, each.id), reverse=True)
            found.sort(key=lambda each: each.status is VideoStatus.READY)
            return [
                PipelineRow(
                    tenant_id=asset.tenant_id,
                    subdomain=_subdomain(self._database, tx, asset),
                    content_id=asset.content_id,
                    content_title=_title(self._database, tx, asset),
                    video_asset=view_of_asset(asset),
                    created_at=asset.created_at,
                )
                for asset in found[:limit]
            ]

    async def troubled_steps(
        self,
        scope: SystemScope,  # noqa: ARG002  # nothing is fenced here, nothing is logged
        *,
        tenant_id: UUID | None,
        stuck_after_seconds: float,
        page: PageRequest,
    ) -> Listing[TroubledStepView]:
        stuck_before = self._clock.now() - timedelta(seconds=stuck_after_seconds)
        with self._database.transaction() as tx:
            assets = Rows(self._database.videos, tx, tenant_id)
            found = [
                self._troubled(tx, asset, row, since)
                for row in Rows(self._database.steps, tx, tenant_id).values()
                if (since := _since(row)) is not None and (row.step.state is StepState.FAILED or since < stuck_before)
                if (asset := assets.get(row.asset_id)) is not None
            ]
        found.sort(key=lambda step: (step.since, step.id), reverse=True)
        return Listing(count=len(found), results=found[page.offset : page.offset + page.size])

    async def may_fetch_media(self, scope: TenantScope, content_id: UUID) -> bool:
        with self._database.transaction() as tx:
            return Rows(self._database.contents, tx, scope.tenant_id).get(content_id) is not None

    def _assignments(self, tx: Transaction, scope: TenantScope, content_id: UUID) -> list[AssignmentSummaryView]:
        quizzes = Rows(self._database.quizzes, tx, scope.tenant_id).values()
        views = []
        for assignment in Rows(self._database.assignments, tx, scope.tenant_id).values():
            if assignment.content_id == content_id and assignment.origin is AssignmentOrigin.GENERATED:
                versions = QuizVersions([quiz for quiz in quizzes if quiz.assignment_id == assignment.id])
                quiz = versions.published or versions.draft
                views.append(
                    AssignmentSummaryView(
                        id=assignment.id,
                        title=assignment.title,
                        kind=assignment.kind,
                        is_mandatory=assignment.is_mandatory,
                        is_published=assignment.is_published,
                        quiz_id=quiz.id if quiz is not None else None,
                        quiz_state=quiz.state if quiz is not None else None,
                        question_count=len(quiz.questions) if quiz is not None else None,
                        reason=quiz.state_reason if quiz is not None else "",
                        reason_codes=list(quiz.state_codes) if quiz is not None else [],
                    )
                )
        return sorted(views, key=lambda view: view.kind, reverse=True)

    def _troubled(self, tx: Transaction, asset: VideoAsset, row: StepRow, since: datetime) -> TroubledStepView:
        step = row.step
        return TroubledStepView(
            id=step.id,
            tenant_id=asset.tenant_id,
            subdomain=_subdomain(self._database, tx, asset),
            content_id=asset.content_id,
            content_title=_title(self._database, tx, asset),
            name=step.name,
            state=step.state,
            attempt=step.attempt,
            failures=step.failures,
            lost_leases=step.lost_leases,
            since=since,
            error=step.error,
            error_code=step.error_code,
            log=step.log,
        )


def _videos(database: MemoryDatabase, tx: Transaction, tenant_id: UUID | None) -> list[VideoAsset]:
    """Every video with its steps in the plan's order."""
    steps = Rows(database.steps, tx, None).values()
    return [
        replace(video, steps={name: by_name[name] for name in PLAN})
        for video in Rows(database.videos, tx, tenant_id).values()
        if (by_name := {row.step.name: row.step for row in steps if row.asset_id == video.id})
    ]


def _since(row: StepRow) -> datetime | None:
    """Since when a step is failed, or could have been taken up; None: it asks for nothing."""
    match row.step.state:
        case StepState.FAILED:
            return row.step.finished_at
        case StepState.RUNNING:
            return row.step.lease_until
        case StepState.QUEUED if row.queued_at is not None:
            return max(row.queued_at, row.step.not_before or row.queued_at)
        case _:
            return None


def _subdomain(database: MemoryDatabase, tx: Transaction, asset: VideoAsset) -> str:
    tenant = Rows(database.tenants, tx, None).get(asset.tenant_id)
    return tenant.subdomain if tenant is not None else ""


def _title(database: MemoryDatabase, tx: Transaction, asset: VideoAsset) -> str:
    content = Rows(database.contents, tx, None).get(asset.content_id)
    return content.title if content is not None else ""

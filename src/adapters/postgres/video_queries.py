"""Screens about videos."""

from uuid import UUID

import msgspec
from sqlalchemy import Double, Integer, Numeric, Uuid, and_, case, cast, func, literal_column, or_, select, true
from sqlalchemy.sql.elements import SQLCoreOperations

from adapters.postgres.course_queries import content_from_row
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.screen_sql import (
    LIMIT,
    OFFSET,
    as_text,
    content_fields,
    json_list,
    json_object,
    labelled,
    listed,
    listing,
    media_fields,
)
from adapters.postgres.sql import Row
from adapters.postgres.statements import Statement, fixed, of_tenant, parameter
from adapters.postgres.tables import (
    assignments,
    contents,
    courses,
    questions,
    quizzes,
    tenants,
    video_assets,
    video_steps,
    video_transcripts,
)
from lms_app.listing import Listing, PageRequest
from lms_app.ports.queries import MediaKeys, PipelineRow, VideoQueries, VideoScreen
from lms_app.scope import SystemScope, TenantScope
from lms_app.video.views import (
    AssignmentSummaryView,
    StepView,
    TranscriptSummaryView,
    TroubledStepView,
    VideoAssetView,
)
from lms_domain.learning.assignment import AssignmentOrigin
from lms_domain.learning.quiz import QuizState
from lms_domain.video.asset import VideoStatus
from lms_domain.video.steps import PLAN, StepName, StepState

_CONTENT = parameter("content_id", Uuid)
_step_fields: dict[str, SQLCoreOperations[object]] = {
    "name": video_steps.c.name,
    "state": video_steps.c.state,
    "attempt": video_steps.c.attempt,
    "progress": func.round(cast(video_steps.c.progress * literal_column("100"), Numeric), literal_column("1")),
    "started_at": video_steps.c.started_at,
    "finished_at": video_steps.c.finished_at,
    "error": video_steps.c.error,
    "error_code": video_steps.c.error_code,
}
_steps = as_text(
    select(json_list(json_object(_step_fields), video_steps.c.name))
    .where(video_steps.c.tenant_id == video_assets.c.tenant_id, video_steps.c.asset_id == video_assets.c.id)
    .correlate(video_assets)
    .scalar_subquery()
).label("steps")
_asset = (
    video_assets.c.id.label("asset_id"),
    video_assets.c.status,
    video_assets.c.playable,
    video_assets.c.width,
    video_assets.c.height,
    video_assets.c.error,
    video_assets.c.error_code,
    video_assets.c.source_name,
    video_assets.c.source_bytes,
    video_assets.c.stored_bytes,
    _steps,
)
# What teachers meet, or else what is being made; of each at most one.
_quiz = (
    select(
        quizzes.c.id,
        quizzes.c.state,
        quizzes.c.state_reason,
        quizzes.c.state_codes,
        select(func.count())
        .select_from(questions)
        .where(of_tenant(questions), questions.c.quiz_id == quizzes.c.id)
        .correlate(quizzes)
        .scalar_subquery()
        .label("question_count"),
    )
    .where(
        of_tenant(quizzes),
        quizzes.c.assignment_id == assignments.c.id,
        quizzes.c.state.in_([fixed(QuizState.PUBLISHED), fixed(QuizState.DRAFT)]),
    )
    .order_by(quizzes.c.state.desc())
    .limit(literal_column("1"))
    .lateral("quiz")
)
_assignment_fields: dict[str, SQLCoreOperations[object]] = {
    "id": assignments.c.id,
    "title": assignments.c.title,
    "kind": assignments.c.kind,
    "is_mandatory": assignments.c.is_mandatory,
    "is_published": assignments.c.is_published,
    "quiz_id": _quiz.c.id,
    "quiz_state": _quiz.c.state,
    "question_count": _quiz.c.question_count,
    "reason": func.coalesce(_quiz.c.state_reason, literal_column("''")),
    "reason_codes": func.coalesce(_quiz.c.state_codes, literal_column("'{}'::text[]")),
}
_assignments = as_text(
    select(json_list(json_object(_assignment_fields), assignments.c.kind.desc()))
    .select_from(assignments.outerjoin(_quiz, true()))
    .where(
        of_tenant(assignments),
        assignments.c.content_id == contents.c.id,
        assignments.c.origin == fixed(AssignmentOrigin.GENERATED),
    )
    .correlate(contents)
    .scalar_subquery()
).label("assignments")
_STATUS = Statement(
    select(
        *labelled(content_fields()),
        *labelled(media_fields(), prefix="media_"),
        *_asset,
        video_transcripts.c.language.label("transcript_language"),
        video_transcripts.c.segment_count,
        video_transcripts.c.generated_at,
        _assignments,
    )
    .select_from(
        contents.join(courses, and_(of_tenant(courses), courses.c.id == contents.c.course_id))
        .join(video_assets, and_(of_tenant(video_assets), video_assets.c.content_id == contents.c.id))
        .outerjoin(
            video_transcripts, and_(of_tenant(video_transcripts), video_transcripts.c.content_id == contents.c.id)
        )
    )
    .where(
        of_tenant(contents),
        contents.c.course_id == parameter("course_id", Uuid),
        contents.c.module_id == parameter("module_id", Uuid),
        contents.c.id == _CONTENT,
        courses.c.deleted_at.is_(None),
    )
)
_PIPELINE = Statement(
    select(
        video_assets.c.tenant_id,
        tenants.c.subdomain,
        video_assets.c.content_id,
        contents.c.title,
        video_assets.c.duration_seconds,
        video_assets.c.created_at,
        *_asset,
    )
    .select_from(
        video_assets.join(tenants, tenants.c.id == video_assets.c.tenant_id).join(
            contents,
            and_(contents.c.tenant_id == video_assets.c.tenant_id, contents.c.id == video_assets.c.content_id),
        )
    )
    .where(or_(_CONTENT.is_(None), video_assets.c.content_id == _CONTENT))
    .order_by(
        video_assets.c.status == fixed(VideoStatus.READY), video_assets.c.created_at.desc(), video_assets.c.id.desc()
    )
    .limit(parameter("limit", Integer))
)

# Every step that may be taken up, and since when: the sweeper rang for these in vain.
_SCHOOL = parameter("school_id", Uuid)
_is_failed = video_steps.c.state == fixed(StepState.FAILED)
_free_since = case(
    (video_steps.c.state == fixed(StepState.RUNNING), video_steps.c.lease_until),
    (video_steps.c.state == fixed(StepState.QUEUED), func.greatest(video_steps.c.queued_at, video_steps.c.not_before)),
)
_patience = parameter("stuck_after_seconds", Double) * literal_column("interval '1 second'")
_troubled = select(video_steps, case((_is_failed, video_steps.c.finished_at), else_=_free_since).label("since")).where(
    or_(_SCHOOL.is_(None), video_steps.c.tenant_id == _SCHOOL),
    or_(_is_failed, _free_since < func.now() - _patience),
)
_step = (
    _troubled.order_by(literal_column("since DESC"), video_steps.c.id.desc())
    .limit(LIMIT)
    .offset(OFFSET)
    .subquery("step")
)
_TROUBLED = Statement(
    listing(
        _troubled,
        select(
            *_step.c["id", "tenant_id", "name", "state", "attempt", "failures", "lost_leases", "since"],
            *_step.c["error", "error_code", "log"],
            tenants.c.subdomain,
            video_assets.c.content_id,
            contents.c.title.label("content_title"),
        ).select_from(
            _step.join(tenants, tenants.c.id == _step.c.tenant_id)
            .join(
                video_assets,
                and_(video_assets.c.tenant_id == _step.c.tenant_id, video_assets.c.id == _step.c.asset_id),
            )
            .join(
                contents,
                and_(contents.c.tenant_id == _step.c.tenant_id, contents.c.id == video_assets.c.content_id),
            )
        ),
        ("since DESC", "id DESC"),
    )
)
_EXISTS = Statement(select(func.count()).select_from(contents).where(of_tenant(contents), contents.c.id == _CONTENT))

_steps_decoder = msgspec.json.Decoder(list[StepView])
_assignments_decoder = msgspec.json.Decoder(list[AssignmentSummaryView])
_ORDER = {name: place for place, name in enumerate(PLAN)}


def _asset_from_row(row: Row) -> VideoAssetView:
    return VideoAssetView(
        id=row["asset_id"],
        status=VideoStatus(row["status"]),
        playable=row["playable"],
        duration_seconds=row["duration_seconds"],
        width=row["width"],
        height=row["height"],
        error=row["error"],
        error_code=row["error_code"],
        source_name=row["source_name"],
        source_bytes=row["source_bytes"],
        stored_bytes=row["stored_bytes"],
        steps=sorted(_steps_decoder.decode(row["steps"]), key=lambda step: _ORDER[step.name]),
    )


def _troubled_from_row(row: Row) -> TroubledStepView:
    return TroubledStepView(
        id=row["id"],
        tenant_id=row["tenant_id"],
        subdomain=row["subdomain"],
        content_id=row["content_id"],
        content_title=row["content_title"],
        name=StepName(row["name"]),
        state=StepState(row["state"]),
        attempt=row["attempt"],
        failures=row["failures"],
        lost_leases=row["lost_leases"],
        since=row["since"],
        error=row["error"],
        error_code=row["error_code"],
        log=row["log"],
    )


class PostgresVideoQueries(VideoQueries):
    """Screens about videos."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def status(
        self, scope: TenantScope, course_id: UUID, module_id: UUID, content_id: UUID
    ) -> VideoScreen | None:
        async with self._database.read(scope) as sql:
            row = await sql.row(_STATUS, course_id=course_id, module_id=module_id, content_id=content_id)
        if row is None:
            return None
        transcript = None
        if row["generated_at"] is not None:
            transcript = TranscriptSummaryView(
                language=row["transcript_language"],
                segment_count=row["segment_count"],
                generated_at=row["generated_at"],
            )
        return VideoScreen(
            content=content_from_row(row),
            video_asset=_asset_from_row(row),
            transcript=transcript,
            assignments=_assignments_decoder.decode(row["assignments"]),
            media=MediaKeys(
                hls=row["media_hls"],
                captions=row["media_captions"],
                poster=row["media_poster"],
                duration_seconds=row["media_duration_seconds"],
            ),
        )

    async def pipeline(self, scope: SystemScope, *, content_id: UUID | None, limit: int) -> list[PipelineRow]:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(_PIPELINE, content_id=content_id, limit=limit)
        return [
            PipelineRow(
                tenant_id=row["tenant_id"],
                subdomain=row["subdomain"],
                content_id=row["content_id"],
                content_title=row["title"],
                video_asset=_asset_from_row(row),
                created_at=row["created_at"],
            )
            for row in rows
        ]

    async def troubled_steps(
        self, scope: SystemScope, *, tenant_id: UUID | None, stuck_after_seconds: float, page: PageRequest
    ) -> Listing[TroubledStepView]:
        async with self._database.read(scope) as sql:
            found = await sql.rows(
                _TROUBLED,
                school_id=tenant_id,
                stuck_after_seconds=stuck_after_seconds,
                limit=page.size,
                offset=page.offset,
            )
        count, rows = listed(found)
        return Listing(count=count, results=[_troubled_from_row(row) for row in rows])

    async def may_fetch_media(self, scope: TenantScope, content_id: UUID) -> bool:
        async with self._database.read(scope) as sql:
            return await sql.count(_EXISTS, content_id=content_id) == 1

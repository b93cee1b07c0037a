"""What only the whole database can tell about its own consistency."""

from uuid import UUID

from sqlalchemy import BigInteger, Double, Integer, and_, cast, func, literal_column, select

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.statements import Statement, fixed, of_tenant, parameter
from adapters.postgres.tables import (
    assignments,
    outbox,
    quizzes,
    storage_garbage,
    stored_files,
    tenant_usage,
    video_assets,
    video_steps,
    video_transcripts,
)
from lms_app.ports.consistency import ConsistencyQueries, GeneratedWork, LateDoorbell, SchoolBooks
from lms_app.scope import SystemScope, TenantScope
from lms_domain.learning.assignment import AssignmentKind, AssignmentOrigin
from lms_domain.learning.quiz import QuizState
from lms_domain.video.steps import StepState

_MOST = literal_column("100", Integer)

_of_videos = (
    select(func.coalesce(func.sum(video_assets.c.stored_bytes), literal_column("0")))
    .where(video_assets.c.tenant_id == tenant_usage.c.tenant_id)
    .scalar_subquery()
)
_of_files = (
    select(func.coalesce(func.sum(stored_files.c.size_bytes), literal_column("0")))
    .where(stored_files.c.tenant_id == tenant_usage.c.tenant_id)
    .scalar_subquery()
)
_BOOKS = Statement(
    select(
        tenant_usage.c.tenant_id,
        tenant_usage.c.stored_bytes.label("counted"),
        cast(_of_videos + _of_files, BigInteger).label("held"),
    ).order_by(tenant_usage.c.tenant_id)
)
_waiting = cast(func.extract("epoch", func.now() - outbox.c.created_at), Double)
_LATE = Statement(
    select(outbox.c.id, outbox.c.tenant_id, outbox.c.step_id, _waiting.label("waiting"))
    .where(outbox.c.created_at < func.now() - parameter("seconds", Double) * literal_column("interval '1 second'"))
    .order_by(outbox.c.id)
    .limit(_MOST)
)
_LEASES = Statement(
    select(func.count())
    .select_from(video_steps)
    .where(video_steps.c.state == fixed(StepState.RUNNING), video_steps.c.lease_until >= func.now())
)
_OVERDUE = Statement(
    select(storage_garbage.c.prefix)
    .where(
        storage_garbage.c.collect_after
        < func.now() - parameter("seconds", Double) * literal_column("interval '1 second'")
    )
    .order_by(storage_garbage.c.id)
    .limit(_MOST)
)
_GENERATED = Statement(
    select(
        assignments.c.content_id,
        func.count().filter(assignments.c.kind == fixed(AssignmentKind.REFLECTION)).label("reflections"),
        func.count(quizzes.c.id).label("published_quizzes"),
    )
    .select_from(
        assignments.outerjoin(
            quizzes,
            and_(
                of_tenant(quizzes),
                quizzes.c.assignment_id == assignments.c.id,
                quizzes.c.state == fixed(QuizState.PUBLISHED),
            ),
        )
    )
    .where(of_tenant(assignments), assignments.c.origin == fixed(AssignmentOrigin.GENERATED))
    .group_by(assignments.c.content_id)
)
_TRANSCRIBED = Statement(select(video_transcripts.c.content_id).where(of_tenant(video_transcripts)))


class PostgresConsistencyQueries(ConsistencyQueries):
    """Each answer is one statement, so that it is true of one moment."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database

    async def books(self, scope: SystemScope) -> tuple[SchoolBooks, ...]:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(_BOOKS)
        return tuple(SchoolBooks(row["tenant_id"], row["counted"], row["held"]) for row in rows)

    async def late_doorbells(self, scope: SystemScope, *, seconds: float) -> tuple[LateDoorbell, ...]:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(_LATE, seconds=seconds)
        return tuple(LateDoorbell(row["id"], row["tenant_id"], row["step_id"], row["waiting"]) for row in rows)

    async def live_leases(self, scope: SystemScope) -> int:
        async with self._database.read(scope) as sql:
            return await sql.count(_LEASES)

    async def overdue_garbage(self, scope: SystemScope, *, seconds: float) -> tuple[str, ...]:
        async with self._database.read(scope) as sql:
            return tuple(row["prefix"] for row in await sql.rows(_OVERDUE, seconds=seconds))

    async def generated(self, scope: TenantScope) -> dict[UUID, GeneratedWork]:
        async with self._database.read(scope) as sql:
            rows = await sql.rows(_GENERATED)
        return {row["content_id"]: GeneratedWork(row["reflections"], row["published_quizzes"]) for row in rows}

    async def transcribed(self, scope: TenantScope) -> frozenset[UUID]:
        async with self._database.read(scope) as sql:
            return frozenset(row["content_id"] for row in await sql.rows(_TRANSCRIBED))

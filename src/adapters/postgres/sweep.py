"""Steps of all schools that ask for a worker."""

from sqlalchemy import ColumnElement, Integer, and_, func, or_, select
from sqlalchemy.sql.elements import SQLCoreOperations

from adapters.postgres.sql import Row, SystemSql
from adapters.postgres.statements import Statement, fixed, parameter
from adapters.postgres.tables import video_steps
from lms_app.ports.repositories import PipelineSweepRepository, StepRef
from lms_domain.video.steps import PLAN, StepName, StepState


def _refs(which: ColumnElement[bool], order: SQLCoreOperations[object]) -> Statement:
    return Statement(
        select(video_steps.c.tenant_id, video_steps.c.asset_id, video_steps.c.id, video_steps.c.name)
        .where(which)
        .order_by(order, video_steps.c.id)
        .limit(parameter("limit", Integer))
    )


_EXPIRED = _refs(
    and_(video_steps.c.state == fixed(StepState.RUNNING), video_steps.c.lease_until < func.now()),
    video_steps.c.lease_until,
)
_DUE = _refs(
    and_(
        video_steps.c.state == fixed(StepState.QUEUED),
        or_(video_steps.c.not_before.is_(None), video_steps.c.not_before <= func.now()),
    ),
    func.greatest(video_steps.c.queued_at, video_steps.c.not_before),
)


class PostgresPipelineSweepRepository(PipelineSweepRepository):
    """Steps of all schools; as the system role."""

    def __init__(self, sql: SystemSql) -> None:
        self._sql = sql

    async def expired(self, limit: int) -> tuple[StepRef, ...]:
        return tuple(_ref(row) for row in await self._sql.rows(_EXPIRED, limit=limit))

    async def due(self, limit: int) -> tuple[StepRef, ...]:
        return tuple(_ref(row) for row in await self._sql.rows(_DUE, limit=limit))


def _ref(row: Row) -> StepRef:
    name = StepName(row["name"])
    return StepRef(
        tenant_id=row["tenant_id"], asset_id=row["asset_id"], step_id=row["id"], name=name, queue=PLAN[name].queue
    )

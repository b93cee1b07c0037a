"""Doorbells that wait to be rung."""

from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Integer,
    Select,
    Text,
    Uuid,
    bindparam,
    column,
    delete,
    func,
    insert,
    select,
)

from adapters.postgres.notifications import CHANNEL
from adapters.postgres.sql import Row, SystemSql, TenantSql
from adapters.postgres.statements import TENANT, Statement, of_tenant, parameter, ring
from adapters.postgres.tables import outbox
from lms_app.ports.job_queue import StepDoorbell
from lms_app.ports.repositories import OutboxMessage, OutboxRepository
from lms_domain.video.steps import QueueName

_QUEUES = bindparam("queues", type_=ARRAY(Text))
_STEPS = bindparam("step_ids", type_=ARRAY(Uuid))
_TENANTS = bindparam("tenant_ids", type_=ARRAY(Uuid))
_COLUMNS = ["tenant_id", "queue", "step_id"]


def _add(doorbells: Select[UUID, str, UUID]) -> Statement:
    """Insert, and have the relay woken when the transaction commits: one statement."""
    return Statement(insert(outbox).from_select(_COLUMNS, doorbells).returning(ring(CHANNEL)))


def _take(waiting: Select[int]) -> Statement:
    """What another relay holds is skipped; what it fails to pass on comes back."""
    taken = (
        waiting.order_by(outbox.c.id)
        .limit(parameter("limit", Integer))
        .with_for_update(skip_locked=True)
        .cte("waiting")
    )
    return Statement(
        delete(outbox)
        .where(outbox.c.id == taken.c.id)
        .returning(outbox.c.id, outbox.c.tenant_id, outbox.c.queue, outbox.c.step_id)
    )


_of_one = func.unnest(_QUEUES, _STEPS).table_valued(column("queue", Text), column("step_id", Uuid), name="doorbell")
_of_any = func.unnest(_TENANTS, _QUEUES, _STEPS).table_valued(
    column("tenant_id", Uuid), column("queue", Text), column("step_id", Uuid), name="doorbell"
)
_one, _any = _of_one.render_derived(), _of_any.render_derived()

_ADD_OF_SCHOOL = _add(select(TENANT, _one.c.queue, _one.c.step_id))
_ADD = _add(select(_any.c.tenant_id, _any.c.queue, _any.c.step_id))
_TAKE_OF_SCHOOL = _take(select(outbox.c.id).where(of_tenant(outbox)))
_TAKE = _take(select(outbox.c.id))


class PostgresSchoolOutbox(OutboxRepository):
    """The doorbells of one school."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def add(self, doorbells: tuple[StepDoorbell, ...]) -> None:
        for doorbell in doorbells:
            self._sql.check_school(doorbell.tenant_id)
        if doorbells:
            await self._sql.gather(
                _ADD_OF_SCHOOL,
                queues=[doorbell.queue.value for doorbell in doorbells],
                step_ids=[doorbell.step_id for doorbell in doorbells],
            )

    async def take(self, limit: int) -> tuple[OutboxMessage, ...]:
        return _messages(await self._sql.rows(_TAKE_OF_SCHOOL, limit=limit))


class PostgresOutbox(OutboxRepository):
    """The doorbells of all schools; as the system role."""

    def __init__(self, sql: SystemSql) -> None:
        self._sql = sql

    async def add(self, doorbells: tuple[StepDoorbell, ...]) -> None:
        if doorbells:
            await self._sql.gather(
                _ADD,
                tenant_ids=[doorbell.tenant_id for doorbell in doorbells],
                queues=[doorbell.queue.value for doorbell in doorbells],
                step_ids=[doorbell.step_id for doorbell in doorbells],
            )

    async def take(self, limit: int) -> tuple[OutboxMessage, ...]:
        return _messages(await self._sql.rows(_TAKE, limit=limit))


def _messages(rows: list[Row]) -> tuple[OutboxMessage, ...]:
    """The oldest first; DELETE gives them back in any order."""
    return tuple(
        OutboxMessage(
            id=row["id"],
            doorbell=StepDoorbell(queue=QueueName(row["queue"]), tenant_id=row["tenant_id"], step_id=row["step_id"]),
        )
        for row in sorted(rows, key=lambda row: int(row["id"]))
    )

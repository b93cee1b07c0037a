"""What every outbox promises. A subclass provides the fixture ``uow``."""

from uuid import uuid4

import pytest

from lms_app.ports.job_queue import StepDoorbell
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.video.steps import QueueName
from tests.contracts.samples import SYSTEM, new_school


class OutboxRepositoryContract:
    """Doorbells that announce what was committed."""

    async def test_a_doorbell_is_rung_after_the_commit(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        bells = tuple(StepDoorbell(queue, scope.tenant_id, uuid4()) for queue in QueueName)
        async with uow.begin(scope) as tx:
            await tx.outbox.add(bells)
        assert await waiting(uow, scope) == []
        async with uow.begin(scope) as tx:
            await tx.outbox.add(())
            await tx.outbox.add(bells)
            await tx.commit()
        assert await waiting(uow, scope) == list(bells)
        async with uow.begin(SYSTEM) as system:
            taken = [m.doorbell for m in await system.outbox.take(10_000) if m.doorbell.tenant_id == scope.tenant_id]
            await system.commit()
        assert taken == list(bells)
        assert await waiting(uow, scope) == []

    async def test_two_relays_never_take_the_same(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        bells = tuple(StepDoorbell(QueueName.DEFAULT, scope.tenant_id, uuid4()) for _ in range(6))
        async with uow.begin(scope) as tx:
            await tx.outbox.add(bells)
            await tx.commit()
        async with uow.begin(SYSTEM) as one, uow.begin(SYSTEM) as two:
            first, second = await one.outbox.take(4), await two.outbox.take(4)
            assert not {message.id for message in first} & {message.id for message in second}
            assert len(first) == 4

    async def test_a_doorbell_for_another_school_is_refused(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        async with uow.begin(ours) as tx:
            with pytest.raises(ValueError, match="school"):
                await tx.outbox.add((StepDoorbell(QueueName.MEDIA, theirs.tenant_id, uuid4()),))


async def waiting(uow: UnitOfWork, scope: TenantScope) -> list[StepDoorbell]:
    """The doorbells of a school that no relay has taken, oldest first; they stay."""
    async with uow.begin(SYSTEM) as system:
        messages = await system.outbox.take(10_000)
    return [message.doorbell for message in messages if message.doorbell.tenant_id == scope.tenant_id]

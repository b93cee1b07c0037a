"""Doorbells are heard when, and only when, what they announce is true."""

import asyncio
from uuid import uuid4

import asyncpg

from adapters.embedded_postgres.server import EmbeddedDsns
from adapters.postgres.notifications import CHANNEL
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from lms_app.ports.job_queue import StepDoorbell
from lms_domain.video.steps import QueueName
from tests.contracts.samples import SYSTEM, new_school


async def test_a_relay_is_woken_by_the_commit(uow: PostgresUnitOfWork, dsns: EmbeddedDsns) -> None:
    scope = await new_school(uow)
    bell = StepDoorbell(QueueName.MEDIA, scope.tenant_id, uuid4())
    rung = asyncio.Event()
    relay = await asyncpg.connect(dsns.system)

    def ring(*_: object) -> None:
        rung.set()

    try:
        await relay.add_listener(CHANNEL, ring)
        for begin in (uow.begin(scope), uow.begin(SYSTEM)):
            async with begin as tx:
                await tx.outbox.add((bell, bell))
                await relay.execute("SELECT 1")
                assert not rung.is_set()
                await tx.commit()
            await asyncio.wait_for(rung.wait(), 5)
            rung.clear()
        async with uow.begin(scope) as tx:
            await tx.outbox.add((bell,))
        async with uow.begin(scope) as tx:
            await tx.outbox.add(())
            await tx.commit()
        await relay.execute("SELECT 1")
        assert not rung.is_set()
    finally:
        await relay.remove_listener(CHANNEL, ring)
        await relay.close()

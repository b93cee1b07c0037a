"""Retries come due by the database's clock, whatever the worker's clock shows."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.sql import TenantSql
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.postgres.video import PostgresVideoRepository
from lms_app.ports.repositories import Lease
from lms_domain.video.asset import RETRY_DELAYS, RetryRule, StepFailure
from lms_domain.video.steps import StepName, StepState
from tests.contracts.samples import new_school, new_video

_ROUND_TRIPS = timedelta(seconds=5)


@pytest.mark.parametrize("skew", [timedelta(hours=-1), timedelta(0), timedelta(hours=1)], ids=str)
async def test_a_wrong_clock_delays_nothing(
    uow: PostgresUnitOfWork, database: PostgresDatabase, skew: timedelta
) -> None:
    scope = await new_school(uow)
    video = await new_video(uow, scope)

    def worker_now() -> datetime:
        return datetime.now(UTC) + skew

    async with database.write(scope) as transaction:
        videos = PostgresVideoRepository(TenantSql(transaction.connection, scope.tenant_id), worker_now)
        claimed = await videos.claim(video.steps[StepName.VALIDATE].id, Lease(60))
        held = await videos.lock(video.id)
        assert claimed is not None
        assert held is not None
        failure = StepFailure("x", "X.", "log")
        held.fail(StepName.VALIDATE, failure, attempt=claimed.attempt, rule=RetryRule(), now=worker_now())
        await videos.save(held)
        saved = await videos.lock(video.id)
        assert saved is not None
        due = saved.steps[StepName.VALIDATE].not_before
        assert due is not None
        assert timedelta(0) <= datetime.now(UTC) + RETRY_DELAYS[0] - due < _ROUND_TRIPS
        # Saved again, as somebody does who changes another step, it stays as it is.
        await videos.save(saved)
        again = await videos.lock(video.id)
        assert again is not None
        assert again.steps[StepName.VALIDATE].not_before == due
        assert again.steps[StepName.VALIDATE].state is StepState.QUEUED
        await transaction.commit()

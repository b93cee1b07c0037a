"""The queue port over taskiq."""

from collections.abc import Mapping

from redis.asyncio import Redis
from redis.exceptions import RedisError
from taskiq import AsyncBroker
from taskiq.exceptions import TaskiqError
from taskiq.kicker import AsyncKicker
from taskiq_redis import RedisStreamBroker

from adapters.taskiq.step_task import TASK_NAME
from lms_app.ports.job_queue import JobQueue, QueueUnavailable, StepDoorbell
from lms_domain.video.steps import QueueName

JOB_LABELS = {"ack_type": "when_received"}
"""A doorbell is done with when it was heard: recovery is the sweeper's work."""


class TaskiqJobQueue(JobQueue):
    """Sends doorbells through one broker per queue."""

    def __init__(self, brokers: Mapping[QueueName, AsyncBroker]) -> None:
        self._brokers = brokers

    async def ring(self, doorbell: StepDoorbell) -> None:
        """See the port."""
        kicker: AsyncKicker[..., None] = AsyncKicker(
            task_name=TASK_NAME, broker=self._brokers[doorbell.queue], labels=dict(JOB_LABELS)
        )
        try:
            await kicker.kiq(str(doorbell.tenant_id), str(doorbell.step_id))
        except (TaskiqError, RedisError, OSError) as error:
            raise QueueUnavailable(str(error)) from error

    async def check(self) -> None:
        """See the port."""
        broker = self._brokers[QueueName.DEFAULT]
        if not isinstance(broker, RedisStreamBroker):
            return
        client = Redis(connection_pool=broker.connection_pool)
        try:
            await client.ping()
        except (RedisError, OSError) as error:
            raise QueueUnavailable(str(error)) from error

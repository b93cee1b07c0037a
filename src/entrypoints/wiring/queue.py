"""The queue: in this process, or over Redis streams."""

from collections.abc import AsyncIterator, Mapping

from dishka import Provider, Scope, provide
from taskiq import AsyncBroker

from adapters.taskiq.brokers import in_process_brokers, redis_brokers
from adapters.taskiq.job_queue import TaskiqJobQueue
from entrypoints.settings import Settings
from lms_app.ports.job_queue import JobQueue
from lms_app.ports.logger import Logger
from lms_domain.video.steps import QueueName

Brokers = Mapping[QueueName, AsyncBroker]


class QueueProvider(Provider):
    """Doorbells."""

    scope = Scope.APP

    @provide
    async def brokers(self, settings: Settings, log: Logger) -> AsyncIterator[Brokers]:
        """One broker for each queue."""
        brokers = redis_brokers(settings.redis_url, log) if settings.redis_url else in_process_brokers(log)
        yield brokers
        for broker in brokers.values():
            await broker.shutdown()

    @provide
    def queue(self, brokers: Brokers) -> JobQueue:
        """The queue port."""
        return TaskiqJobQueue(brokers)

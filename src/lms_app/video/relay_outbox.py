"""Pass doorbells on from the outbox to the queue."""

from lms_app.ports.job_queue import JobQueue
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope

_BATCH = 100


class RelayOutbox:
    """Ring what was written with a change. A message leaves the outbox only when the queue has it: at least once."""

    def __init__(self, uow: UnitOfWork, queue: JobQueue) -> None:
        self._uow = uow
        self._queue = queue

    async def __call__(self) -> int:
        """How many messages were passed on; call again at once while it is not 0.

        Raises:
            QueueUnavailable, Unavailable: the messages stay.
        """
        async with self._uow.begin(SystemScope("the outbox is relayed")) as system:
            messages = await system.outbox.take(_BATCH)
            for message in messages:
                await self._queue.ring(message.doorbell)
            await system.commit()
        return len(messages)

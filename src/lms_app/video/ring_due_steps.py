"""Ring for every step that is due."""

from lms_app.ports.job_queue import JobQueue, StepDoorbell
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope

_LIMIT = 500


class RingDueSteps:
    """The sweeper: ring for every QUEUED step whose time has come and for every RUNNING one whose worker vanished.

    The database knows what is due, so a lost message, an emptied broker or a dead worker costs time and never work.
    """

    def __init__(self, uow: UnitOfWork, queue: JobQueue) -> None:
        self._uow = uow
        self._queue = queue

    async def __call__(self) -> int:
        """How many doorbells were rung.

        Raises:
            QueueUnavailable, Unavailable: try again at the next turn.
        """
        async with self._uow.begin(SystemScope("the sweeper looks for due steps")) as system:
            refs = await system.pipeline.expired(_LIMIT) + await system.pipeline.due(_LIMIT)
        for ref in refs:
            await self._queue.ring(StepDoorbell(queue=ref.queue, tenant_id=ref.tenant_id, step_id=ref.step_id))
        return len(refs)

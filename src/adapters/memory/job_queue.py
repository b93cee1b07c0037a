"""A queue that remembers who was rung."""

from lms_app.ports.job_queue import JobQueue, QueueUnavailable, StepDoorbell


class MemoryJobQueue(JobQueue):
    """``rung`` holds every doorbell in order. While ``is_down`` is true the queue does not answer."""

    def __init__(self) -> None:
        self.rung: list[StepDoorbell] = []
        self.is_down = False

    async def ring(self, doorbell: StepDoorbell) -> None:
        """See the port."""
        await self.check()
        self.rung.append(doorbell)

    async def check(self) -> None:
        """See the port."""
        if self.is_down:
            raise QueueUnavailable("told so")

"""Port: the queue, a doorbell. Losing or doubling a message is harmless: the database knows what is due."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from lms_domain.video.steps import QueueName


@dataclass(frozen=True, slots=True)
class StepDoorbell:
    """There may be work on this step."""

    queue: QueueName
    tenant_id: UUID
    step_id: UUID


class QueueUnavailable(Exception):
    """The broker does not answer; the message stays in the outbox."""


class JobQueue(Protocol):
    """Rings workers up."""

    async def ring(self, doorbell: StepDoorbell) -> None:
        """Tell some worker of that queue.

        Raises:
            QueueUnavailable: see there.
        """
        ...

    async def check(self) -> None:
        """Raises QueueUnavailable unless the broker answers just now."""
        ...

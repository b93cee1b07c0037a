"""Port: mails waiting, sent and failed."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from lms_domain.notices.mail_delivery import MailDelivery


class MailDeliveryRepository(Protocol):
    """Mail deliveries: of one school, or, for the platform, of all and its own."""

    async def add_many(self, deliveries: tuple[MailDelivery, ...]) -> frozenset[UUID]:
        """Queue these, except for occasions that had their mail before (the same ``dedupe_key`` in the same school).

        Returns:
            The ids of those that are new.
        """
        ...

    async def queue(self, deliveries: tuple[MailDelivery, ...]) -> None:
        """The same for whoever need not know which of them are new."""
        ...

    async def get(self, delivery_id: UUID, *, for_update: bool = False) -> MailDelivery | None:
        """One delivery; with ``for_update`` its row is locked until the transaction ends."""
        ...

    async def take_due(self, limit: int, *, now: datetime) -> tuple[MailDelivery, ...]:
        """Deliveries that are due, the longest waiting first, each locked until the transaction ends; what another
        transaction has locked is left out (SKIP LOCKED). Save them as ``begun``, commit, and send only then."""
        ...

    async def requeue_failed(self, campaign_id: UUID, *, now: datetime) -> int:
        """Queue the failed mails of a campaign again, as ``MailDelivery.requeued`` says; how many there were. Who sends
        is woken."""
        ...

    async def save(self, delivery: MailDelivery) -> None:
        """State, attempts, next attempt, error and times."""
        ...

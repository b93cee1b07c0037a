"""Port: reminder campaigns."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from lms_domain.notices.reminder import ReminderCampaign


class ReminderRepository(Protocol):
    """The campaigns of one school. What became of each mail is in the mail deliveries."""

    async def add(self, campaign: ReminderCampaign) -> None:
        """A new campaign."""
        ...

    async def was_sent(self, campaign: ReminderCampaign, *, to: frozenset[UUID], since: datetime) -> bool:
        """Whether another campaign about the same thing with the same words went to one of these people since then."""
        ...

    async def get(self, campaign_id: UUID) -> ReminderCampaign | None:
        """One campaign."""
        ...

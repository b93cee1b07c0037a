"""Port: reminder campaigns."""

from typing import Protocol
from uuid import UUID

from lms_domain.notices.reminder import ReminderCampaign


class ReminderRepository(Protocol):
    """The campaigns of one school. What became of each mail is in the mail deliveries."""

    async def add(self, campaign: ReminderCampaign) -> None:
        """A new campaign."""
        ...

    async def get(self, campaign_id: UUID) -> ReminderCampaign | None:
        """One campaign."""
        ...

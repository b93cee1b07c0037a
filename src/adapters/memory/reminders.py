"""Reminder campaigns, in memory."""

from datetime import datetime
from uuid import UUID

from adapters.memory.checks import check_school, require
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.reminders import ReminderRepository
from lms_domain.notices.reminder import ReminderCampaign


class MemoryReminderRepository(ReminderRepository):
    """The campaigns of one school."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID) -> None:
        self._tenant_id = tenant_id
        self._users = Rows(database.users, tx, tenant_id)
        self._courses = Rows(database.courses, tx, tenant_id)
        self._assignments = Rows(database.assignments, tx, tenant_id)
        self._notifications = Rows(database.notifications, tx, tenant_id)
        self._campaigns = Rows(database.campaigns, tx, tenant_id)

    async def add(self, campaign: ReminderCampaign) -> None:
        check_school(campaign.tenant_id, self._tenant_id)
        require(self._users.get(campaign.created_by))
        if campaign.course_id is not None:
            require(self._courses.get(campaign.course_id))
        if campaign.assignment_id is not None:
            require(self._assignments.get(campaign.assignment_id))
        self._campaigns.put(campaign.id, campaign)

    async def was_sent(self, campaign: ReminderCampaign, *, to: frozenset[UUID], since: datetime) -> bool:
        same = {
            f"reminder:{each.id}"
            for each in self._campaigns.values()
            if each.created_at > since and _words(each) == _words(campaign)
        }
        return any(each.user_id in to and each.event_key in same for each in self._notifications.values())

    async def get(self, campaign_id: UUID) -> ReminderCampaign | None:
        return self._campaigns.get(campaign_id)


def _words(campaign: ReminderCampaign) -> tuple[object, ...]:
    return (campaign.kind, campaign.course_id, campaign.assignment_id, campaign.subject, campaign.message)

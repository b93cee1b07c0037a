"""Port: screens of the Command Center that look at everything."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from lms_app.schools.command_center_views import SchoolAdministratorsView, SchoolUsageView, StatsView
from lms_app.scope import SystemScope


class CommandCenterQueries(Protocol):
    """One statement for each screen, however many schools there are."""

    async def stats(self, scope: SystemScope, *, now: datetime) -> StatsView:
        """The installation at a glance."""
        ...

    async def administrators(
        self, scope: SystemScope, tenant_id: UUID, *, now: datetime
    ) -> SchoolAdministratorsView | None:
        """The administrators of one school, closed accounts too; None when there is no such school."""
        ...

    async def usage(self, scope: SystemScope, tenant_id: UUID, *, now: datetime) -> SchoolUsageView | None:
        """What one school uses; None when there is no such school."""
        ...

"""Port: which schools were warned that their trial ends."""

from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from lms_domain.schools.tenant import Tenant


class TrialWarningRepository(Protocol):
    """Warnings of all schools; for the scheduler."""

    async def ending_between(self, first: date, last: date) -> tuple[Tenant, ...]:
        """Schools on trial (neither converted nor suspended) whose last day is within these days, both included, each
        locked until the transaction ends (those that another transaction has locked are left out)."""
        ...

    async def recorded(self, tenant_id: UUID, trial_ends_on: date) -> frozenset[int]:
        """The warnings recorded for this end of the trial, as days before it."""
        ...

    async def record(self, tenant_id: UUID, trial_ends_on: date, days: tuple[int, ...], *, now: datetime) -> None:
        """Record warnings; those recorded before stay as they are."""
        ...

"""Port: a school, as its own administrators may see and change it."""

from typing import Protocol

from lms_domain.schools.tenant import Tenant


class SchoolRepository(Protocol):
    """The school of the transaction. What the platform decides (status, plan, limits, features, trial) cannot be
    changed through it, whatever the program does."""

    async def get(self) -> Tenant | None:
        """The school, without the operator's notes; None once it is erased."""
        ...

    async def lock(self) -> Tenant | None:
        """The same, locked until the transaction ends."""
        ...

    async def save_settings(self, tenant: Tenant) -> None:
        """Name, contact, time zone, locale, branding and policies of ``tenant``; the rest of it is not looked at."""
        ...

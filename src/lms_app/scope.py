"""On whose behalf the database is asked. A required argument everywhere: no default, no context variable."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class TenantScope:
    """Inside one school: nothing of another can be seen or changed."""

    tenant_id: UUID


@dataclass(frozen=True, slots=True)
class SystemScope:
    """Across schools, for the platform's own work. ``reason`` ends up in the logs."""

    reason: str

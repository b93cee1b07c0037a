"""Port: whether a session still holds."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from lms_domain.accounts.roles import Role


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session that holds, at most 5 seconds old: who it belongs to and what they are now."""

    session_id: UUID
    user_id: UUID
    role: Role
    must_change_password: bool
    email: str
    impersonated_by: UUID | None = None
    """The operator whose visit this session is, if it is one."""
    has_second_factor: bool = False
    """Of operators: whether a second factor is in force. Of others nobody asks."""


class SessionDirectory(Protocol):
    """Looks sessions up, with a memory of at most 5 seconds, so that revoking one takes effect within that time."""

    async def live(self, *, tenant_id: UUID | None, session_id: UUID) -> LiveSession | None:
        """The session, or None when it ended, was revoked or its person deactivated. None as tenant: operators."""
        ...

    def forget(self, session_id: UUID) -> None:
        """Ask anew next time: this process has just changed something about the session."""
        ...

    def forget_person(self, user_id: UUID) -> None:
        """The same for all sessions of a person."""
        ...

"""Where one is signed in."""

from datetime import datetime
from uuid import UUID

import msgspec

from lms_app.accounts.desk import open_desk
from lms_app.actor import Actor
from lms_app.ports.clock import Clock
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission


class SessionView(msgspec.Struct, frozen=True, kw_only=True):
    """One sign-in that holds. ``is_current``: the one that asks."""

    id: UUID
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    address: str
    user_agent: str
    is_current: bool


class ListSessions:
    """Where the person is signed in, the session used last first."""

    def __init__(self, uow: UnitOfWork, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    async def __call__(self, actor: Actor) -> list[SessionView]:
        """Raises NotAllowed ``impersonating``."""
        actor.require(Permission.OWN_ACCOUNT)
        actor.require_in_person()
        async with open_desk(self._uow, actor.tenant_id, "an operator lists their sessions") as desk:
            found = await desk.sessions.live(actor.user_id, now=self._clock.now())
        return [
            SessionView(
                id=session.id,
                created_at=session.created_at,
                last_used_at=session.last_used_at,
                expires_at=session.expires_at,
                address=session.address,
                user_agent=session.user_agent,
                is_current=session.id == actor.session_id,
            )
            for session in found
        ]

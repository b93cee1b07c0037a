"""Sign out."""

from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.repositories import SessionRepository
from lms_app.ports.session_directory import SessionDirectory
from lms_app.ports.tokens import RefreshTokens
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope, TenantScope


class SignOut:
    """End the session that a refresh token belongs to, with every token of it. An unknown token is no error."""

    def __init__(
        self, uow: UnitOfWork, refresh_tokens: RefreshTokens, sessions: SessionDirectory, clock: Clock
    ) -> None:
        self._uow = uow
        self._refresh_tokens = refresh_tokens
        self._sessions = sessions
        self._clock = clock

    async def __call__(self, *, school: HostedSchool | None, refresh_token: str) -> None:
        """Args: ``school`` is that of the host, None on the platform's own host."""
        fingerprint = self._refresh_tokens.fingerprint(refresh_token)
        if school is None:
            async with self._uow.begin(SystemScope("an operator signs out")) as system:
                await self._end(system.operator_sessions, fingerprint)
                await system.commit()
        else:
            async with self._uow.begin(TenantScope(school.tenant_id)) as tx:
                await self._end(tx.sessions, fingerprint)
                await tx.commit()

    async def _end(self, sessions: SessionRepository, fingerprint: bytes) -> None:
        state = await sessions.refresh_state(fingerprint)
        if state is not None:
            await sessions.revoke(state.session_id, now=self._clock.now())
            self._sessions.forget(state.session_id)

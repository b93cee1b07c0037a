"""Exchange a refresh token for its successor."""

from datetime import timedelta

from lms_app.accounts.sessions import Tokens, access_token
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.repositories import RefreshState, SessionRepository
from lms_app.ports.session_directory import SessionDirectory
from lms_app.ports.tokens import AccessTokens, RefreshTokens
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.schools.admission import admit
from lms_app.scope import SystemScope, TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.errors import NotSignedIn

REPEAT_WINDOW = timedelta(seconds=10)
"""A token may be used again this long after its rotation, and gets the same successor: answers get lost."""


class RefreshSession:
    """Exchange a refresh token for its successor and a new access token.

    Each token works once. Used again within 10 seconds it gives the same answer, since the first may have been lost
    on its way. Used again later it was stolen from somebody: the whole session ends.
    """

    def __init__(
        self,
        uow: UnitOfWork,
        access_tokens: AccessTokens,
        refresh_tokens: RefreshTokens,
        sessions: SessionDirectory,
        clock: Clock,
    ) -> None:
        self._uow = uow
        self._access_tokens = access_tokens
        self._refresh_tokens = refresh_tokens
        self._sessions = sessions
        self._clock = clock

    async def __call__(self, *, school: HostedSchool | None, refresh_token: str) -> Tokens:
        """Args: ``school`` is that of the host, None on the platform's own host.

        Raises:
            NotSignedIn: ``invalid_refresh_token``.
            NotAllowed: ``school_suspended`` or ``trial_expired``.
        """
        now = self._clock.now()
        fingerprint = self._refresh_tokens.fingerprint(refresh_token)
        successor = self._refresh_tokens.successor(refresh_token)
        after = self._refresh_tokens.fingerprint(successor)
        role = Role.SUPER_ADMIN
        if school is None:
            async with self._uow.begin(SystemScope("an operator's session is refreshed")) as system:
                state = await self._rotate(system.operator_sessions, fingerprint, after)
                operator = await system.operators.get(state.user_id) if state else None
                is_active = operator is not None and operator.is_active
                await system.commit()
        else:
            async with self._uow.begin(TenantScope(school.tenant_id)) as tx:
                state = await self._rotate(tx.sessions, fingerprint, after)
                user = await tx.users.get(state.user_id) if state else None
                is_active = user is not None and user.is_active
                role = user.role if user else role
                if is_active:
                    # Before the commit: a token that a closed school refuses is still good when the school opens again.
                    admit(school)
                await tx.commit()
        if state is None or not is_active:
            raise NotSignedIn("Please sign in again.", code="invalid_refresh_token")
        tenant_id = school.tenant_id if school else None
        access = access_token(
            self._access_tokens,
            user_id=state.user_id,
            tenant_id=tenant_id,
            role=role,
            session_id=state.session_id,
            now=now,
        )
        return Tokens(access=access, refresh=successor)

    async def _rotate(self, sessions: SessionRepository, used: bytes, after: bytes) -> RefreshState | None:
        """The session that goes on, or None. Commits nothing, but may have revoked a session."""
        now = self._clock.now()
        rotated = await sessions.rotate(used, after, now=now)
        if rotated is not None:
            return rotated
        state = await sessions.refresh_state(used)
        if state is None or state.is_revoked or state.session_ends_at <= now:
            return None
        if state.is_latest_parent and state.rotated_at is not None and now - state.rotated_at <= REPEAT_WINDOW:
            return state
        await sessions.revoke(state.session_id, now=now)
        self._sessions.forget(state.session_id)
        return None

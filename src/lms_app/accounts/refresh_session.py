"""Exchange a refresh token for its successor."""

from datetime import timedelta

from lms_app.accounts.account_mail import AccountMail
from lms_app.accounts.desk import Desk, open_desk, role_of
from lms_app.accounts.sessions import Tokens, access_token
from lms_app.actor import Origin
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.notices.words.security import SESSION_ENDED, SESSION_ENDED_FROM
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.repositories import RefreshState
from lms_app.ports.session_directory import SessionDirectory
from lms_app.ports.tokens import AccessTokens, RefreshTokens
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.schools.admission import admit
from lms_domain.errors import NotSignedIn

REPEAT_WINDOW = timedelta(seconds=10)
"""A token may be used again this long after its rotation, and gets the same successor: answers get lost."""


class RefreshSession:
    """Exchange a refresh token for its successor and a new access token.

    Each token works once. Used again within 10 seconds it gives the same answer, since the first may have been lost
    on its way. Used again later it was stolen from somebody: the whole session ends, the person is told by mail, and
    it stands in the audit trail.
    """

    def __init__(
        self,
        uow: UnitOfWork,
        access_tokens: AccessTokens,
        refresh_tokens: RefreshTokens,
        sessions: SessionDirectory,
        mail: AccountMail,
        trail: AuditTrail,
        clock: Clock,
    ) -> None:
        self._uow = uow
        self._access_tokens = access_tokens
        self._refresh_tokens = refresh_tokens
        self._sessions = sessions
        self._mail = mail
        self._trail = trail
        self._clock = clock

    async def __call__(
        self, *, school: HostedSchool | None, refresh_token: str, origin: Origin | None = None
    ) -> Tokens:
        """Args: ``school`` is that of the host, None on the platform's own host.

        Raises:
            NotSignedIn: ``invalid_refresh_token``.
            NotAllowed: ``school_suspended`` or ``trial_expired``.
        """
        now = self._clock.now()
        fingerprint = self._refresh_tokens.fingerprint(refresh_token)
        successor = self._refresh_tokens.successor(refresh_token)
        tenant_id = school.tenant_id if school is not None else None
        async with open_desk(self._uow, tenant_id, "an operator's session is refreshed") as desk:
            state = await self._rotate(desk, fingerprint, self._refresh_tokens.fingerprint(successor), origin)
            person = await desk.people.get(state.user_id) if state is not None else None
            is_active = person is not None and person.is_active
            if is_active and school is not None:
                # Before the commit: a token that a closed school refuses is still good when the school opens again.
                admit(school)
            await desk.commit()
        if state is None or person is None or not is_active:
            raise NotSignedIn("Please sign in again.", code="invalid_refresh_token")
        access = access_token(
            self._access_tokens,
            user_id=state.user_id,
            tenant_id=tenant_id,
            role=role_of(person),
            session_id=state.session_id,
            now=now,
        )
        return Tokens(access=access, refresh=successor)

    async def _rotate(self, desk: Desk, used: bytes, after: bytes, origin: Origin | None) -> RefreshState | None:
        """The session that goes on, or None. Commits nothing, but may have ended a session."""
        now = self._clock.now()
        rotated = await desk.sessions.rotate(used, after, now=now)
        if rotated is not None:
            return rotated
        state = await desk.sessions.refresh_state(used)
        if state is None or state.is_revoked or state.session_ends_at <= now:
            return None
        if state.is_latest_parent and state.rotated_at is not None and now - state.rotated_at <= REPEAT_WINDOW:
            return state
        if await desk.sessions.revoke(state.session_id, now=now):
            await self._tell(desk, state, origin)
        self._sessions.forget(state.session_id)
        return None

    async def _tell(self, desk: Desk, state: RefreshState, origin: Origin | None) -> None:
        """Whose session ended, and those who watch over the school."""
        person = await desk.people.get(state.user_id)
        if person is None or not person.is_active:
            return
        address = origin.address if origin is not None else ""
        await self._trail.record(
            desk,
            None,
            "session.stolen",
            AuditedObject("user", person.id, person.email),
            after={"session_id": str(state.session_id), "address": address},
            tenant_id=desk.tenant_id,
        )
        alert = SESSION_ENDED_FROM if address else SESSION_ENDED
        await self._mail.tell(desk, person, alert, address=address)

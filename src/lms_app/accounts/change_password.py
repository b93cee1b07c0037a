"""Change one's own password."""

from lms_app.accounts.account_mail import AccountMail
from lms_app.accounts.desk import open_desk, role_of, words_near
from lms_app.accounts.own_password import OwnPassword
from lms_app.accounts.sessions import Device, Tokens, access_token, new_session
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.notices.words.security import PASSWORD_CHANGED
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.password_hasher import PasswordHasher
from lms_app.ports.session_directory import SessionDirectory
from lms_app.ports.tokens import AccessTokens, RefreshTokens
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.password import check_new_password
from lms_domain.accounts.roles import Permission
from lms_domain.errors import InvalidInput

_REASON = "an operator changes their password"


class ChangePassword:
    """Change one's own password, knowing the present one. Every session ends; the answer begins a new one. A mail
    tells of it, in case that it was somebody else. Wrong present passwords count like failed sign-ins."""

    def __init__(
        self,
        uow: UnitOfWork,
        own_password: OwnPassword,
        hasher: PasswordHasher,
        access_tokens: AccessTokens,
        refresh_tokens: RefreshTokens,
        sessions: SessionDirectory,
        mail: AccountMail,
        trail: AuditTrail,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._uow = uow
        self._own_password = own_password
        self._hasher = hasher
        self._access_tokens = access_tokens
        self._refresh_tokens = refresh_tokens
        self._sessions = sessions
        self._mail = mail
        self._trail = trail
        self._clock = clock
        self._ids = ids

    async def __call__(self, actor: Actor, *, current_password: str, new_password: str, user_agent: str = "") -> Tokens:
        """Raises:
        InvalidInput: the present password is wrong (field ``current_password``), or the new one is refused.
        NotAllowed: ``impersonating``.
        TooManyTries, HasherSaturated: see there.
        """
        actor.require(Permission.OWN_ACCOUNT)
        actor.require_in_person()
        person = await self._own_password.check(actor, current_password, field="current_password")
        if new_password == current_password:
            raise InvalidInput.for_field("new_password", "unchanged", "Choose a password that is new.")
        check_new_password(new_password, role=role_of(person), context=words_near(person))
        new_hash = await self._hasher.hash(new_password)
        now = self._clock.now()
        device = Device(actor.origin.address, user_agent)
        session, first = new_session(
            self._refresh_tokens, self._ids, user_id=person.id, role=role_of(person), now=now, device=device
        )
        async with open_desk(self._uow, actor.tenant_id, _REASON) as desk:
            await desk.people.set_password(person.id, new_hash, must_change=False)
            await self._mail.tell(desk, person, PASSWORD_CHANGED)
            await self._trail.record(
                desk, actor, "user.password_changed", AuditedObject("user", person.id, person.email)
            )
            ended = await desk.sessions.revoke_all(person.id, now=now)
            await desk.sessions.add(session)
            await desk.commit()
        for session_id in ended:
            self._sessions.forget(session_id)
        access = access_token(
            self._access_tokens,
            user_id=person.id,
            tenant_id=actor.tenant_id,
            role=role_of(person),
            session_id=session.id,
            now=now,
        )
        return Tokens(access=access, refresh=first)

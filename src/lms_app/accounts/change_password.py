"""Change one's own password."""

from lms_app.accounts.sessions import Tokens, access_token, new_session
from lms_app.accounts.sign_in import MAX_PASSWORD_LENGTH
from lms_app.actor import Actor
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.password_hasher import PasswordHasher
from lms_app.ports.session_directory import SessionDirectory
from lms_app.ports.tokens import AccessTokens, RefreshTokens
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope, TenantScope
from lms_domain.accounts.password import check_new_password
from lms_domain.accounts.person import Operator, User
from lms_domain.accounts.roles import Permission
from lms_domain.errors import InvalidInput, NotSignedIn

_CHANGE = SystemScope("an operator changes their password")


class ChangePassword:
    """Change one's own password, knowing the present one. Every session ends; the answer begins a new one."""

    def __init__(
        self,
        uow: UnitOfWork,
        hasher: PasswordHasher,
        access_tokens: AccessTokens,
        refresh_tokens: RefreshTokens,
        sessions: SessionDirectory,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._uow = uow
        self._hasher = hasher
        self._access_tokens = access_tokens
        self._refresh_tokens = refresh_tokens
        self._sessions = sessions
        self._clock = clock
        self._ids = ids

    async def __call__(self, actor: Actor, *, current_password: str, new_password: str) -> Tokens:
        """Raises:
        InvalidInput: the present password is wrong (field ``current_password``), or the new one is refused.
        HasherSaturated: see there.
        """
        actor.require(Permission.OWN_ACCOUNT)
        person = await self._person(actor)
        if len(current_password) > MAX_PASSWORD_LENGTH or not await self._hasher.verify(
            person.password_hash, current_password
        ):
            raise InvalidInput.for_field("current_password", "wrong", "This is not your present password.")
        if new_password == current_password:
            raise InvalidInput.for_field("new_password", "unchanged", "Choose a password that is new.")
        check_new_password(
            new_password,
            role=actor.role,
            context=(person.first_name, person.last_name, person.email, person.email.partition("@")[0]),
        )
        new_hash = await self._hasher.hash(new_password)
        return await self._replace(actor, new_hash)

    async def _person(self, actor: Actor) -> User | Operator:
        person: User | Operator | None
        if actor.tenant_id is None:
            async with self._uow.begin(_CHANGE) as system:
                person = await system.operators.get(actor.user_id)
        else:
            async with self._uow.begin(TenantScope(actor.tenant_id)) as tx:
                person = await tx.users.get(actor.user_id)
        if person is None:
            raise NotSignedIn("Please sign in again.")
        return person

    async def _replace(self, actor: Actor, new_hash: str) -> Tokens:
        now = self._clock.now()
        session, first = new_session(self._refresh_tokens, self._ids, user_id=actor.user_id, role=actor.role, now=now)
        if actor.tenant_id is None:
            async with self._uow.begin(_CHANGE) as system:
                await system.operators.set_password(actor.user_id, new_hash, must_change=False)
                ended = await system.operator_sessions.revoke_all(actor.user_id, now=now)
                await system.operator_sessions.add(session)
                await system.commit()
        else:
            async with self._uow.begin(TenantScope(actor.tenant_id)) as tx:
                await tx.users.set_password(actor.user_id, new_hash, must_change=False)
                ended = await tx.sessions.revoke_all(actor.user_id, now=now)
                await tx.sessions.add(session)
                await tx.commit()
        for session_id in ended:
            self._sessions.forget(session_id)
        access = access_token(
            self._access_tokens,
            user_id=actor.user_id,
            tenant_id=actor.tenant_id,
            role=actor.role,
            session_id=session.id,
            now=now,
        )
        return Tokens(access=access, refresh=first)

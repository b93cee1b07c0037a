"""Sign in."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from lms_app.accounts.sessions import Tokens, access_token, new_session
from lms_app.accounts.views import UserView, view_of_operator, view_of_user
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.ids import Ids
from lms_app.ports.password_hasher import PasswordHasher
from lms_app.ports.tokens import AccessTokens, RefreshTokens
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.schools.admission import admit
from lms_app.scope import SystemScope, TenantScope
from lms_domain.accounts.email import fold_email
from lms_domain.accounts.person import Operator, User
from lms_domain.accounts.roles import Role
from lms_domain.errors import NotSignedIn

MAX_PASSWORD_LENGTH = 1024
"""Longer ones are not even hashed."""

_SIGN_IN = SystemScope("an operator signs in")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person and the tokens of the new session."""

    user: UserView
    tokens: Tokens


class SignIn:
    """Sign in with e-mail and password on the site that the person is on.

    People of a school sign in on their school's host, operators on the platform's. A wrong address, a wrong password,
    a deactivated account and the wrong site all look the same and take the same time. A suspended or expired school is
    named only to those whose password was right.
    """

    def __init__(
        self,
        uow: UnitOfWork,
        hasher: PasswordHasher,
        access_tokens: AccessTokens,
        refresh_tokens: RefreshTokens,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._uow = uow
        self._hasher = hasher
        self._access_tokens = access_tokens
        self._refresh_tokens = refresh_tokens
        self._clock = clock
        self._ids = ids

    async def __call__(
        self,
        *,
        school: HostedSchool | None,
        email: str,
        password: str,
        portal: Literal["tenant", "super_admin"] | None,
    ) -> SignedIn:
        """Args: ``school`` is that of the host, None on the platform's own host.

        Raises:
            NotSignedIn: ``invalid_credentials``.
            NotAllowed: ``school_suspended`` or ``trial_expired``.
            HasherSaturated: see there.
        """
        person = await self._find(school, email)
        known = person if person is not None and person.is_active and _fits(portal, school) else None
        right = len(password) <= MAX_PASSWORD_LENGTH and await self._hasher.verify(
            known.password_hash if known else None, password
        )
        if known is None or not right:
            raise NotSignedIn("The e-mail address or the password is wrong.", code="invalid_credentials")
        if school is not None:
            admit(school)
        new_hash = await self._hasher.hash(password) if self._hasher.needs_rehash(known.password_hash) else None
        return await self._open_session(known, new_hash)

    async def _find(self, school: HostedSchool | None, email: str) -> User | Operator | None:
        folded = fold_email(email)
        if school is None:
            async with self._uow.begin(_SIGN_IN) as system:
                return await system.operators.by_email(folded)
        async with self._uow.begin(TenantScope(school.tenant_id)) as tx:
            return await tx.users.by_email(folded)

    async def _open_session(self, person: User | Operator, new_hash: str | None) -> SignedIn:
        now = self._clock.now()
        session, first = new_session(
            self._refresh_tokens,
            self._ids,
            user_id=person.id,
            role=Role.SUPER_ADMIN if isinstance(person, Operator) else person.role,
            now=now,
        )
        must_change = person.must_change_password
        tenant_id: UUID | None = None
        if isinstance(person, Operator):
            role, user = Role.SUPER_ADMIN, view_of_operator(person)
            async with self._uow.begin(_SIGN_IN) as system:
                await system.operator_sessions.add(session)
                if new_hash:
                    await system.operators.set_password(person.id, new_hash, must_change=must_change)
                await system.commit()
        else:
            role, user, tenant_id = person.role, view_of_user(person), person.tenant_id
            async with self._uow.begin(TenantScope(tenant_id)) as tx:
                await tx.sessions.add(session)
                if new_hash:
                    await tx.users.set_password(person.id, new_hash, must_change=must_change)
                await tx.commit()
        access = access_token(
            self._access_tokens, user_id=person.id, tenant_id=tenant_id, role=role, session_id=session.id, now=now
        )
        return SignedIn(user, Tokens(access=access, refresh=first))


def _fits(portal: str | None, school: HostedSchool | None) -> bool:
    return portal is None or (portal == "super_admin") == (school is None)

"""Links that came by mail, when somebody opens them."""

from dataclasses import dataclass, replace
from uuid import UUID

from lms_app.accounts.desk import words_near
from lms_app.accounts.secrets import fingerprint_of
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.password_hasher import PasswordHasher
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.one_time_token import TokenPurpose, token_invalid
from lms_domain.accounts.password import check_new_password
from lms_domain.accounts.person import User


@dataclass(frozen=True, slots=True)
class MailedLink:
    """What a page found in its address."""

    user_id: UUID
    token: str


async def use_link(tx: TenantTransaction, link: MailedLink, purpose: TokenPurpose, clock: Clock) -> User:
    """The person, locked, whose link it is; their address is proven by it. Commit, and it works no more.

    Raises:
        InvalidInput: ``token_invalid``.
    """
    taken = await tx.one_time_tokens.take(purpose, fingerprint_of(link.token), now=clock.now())
    if taken is None:
        raise token_invalid()
    token, user = taken
    if user.id != link.user_id or not user.is_active:
        raise token_invalid()
    return user.verified(token.email)


class LinkedPassword:
    """Prepares what a link and a chosen password lead to. The hash is made between two transactions, since it is slow;
    the link is used up in the second of them, once."""

    def __init__(self, uow: UnitOfWork, hasher: PasswordHasher, clock: Clock) -> None:
        self._uow = uow
        self._hasher = hasher
        self._clock = clock

    async def hash(self, school: HostedSchool, link: MailedLink, password: str, purpose: TokenPurpose) -> str:
        """The hash of ``password``, which is fit for the person. Nothing has changed yet, and a refused password does
        not cost the link.

        Raises:
            InvalidInput: ``token_invalid``, or the password is refused (field ``new_password``).
            HasherSaturated: see there.
        """
        async with self._uow.begin(TenantScope(school.tenant_id)) as tx:
            user = await use_link(tx, link, purpose, self._clock)
            tenant = await tx.school.get()
        check_new_password(
            password, role=user.role, context=(*words_near(user), tenant.name if tenant is not None else "")
        )
        return await self._hasher.hash(password)

    async def take(self, tx: TenantTransaction, link: MailedLink, password_hash: str, purpose: TokenPurpose) -> User:
        """The person with that password from now on; every other link for a password of theirs ends with this one.

        Raises:
            InvalidInput: ``token_invalid``: somebody was faster.
        """
        user = replace(
            await use_link(tx, link, purpose, self._clock), password_hash=password_hash, must_change_password=False
        )
        await tx.users.save(user)
        passwords = frozenset({TokenPurpose.INVITATION, TokenPurpose.PASSWORD_RESET})
        await tx.one_time_tokens.revoke_all(user.id, passwords, now=self._clock.now())
        return user

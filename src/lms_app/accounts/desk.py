"""Where accounts are kept: those of one school's people, or those of operators, who live in tables of their own."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol, TypeAlias
from uuid import UUID

from lms_app.ports.audit import AuditRepository
from lms_app.ports.lockout import SignInFailureRepository
from lms_app.ports.mail import MailDeliveryRepository
from lms_app.ports.repositories import SessionRepository
from lms_app.ports.school import SchoolRepository
from lms_app.ports.second_factors import SecondFactorRepository
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope, TenantScope
from lms_domain.accounts.person import Operator, User
from lms_domain.accounts.roles import Role
from lms_domain.errors import NotSignedIn

Person: TypeAlias = User | Operator


class People(Protocol):
    """What people of a school and operators have in common."""

    async def get(self, user_id: UUID, /) -> Person | None:
        """One of them."""
        ...

    async def by_email(self, email_folded: str) -> Person | None:
        """The one with an address, by its folded form."""
        ...

    async def set_password(self, user_id: UUID, password_hash: str, /, *, must_change: bool) -> None:
        """A new password hash."""
        ...


@dataclass(slots=True)
class Desk:
    """An open transaction with everything about accounts in it. Without ``commit`` nothing happened."""

    tenant_id: UUID | None
    people: People
    sessions: SessionRepository
    failures: SignInFailureRepository
    factors: SecondFactorRepository
    mail: MailDeliveryRepository
    audit: AuditRepository
    school: SchoolRepository | None
    """None where operators are at home."""
    commit: Callable[[], Awaitable[None]]

    async def present(self, person_id: UUID) -> Person:
        """Somebody who is signed in. Raises NotSignedIn when the account is gone."""
        person = await self.people.get(person_id)
        if person is None:
            raise NotSignedIn("Please sign in again.")
        return person


@asynccontextmanager
async def open_desk(uow: UnitOfWork, tenant_id: UUID | None, reason: str) -> AsyncIterator[Desk]:
    """The desk of a school, or (None) of the platform; ``reason`` as in SystemScope."""
    if tenant_id is None:
        async with uow.begin(SystemScope(reason)) as system:
            yield Desk(
                tenant_id=None,
                people=system.operators,
                sessions=system.operator_sessions,
                failures=system.operator_sign_in_failures,
                factors=system.operator_second_factors,
                mail=system.mail,
                audit=system.audit,
                school=None,
                commit=system.commit,
            )
    else:
        async with uow.begin(TenantScope(tenant_id)) as tx:
            yield Desk(
                tenant_id=tenant_id,
                people=tx.users,
                sessions=tx.sessions,
                failures=tx.sign_in_failures,
                factors=tx.second_factors,
                mail=tx.mail,
                audit=tx.audit,
                school=tx.school,
                commit=tx.commit,
            )


def role_of(person: Person) -> Role:
    """What somebody is. Operators have one role."""
    return person.role if isinstance(person, User) else Role.SUPER_ADMIN


def words_near(person: Person) -> tuple[str, ...]:
    """What must not be most of somebody's password."""
    return (person.first_name, person.last_name, person.email, person.email.partition("@")[0])

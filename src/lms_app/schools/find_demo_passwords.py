"""Find accounts that everybody could sign in to."""

from lms_app.ports.password_hasher import PasswordHasher
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.schools.open_demo_school import (
    ADMIN_EMAIL,
    OPERATOR_EMAIL,
    OPERATOR_PASSWORD,
    SCHOOL_PASSWORD,
    SUBDOMAIN,
    TEACHER_EMAIL,
)
from lms_app.scope import SystemScope
from lms_domain.accounts.email import fold_email


class FindDemoPasswords:
    """The accounts of the demo that still have the demo's passwords. On the internet there must be none: a data
    directory in which the demo ran may become that of a platform, but not with these."""

    def __init__(self, uow: UnitOfWork, hasher: PasswordHasher) -> None:
        self._uow = uow
        self._hasher = hasher

    async def __call__(self) -> tuple[str, ...]:
        """Their addresses; empty when nobody knows a password here."""
        hashes: list[tuple[str, str, str]] = []
        async with self._uow.begin(SystemScope("demo passwords are looked for")) as system:
            operator = await system.operators.by_email(fold_email(OPERATOR_EMAIL))
            if operator is not None:
                hashes.append((OPERATOR_EMAIL, operator.password_hash, OPERATOR_PASSWORD))
            school = await system.tenants.by_subdomain(SUBDOMAIN)
            if school is not None:
                people = system.users_of(school.id)
                for email in (ADMIN_EMAIL, TEACHER_EMAIL):
                    user = await people.by_email(fold_email(email))
                    if user is not None:
                        hashes.append((email, user.password_hash, SCHOOL_PASSWORD))
        # Hashing takes time: not within the transaction.
        return tuple([email for email, known, password in hashes if await self._hasher.verify(known, password)])

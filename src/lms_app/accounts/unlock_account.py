"""Let somebody try again at once."""

from uuid import UUID

from lms_app.accounts.desk import open_desk
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.email import fold_email
from lms_domain.errors import NotFound


class UnlockAccount:
    """Forget the failed sign-ins of a person of a school, or of an operator, from everywhere: the next try is looked at
    at once. Only the command line can; without it a wait ends by itself within a quarter of an hour."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail) -> None:
        self._uow = uow
        self._trail = trail

    async def __call__(self, *, tenant_id: UUID | None, email: str) -> None:
        """Args: ``tenant_id`` is the person's school; None for an operator.

        Raises:
            NotFound: nobody has this address there.
        """
        async with open_desk(self._uow, tenant_id, "an account is unlocked at the command line") as desk:
            person = await desk.people.by_email(fold_email(email))
            if person is None:
                raise NotFound("Nobody has this address there.")
            await desk.failures.clear_account(person.email_folded)
            about = AuditedObject("user", person.id, person.email)
            await self._trail.record(desk, None, "user.unlocked", about, tenant_id=tenant_id)
            await desk.commit()

"""Create an operator of the platform."""

from uuid import UUID

from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.password_hasher import PasswordHasher
from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope
from lms_domain.accounts.email import clean_email
from lms_domain.accounts.password import check_new_password
from lms_domain.accounts.person import Operator
from lms_domain.accounts.roles import Role
from lms_domain.errors import Conflict
from lms_domain.text import clean_line


class CreateOperator:
    """Create somebody who runs the platform. Only the command line can: no request over HTTP reaches this."""

    def __init__(self, uow: UnitOfWork, hasher: PasswordHasher, clock: Clock, ids: Ids) -> None:
        self._uow = uow
        self._hasher = hasher
        self._clock = clock
        self._ids = ids

    async def __call__(
        self, *, email: str, first_name: str, last_name: str, password: str, is_demo: bool = False
    ) -> UUID:
        """The new operator's id.

        Args:
            is_demo: the demo's well-known password is let through; settings allow demos on localhost only.

        Raises:
            InvalidInput: an address, name or password that the rules refuse.
            Conflict: ``email_taken``.
        """
        address = clean_email(email)
        if not is_demo:
            check_new_password(
                password, role=Role.SUPER_ADMIN, context=(first_name, last_name, address), field="password"
            )
        operator = Operator(
            id=self._ids.new(),
            email=address,
            first_name=clean_line(first_name, field="first_name", max_length=100),
            last_name=clean_line(last_name, field="last_name", max_length=100),
            password_hash=await self._hasher.hash(password),
            must_change_password=False,
            is_active=True,
            created_at=self._clock.now(),
        )
        async with self._uow.begin(SystemScope("an operator is created")) as system:
            try:
                await system.operators.add(operator)
            except Taken:
                raise Conflict("There is already an operator with this address.", code="email_taken") from None
            await system.commit()
        return operator.id

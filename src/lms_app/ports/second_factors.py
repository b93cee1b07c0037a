"""Port: second factors. Of people of one school, or of operators."""

from typing import Protocol
from uuid import UUID

from lms_domain.accounts.second_factor import SecondFactor


class SecondFactorRepository(Protocol):
    """At most one second factor for each person. Secrets are sealed where they are stored."""

    async def get(self, user_id: UUID, *, for_update: bool = False) -> SecondFactor | None:
        """A person's factor, confirmed or not; with ``for_update`` locked until the transaction ends, so that no code
        is accepted twice."""
        ...

    async def save(self, user_id: UUID, factor: SecondFactor) -> None:
        """This factor, in place of an earlier one."""
        ...

    async def delete(self, user_id: UUID) -> None:
        """No factor any more; fine when there is none."""
        ...

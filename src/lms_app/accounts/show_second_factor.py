"""Whether there is a second factor."""

import msgspec

from lms_app.accounts.desk import open_desk
from lms_app.actor import Actor
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission


class SecondFactorView(msgspec.Struct, frozen=True, kw_only=True):
    """``is_enrolled``: signing in asks for a code."""

    is_enrolled: bool
    recovery_codes_left: int


class ShowSecondFactor:
    """Whether signing in asks for a code, and how many recovery codes are left."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def __call__(self, actor: Actor) -> SecondFactorView:
        """Raises NotAllowed ``impersonating``."""
        actor.require(Permission.OWN_ACCOUNT)
        actor.require_in_person()
        async with open_desk(self._uow, actor.tenant_id, "an operator looks at their second factor") as desk:
            factor = await desk.factors.get(actor.user_id)
        is_enrolled = factor is not None and factor.is_confirmed
        return SecondFactorView(
            is_enrolled=is_enrolled,
            recovery_codes_left=len(factor.recovery_fingerprints) if factor is not None and is_enrolled else 0,
        )

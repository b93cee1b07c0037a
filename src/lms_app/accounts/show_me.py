"""Who am I."""

from lms_app.accounts.views import UserView, view_of_operator, view_of_user
from lms_app.actor import Actor
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope, TenantScope
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotSignedIn


class ShowMe:
    """The person who is signed in."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def __call__(self, actor: Actor) -> UserView:
        """Raises NotSignedIn when the account is gone."""
        actor.require(Permission.OWN_ACCOUNT)
        if actor.tenant_id is None:
            async with self._uow.begin(SystemScope("an operator asks who they are")) as system:
                operator = await system.operators.get(actor.user_id)
            if operator is not None:
                return view_of_operator(operator)
        else:
            async with self._uow.begin(TenantScope(actor.tenant_id)) as tx:
                user = await tx.users.get(actor.user_id)
            if user is not None:
                return view_of_user(user)
        raise NotSignedIn("Please sign in again.")

"""Who is asking."""

from dataclasses import dataclass
from uuid import UUID

from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Permission, Role, may
from lms_domain.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request came from, for the audit trail; empty when it came from the command line."""

    address: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person signed in on the site that the request came to. ``tenant_id`` is None for operators only."""

    user_id: UUID
    tenant_id: UUID | None
    role: Role
    session_id: UUID
    email: str = ""
    impersonated_by: UUID | None = None
    """The operator who acts as this person, if one does."""
    origin: Origin = Origin()

    def require(self, permission: Permission) -> None:
        """Raises NotAllowed unless this person's role holds ``permission``."""
        if not may(self.role, permission):
            raise NotAllowed("Your role does not allow this.")

    def require_in_person(self) -> None:
        """Raises NotAllowed ``impersonating`` when an operator acts as this person: what concerns somebody's
        credentials is their own business."""
        if self.impersonated_by is not None:
            raise NotAllowed("Visitors of the platform cannot do this.", code="impersonating")

    def school(self, permission: Permission) -> TenantScope:
        """The scope of this person's school, for a use case that needs ``permission``.

        Raises:
            NotAllowed: the role lacks it, or the person belongs to no school.
        """
        self.require(permission)
        if self.tenant_id is None:
            raise NotAllowed("This is done by people of a school.")
        return TenantScope(self.tenant_id)

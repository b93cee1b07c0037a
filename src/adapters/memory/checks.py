"""What the database in use refuses, refused here too."""

from uuid import UUID

from lms_domain.errors import NotFound


def check_school(tenant_id: UUID, of_transaction: UUID) -> None:
    """Raises ValueError when something of another school is to be stored: a bug, never a person's mistake."""
    if tenant_id != of_transaction:
        raise ValueError(f"this belongs to school {tenant_id}, the transaction is for {of_transaction}")


def require(*parents: object) -> None:
    """Raises NotFound when something is to be stored whose parent is None: not there, or of another school."""
    if any(parent is None for parent in parents):
        raise NotFound("Something that this belongs to does not exist (any more).")

"""Port: what a link in a mail proves that ends mails like it."""

from typing import Protocol
from uuid import UUID

from lms_domain.notices.notification import NotificationKind


class UnsubscribeTokens(Protocol):
    """A token ends mail of one kind to one person (None: every mail but those about the account), and can do nothing
    else. It holds for ever: mails lie around, and whoever wants no more of them must always find a way out."""

    def issue(self, tenant_id: UUID, user_id: UUID, kind: NotificationKind | None) -> str:
        """A token: letters, digits, ``-``, ``_`` and ``.``, fit for an address."""
        ...

    def read(self, token: str, tenant_id: UUID) -> tuple[UUID, NotificationKind | None] | None:
        """Who wants no mail of which kind; None for a token that is none of that school's."""
        ...

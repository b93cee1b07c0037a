"""Ending mails of one kind, by the link that stands in each of them."""

from dataclasses import replace
from uuid import UUID

from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.ports.unsubscribe_tokens import UnsubscribeTokens
from lms_app.scope import TenantScope
from lms_domain.errors import NotFound
from lms_domain.notices.notification import NotificationKind


class EndMails:
    """Send somebody no more mail of one kind; by the link of a daily mail, none but what is about their account.
    Whoever holds the mail may say so, signed in or not (RFC 8058). They are still told in the application, and can have
    the mail back in their preferences. Saying it twice is fine."""

    def __init__(self, uow: UnitOfWork, tokens: UnsubscribeTokens) -> None:
        self._uow = uow
        self._tokens = tokens

    def kind_of(self, tenant_id: UUID, token: str) -> NotificationKind | None:
        """What the link would end, None for all; asking changes nothing. Raises NotFound: no link of this school's."""
        read = self._tokens.read(token, tenant_id)
        if read is None:
            raise NotFound("There is nothing here.")
        return read[1]

    async def __call__(self, tenant_id: UUID, token: str) -> NotificationKind | None:
        """The kind that was ended, None for all. Raises NotFound: no link of this school's, or the person is gone."""
        read = self._tokens.read(token, tenant_id)
        if read is None:
            raise NotFound("There is nothing here.")
        user_id, kind = read
        async with self._uow.begin(TenantScope(tenant_id)) as tx:
            user = await tx.users.lock(user_id)
            if user is None:
                raise NotFound("There is nothing here.")
            kept = user.preferences
            wanted = replace(kept, mail=False) if kind is None else kept.without_mail_of(kind)
            if wanted != user.preferences:
                await tx.users.save(replace(user, preferences=wanted))
                await tx.commit()
        return kind

"""What a person was told, and that they read it."""

from uuid import UUID

from lms_app.actor import Actor
from lms_app.listing import Listing
from lms_app.notices.views import MarkedReadView, NotificationView, UnreadCountView
from lms_app.ports.clock import Clock
from lms_app.ports.notice_queries import News, NoticeQueries
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound

NEWS_LENGTH = 20
"""How many of the newest notifications an open page is kept up to date with."""


class ShowNotifications:
    """What the person who is signed in was told, the newest first. Nobody sees what others were told, a visiting
    operator sees what the person would see."""

    def __init__(self, queries: NoticeQueries) -> None:
        self._queries = queries

    async def __call__(self, actor: Actor, *, before: UUID | None, limit: int) -> Listing[NotificationView]:
        """One page: those older than ``before``, if that is given. Raises NotAllowed for operators."""
        scope = actor.school(Permission.OWN_ACCOUNT)
        return await self._queries.notifications(scope, actor.user_id, before=before, limit=limit)

    async def unread_count(self, actor: Actor) -> UnreadCountView:
        """How many are not read. Raises NotAllowed for operators."""
        scope = actor.school(Permission.OWN_ACCOUNT)
        return UnreadCountView(count=await self._queries.unread_count(scope, actor.user_id))

    async def news(self, actor: Actor) -> News:
        """What an open page shows. Raises NotAllowed for operators."""
        return await self._queries.news(actor.school(Permission.OWN_ACCOUNT), actor.user_id, limit=NEWS_LENGTH)


class ReadNotifications:
    """Mark what one was told as read: one notification, or all. What was read before keeps its time."""

    def __init__(self, uow: UnitOfWork, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    async def one(self, actor: Actor, notification_id: UUID) -> MarkedReadView:
        """Raises:
        NotFound: this person was told no such thing.
        NotAllowed: for operators, and ``impersonating``.
        """
        scope = actor.school(Permission.OWN_ACCOUNT)
        actor.require_in_person()
        async with self._uow.begin(scope) as tx:
            if not await tx.notifications.mark_read(actor.user_id, notification_id, now=self._clock.now()):
                raise NotFound("There is no such notification.")
            await tx.commit()
        return MarkedReadView(marked=1)

    async def all(self, actor: Actor) -> MarkedReadView:
        """Raises NotAllowed for operators, and ``impersonating``."""
        scope = actor.school(Permission.OWN_ACCOUNT)
        actor.require_in_person()
        async with self._uow.begin(scope) as tx:
            marked = await tx.notifications.mark_all_read(actor.user_id, now=self._clock.now())
            await tx.commit()
        return MarkedReadView(marked=marked)

"""The events of one person's open page."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from entrypoints.http.event_stream import HEARTBEAT, written
from lms_app.actor import Actor
from lms_app.notices.show_notifications import ShowNotifications
from lms_app.notices.views import NotificationView, UnreadCountView
from lms_app.ports.clock import Clock
from lms_app.ports.notice_feed import NoticeFeed

RETRY = b"retry: 3000\n\n"
HEARTBEAT_SECONDS = 15.0
CHECK_SECONDS = 4.0
"""How often it is asked whether the person may still listen: what ends a session ends its streams within 5 seconds."""

StillHolds = Callable[[], Awaitable[bool]]


class NoticeStream:
    """``unread`` with the count, at first and whenever it may have changed, and ``notification`` for each that is new,
    or that came after ``last_seen``, the oldest first. Ends with the access token and with the session."""

    def __init__(
        self,
        actor: Actor,
        show: ShowNotifications,
        feed: NoticeFeed,
        clock: Clock,
        *,
        ends_at: datetime,
        still_holds: StillHolds,
        last_seen: UUID | None,
    ) -> None:
        self._actor = actor
        self._show = show
        self._feed = feed
        self._clock = clock
        self._ends_at = ends_at
        self._still_holds = still_holds
        self._last_seen = last_seen
        self._known: frozenset[UUID] = frozenset()
        self._count: int | None = None

    async def events(self, over: asyncio.Event) -> AsyncGenerator[bytes, None]:
        """Until it ends, or ``over`` is set."""
        tenant_id = self._actor.tenant_id
        if tenant_id is None:
            return
        loop = asyncio.get_running_loop()
        yield RETRY
        with self._feed.ears(tenant_id, self._actor.user_id) as rung:
            # Listening began before this first look: nothing falls between the two.
            for event in await self._first():
                yield event
            checked = spoken = loop.time()
            while not over.is_set():
                left = (self._ends_at - self._clock.now()).total_seconds()
                if left <= 0:
                    return
                was_rung = await _first_of(rung, over, seconds=min(CHECK_SECONDS, left))
                if loop.time() - checked >= CHECK_SECONDS:
                    checked = loop.time()
                    if not await self._still_holds():
                        return
                if was_rung:
                    rung.clear()
                    for event in await self._news():
                        spoken = loop.time()
                        yield event
                if loop.time() - spoken >= HEARTBEAT_SECONDS:
                    spoken = loop.time()
                    yield HEARTBEAT

    async def _first(self) -> list[bytes]:
        news = await self._show.news(self._actor)
        missed = [each for each in news.latest if self._last_seen is not None and each.id > self._last_seen]
        self._known = frozenset(each.id for each in news.latest)
        return [*self._counted(news.unread_count), *_told(missed)]

    async def _news(self) -> list[bytes]:
        """Ids of two processes may come in another order than their commits, so what is new is what was not there."""
        news = await self._show.news(self._actor)
        fresh = [each for each in news.latest if each.id not in self._known]
        self._known = frozenset(each.id for each in news.latest)
        return [*self._counted(news.unread_count), *_told(fresh)]

    def _counted(self, count: int) -> list[bytes]:
        if count == self._count:
            return []
        self._count = count
        return [written("unread", msgspec.json.encode(UnreadCountView(count=count)))]


def _told(newest_first: Iterable[NotificationView]) -> list[bytes]:
    return [
        written("notification", msgspec.json.encode(each), event_id=str(each.id)) for each in reversed([*newest_first])
    ]


async def _first_of(rung: asyncio.Event, over: asyncio.Event, *, seconds: float) -> bool:
    """Whether it rang, after at most ``seconds``, or when it is over."""
    waiting = [asyncio.create_task(rung.wait()), asyncio.create_task(over.wait())]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.wait(waiting)
    return rung.is_set()

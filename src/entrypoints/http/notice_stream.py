"""The events of one person's open page."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec

from entrypoints.http.event_stream import HEARTBEAT, written
from lms_app.actor import Actor
from lms_app.notices.show_notifications import ShowNotifications
from lms_app.notices.views import NotificationView, UnreadCountView
from lms_app.ports.clock import Clock
from lms_app.ports.notice_feed import NoticeFeed
from lms_app.ports.notice_queries import News

RETRY = b"retry: 3000\n\n"
HEARTBEAT_SECONDS = 15.0
CHECK_SECONDS = 2.0
"""How often it is asked whether the person may still listen, of what this process remembers; a trial ends so."""
LOOK_SECONDS = 4.0
"""How often it is looked up anew: the net under the feed, by which a stream hears at once that it may have to end."""


class StillHolds(Protocol):
    """Whether the person may still listen."""

    def __call__(self, *, anew: bool) -> Awaitable[bool]:
        """``anew``: not of what is remembered."""
        ...


class NoticeStream:
    """``unread`` with the count, at first and whenever the person was told something or read it, here or elsewhere;
    ``notification`` for each that is new, or that came after ``last_seen``, the oldest first. Ends with the access
    token, with the session and with the school."""

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
        self._known: News | None = None

    async def events(self, over: asyncio.Event) -> AsyncGenerator[bytes, None]:
        """Until it ends, or ``over`` is set."""
        tenant_id = self._actor.tenant_id
        if tenant_id is None:
            return
        loop, user_id = asyncio.get_running_loop(), self._actor.user_id
        yield RETRY
        with self._feed.ears(tenant_id, user_id) as rung, self._feed.endings(tenant_id, user_id) as in_doubt:
            # Listening began before this first look: nothing falls between the two.
            for event in await self._first():
                yield event
            checked = looked = spoken = loop.time()
            while not over.is_set():
                left = (self._ends_at - self._clock.now()).total_seconds()
                if left <= 0:
                    return
                await _first_of(rung, in_doubt, over, seconds=min(CHECK_SECONDS, left))
                anew = in_doubt.is_set() or loop.time() - looked >= LOOK_SECONDS
                if anew or loop.time() - checked >= CHECK_SECONDS:
                    in_doubt.clear()
                    checked = loop.time()
                    looked = checked if anew else looked
                    if not await self._still_holds(anew=anew):
                        return
                if rung.is_set():
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
        self._known = news
        return [_counted(news), *_told(missed)]

    async def _news(self) -> list[bytes]:
        """Ids of two processes may come in another order than their commits, so what is new is what was not there."""
        before, news = self._known, await self._show.news(self._actor)
        if news == before:
            return []
        self._known = news
        known = frozenset(each.id for each in before.latest) if before is not None else frozenset[UUID]()
        # Also when it is the same number: one was read and another came, and a page may have counted by itself.
        return [_counted(news), *_told(each for each in news.latest if each.id not in known)]


def _counted(news: News) -> bytes:
    return written("unread", msgspec.json.encode(UnreadCountView(count=news.unread_count)))


def _told(newest_first: Iterable[NotificationView]) -> list[bytes]:
    return [
        written("notification", msgspec.json.encode(each), event_id=str(each.id)) for each in reversed([*newest_first])
    ]


async def _first_of(*events: asyncio.Event, seconds: float) -> None:
    """Wait for one of them, ``seconds`` at most."""
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.wait(waiting)

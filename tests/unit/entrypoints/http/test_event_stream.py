"""What ends a stream, and what it says."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import msgspec
import pytest

from adapters.memory.clock import MemoryClock
from entrypoints.http import event_stream, notice_stream
from entrypoints.http.event_stream import OpenedStream, OpenStreams, TooManyStreams, written
from entrypoints.http.notice_stream import NoticeStream, StillHolds
from lms_app.actor import Actor
from lms_app.listing import Listing, PageRequest
from lms_app.notices.show_notifications import ShowNotifications
from lms_app.notices.views import NotificationView, ReminderDeliveryView, ReminderView
from lms_app.ports.notice_feed import NoticeFeed
from lms_app.ports.notice_queries import News, NoticeQueries
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.notices.notification import NotificationKind

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ACTOR = Actor(user_id=uuid4(), tenant_id=uuid4(), role=Role.TEACHER, session_id=uuid4())


class Told(NoticeQueries, NoticeFeed):
    """What one person was told, and the bell that rings."""

    def __init__(self) -> None:
        self.latest: list[NotificationView] = []
        self.events: list[asyncio.Event] = []
        self.in_doubt = asyncio.Event()

    def read(self, read: NotificationView) -> None:
        self.latest = [msgspec.structs.replace(each, is_read=each is read or each.is_read) for each in self.latest]
        self.ring()

    def tell(self, title: str) -> NotificationView:
        view = NotificationView(
            id=UUID(int=len(self.latest) + 1),
            kind=NotificationKind.ANNOUNCEMENT,
            title=title,
            message="",
            link="",
            is_read=False,
            created_at=NOW,
        )
        self.latest.insert(0, view)
        self.ring()
        return view

    def ring(self) -> None:
        for event in self.events:
            event.set()

    @contextmanager
    def endings(self, tenant_id: UUID, user_id: UUID) -> Iterator[asyncio.Event]:
        assert (tenant_id, user_id) == (ACTOR.tenant_id, ACTOR.user_id)
        yield self.in_doubt

    @contextmanager
    def ears(self, tenant_id: UUID, user_id: UUID) -> Iterator[asyncio.Event]:
        assert (tenant_id, user_id) == (ACTOR.tenant_id, ACTOR.user_id)
        self.events.append(asyncio.Event())
        try:
            yield self.events[-1]
        finally:
            self.events.pop()

    async def news(self, scope: TenantScope, user_id: UUID, *, limit: int) -> News:
        return News(sum(not each.is_read for each in self.latest), self.latest[:limit])

    async def unread_count(self, scope: TenantScope, user_id: UUID) -> int:
        return len(self.latest)

    async def notifications(
        self, scope: TenantScope, user_id: UUID, *, before: UUID | None, limit: int
    ) -> Listing[NotificationView]:
        raise NotImplementedError

    async def reminders(self, scope: TenantScope, page: PageRequest) -> Listing[ReminderView]:
        raise NotImplementedError

    async def reminder(self, scope: TenantScope, campaign_id: UUID) -> ReminderView | None:
        raise NotImplementedError

    async def deliveries(
        self, scope: TenantScope, campaign_id: UUID, page: PageRequest
    ) -> Listing[ReminderDeliveryView]:
        raise NotImplementedError


async def _always(*, anew: bool) -> bool:
    return True


async def _never(*, anew: bool) -> bool:
    return False


async def _remembered(*, anew: bool) -> bool:
    return not anew


def stream(
    told: Told, clock: MemoryClock, still_holds: StillHolds = _always, last_seen: UUID | None = None
) -> AsyncGenerator[bytes, None]:
    opened = NoticeStream(
        ACTOR,
        ShowNotifications(told),
        told,
        clock,
        ends_at=NOW + timedelta(minutes=10),
        still_holds=still_holds,
        last_seen=last_seen,
    )
    return opened.events(asyncio.Event())


async def test_what_is_new_is_said_once_and_what_was_missed_too() -> None:
    told, clock = Told(), MemoryClock(NOW)
    first, second = told.tell("1"), told.tell("2")
    events = stream(told, clock, last_seen=first.id)
    assert [await anext(events) for _ in range(3)] == [
        b"retry: 3000\n\n",
        b'event: unread\ndata: {"count":2}\n\n',
        written("notification", encoded(second), event_id=str(second.id)),
    ]
    third, fourth = told.tell("3"), told.tell("4")
    said = [await anext(events) for _ in range(3)]
    assert said[1:] == [written("notification", encoded(each), event_id=str(each.id)) for each in (third, fourth)]
    assert told.events
    await events.aclose()
    assert not told.events


async def test_what_was_read_elsewhere_is_counted_even_when_the_number_stays() -> None:
    told = Told()
    first = told.tell("1")
    events = stream(told, MemoryClock(NOW))
    assert [await anext(events) for _ in range(2)][1] == b'event: unread\ndata: {"count":1}\n\n'
    told.read(first)
    assert await anext(events) == b'event: unread\ndata: {"count":0}\n\n'
    second = told.tell("2")
    assert await anext(events) == b'event: unread\ndata: {"count":1}\n\n'
    await anext(events)
    # A page that took one off by itself hears how many there are.
    told.read(second)
    third = told.tell("3")
    assert [await anext(events) for _ in range(2)] == [
        b'event: unread\ndata: {"count":1}\n\n',
        written("notification", encoded(third), event_id=str(third.id)),
    ]
    # A ring for nothing says nothing.
    told.ring()
    listening = asyncio.ensure_future(anext(events))
    await asyncio.wait({listening}, timeout=0.05)
    assert not listening.done()
    listening.cancel()


async def test_it_ends_with_the_token() -> None:
    told, clock = Told(), MemoryClock(NOW)
    events = stream(told, clock)
    for _ in range(2):
        await anext(events)
    clock.advance(timedelta(minutes=10))
    with pytest.raises(StopAsyncIteration):
        await anext(events)


async def test_it_ends_with_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice_stream, "CHECK_SECONDS", 0.01)
    events = stream(Told(), MemoryClock(NOW), _never)
    for _ in range(2):
        await anext(events)
    with pytest.raises(StopAsyncIteration):
        await anext(events)


async def test_what_it_hears_of_its_end_is_looked_up_at_once() -> None:
    told = Told()
    events = stream(told, MemoryClock(NOW), _remembered)
    for _ in range(2):
        await anext(events)
    told.in_doubt.set()
    with pytest.raises(StopAsyncIteration):
        await asyncio.wait_for(anext(events), 1)


async def test_what_the_feed_missed_is_looked_up_anyway(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice_stream, "CHECK_SECONDS", 0.01)
    monkeypatch.setattr(notice_stream, "LOOK_SECONDS", 0.03)
    events = stream(Told(), MemoryClock(NOW), _remembered)
    for _ in range(2):
        await anext(events)
    with pytest.raises(StopAsyncIteration):
        await asyncio.wait_for(anext(events), 1)


async def test_silence_is_broken_by_heartbeats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice_stream, "CHECK_SECONDS", 0.01)
    monkeypatch.setattr(notice_stream, "HEARTBEAT_SECONDS", 0.02)
    events = stream(Told(), MemoryClock(NOW))
    said = [await anext(events) for _ in range(4)]
    assert said[2:] == [event_stream.HEARTBEAT] * 2
    await events.aclose()


class Client:
    """The other side of a connection."""

    def __init__(self, *, takes: bool = True) -> None:
        self.got: list[bytes] = []
        self.gone = asyncio.Event()
        self._takes = takes

    async def receive(self) -> dict[str, object]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, object]) -> None:
        if message["type"] == "http.response.body":
            if message["body"] and not self._takes:
                await asyncio.Event().wait()
            self.got.append(message["body"])  # type: ignore[arg-type]  # bytes


async def _endless(over: asyncio.Event) -> AsyncGenerator[bytes, None]:
    while not over.is_set():
        yield b"x"
        await asyncio.sleep(0.001)


async def run(streams: OpenStreams, client: Client) -> None:
    scope = {"state": {"visit": SimpleNamespace(is_head=False)}}
    await OpenedStream(streams, ACTOR.user_id, _endless)(scope, client.receive, client.send)  # type: ignore[arg-type]  # as much of ASGI as is looked at


@pytest.mark.parametrize("how", ["gone", "stopped", "slow"])
async def test_what_ends_a_stream_frees_its_place(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "SEND_SECONDS", 0.01)
    streams, client = OpenStreams(per_person=1), Client(takes=how != "slow")
    running = asyncio.create_task(run(streams, client))
    while not client.got and how != "slow":
        await asyncio.sleep(0)
    if how != "slow":
        with pytest.raises(TooManyStreams):
            await run(streams, Client())
    if how == "gone":
        client.gone.set()
    if how == "stopped":
        streams.end()
    await asyncio.wait_for(running, 1)
    assert client.got[-1] == b""
    with streams.place(ACTOR.user_id):
        pass


def test_a_process_has_so_many_streams() -> None:
    streams = OpenStreams(per_person=5, in_all=2)
    with streams.place(uuid4()), streams.place(uuid4()), pytest.raises(TooManyStreams), streams.place(uuid4()):
        pass


def encoded(view: NotificationView) -> bytes:

    return msgspec.json.encode(view)

"""Routes about what people are told: the list of each person, live events, and the way out of mails."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from dishka import FromDishka
from litestar import Response, get, post
from litestar.params import FromPath, QueryParameter

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import SIGNED_IN, errors, rule_of
from entrypoints.http.etags import TaggedResponse
from entrypoints.http.event_stream import EVENTS, EventStream, OpenedStream, OpenStreams
from entrypoints.http.injected import inject
from entrypoints.http.notice_stream import NoticeStream
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageSize, page_request
from entrypoints.http.session import PUBLIC_FILE
from lms_app.notices.end_mails import EndMails
from lms_app.notices.show_notifications import ReadNotifications, ShowNotifications
from lms_app.notices.tell import UNSUBSCRIBE_PATH
from lms_app.notices.views import MarkedReadView, NotificationView, UnreadCountView
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostDirectory
from lms_app.ports.notice_feed import NoticeFeed
from lms_app.ports.session_directory import SessionDirectory
from lms_app.schools.admission import admit
from lms_domain.errors import LmsError, NotFound, NotSignedIn
from lms_domain.notices.notification import NotificationKind
from lms_domain.schools.host import parse_host

Cursor = Annotated[UUID | None, QueryParameter(description="Where the page before ended: take it from `next`.")]


@get(
    "/api/notifications",
    operation_id="listNotifications",
    summary="What I was told",
    description=f"{rule_of(ShowNotifications)} Pages go on by a cursor; there is no way back but the first page.",
    responses=errors(SIGNED_IN),
)
@inject
async def list_notifications(
    request: ApiRequest,
    show: FromDishka[ShowNotifications],
    cursor: Cursor = None,
    page_size: PageSize = DEFAULT_SIZE,
) -> Page[NotificationView]:
    size = page_request(request, 1, page_size).size
    listing = await show(request.actor, before=cursor, limit=size + 1)
    shown = listing.results[:size]
    has_more = len(listing.results) > size
    following = f"/api/notifications/?page_size={size}&cursor={shown[-1].id}" if has_more else None
    return Page(count=listing.count, next=following, previous=None, results=shown)


@get(
    "/api/notifications/unread-count",
    operation_id="countUnread",
    summary="How many I have not read",
    description="How many notifications are not read. Pages that poll send `If-None-Match`.",
    responses=errors(SIGNED_IN),
)
@inject
async def count_unread(request: ApiRequest, show: FromDishka[ShowNotifications]) -> TaggedResponse[UnreadCountView]:
    return TaggedResponse(await show.unread_count(request.actor))


@post(
    "/api/notifications/{notification_id:uuid}/read",
    status_code=200,
    operation_id="readNotification",
    summary="I read it",
    description=rule_of(ReadNotifications),
    responses=errors(SIGNED_IN, "impersonating"),
)
@inject
async def read_notification(
    request: ApiRequest, notification_id: FromPath[UUID], read: FromDishka[ReadNotifications]
) -> MarkedReadView:
    return await read.one(request.actor, notification_id)


@post(
    "/api/notifications/mark-all-read",
    status_code=200,
    operation_id="readAllNotifications",
    summary="I read all of them",
    description=rule_of(ReadNotifications),
    responses=errors(SIGNED_IN, "impersonating"),
)
@inject
async def read_all_notifications(request: ApiRequest, read: FromDishka[ReadNotifications]) -> MarkedReadView:
    return await read.all(request.actor)


@get(
    "/api/notifications/stream",
    operation_id="streamNotifications",
    summary="Hear of what I am told",
    description="Server-sent events: `unread` with the count, at first and whenever it changes, and `notification` for "
    "each that is new; after `Last-Event-ID` also for those since then. The stream ends with the access token, with "
    "the session, and when the server stops; connect again then. At most 6 for one person.",
    responses=errors(SIGNED_IN, "too_many_streams"),
    opt=EVENTS,
)
@inject
async def stream_notifications(
    request: ApiRequest,
    show: FromDishka[ShowNotifications],
    feed: FromDishka[NoticeFeed],
    sessions: FromDishka[SessionDirectory],
    hosts: FromDishka[HostDirectory],
    clock: FromDishka[Clock],
) -> Response[None]:
    actor, ends_at = request.actor, request.visit.access_ends_at
    if ends_at is None:
        raise NotSignedIn("Please sign in.")
    # Asked before the answer begins, so that operators get a problem and not an empty stream.
    await show.unread_count(actor)

    async def still_holds(*, anew: bool) -> bool:
        site = parse_host(request.headers["host"], platform_domain=request.options.platform_domain)
        if anew:
            # What this process remembers may be 5 seconds old, which is all the time there is.
            sessions.forget(actor.session_id)
            if site is not None:
                hosts.forget(site)
        try:
            session = await sessions.live(tenant_id=actor.tenant_id, session_id=actor.session_id)
            school = await hosts.school(site) if site is not None else None
            if session is None or school is None:
                return False
            admit(school)
        except LmsError:
            return False
        return session.user_id == actor.user_id

    stream = NoticeStream(
        actor,
        show,
        feed,
        clock,
        ends_at=ends_at,
        still_holds=still_holds,
        last_seen=_uuid(request.headers.get("last-event-id", "")),
    )
    streams: OpenStreams = request.app.state.streams
    return EventStream(OpenedStream(streams, actor.user_id, stream.events))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@get(f"{UNSUBSCRIBE_PATH}/{{token:str}}", include_in_schema=False, opt=PUBLIC_FILE, sync_to_thread=False)
@inject
def ask_to_end_mails(request: ApiRequest, token: FromPath[str], end: FromDishka[EndMails]) -> Response[str]:
    """Nothing ends by looking: programs that scan mail open every link in it."""
    kind = end.kind_of(_school(request), token)
    form = '<form method="post"><button>Stop these mails</button></form>'
    return _page(f"<h1>{_NAMES[kind]}</h1><p>Do you want no more mail like this?</p>{form}")


@post(f"{UNSUBSCRIBE_PATH}/{{token:str}}", include_in_schema=False, opt=PUBLIC_FILE, status_code=200)
@inject
async def end_mails(request: ApiRequest, token: FromPath[str], end: FromDishka[EndMails]) -> Response[str]:
    """One click (RFC 8058). The body says nothing that we need, so nobody reads it."""
    kind = await end(_school(request), token)
    return _page(
        f"<h1>{_NAMES[kind]}</h1><p>You will get no more mail like this. In the application you are still told, and "
        "in your preferences you can have the mails back.</p>"
    )


_NAMES: Mapping[NotificationKind | None, str] = {
    None: "News by mail",
    NotificationKind.REMINDER: "Reminders",
    NotificationKind.COURSE_ASSIGNED: "New courses",
    NotificationKind.ASSIGNMENT_DUE: "Assignments and deadlines",
    NotificationKind.ANNOUNCEMENT: "Announcements",
    NotificationKind.SYSTEM: "Work that waits for you",
}


def _school(request: ApiRequest) -> UUID:
    if request.visit.school is None:
        raise NotFound("There is nothing here.")
    return request.visit.school.tenant_id


def _page(body: str) -> Response[str]:
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Mails</title>{body}</html>"
    )
    policy = "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    return Response(page, media_type="text/html", headers={"Content-Security-Policy": policy})


HANDLERS = (list_notifications, count_unread, stream_notifications, read_notification, read_all_notifications)
PAGE_HANDLERS = (ask_to_end_mails, end_mails)

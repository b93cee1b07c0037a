"""Routes by which a school's administrators tell people something."""

from typing import TypeVar
from uuid import UUID

from dishka import FromDishka
from litestar import get, post
from litestar.params import FromPath, JSONBody
from msgspec import UnsetType

from entrypoints.http.api_request import ApiRequest
from entrypoints.http.declare import BODY, SIGNED_IN, errors, rule_of
from entrypoints.http.injected import inject
from entrypoints.http.json_response import JsonResponse
from entrypoints.http.pages import DEFAULT_SIZE, Page, PageNumber, PageSize, page_of, page_request
from entrypoints.http.requests.notices import AnnounceRequest, ReminderRequest
from lms_app.notices.announce import Announce, NewAnnouncement
from lms_app.notices.remind import Remind, RetryReminder, ShowReminders, WantedReminder
from lms_app.notices.views import (
    AnnouncementView,
    ReminderDeliveryView,
    ReminderPreviewView,
    ReminderView,
    RetriedView,
)

T = TypeVar("T")


@post(
    "/api/announcements",
    operation_id="announce",
    summary="Say something to many",
    description=rule_of(Announce),
    responses=errors(SIGNED_IN, BODY),
)
@inject
async def announce(request: ApiRequest, data: JSONBody[AnnounceRequest], say: FromDishka[Announce]) -> AnnouncementView:
    return await say(
        request.actor,
        NewAnnouncement(
            title=data.title,
            message=data.message,
            to_all=data.to_all,
            group_ids=data.group_ids,
            teacher_ids=data.teacher_ids,
        ),
    )


@post(
    "/api/reminders/preview",
    status_code=200,
    operation_id="previewReminder",
    summary="Who would be reminded, and how",
    description=f"{rule_of(Remind)} Nothing is sent by this.",
    responses=errors(SIGNED_IN, BODY),
)
@inject
async def preview_reminder(
    request: ApiRequest, data: JSONBody[ReminderRequest], remind: FromDishka[Remind]
) -> ReminderPreviewView:
    return await remind.preview(request.actor, _wanted(data))


@post(
    "/api/reminders",
    operation_id="sendReminder",
    summary="Remind people",
    description=rule_of(Remind),
    responses=errors(SIGNED_IN, BODY, "reminder_just_sent"),
)
@inject
async def send_reminder(
    request: ApiRequest, data: JSONBody[ReminderRequest], remind: FromDishka[Remind]
) -> JsonResponse[ReminderView]:
    reminder = await remind(request.actor, _wanted(data))
    return JsonResponse(reminder, headers={"Location": f"/api/reminders/{reminder.id}/"})


@get(
    "/api/reminders",
    operation_id="listReminders",
    summary="Reminders that were sent",
    description="Reminders, the newest first, each with what became of its mails.",
    responses=errors(SIGNED_IN),
)
@inject
async def list_reminders(
    request: ApiRequest,
    show: FromDishka[ShowReminders],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
) -> Page[ReminderView]:
    wanted = page_request(request, page, page_size)
    return page_of(request, await show(request.actor, wanted), wanted)


@get(
    "/api/reminders/{reminder_id:uuid}",
    operation_id="listReminderDeliveries",
    summary="What became of a reminder",
    description=f"{rule_of(ShowReminders)} Those that failed come first.",
    responses=errors(SIGNED_IN),
)
@inject
async def list_deliveries(
    request: ApiRequest,
    reminder_id: FromPath[UUID],
    show: FromDishka[ShowReminders],
    page: PageNumber = 1,
    page_size: PageSize = DEFAULT_SIZE,
) -> Page[ReminderDeliveryView]:
    wanted = page_request(request, page, page_size)
    return page_of(request, await show.deliveries(request.actor, reminder_id, wanted), wanted)


@post(
    "/api/reminders/{reminder_id:uuid}/deliveries/retry",
    status_code=200,
    operation_id="retryReminder",
    summary="Send failed mails again",
    description=rule_of(RetryReminder),
    responses=errors(SIGNED_IN),
)
@inject
async def retry_reminder(
    request: ApiRequest, reminder_id: FromPath[UUID], retry: FromDishka[RetryReminder]
) -> RetriedView:
    return await retry(request.actor, reminder_id)


HANDLERS = (announce, preview_reminder, send_reminder, list_reminders, list_deliveries, retry_reminder)


def _wanted(data: ReminderRequest) -> WantedReminder:
    return WantedReminder(
        kind=data.kind,
        course_id=_given(data.course_id),
        assignment_id=_given(data.assignment_id),
        teacher_ids=_given(data.teacher_ids),
        subject=_given(data.subject),
        message=_given(data.message),
    )


def _given(value: T | UnsetType | None) -> T | None:
    return None if isinstance(value, UnsetType) else value

"""What people are told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from lms_domain.errors import InvalidInput
from lms_domain.notices.notification import Notification, NotificationKind, new_notification

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def told(**changes: object) -> Notification:
    values: dict[str, object] = {
        "notification_id": UUID(int=1),
        "tenant_id": UUID(int=2),
        "user_id": UUID(int=3),
        "kind": NotificationKind.COURSE_ASSIGNED,
        "title": " A new  course ",
        "message": "Formative\r\nassessment",
        "link": "/courses/1",
        "event_key": "course:1:assigned",
        "now": NOW,
    }
    return new_notification(**{**values, **changes})  # type: ignore[arg-type]  # keyword arguments of one test


def test_it_is_read_once() -> None:
    notification = told()
    assert (notification.title, notification.message) == ("A new course", "Formative\nassessment")
    read = notification.read(now=NOW)
    assert read == replace(notification, read_at=NOW)
    assert read.read(now=NOW + timedelta(days=1)) == read


@pytest.mark.parametrize("link", ["", "/", "/courses/1?tab=2#top"])
def test_links_within_the_site(link: str) -> None:
    assert told(link=link).link == link


@pytest.mark.parametrize(
    "changes",
    [
        {"link": "courses"},
        {"link": "https://evil.test"},
        {"link": "//evil.test"},
        {"link": "/\\evil.test"},
        {"link": "javascript:x"},
        {"link": "/a\nb"},
        {"event_key": ""},
        {"event_key": "x" * 201},
        {"title": " "},
        {"title": "x" * 201},
        {"message": "x" * 2001},
    ],
)
def test_what_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        told(**changes)

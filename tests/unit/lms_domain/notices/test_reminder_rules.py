"""Reminders: each kind is about its own thing."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from lms_domain.errors import InvalidInput
from lms_domain.notices.reminder import ReminderCampaign, ReminderKind, new_reminder

COURSE, ASSIGNMENT = UUID(int=5), UUID(int=6)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def reminder(
    kind: ReminderKind,
    course_id: UUID | None,
    assignment_id: UUID | None,
    *,
    subject: str = "Please  finish",
    message: str = "Soon.",
) -> ReminderCampaign:
    return new_reminder(
        reminder_id=UUID(int=1),
        tenant_id=UUID(int=2),
        kind=kind,
        course_id=course_id,
        assignment_id=assignment_id,
        subject=subject,
        message=message,
        created_by=UUID(int=3),
        now=NOW,
    )


@pytest.mark.parametrize(
    ("kind", "course_id", "assignment_id", "wrong"),
    [
        (ReminderKind.COURSE_DEADLINE, COURSE, None, None),
        (ReminderKind.COURSE_DEADLINE, None, None, "course_id"),
        (ReminderKind.COURSE_DEADLINE, None, ASSIGNMENT, "course_id"),
        (ReminderKind.COURSE_DEADLINE, COURSE, ASSIGNMENT, "assignment_id"),
        (ReminderKind.ASSIGNMENT_DUE, None, ASSIGNMENT, None),
        (ReminderKind.ASSIGNMENT_DUE, COURSE, None, "assignment_id"),
        (ReminderKind.ASSIGNMENT_DUE, COURSE, ASSIGNMENT, "course_id"),
        (ReminderKind.CUSTOM, None, None, None),
        (ReminderKind.CUSTOM, COURSE, None, None),
        (ReminderKind.CUSTOM, None, ASSIGNMENT, None),
        (ReminderKind.CUSTOM, COURSE, ASSIGNMENT, "course_id"),
    ],
)
def test_what_a_reminder_is_about(
    kind: ReminderKind, course_id: UUID | None, assignment_id: UUID | None, wrong: str | None
) -> None:
    if wrong is None:
        assert reminder(kind, course_id, assignment_id).subject == "Please finish"
        return
    with pytest.raises(InvalidInput) as refused:
        reminder(kind, course_id, assignment_id)
    assert refused.value.errors[0].field == wrong


def test_only_a_custom_one_needs_words_of_its_own() -> None:
    assert reminder(ReminderKind.COURSE_DEADLINE, COURSE, None, message=" ").message == ""
    for texts, field in [
        ({"message": " "}, "message"),
        ({"message": "x" * 5001}, "message"),
        ({"subject": ""}, "subject"),
    ]:
        with pytest.raises(InvalidInput) as refused:
            reminder(ReminderKind.CUSTOM, None, None, **texts)
        assert refused.value.errors[0].field == field

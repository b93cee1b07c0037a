"""Notices and the audit trail as they might be, for contract suites."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from lms_app.scope import TenantScope
from lms_domain.audit.entry import AuditEntry
from lms_domain.courses.course import Course
from lms_domain.notices.mail_delivery import MailDelivery, MailKind, queue_mail
from lms_domain.notices.notification import Notification, NotificationKind
from lms_domain.notices.reminder import ReminderCampaign, ReminderKind
from tests.contracts.samples import NOW, next_id


def a_notification(scope: TenantScope, user_id: UUID, **changes: object) -> Notification:
    """Something that a person was not told before."""
    key = next_id()
    notification = Notification(
        id=key,
        tenant_id=scope.tenant_id,
        user_id=user_id,
        kind=NotificationKind.COURSE_ASSIGNED,
        title="A new course",
        message="Two\nlines",
        link="/courses/1",
        event_key=f"course:{key}:assigned",
        created_at=NOW,
        read_at=None,
    )
    return replace(notification, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def a_campaign(course: Course, user_id: UUID, **changes: object) -> ReminderCampaign:
    """A reminder of that course's deadline."""
    campaign = ReminderCampaign(
        id=next_id(),
        tenant_id=course.tenant_id,
        kind=ReminderKind.COURSE_DEADLINE,
        course_id=course.id,
        assignment_id=None,
        subject="Not much time left",
        message="Please\nfinish.",
        created_by=user_id,
        created_at=NOW,
    )
    return replace(campaign, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def a_mail(scope: TenantScope | None, **changes: object) -> MailDelivery:
    """A mail that is due now; without a school one of the platform."""
    key = next_id()
    mail = queue_mail(
        delivery_id=key,
        tenant_id=scope.tenant_id if scope is not None else None,
        to="ada@school.test",
        kind=MailKind.SECURITY,
        subject="Something “happened”",
        html="<p>It did.</p>",
        text="It did.",
        dedupe_key=f"occasion:{key}",
        now=NOW,
    )
    return replace(mail, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def an_entry(scope: TenantScope | None, **changes: object) -> AuditEntry:
    """Somebody did something, a minute after ``NOW``; without a school on the platform."""
    entry = AuditEntry(
        id=next_id(),
        tenant_id=scope.tenant_id if scope is not None else None,
        at=NOW + timedelta(minutes=1),
        actor_id=uuid4(),
        actor_email="ada@school.test",
        impersonated_by=None,
        action="course.published",
        object_type="course",
        object_id=uuid4(),
        object_name="Formative assessment",
        address="2001:db8::1",
        request_id="r-1",
        before={"is_published": False, "tags": ["a", 1, None]},
        after={"is_published": True},
    )
    return replace(entry, **changes)  # type: ignore[arg-type]  # keyword arguments of one test

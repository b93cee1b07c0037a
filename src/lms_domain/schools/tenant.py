"""A school: one tenant of the installation."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lms_domain.errors import InvalidInput
from lms_domain.schools.branding import Branding
from lms_domain.schools.subdomain import check_subdomain
from lms_domain.text import clean_line

DEFAULT_TRIAL_DAYS = 14
MAX_TRIAL_DAYS = 365
GIB = 1024**3


class Plan(StrEnum):
    """What a school has bought: a preset of limits that the operator may change per school."""

    FREE = "FREE"
    STARTER = "STARTER"
    PRO = "PRO"
    ENTERPRISE = "ENTERPRISE"


class TenantStatus(StrEnum):
    """Derived, never stored: see ``Tenant.status``."""

    TRIAL = "TRIAL"
    ACTIVE = "ACTIVE"
    EXPIRED = "EXPIRED"
    SUSPENDED = "SUSPENDED"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of everything a school may have. ``storage_bytes`` counts every byte kept for it."""

    teachers: int
    courses: int
    storage_bytes: int
    video_seconds: int
    """Longest video, in seconds."""

    def __post_init__(self) -> None:
        if min(self.teachers, self.courses, self.storage_bytes, self.video_seconds) < 0:
            raise InvalidInput("Limits cannot be negative.")


PLAN_LIMITS: dict[Plan, Limits] = {
    Plan.FREE: Limits(teachers=10, courses=5, storage_bytes=5 * GIB, video_seconds=3600),
    Plan.STARTER: Limits(teachers=50, courses=50, storage_bytes=50 * GIB, video_seconds=3600),
    Plan.PRO: Limits(teachers=250, courses=250, storage_bytes=500 * GIB, video_seconds=2 * 3600),
    Plan.ENTERPRISE: Limits(teachers=5000, courses=5000, storage_bytes=5000 * GIB, video_seconds=4 * 3600),
}


@dataclass(frozen=True, slots=True)
class Tenant:
    """A school. ``trial_ends_on`` is a date in the school's own time zone; the trial holds until 24:00 of it."""

    id: UUID
    name: str
    subdomain: str
    contact_email: str
    time_zone: str
    locale: str
    branding: Branding
    plan: Plan
    limits: Limits
    is_converted: bool
    """True once the trial became a paid plan."""
    is_suspended: bool
    trial_ends_on: date
    created_at: datetime

    def __post_init__(self) -> None:
        check_subdomain(self.subdomain)
        check_time_zone(self.time_zone)
        if clean_line(self.name, field="school_name", max_length=200) != self.name:
            raise InvalidInput.for_field("school_name", "invalid", "The school's name has odd white space.")

    def status(self, now: datetime) -> TenantStatus:
        """See ``status_of``."""
        return status_of(
            is_suspended=self.is_suspended,
            is_converted=self.is_converted,
            trial_ends_on=self.trial_ends_on,
            time_zone=self.time_zone,
            now=now,
        )

    def suspended(self) -> "Tenant":
        """The same school, shut by the operator; its data stays."""
        return replace(self, is_suspended=True)


def status_of(
    *, is_suspended: bool, is_converted: bool, trial_ends_on: date, time_zone: str, now: datetime
) -> TenantStatus:
    """Suspended by the operator, else active once converted, else on trial until the trial's last day is over."""
    if is_suspended:
        return TenantStatus.SUSPENDED
    if is_converted:
        return TenantStatus.ACTIVE
    today = now.astimezone(ZoneInfo(time_zone)).date()
    return TenantStatus.TRIAL if today <= trial_ends_on else TenantStatus.EXPIRED


def open_school(
    *,
    tenant_id: UUID,
    name: str,
    subdomain: str,
    contact_email: str,
    plan: Plan,
    trial_days: int,
    time_zone: str,
    now: datetime,
) -> Tenant:
    """A new school on trial. Every school starts with a trial's end, so that none runs on unnoticed.

    Raises:
        InvalidInput: a name, subdomain, time zone or trial that the rules refuse.
    """
    if not 1 <= trial_days <= MAX_TRIAL_DAYS:
        raise InvalidInput.for_field("trial_days", "out_of_range", f"A trial lasts 1 to {MAX_TRIAL_DAYS} days.")
    check_time_zone(time_zone)
    today = now.astimezone(ZoneInfo(time_zone)).date()
    return Tenant(
        id=tenant_id,
        name=clean_line(name, field="school_name", max_length=200),
        subdomain=subdomain,
        contact_email=contact_email,
        time_zone=time_zone,
        locale="en",
        branding=Branding(),
        plan=plan,
        limits=PLAN_LIMITS[plan],
        is_converted=False,
        is_suspended=False,
        trial_ends_on=today + timedelta(days=trial_days),
        created_at=now,
    )


def check_time_zone(name: str) -> None:
    """Raises InvalidInput unless ``name`` is an IANA time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput.for_field("time_zone", "invalid", f"There is no time zone “{name}”.") from error

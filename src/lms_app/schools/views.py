"""Schools as clients see them."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from lms_domain.schools.tenant import Plan, TenantStatus


class ThemeView(msgspec.Struct, frozen=True, kw_only=True):
    """What anybody may know of a school: its name and looks."""

    name: str
    subdomain: str
    logo_url: str | None
    primary_color: str
    secondary_color: str
    font_family: str


class LimitsView(msgspec.Struct, frozen=True, kw_only=True):
    """How much of everything a school may have."""

    teachers: int
    courses: int
    storage_bytes: int
    video_seconds: int


class UsageView(msgspec.Struct, frozen=True, kw_only=True):
    """How much of everything a school has."""

    teachers: int
    courses: int
    storage_bytes: int


class TenantView(msgspec.Struct, frozen=True, kw_only=True):
    """A school as the operator sees it."""

    id: UUID
    name: str
    subdomain: str
    status: TenantStatus
    is_active: bool
    is_trial: bool
    trial_ends_on: date
    plan: Plan
    limits: LimitsView
    features: dict[str, bool]
    usage: UsageView
    admin_email: str
    teacher_count: int
    course_count: int
    created_at: datetime

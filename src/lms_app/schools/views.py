"""Schools as clients see them."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from lms_domain.schools.custom_domain import DomainStatus
from lms_domain.schools.policies import QuizPolicy
from lms_domain.schools.tenant import Plan, TenantStatus


class ThemeView(msgspec.Struct, frozen=True, kw_only=True):
    """What anybody may know of a school: its name and looks."""

    name: str
    subdomain: str
    logo_url: str | None
    primary_color: str
    secondary_color: str
    font_family: str


class SchoolSettingsView(msgspec.Struct, frozen=True, kw_only=True):
    """A school as its own administrators see it. ``fonts`` are those to choose from; ``features`` says what the plan
    allows."""

    name: str
    subdomain: str
    contact_email: str
    time_zone: str
    locale: str
    logo_url: str | None
    primary_color: str
    secondary_color: str
    font_family: str
    quiz_policy: QuizPolicy
    remote_quiz_consent: bool
    fonts: list[str]
    features: dict[str, bool]


class DomainView(msgspec.Struct, frozen=True, kw_only=True):
    """A school's own host name. It is proven by a TXT record ``txt_name`` with the value ``txt_value``. When that is
    gone ``missing_since`` says since when: a week later the name is PENDING again."""

    id: UUID
    hostname: str
    status: DomainStatus
    url: str
    txt_name: str
    txt_value: str
    created_at: datetime
    verified_at: datetime | None
    missing_since: datetime | None


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
    """A school as the operator sees it. ``features`` says of every feature whether the school has it."""

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
    notes: str
    """The operator's own."""
    suspension_reason: str
    """Why it was suspended, as far as somebody said so; empty while it is not."""
    created_at: datetime

"""What the Command Center says about the installation as a whole, and about what one school uses."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from lms_app.schools.views import LimitsView, UsageView
from lms_domain.schools.tenant import Plan

LimitedResource = Literal["teachers", "courses", "storage_bytes"]
"""What is counted against a limit of a plan."""


class RecentOnboardView(msgspec.Struct, frozen=True, kw_only=True):
    """A school that was opened lately."""

    id: UUID
    name: str
    subdomain: str
    plan: Plan
    is_active: bool
    is_trial: bool
    created_at: datetime


class SchoolNearLimitView(msgspec.Struct, frozen=True, kw_only=True):
    """A school that uses at least 80 % of a limit. ``percentage`` is rounded down, and may be more than 100 after a
    limit was lowered."""

    id: UUID
    name: str
    subdomain: str
    resource: LimitedResource
    used: int
    maximum: int
    percentage: int


class ActivityView(msgspec.Struct, frozen=True, kw_only=True):
    """What happened on one day (UTC) at all schools together. ``active_users`` are people who signed in."""

    date: date
    new_schools: int
    new_users: int
    sign_ins: int
    active_users: int
    videos: int


class PipelineCountsView(msgspec.Struct, frozen=True, kw_only=True):
    """Steps of videos of all schools, by where they stand."""

    queued: int
    running: int
    failed: int


class PlanView(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan brings. ``features`` says of every feature whether the plan has it."""

    plan: Plan
    limits: LimitsView
    features: dict[str, bool]


class PlansView(msgspec.Struct, frozen=True, kw_only=True):
    """Every plan, the smallest first."""

    plans: list[PlanView]


class StatsView(msgspec.Struct, frozen=True, kw_only=True):
    """The installation at a glance. ``active_tenants`` are those that are open, on trial or paying; the others are
    suspended or their trial is over. ``storage_bytes`` and ``video_seconds`` are what all schools keep together.
    ``activity`` has one entry for each of the last 30 days, the oldest first."""

    total_tenants: int
    active_tenants: int
    trial_tenants: int
    suspended_tenants: int
    total_users: int
    total_teachers: int
    storage_bytes: int
    video_seconds: int
    plan_distribution: dict[Plan, int]
    recent_onboards: list[RecentOnboardView]
    schools_near_limits: list[SchoolNearLimitView]
    activity: list[ActivityView]
    pipeline: PipelineCountsView


class SchoolAdministratorView(msgspec.Struct, frozen=True, kw_only=True):
    """Whom operators can write to at a school. ``has_joined``: whether they have chosen a password of their own;
    ``invited_at``: when the invitation was sent that is still good, if there is one."""

    id: UUID
    email: str
    first_name: str
    last_name: str
    is_active: bool
    has_joined: bool
    invited_at: datetime | None
    last_sign_in_at: datetime | None


class SchoolAdministratorsView(msgspec.Struct, frozen=True, kw_only=True):
    """The administrators of one school, by name."""

    administrators: list[SchoolAdministratorView]


class SchoolUsageView(msgspec.Struct, frozen=True, kw_only=True):
    """What one school has, and what it may have. ``active_user_count`` are people who signed in during the last 30
    days, ``video_seconds`` all its videos together."""

    tenant_id: UUID
    limits: LimitsView
    usage: UsageView
    user_count: int
    admin_count: int
    active_user_count: int
    group_count: int
    video_count: int
    video_seconds: int
    last_sign_in_at: datetime | None

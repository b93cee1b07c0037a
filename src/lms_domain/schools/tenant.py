"""A school: one tenant of the installation."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lms_domain.accounts.email import clean_email
from lms_domain.errors import Conflict, InvalidInput
from lms_domain.schools.branding import Branding
from lms_domain.schools.features import Feature
from lms_domain.schools.policies import DEFAULT_POLICIES, SchoolPolicies
from lms_domain.schools.subdomain import check_subdomain
from lms_domain.text import clean_line, clean_text

DEFAULT_TRIAL_DAYS = 14
MAX_TRIAL_DAYS = 365
MAX_NAME = 200
MAX_NOTES = 10_000
MAX_SUSPENSION_REASON = 500
GIB = 1024**3
_LOCALE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?", re.ASCII)
"""Language, script and country of a language tag (RFC 5646)."""


class Plan(StrEnum):
    """What a school has bought: a preset of limits and features; the operator may change each per school."""

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

PLAN_FEATURES: dict[Plan, frozenset[Feature]] = {
    Plan.FREE: frozenset({Feature.QUIZ_GENERATION}),
    Plan.STARTER: frozenset({Feature.QUIZ_GENERATION, Feature.REPORTS_PDF}),
    Plan.PRO: frozenset({Feature.QUIZ_GENERATION, Feature.REPORTS_PDF, Feature.CUSTOM_DOMAIN}),
    Plan.ENTERPRISE: frozenset(Feature),
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
    features: frozenset[Feature] = frozenset()
    notes: str = ""
    """The operator's own; the school never sees them."""
    policies: SchoolPolicies = DEFAULT_POLICIES
    suspension_reason: str = ""
    """Why the operator suspended it; the school reads it in its audit trail. Empty while it is open."""

    def __post_init__(self) -> None:
        check_subdomain(self.subdomain)
        check_time_zone(self.time_zone)
        if clean_line(self.name, field="school_name", max_length=MAX_NAME) != self.name:
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

    def suspended(self, reason: str = "") -> "Tenant":
        """The same school, shut by the operator; its data stays.

        Raises:
            InvalidInput: the reason is too long, or has characters that cannot be shown.
        """
        said = clean_text(reason, field="suspension_reason", max_length=MAX_SUSPENSION_REASON)
        return replace(self, is_suspended=True, suspension_reason=said)

    def reactivated(self) -> "Tenant":
        """The same school, open again as far as its trial or plan goes."""
        return replace(self, is_suspended=False, suspension_reason="")

    def converted(self) -> "Tenant":
        """The same school, with a plan that it pays for: no trial's end counts any more."""
        return replace(self, is_converted=True)

    def with_trial_end(self, last_day: date, *, now: datetime) -> "Tenant":
        """The same school, on trial until 24:00 of ``last_day`` at the school; a day gone by ends the trial.

        Raises:
            Conflict: ``not_on_trial``: the school has a plan that it pays for.
            InvalidInput: before the school was opened, or more than ``MAX_TRIAL_DAYS`` ahead.
        """
        if self.is_converted:
            raise Conflict("This school is no longer on trial.", code="not_on_trial")
        latest = self.today(now) + timedelta(days=MAX_TRIAL_DAYS)
        if not self.today(self.created_at) <= last_day <= latest:
            raise InvalidInput.for_field(
                "trial_ends_on",
                "out_of_range",
                f"A trial ends after the school was opened and at most {MAX_TRIAL_DAYS} days from today.",
            )
        return replace(self, trial_ends_on=last_day)

    def with_plan(self, plan: Plan) -> "Tenant":
        """The same school on ``plan``, with exactly that plan's limits and features: earlier exceptions are gone."""
        return replace(self, plan=plan, limits=PLAN_LIMITS[plan], features=PLAN_FEATURES[plan])

    def with_limits(self, limits: Limits) -> "Tenant":
        """The same school with limits of its own. What it has beyond them stays; it gets no more."""
        return replace(self, limits=limits)

    def with_features(self, features: frozenset[Feature]) -> "Tenant":
        """The same school with features of its own."""
        return replace(self, features=features)

    def with_notes(self, notes: str) -> "Tenant":
        """The same school with the operator's notes, or InvalidInput."""
        return replace(self, notes=clean_text(notes, field="notes", max_length=MAX_NOTES))

    def with_settings(
        self,
        *,
        name: str,
        contact_email: str,
        time_zone: str,
        locale: str,
        branding: Branding,
        policies: SchoolPolicies,
    ) -> "Tenant":
        """The same school as its own administrators want it.

        Raises:
            InvalidInput: a name, address, time zone or locale that the rules refuse.
        """
        if not _LOCALE.fullmatch(locale):
            raise InvalidInput.for_field("locale", "invalid", "A locale is written like en or pt-BR.")
        return replace(
            self,
            name=clean_line(name, field="school_name", max_length=MAX_NAME),
            contact_email=clean_email(contact_email, field="contact_email"),
            time_zone=time_zone,
            locale=locale,
            branding=branding,
            policies=policies,
        )

    def today(self, now: datetime) -> date:
        """The date at the school."""
        return now.astimezone(ZoneInfo(self.time_zone)).date()

    def generates_quizzes_remotely(self) -> bool:
        """Whether a transcript may leave this installation: the plan allows it and the school agreed."""
        return Feature.REMOTE_QUIZ_GENERATION in self.features and self.policies.remote_quiz_consent


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
        name=clean_line(name, field="school_name", max_length=MAX_NAME),
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
        features=PLAN_FEATURES[plan],
    )


def check_time_zone(name: str) -> None:
    """Raises InvalidInput unless ``name`` is an IANA time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput.for_field("time_zone", "invalid", f"There is no time zone “{name}”.") from error

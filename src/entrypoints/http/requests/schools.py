"""What the operator sends about schools."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from entrypoints.http.requests.values import NO_CONTROL, Email, Label, Line, Password, Request, Text, Token, ZoneName
from lms_domain.schools.features import Feature
from lms_domain.schools.tenant import DEFAULT_TRIAL_DAYS, MAX_TRIAL_DAYS, Plan
from lms_domain.video.steps import StepName


class OnboardSchoolRequest(Request, frozen=True, kw_only=True):
    """A new school and its first administrator. Without a ``subdomain`` one is made from the name; without a password
    the administrator is invited to choose one."""

    school_name: Line
    admin_email: Email
    admin_first_name: Line
    admin_last_name: Line
    admin_password: Password | None = None
    subdomain: Label | None = None
    plan: Plan = Plan.FREE
    trial_days: Annotated[int, Meta(ge=1, le=MAX_TRIAL_DAYS)] = DEFAULT_TRIAL_DAYS
    time_zone: ZoneName = "UTC"


Count = Annotated[int, Meta(ge=0, le=1_000_000)]


class LimitsRequest(Request, frozen=True, kw_only=True):
    """Limits that change; what is absent stays."""

    teachers: Count | UnsetType = UNSET
    courses: Count | UnsetType = UNSET
    storage_bytes: Annotated[int, Meta(ge=0, le=1 << 50)] | UnsetType = UNSET
    video_seconds: Annotated[int, Meta(ge=0, le=86_400)] | UnsetType = UNSET


class FeaturesRequest(Request, frozen=True, kw_only=True, rename=str.upper):
    """Features that are given (true) or taken (false); what is absent stays."""

    custom_domain: bool | UnsetType = UNSET
    reports_pdf: bool | UnsetType = UNSET
    quiz_generation: bool | UnsetType = UNSET
    remote_quiz_generation: bool | UnsetType = UNSET

    def changes(self) -> dict[Feature, bool]:
        """By feature."""
        given = {
            Feature.CUSTOM_DOMAIN: self.custom_domain,
            Feature.REPORTS_PDF: self.reports_pdf,
            Feature.QUIZ_GENERATION: self.quiz_generation,
            Feature.REMOTE_QUIZ_GENERATION: self.remote_quiz_generation,
        }
        return {feature: is_there for feature, is_there in given.items() if is_there is not UNSET}


class EditSchoolRequest(Request, frozen=True, kw_only=True):
    """What changes; what is absent stays. ``is_active`` false suspends the school, for ``suspension_reason``, which
    the school reads in its audit trail; ``is_trial`` false makes the trial a
    paid plan."""

    is_active: bool | UnsetType = UNSET
    suspension_reason: Text | UnsetType = UNSET
    is_trial: bool | UnsetType = UNSET
    trial_ends_on: date | UnsetType = UNSET
    extend_trial_days: Annotated[int, Meta(ge=1, le=MAX_TRIAL_DAYS)] | UnsetType = UNSET
    plan: Plan | UnsetType = UNSET
    limits: LimitsRequest | UnsetType = UNSET
    features: FeaturesRequest | UnsetType = UNSET
    notes: Text | UnsetType = UNSET


class ImpersonateRequest(Request, frozen=True, kw_only=True):
    """Why; the school will read it."""

    reason: Annotated[str, Meta(max_length=500, pattern=NO_CONTROL, examples=["The admin cannot find a course"])]


class EraseSchoolRequest(Request, frozen=True, kw_only=True):
    """The code that the first step gave, and the school's name as it is written."""

    code: Token
    phrase: Line


class RetryStepRequest(Request, frozen=True, kw_only=True):
    """Which step of which video. With ``only`` nothing that follows from it is done again."""

    tenant_id: UUID
    content_id: UUID
    step: StepName
    only: bool = False

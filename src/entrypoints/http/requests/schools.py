"""What the operator sends about schools."""

from typing import Annotated

from msgspec import Meta

from entrypoints.http.requests.values import Email, Label, Line, Password, Request, ZoneName
from lms_domain.schools.tenant import DEFAULT_TRIAL_DAYS, MAX_TRIAL_DAYS, Plan


class OnboardSchoolRequest(Request, frozen=True, kw_only=True):
    """A new school and its first administrator. Without a ``subdomain`` one is made from the name."""

    school_name: Line
    admin_email: Email
    admin_first_name: Line
    admin_last_name: Line
    admin_password: Password | None = None
    subdomain: Label | None = None
    plan: Plan = Plan.FREE
    trial_days: Annotated[int, Meta(ge=1, le=MAX_TRIAL_DAYS)] = DEFAULT_TRIAL_DAYS
    time_zone: ZoneName = "UTC"

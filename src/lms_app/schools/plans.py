"""What can be bought."""

import msgspec

from lms_app.schools.command_center_views import PlansView, PlanView
from lms_app.schools.views import LimitsView
from lms_domain.schools.features import Feature
from lms_domain.schools.tenant import PLAN_FEATURES, PLAN_LIMITS, Plan


def all_plans() -> PlansView:
    """The limits and features that each plan brings; the operator may change them for each school."""
    return PlansView(
        plans=[
            PlanView(
                plan=plan,
                limits=msgspec.convert(PLAN_LIMITS[plan], LimitsView, from_attributes=True),
                features={feature.value: feature in PLAN_FEATURES[plan] for feature in Feature},
            )
            for plan in Plan
        ]
    )

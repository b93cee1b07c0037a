"""What may be changed about a school: by an operator, and by its own administrators."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from lms_domain.errors import Conflict, InvalidInput
from lms_domain.schools.branding import Branding
from lms_domain.schools.features import Feature
from lms_domain.schools.policies import QuizPolicy, SchoolPolicies
from lms_domain.schools.tenant import (
    MAX_NOTES,
    MAX_TRIAL_DAYS,
    PLAN_FEATURES,
    PLAN_LIMITS,
    Plan,
    Tenant,
    TenantStatus,
    open_school,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
SCHOOL = open_school(
    tenant_id=UUID(int=1),
    name="Green Valley",
    subdomain="green-valley",
    contact_email="head@green.test",
    plan=Plan.FREE,
    trial_days=14,
    time_zone="UTC",
    now=NOW,
)


def test_suspending_is_undone_by_reactivating() -> None:
    shut = SCHOOL.suspended()
    assert shut.status(NOW) is TenantStatus.SUSPENDED
    assert shut.reactivated() == SCHOOL
    later = NOW + timedelta(days=30)
    assert shut.reactivated().status(later) is TenantStatus.EXPIRED
    assert shut.converted().reactivated().status(later) is TenantStatus.ACTIVE


def test_a_trial_is_extended_or_ended_today() -> None:
    in_a_month = NOW + timedelta(days=30)
    assert SCHOOL.status(in_a_month) is TenantStatus.EXPIRED
    assert SCHOOL.with_trial_end(date(2026, 4, 1), now=in_a_month).status(in_a_month) is TenantStatus.TRIAL
    ended = SCHOOL.with_trial_end(TODAY, now=NOW + timedelta(days=5))
    assert ended.status(NOW + timedelta(days=5)) is TenantStatus.EXPIRED


@pytest.mark.parametrize("last_day", [TODAY - timedelta(days=1), TODAY + timedelta(days=MAX_TRIAL_DAYS + 1)])
def test_a_trial_ends_neither_before_it_began_nor_in_the_far_future(last_day: date) -> None:
    with pytest.raises(InvalidInput) as refused:
        SCHOOL.with_trial_end(last_day, now=NOW)
    assert refused.value.errors[0].field == "trial_ends_on"


def test_a_paid_school_has_no_trial_to_extend() -> None:
    with pytest.raises(Conflict) as refused:
        SCHOOL.converted().with_trial_end(date(2026, 4, 1), now=NOW)
    assert refused.value.code == "not_on_trial"


@pytest.mark.parametrize("plan", Plan)
def test_a_plan_brings_its_limits_and_features_and_ends_exceptions(plan: Plan) -> None:
    exceptional = SCHOOL.with_limits(replace(SCHOOL.limits, teachers=11)).with_features(frozenset(Feature))
    assert (exceptional.plan, exceptional.limits.teachers) == (Plan.FREE, 11)
    changed = exceptional.with_plan(plan)
    assert (changed.plan, changed.limits, changed.features) == (plan, PLAN_LIMITS[plan], PLAN_FEATURES[plan])


def test_a_bigger_plan_never_has_less() -> None:
    for smaller, bigger in pairwise(Plan):
        assert PLAN_FEATURES[smaller] <= PLAN_FEATURES[bigger]
    assert SCHOOL.features == PLAN_FEATURES[Plan.FREE]


def test_transcripts_leave_the_installation_only_when_plan_and_school_agree() -> None:
    allowed = SCHOOL.with_features(frozenset({Feature.REMOTE_QUIZ_GENERATION}))
    consent = SchoolPolicies(quiz=QuizPolicy.REVIEW_FIRST, remote_quiz_consent=True)
    assert not allowed.generates_quizzes_remotely()
    assert not replace(SCHOOL, policies=consent).generates_quizzes_remotely()
    assert replace(allowed, policies=consent).generates_quizzes_remotely()


def test_notes_are_texts() -> None:
    assert SCHOOL.with_notes(" Called.\r\nWants PRO. ").notes == "Called.\nWants PRO."
    with pytest.raises(InvalidInput):
        SCHOOL.with_notes("x" * (MAX_NOTES + 1))


def with_settings(**changes: object) -> Tenant:
    values: dict[str, object] = {
        "name": "  Blue  Lake ",
        "contact_email": " office@blue.test",
        "time_zone": "Europe/Berlin",
        "locale": "pt-BR",
        "branding": Branding(primary_color="#000000"),
        "policies": SchoolPolicies(quiz=QuizPolicy.OFF),
    }
    return SCHOOL.with_settings(**{**values, **changes})  # type: ignore[arg-type]  # keyword arguments of one test


def test_administrators_change_how_their_school_looks_and_not_what_it_has() -> None:
    changed = with_settings()
    assert changed == replace(
        SCHOOL,
        name="Blue Lake",
        contact_email="office@blue.test",
        time_zone="Europe/Berlin",
        locale="pt-BR",
        branding=Branding(primary_color="#000000"),
        policies=SchoolPolicies(quiz=QuizPolicy.OFF),
    )


@pytest.mark.parametrize("locale", ["en", "fil", "zh-Hant", "zh-Hant-TW"])
def test_locales(locale: str) -> None:
    assert with_settings(locale=locale).locale == locale


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "school_name"),
        ({"contact_email": "office"}, "contact_email"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"locale": ""}, "locale"),
        ({"locale": "english"}, "locale"),
        ({"locale": "en_GB"}, "locale"),
        ({"locale": "en\n"}, "locale"),
    ],
)
def test_settings_that_are_refused(changes: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        with_settings(**changes)
    assert refused.value.errors[0].field == field

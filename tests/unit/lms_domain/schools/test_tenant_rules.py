"""Schools: their status by the clock on their own wall, their trial, their limits."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_domain.errors import InvalidInput
from lms_domain.schools.branding import FONTS, Branding
from lms_domain.schools.tenant import (
    MAX_TRIAL_DAYS,
    PLAN_LIMITS,
    Limits,
    Plan,
    Tenant,
    TenantStatus,
    check_time_zone,
    open_school,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def school(**changes: object) -> Tenant:
    tenant = open_school(
        tenant_id=UUID(int=1),
        name="Green Valley",
        subdomain="green-valley",
        contact_email="head@green.test",
        plan=Plan.FREE,
        trial_days=14,
        time_zone="UTC",
        now=NOW,
    )
    return replace(tenant, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


@pytest.mark.parametrize(
    ("zone", "now", "status"),
    [
        ("UTC", "2026-03-16T23:59:59.999999+00:00", TenantStatus.TRIAL),
        ("UTC", "2026-03-17T00:00:00+00:00", TenantStatus.EXPIRED),
        ("Asia/Kolkata", "2026-03-16T18:29:59.999999+00:00", TenantStatus.TRIAL),
        ("Asia/Kolkata", "2026-03-16T18:30:00+00:00", TenantStatus.EXPIRED),
        ("America/Los_Angeles", "2026-03-17T06:59:59+00:00", TenantStatus.TRIAL),
        ("America/Los_Angeles", "2026-03-17T07:00:00+00:00", TenantStatus.EXPIRED),
        ("Pacific/Kiritimati", "2026-03-16T09:59:59+00:00", TenantStatus.TRIAL),
        ("Pacific/Kiritimati", "2026-03-16T10:00:00+00:00", TenantStatus.EXPIRED),
        ("Pacific/Pago_Pago", "2026-03-17T10:59:59+00:00", TenantStatus.TRIAL),
        ("Pacific/Pago_Pago", "2026-03-17T11:00:00+00:00", TenantStatus.EXPIRED),
        # The instant counts, however it is written.
        ("UTC", "2026-03-17T05:29:59+05:30", TenantStatus.TRIAL),
        ("UTC", "2026-03-17T05:30:00+05:30", TenantStatus.EXPIRED),
    ],
)
def test_a_trial_holds_until_midnight_of_the_school(zone: str, now: str, status: TenantStatus) -> None:
    tenant = school(time_zone=zone, trial_ends_on=date(2026, 3, 16))
    assert tenant.status(datetime.fromisoformat(now)) is status


def test_midnight_on_a_day_when_clocks_change() -> None:
    tenant = school(time_zone="Europe/Berlin", trial_ends_on=date(2026, 3, 29))  # this day has 23 hours
    assert tenant.status(datetime(2026, 3, 29, 21, 59, tzinfo=UTC)) is TenantStatus.TRIAL
    assert tenant.status(datetime(2026, 3, 29, 22, 0, tzinfo=UTC)) is TenantStatus.EXPIRED


def test_a_paid_school_never_expires_and_the_operator_has_the_last_word() -> None:
    long_after = NOW + timedelta(days=4000)
    assert school(is_converted=True).status(long_after) is TenantStatus.ACTIVE
    for tenant in (school(), school(is_converted=True), school(trial_ends_on=date(2000, 1, 1))):
        assert tenant.suspended().status(NOW) is TenantStatus.SUSPENDED
    assert school().suspended().name == "Green Valley"


@given(zone=st.sampled_from(["UTC", "Asia/Tokyo", "America/St_Johns", "Pacific/Apia"]), days=st.integers(1, 365))
def test_a_trial_of_n_days_holds_today_and_n_more(zone: str, days: int) -> None:
    tenant = open_school(
        tenant_id=UUID(int=1),
        name="Green Valley",
        subdomain="green-valley",
        contact_email="head@green.test",
        plan=Plan.FREE,
        trial_days=days,
        time_zone=zone,
        now=NOW,
    )
    assert tenant.status(NOW) is TenantStatus.TRIAL
    assert tenant.status(NOW + timedelta(days=days)) is TenantStatus.TRIAL
    assert tenant.status(NOW + timedelta(days=days + 1)) is TenantStatus.EXPIRED


def test_the_first_day_of_a_trial_is_the_schools() -> None:
    late = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)
    tenant = open_school(
        tenant_id=UUID(int=1),
        name="Green Valley",
        subdomain="green-valley",
        contact_email="head@green.test",
        plan=Plan.PRO,
        trial_days=1,
        time_zone="Asia/Kolkata",
        now=late,
    )
    assert tenant.trial_ends_on == date(2026, 3, 4)
    assert tenant.limits == PLAN_LIMITS[Plan.PRO]


@pytest.mark.parametrize("days", [-1, 0, MAX_TRIAL_DAYS + 1, 10**9])
def test_a_trial_has_a_sensible_length(days: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        open_school(
            tenant_id=UUID(int=1),
            name="Green Valley",
            subdomain="green-valley",
            contact_email="head@green.test",
            plan=Plan.FREE,
            trial_days=days,
            time_zone="UTC",
            now=NOW,
        )
    assert refused.value.errors[0].field == "trial_days"


@pytest.mark.parametrize(
    "zone",
    [
        "",
        " ",
        "Mars/Olympus",
        "../../etc/passwd",
        "/etc/passwd",
        "Europe",
        "Europe/",
        "\x00",
        "Europe/Berlin\x00",
        "x" * 5000,
        "\ud83d",
        ".",
        "zone.tab",
        "tzdata.zi",
    ],
)
def test_other_time_zones_do_not_exist(zone: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_time_zone(zone)
    assert refused.value.errors[0].field == "time_zone"


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "America/Argentina/Buenos_Aires", "Etc/GMT+12"])
def test_time_zones(zone: str) -> None:
    check_time_zone(zone)


@pytest.mark.parametrize(
    "name", ["", " ", " Green", "Green  Valley", "Green\nValley", "x" * 201, "Green\x00", "e\u0301"]
)
def test_a_school_has_a_clean_name(name: str) -> None:
    with pytest.raises(InvalidInput):
        school(name=name)


def test_limits_are_not_negative() -> None:
    for limits in PLAN_LIMITS.values():
        assert min(limits.teachers, limits.courses, limits.storage_bytes, limits.video_seconds) > 0
    with pytest.raises(InvalidInput):
        Limits(teachers=-1, courses=0, storage_bytes=0, video_seconds=0)


@pytest.mark.parametrize(
    "colour", ["", "red", "#fff", "#1D4ED8", "#1d4ed", "#1d4ed80", "1d4ed8", "#1d4edg", "#1d4ed8\n", "#１ｄ４ｅｄ８"]
)
def test_colours_are_written_one_way(colour: str) -> None:
    with pytest.raises(InvalidInput):
        Branding(primary_color=colour)
    with pytest.raises(InvalidInput):
        Branding(secondary_color=colour)


def test_fonts_come_from_our_list() -> None:
    for font in FONTS:
        assert Branding(font_family=font).font_family == font
    with pytest.raises(InvalidInput):
        Branding(font_family="Comic Sans'; } body { display: none")

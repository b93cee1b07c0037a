"""What the operator decides about a school."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from adapters.memory.audit import MemoryAuditQueries
from lms_app.actor import Actor
from lms_app.audit.list_audit import ListPlatformAudit, ListSchoolAudit, WantedEntries
from lms_app.audit.views import AuditEntryView
from lms_app.listing import PageRequest
from lms_app.schools.edit_school import EditSchool, LimitChanges, SchoolChanges
from lms_domain.accounts.roles import Role
from lms_domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from lms_domain.schools.features import Feature
from lms_domain.schools.tenant import PLAN_FEATURES, PLAN_LIMITS, Plan, Tenant, TenantStatus
from tests.unit.lms_app.world import TEST, World

ALL = WantedEntries()


@pytest.fixture
def edit(world: World) -> EditSchool:
    return EditSchool(world.uow, world.trail, world.clock)


@pytest.fixture
def operator(world: World) -> Actor:
    return Actor(
        user_id=world.ids.new(), tenant_id=None, role=Role.SUPER_ADMIN, session_id=world.ids.new(), email="o@x"
    )


async def kept(world: World, tenant_id: UUID) -> Tenant:
    async with world.uow.begin(TEST) as system:
        found = await system.tenants.get(tenant_id)
    assert found is not None
    return found


async def trail_of(world: World, actor: Actor, wanted: WantedEntries = ALL) -> list[AuditEntryView]:
    queries, page = MemoryAuditQueries(world.database), PageRequest(1, 100)
    if actor.tenant_id is None:
        return (await ListPlatformAudit(queries)(actor, wanted, page)).results
    return (await ListSchoolAudit(world.uow, queries)(actor, wanted, page)).results


async def test_suspended_and_open_again(world: World, edit: EditSchool, operator: Actor) -> None:
    school = await world.new_school()
    for is_active, status in ((False, TenantStatus.SUSPENDED), (True, TenantStatus.TRIAL)):
        changed = await edit(operator, school.id, SchoolChanges(is_active=is_active))
        assert changed.status(world.clock.now()) is status
        assert await kept(world, school.id) == changed
    admin = await world.new_admin(school)
    assert [entry.action for entry in await trail_of(world, admin)] == ["school.activated", "school.suspended"]


@pytest.mark.parametrize(("ago", "days", "end"), [(0, 5, 19), (20, 5, 25), (14, 1, 15)])
async def test_a_longer_trial(world: World, edit: EditSchool, operator: Actor, ago: int, days: int, end: int) -> None:
    """From its end, or from today where that is over. It began with 14 days."""
    school = await world.new_school()
    opened = school.today(world.clock.now())
    world.pass_time(days=ago)
    changed = await edit(operator, school.id, SchoolChanges(extend_trial_days=days))
    assert changed.trial_ends_on == opened + timedelta(days=end)


async def test_a_trial_that_is_over_is_not_activated_by_saying_so(
    world: World, edit: EditSchool, operator: Actor
) -> None:
    school = await world.new_school()
    world.pass_time(days=20)
    with pytest.raises(Conflict) as refused:
        await edit(operator, school.id, SchoolChanges(is_active=True))
    assert refused.value.code == "trial_over"
    for wanted in (SchoolChanges(is_active=True, extend_trial_days=1), SchoolChanges(is_active=True, is_trial=False)):
        await edit(operator, school.id, wanted)


async def test_another_plan_brings_its_limits_and_what_is_given_goes_on_top(
    world: World, edit: EditSchool, operator: Actor
) -> None:
    school = await world.new_school()
    await edit(operator, school.id, SchoolChanges(limits=LimitChanges(teachers=3)))
    wanted = SchoolChanges(
        plan=Plan.PRO,
        limits=LimitChanges(storage_bytes=1),
        features={Feature.CUSTOM_DOMAIN: False, Feature.REMOTE_QUIZ_GENERATION: True},
    )
    changed = await edit(operator, school.id, wanted)
    assert changed.limits == replace(PLAN_LIMITS[Plan.PRO], storage_bytes=1)
    gained = PLAN_FEATURES[Plan.PRO] | {Feature.REMOTE_QUIZ_GENERATION}
    assert changed.features == gained - {Feature.CUSTOM_DOMAIN}
    # The plan that it has already takes no exception away.
    assert await edit(operator, school.id, SchoolChanges(plan=Plan.PRO)) == changed


async def test_notes_are_nobody_elses_and_nothing_is_recorded_twice(
    world: World, edit: EditSchool, operator: Actor
) -> None:
    school = await world.new_school()
    admin = await world.new_admin(school)
    for _ in range(2):
        await edit(operator, school.id, SchoolChanges(notes="Pays late.", plan=Plan.FREE))
    assert await trail_of(world, admin) == []
    [entry] = await trail_of(world, operator)
    assert (entry.action, entry.tenant_id, entry.after) == ("school.notes_changed", None, {"notes": "Pays late."})


@pytest.mark.parametrize(
    ("wanted", "kind"),
    [
        (SchoolChanges(limits=LimitChanges(courses=-1)), InvalidInput),
        (SchoolChanges(extend_trial_days=400), InvalidInput),
        (SchoolChanges(trial_ends_on=date(1999, 1, 1)), InvalidInput),
        (SchoolChanges(trial_ends_on=date(2026, 3, 20), extend_trial_days=1), InvalidInput),
        (SchoolChanges(notes="\x07"), InvalidInput),
    ],
)
async def test_what_is_refused_changes_nothing(
    world: World, edit: EditSchool, operator: Actor, wanted: SchoolChanges, kind: type[Exception]
) -> None:
    school = await world.new_school()
    with pytest.raises(kind):
        await edit(operator, school.id, replace(wanted, plan=Plan.PRO))
    assert await kept(world, school.id) == school
    assert await trail_of(world, operator) == []


async def test_a_school_that_pays_has_no_trial(world: World, edit: EditSchool, operator: Actor) -> None:
    school = await world.new_school(is_converted=True)
    for wanted in (SchoolChanges(is_trial=True), SchoolChanges(extend_trial_days=1)):
        with pytest.raises(Conflict) as refused:
            await edit(operator, school.id, wanted)
        assert refused.value.code == "not_on_trial"


async def test_only_operators_and_only_what_is_there(world: World, edit: EditSchool, operator: Actor) -> None:
    admin = await world.new_admin(await world.new_school())
    assert admin.tenant_id is not None
    with pytest.raises(NotAllowed):
        await edit(admin, admin.tenant_id, SchoolChanges(plan=Plan.ENTERPRISE))
    with pytest.raises(NotFound):
        await edit(operator, world.ids.new(), SchoolChanges(is_active=False))


async def test_days_of_the_trail_are_those_of_the_school(world: World, edit: EditSchool, operator: Actor) -> None:
    school = await world.new_school(time_zone="Pacific/Kiritimati")
    admin = await world.new_admin(school)
    await edit(operator, school.id, SchoolChanges(plan=Plan.PRO))
    here, there = world.clock.now().date(), school.today(world.clock.now())
    assert await trail_of(world, admin, WantedEntries(first_day=there, last_day=there))
    assert await trail_of(world, operator, WantedEntries(first_day=here, last_day=here))
    assert (await trail_of(world, admin, WantedEntries(last_day=there - timedelta(days=1)))) == []
    assert await trail_of(world, admin, WantedEntries(first_day=date.min, last_day=date.max))

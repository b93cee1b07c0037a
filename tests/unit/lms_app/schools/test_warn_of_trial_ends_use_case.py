"""Schools are warned before their trial ends."""

import pytest

from lms_app.schools.warn_of_trial_ends import WarnOfTrialEnds
from lms_domain.accounts.roles import Role
from lms_domain.notices.mail_delivery import MailKind
from lms_domain.schools.tenant import Tenant
from tests.unit.lms_app.world import TEST, World


@pytest.fixture
def warn(world: World) -> WarnOfTrialEnds:
    return WarnOfTrialEnds(world.uow, world.brands, world.clock, world.ids)


@pytest.fixture
async def school(world: World) -> Tenant:
    """14 days, two administrators, somebody who is none, and somebody who was one."""
    school = await world.new_school()
    for name in ("ada", "ben"):
        await world.new_user(school, f"{name}@green.test", role=Role.SCHOOL_ADMIN)
    await world.new_user(school, "tom@green.test")
    await world.new_user(school, "old@green.test", role=Role.SCHOOL_ADMIN, is_active=False)
    return school


async def said(world: World) -> list[tuple[str, str]]:
    return [(mail.to, mail.subject.rpartition(" ends ")[2]) for mail in await world.mails()]


async def test_every_warning_once_to_every_administrator(world: World, warn: WarnOfTrialEnds, school: Tenant) -> None:
    told = []
    for _ in range(20):
        # Several times a day: only the first finds something to do.
        for _ in range(3):
            told.append(await warn())
            world.pass_time(hours=8)
    assert sum(told) == 4
    whens = ("in 7 days", "in 3 days", "tomorrow", "today")
    assert await said(world) == [(f"{name}@green.test", when) for when in whens for name in ("ada", "ben")]
    mail = (await world.mails())[0]
    assert (mail.kind, mail.tenant_id) == (MailKind.TRIAL_WARNING, school.id)
    assert "https://green.lms.example" in mail.text


@pytest.mark.usefixtures("school")
async def test_what_was_missed_is_one_mail(world: World, warn: WarnOfTrialEnds) -> None:
    world.pass_time(days=12)
    assert [await warn(), await warn()] == [1, 0]
    assert {when for _, when in await said(world)} == {"in 2 days"}
    world.pass_time(days=1)
    assert await warn() == 1


@pytest.mark.usefixtures("school")
async def test_nobody_is_warned_afterwards_or_without_need(world: World, warn: WarnOfTrialEnds) -> None:
    await world.new_admin(await world.new_school("paid", is_converted=True))
    await world.new_admin(await world.new_school("shut", is_suspended=True))
    world.pass_time(days=15)
    assert await warn() == 0
    assert await world.mails() == []


async def test_a_longer_trial_is_warned_of_anew(world: World, warn: WarnOfTrialEnds, school: Tenant) -> None:
    world.pass_time(days=13)
    await warn()
    async with world.uow.begin(TEST) as system:
        tenant = await system.tenants.lock(school.id)
        assert tenant is not None
        longer = tenant.with_trial_end(
            tenant.trial_ends_on.replace(day=tenant.trial_ends_on.day + 10), now=world.clock.now()
        )
        await system.tenants.save(longer)
        await system.commit()
    assert await warn() == 0
    world.pass_time(days=4)
    assert await warn() == 1
    assert {when for _, when in await said(world)} == {"tomorrow", "in 7 days"}

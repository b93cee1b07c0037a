"""Accounts that everybody knows are found, and only those."""

from pathlib import Path

import pytest

from entrypoints.demo_passwords import refuse_demo_passwords
from entrypoints.settings import load_settings
from lms_app.accounts.create_operator import CreateOperator
from lms_app.schools.find_demo_passwords import FindDemoPasswords
from lms_app.schools.open_demo_school import ADMIN_EMAIL, OPERATOR_EMAIL, OPERATOR_PASSWORD, SCHOOL_PASSWORD, SUBDOMAIN
from lms_app.scope import TenantScope
from lms_domain.errors import StartRefused
from tests.unit.lms_app.world import World


@pytest.fixture
def world() -> World:
    return World()


async def have_demo(world: World) -> None:
    """The demo's operator and the demo's administrator, whose password is their own by now."""
    create = CreateOperator(world.uow, world.hasher, world.clock, world.ids)
    await create(
        email=OPERATOR_EMAIL, first_name="Olive", last_name="Operator", password=OPERATOR_PASSWORD, is_demo=True
    )
    await world.new_user(await world.new_school(SUBDOMAIN), ADMIN_EMAIL)


async def test_they_are_found_until_they_are_changed(world: World) -> None:
    find = FindDemoPasswords(world.uow, world.hasher)
    assert await find() == ()
    await have_demo(world)
    assert await find() == (OPERATOR_EMAIL,)
    async with world.uow.begin(TenantScope(world.database.tenants.rows()[0].id)) as tx:
        admin = await tx.users.by_email(ADMIN_EMAIL)
        assert admin is not None
        await tx.users.set_password(admin.id, await world.hasher.hash(SCHOOL_PASSWORD), must_change=False)
        await tx.commit()
    assert await find() == (OPERATOR_EMAIL, ADMIN_EMAIL)


async def test_a_platform_does_not_start_with_them(world: World, tmp_path: Path) -> None:
    find = FindDemoPasswords(world.uow, world.hasher)
    local = load_settings({"LMS_DATA_DIR": str(tmp_path)})
    platform = load_settings({"LMS_DATA_DIR": str(tmp_path), "LMS_PLATFORM_DOMAIN": "lms.example"})
    await refuse_demo_passwords(find, platform)
    await have_demo(world)
    await refuse_demo_passwords(find, local)
    with pytest.raises(StartRefused, match="has the demo's password") as refused:
        await refuse_demo_passwords(find, platform)
    assert "LMS_PLATFORM_DOMAIN=localhost" in refused.value.remedy
    assert OPERATOR_PASSWORD not in str(refused.value)

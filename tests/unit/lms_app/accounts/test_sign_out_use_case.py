"""Sign out."""

import pytest

from lms_app.accounts.refresh_session import RefreshSession
from lms_app.accounts.sign_out import SignOut
from lms_domain.errors import NotSignedIn
from lms_domain.schools.tenant import Tenant
from tests.unit.lms_app.world import World


@pytest.fixture
async def green(world: World) -> Tenant:
    tenant = await world.new_school("green")
    await world.new_user(tenant)
    return tenant


@pytest.fixture
def sign_out(world: World) -> SignOut:
    return SignOut(world.uow, world.refresh_tokens, world.sessions, world.clock)


async def test_every_token_of_the_session_is_dead(world: World, green: Tenant, sign_out: SignOut) -> None:
    refresh = RefreshSession(
        world.uow,
        world.access_tokens,
        world.refresh_tokens,
        world.sessions,
        world.account_mail,
        world.trail,
        world.clock,
    )
    school = await world.hosted(green)
    first = await world.sign_in(green)
    second = await refresh(school=school, refresh_token=first.refresh)
    await sign_out(school=school, refresh_token=first.refresh)
    for token in (first.refresh, second.refresh):
        with pytest.raises(NotSignedIn):
            await refresh(school=school, refresh_token=token)
    assert not await world.is_live(green.id, second.access)
    assert world.sessions.forgotten[0] == world.access_tokens.verify(second.access).session_id


async def test_other_sessions_go_on(world: World, green: Tenant, sign_out: SignOut) -> None:
    here, there = await world.sign_in(green), await world.sign_in(green)
    await sign_out(school=await world.hosted(green), refresh_token=here.refresh)
    assert not await world.is_live(green.id, here.access)
    assert await world.is_live(green.id, there.access)


@pytest.mark.parametrize("token", ["", "x", "k1.x", "\x00", "\ud83d"])
async def test_an_unknown_token_is_no_error(world: World, green: Tenant, sign_out: SignOut, token: str) -> None:
    await sign_out(school=await world.hosted(green), refresh_token=token)
    await sign_out(school=None, refresh_token=token)
    assert world.sessions.forgotten == []


async def test_twice_is_fine(world: World, green: Tenant, sign_out: SignOut) -> None:
    tokens = await world.sign_in(green)
    for _ in range(2):
        await sign_out(school=await world.hosted(green), refresh_token=tokens.refresh)


async def test_a_token_of_one_school_ends_nothing_at_another(world: World, green: Tenant, sign_out: SignOut) -> None:
    blue = await world.new_school("blue")
    tokens = await world.sign_in(green)
    await sign_out(school=await world.hosted(blue), refresh_token=tokens.refresh)
    await sign_out(school=None, refresh_token=tokens.refresh)
    assert await world.is_live(green.id, tokens.access)


async def test_operators(world: World, sign_out: SignOut) -> None:
    await world.new_operator()
    tokens = await world.sign_in(None, "olive@lms.test")
    await sign_out(school=None, refresh_token=tokens.refresh)
    assert not await world.is_live(None, tokens.access)

"""How many tries to sign in are looked at, and when."""

import asyncio
from collections import Counter

import pytest

from lms_app.accounts.own_password import OwnPassword
from lms_app.accounts.sessions import Device
from lms_app.accounts.sign_in import Credentials, SignedIn
from lms_app.accounts.tries import MAX_WAITING, TryKeys, Turns
from lms_app.accounts.unlock_account import UnlockAccount
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.password_hasher import HasherSaturated
from lms_domain.accounts.lockout import FREE_TRIES, NETWORK_FREE_TRIES, TooManyTries
from lms_domain.errors import InvalidInput, LmsError, NotAllowed, NotFound, NotSignedIn
from lms_domain.schools.tenant import Tenant, TenantStatus
from tests.unit.lms_app.world import PASSWORD, World

HERE, ELSEWHERE = "192.0.2.1", "198.51.100.1"


@pytest.fixture
async def green(world: World) -> Tenant:
    tenant = await world.new_school("green")
    await world.new_user(tenant)
    return tenant


async def attempt(
    world: World, tenant: Tenant | None, password: str, email: str = "ada@green.test", address: str = HERE
) -> SignedIn:
    school = await world.hosted(tenant) if tenant is not None else None
    return await world.new_sign_in()(school=school, shown=Credentials(email, password), device=Device(address))


async def outcome(
    world: World, tenant: Tenant | None, password: str, email: str = "ada@green.test", address: str = HERE
) -> str:
    try:
        await attempt(world, tenant, password, email, address)
    except LmsError as error:
        return error.code
    return "in"


@pytest.mark.parametrize("email", ["ada@green.test", "nobody@green.test", "olive@lms.test"])
@pytest.mark.parametrize("on_platform", [False, True])
async def test_waits_grow_alike_for_those_who_exist_and_those_who_do_not(
    world: World, green: Tenant, email: str, on_platform: bool
) -> None:
    await world.new_operator()
    tenant = None if on_platform else green
    assert [await outcome(world, tenant, "no", email) for _ in range(FREE_TRIES)] == [
        "invalid_credentials"
    ] * FREE_TRIES
    waits = []
    for _ in range(4):
        with pytest.raises(TooManyTries) as refused:
            await attempt(world, tenant, "no", email)
        waits.append(refused.value.wait_seconds)
        world.pass_time(seconds=refused.value.wait_seconds)
        assert await outcome(world, tenant, "no", email) == "invalid_credentials"
    assert waits == [1, 2, 4, 8]


async def test_nobody_is_kept_out_elsewhere_or_for_good(world: World, green: Tenant) -> None:
    for _ in range(30):
        await outcome(world, green, "no")
        world.pass_time(minutes=15)
    assert await outcome(world, green, PASSWORD, address=ELSEWHERE) == "in"
    assert await outcome(world, green, PASSWORD) == "in"


async def test_what_is_refused_for_now_does_not_prolong_the_wait(world: World, green: Tenant) -> None:
    for _ in range(FREE_TRIES + 20):
        await outcome(world, green, "no")
    world.pass_time(seconds=1)
    assert await outcome(world, green, PASSWORD) == "in"


async def test_getting_in_ends_the_row(world: World, green: Tenant) -> None:
    for _ in range(3):
        assert [await outcome(world, green, "no") for _ in range(FREE_TRIES - 1)] == ["invalid_credentials"] * 4
        assert await outcome(world, green, PASSWORD) == "in"


async def test_one_network_cannot_try_every_account(world: World, green: Tenant) -> None:
    for number in range(NETWORK_FREE_TRIES):
        assert await outcome(world, green, "no", f"t{number}@green.test") == "invalid_credentials"
    assert await outcome(world, green, PASSWORD) == "too_many_tries"
    assert await outcome(world, green, PASSWORD, address=ELSEWHERE) == "in"
    blue = await world.new_school("blue")
    assert await outcome(world, blue, "no") == "invalid_credentials"


async def test_of_a_thousand_at_once_few_are_looked_at(world: World, green: Tenant) -> None:
    sign_in, school = world.new_sign_in(), await world.hosted(green)
    shown, device = Credentials("ada@green.test", "no"), Device(HERE)
    before = world.hasher.verified
    ends = await asyncio.gather(
        *(sign_in(school=school, shown=shown, device=device) for _ in range(1000)), return_exceptions=True
    )
    assert world.hasher.verified - before < 2 * FREE_TRIES
    assert set(Counter(type(end) for end in ends)) == {NotSignedIn, TooManyTries}


async def test_what_was_no_failure_is_not_counted(world: World, green: Tenant) -> None:
    closed = HostedSchool(green.id, TenantStatus.SUSPENDED)
    for _ in range(FREE_TRIES + 2):
        with pytest.raises(NotAllowed):
            await world.new_sign_in()(school=closed, shown=Credentials("ada@green.test", PASSWORD), device=Device(HERE))
    world.hasher.is_saturated = True
    for _ in range(FREE_TRIES + 2):
        with pytest.raises(HasherSaturated):
            await attempt(world, green, PASSWORD)
    world.hasher.is_saturated = False
    assert await outcome(world, green, PASSWORD) == "in"


async def test_the_line_has_an_end_and_leaves_nothing_behind() -> None:
    turns, keys = Turns(), TryKeys.of("ada@green.test", HERE)
    inside, most, leave = 0, 0, asyncio.Event()

    async def stand() -> None:
        nonlocal inside, most
        async with turns.turn(None, keys):
            inside += 1
            most = max(most, inside)
            await leave.wait()
            inside -= 1

    standing = [asyncio.create_task(stand()) for _ in range(MAX_WAITING + 10)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    leave.set()
    ends = await asyncio.gather(*standing, return_exceptions=True)
    assert Counter(type(end) for end in ends) == {type(None): MAX_WAITING, TooManyTries: 10}
    assert most == FREE_TRIES
    assert not turns._lines


async def test_an_administrator_can_end_the_wait(world: World, green: Tenant) -> None:
    for _ in range(FREE_TRIES + 1):
        await outcome(world, green, "no")
    unlock = UnlockAccount(world.uow, world.trail)
    with pytest.raises(NotFound):
        await unlock(tenant_id=green.id, email="nobody@green.test")
    assert await outcome(world, green, PASSWORD) == "too_many_tries"
    await unlock(tenant_id=green.id, email="ADA@green.test")
    assert await outcome(world, green, PASSWORD) == "in"


async def test_guesses_on_a_screen_left_alone_count_too(world: World, green: Tenant) -> None:
    ada = world.actor(await world.new_user(green, "left@green.test"))
    own = OwnPassword(world.uow, world.hasher, world.turns, world.clock)
    for _ in range(FREE_TRIES):
        with pytest.raises(InvalidInput):
            await own.check(ada, "no", field="password")
    with pytest.raises(TooManyTries):
        await own.check(ada, PASSWORD, field="password")
    assert await outcome(world, green, PASSWORD, "left@green.test", ada.origin.address) == "too_many_tries"
    world.pass_time(seconds=1)
    assert (await own.check(ada, PASSWORD, field="password")).id == ada.user_id
    assert await outcome(world, green, "no", "left@green.test", ada.origin.address) == "invalid_credentials"

"""Sign in."""

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Literal

import pytest

from adapters.memory.password_hasher import MemoryPasswordHasher
from lms_app.accounts.sessions import OPERATOR_SESSION_LIFETIME, SESSION_LIFETIME, Device
from lms_app.accounts.sign_in import Credentials, SignedIn
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.password_hasher import HasherSaturated
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.errors import NotAllowed, NotSignedIn
from lms_domain.schools.tenant import Tenant, TenantStatus
from tests.unit.lms_app.world import PASSWORD, TEST, World

Portal = Literal["tenant", "super_admin"] | None


class Door:
    """Somebody who tries to sign in."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sign_in = world.new_sign_in()
        self.network = count()

    async def at(
        self,
        tenant: Tenant | None,
        email: str = "ada@green.test",
        password: str = PASSWORD,
        portal: Portal = None,
        otp: str | None = None,
        address: str | None = None,
    ) -> SignedIn:
        """Each time from another network, unless ``address`` says where."""
        school = await self.world.hosted(tenant) if tenant is not None else None
        shown = Credentials(email=email, password=password, portal=portal, otp=otp)
        device = Device(address or f"198.51.100.{next(self.network)}", "Browser/1")
        return await self.sign_in(school=school, shown=shown, device=device)

    async def refused(self, tenant: Tenant | None, **how: str) -> NotSignedIn:
        with pytest.raises(NotSignedIn) as refused:
            await self.at(tenant, **how)  # type: ignore[arg-type]  # keywords of one test
        return refused.value


@pytest.fixture
def door(world: World) -> Door:
    return Door(world)


@pytest.fixture
async def green(world: World) -> Tenant:
    tenant = await world.new_school("green")
    await world.new_user(tenant)
    return tenant


async def test_a_person_signs_in_at_their_school(world: World, door: Door, green: Tenant) -> None:
    signed_in = await door.at(green)
    claims = world.access_tokens.verify(signed_in.tokens.access)
    assert signed_in.user.email == "ada@green.test"
    assert (claims.user_id, claims.tenant_id, claims.role) == (signed_in.user.id, green.id, Role.TEACHER)
    assert claims.expires_at == world.clock.now() + timedelta(minutes=10)
    assert await world.is_live(green.id, signed_in.tokens.access)


@pytest.mark.parametrize("email", ["ADA@Green.TEST", "  ada@green.test ", "ａda@green.test"])
async def test_an_address_is_compared_without_case(door: Door, green: Tenant, email: str) -> None:
    assert (await door.at(green, email=email)).user.email == "ada@green.test"


async def test_every_sign_in_is_a_session_of_its_own(world: World, door: Door, green: Tenant) -> None:
    first, second = await door.at(green), await door.at(green)
    sessions = {world.access_tokens.verify(each.tokens.access).session_id for each in (first, second)}
    assert len(sessions) == 2
    assert first.tokens.refresh != second.tokens.refresh


async def test_only_the_fingerprint_of_a_refresh_token_is_kept(world: World, door: Door, green: Tenant) -> None:
    token = (await door.at(green)).tokens.refresh
    async with world.uow.begin(TenantScope(green.id)) as tx:
        state = await tx.sessions.refresh_state(world.refresh_tokens.fingerprint(token))
        assert await tx.sessions.refresh_state(token.encode()) is None
    assert state is not None
    assert state.session_ends_at == world.clock.now() + SESSION_LIFETIME


async def test_operators_sign_in_on_the_platforms_host(world: World, door: Door) -> None:
    operator = await world.new_operator()
    signed_in = await door.at(None, email="Olive@LMS.test", portal="super_admin")
    claims = world.access_tokens.verify(signed_in.tokens.access)
    assert (claims.user_id, claims.tenant_id, claims.role) == (operator.id, None, Role.SUPER_ADMIN)
    assert await world.is_live(None, signed_in.tokens.access)
    world.pass_time(seconds=OPERATOR_SESSION_LIFETIME.total_seconds())
    async with world.uow.begin(TEST) as system:
        fingerprint = world.refresh_tokens.fingerprint(signed_in.tokens.refresh)
        assert await system.operator_sessions.rotate(fingerprint, b"next", now=world.clock.now()) is None


async def test_whatever_is_wrong_the_answer_and_the_work_are_the_same(world: World, door: Door, green: Tenant) -> None:
    blue = await world.new_school("blue")
    await world.new_user(blue, "bob@blue.test")
    await world.new_user(green, "gone@green.test", is_active=False)
    await world.new_operator()
    await world.new_operator("left@lms.test", is_active=False)
    attempts: list[tuple[Tenant | None, dict[str, str]]] = [
        (green, {"password": "wrong"}),
        (green, {"password": ""}),
        (green, {"email": "nobody@green.test"}),
        (green, {"email": ""}),
        (green, {"email": "not an address"}),
        (green, {"email": "gone@green.test"}),
        (green, {"email": "bob@blue.test"}),
        (blue, {"email": "ada@green.test"}),
        (green, {"email": "olive@lms.test"}),
        (green, {"portal": "super_admin"}),
        (None, {"email": "ada@green.test"}),
        (None, {"email": "ada@green.test", "portal": "super_admin"}),
        (None, {"email": "olive@lms.test", "portal": "tenant"}),
        (None, {"email": "olive@lms.test", "password": "wrong"}),
        (None, {"email": "left@lms.test"}),
    ]
    answers = set()
    for tenant, how in attempts:
        before = world.hasher.verified
        error = await door.refused(tenant, **how)
        assert world.hasher.verified == before + 1, how
        answers.add((type(error), error.code, error.detail, error.errors))
    assert len(answers) == 1
    assert answers.pop()[1] == "invalid_credentials"


async def test_an_endless_password_is_not_even_hashed(world: World, door: Door, green: Tenant) -> None:
    before = world.hasher.verified
    error = await door.refused(green, password=PASSWORD + "x" * 2000)
    assert error.code == "invalid_credentials"
    assert world.hasher.verified == before


@pytest.mark.parametrize(
    ("status", "code"), [(TenantStatus.SUSPENDED, "school_suspended"), (TenantStatus.EXPIRED, "trial_expired")]
)
async def test_a_closed_school_is_named_only_to_its_own_people(
    world: World, door: Door, green: Tenant, status: TenantStatus, code: str
) -> None:
    school = HostedSchool(green.id, status)
    with pytest.raises(NotSignedIn) as unknown:
        await door.sign_in(school=school, shown=Credentials("ada@green.test", "wrong"), device=Device())
    assert unknown.value.code == "invalid_credentials"
    with pytest.raises(NotAllowed) as known:
        await door.sign_in(school=school, shown=Credentials("ada@green.test", PASSWORD), device=Device())
    assert known.value.code == code


async def test_a_trial_ends(world: World, door: Door, green: Tenant) -> None:
    world.pass_time(days=14)
    await door.at(green)
    world.pass_time(days=1)
    with pytest.raises(NotAllowed) as refused:
        await door.at(green)
    assert refused.value.code == "trial_expired"


async def test_a_weaker_hash_is_made_anew(world: World, door: Door, green: Tenant) -> None:
    ada = await world.new_user(green, "ada2@green.test")
    door.world.hasher = stronger = MemoryPasswordHasher(strength=2)
    door.sign_in = world.new_sign_in(stronger)
    await door.at(green, email="ada2@green.test")
    changed = await world.user(ada)
    assert not stronger.needs_rehash(changed.password_hash)
    assert await stronger.verify(changed.password_hash, PASSWORD)
    assert changed == replace(ada, password_hash=changed.password_hash)
    await door.at(green, email="ada2@green.test")
    assert await world.user(ada) == changed


async def test_a_wrong_password_never_makes_a_hash_anew(world: World, door: Door, green: Tenant) -> None:
    ada = await world.new_user(green, "ada2@green.test")
    stronger = MemoryPasswordHasher(strength=2)
    door.sign_in = world.new_sign_in(stronger)
    await door.refused(green, email="ada2@green.test", password="wrong")
    assert await world.user(ada) == ada


async def test_too_many_at_once(world: World, door: Door, green: Tenant) -> None:
    world.hasher.is_saturated = True
    with pytest.raises(HasherSaturated):
        await door.at(green)

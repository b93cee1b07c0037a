"""Exchange a refresh token for its successor."""

import asyncio
from datetime import timedelta

import pytest

from lms_app.accounts.refresh_session import REPEAT_WINDOW, RefreshSession
from lms_app.accounts.sessions import SESSION_LIFETIME, Tokens
from lms_app.actor import Origin
from lms_app.ports.host_directory import HostedSchool
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.errors import NotAllowed, NotSignedIn
from lms_domain.notices.mail_delivery import MailKind
from lms_domain.schools.tenant import Tenant, TenantStatus
from tests.unit.lms_app.world import World


class Desk:
    """Where refresh tokens are handed in, at one school or (None) on the platform's host."""

    def __init__(self, world: World, tenant: Tenant | None) -> None:
        self.world = world
        self.tenant = tenant
        self.refresh = RefreshSession(
            world.uow,
            world.access_tokens,
            world.refresh_tokens,
            world.sessions,
            world.account_mail,
            world.trail,
            world.clock,
        )

    async def use(self, token: str, *, status: TenantStatus = TenantStatus.TRIAL) -> Tokens:
        school = HostedSchool(self.tenant.id, status) if self.tenant is not None else None
        return await self.refresh(school=school, refresh_token=token, origin=Origin("203.0.113.5", "request-9"))

    async def refuses(self, token: str) -> bool:
        with pytest.raises(NotSignedIn) as refused:
            await self.use(token)
        return refused.value.code == "invalid_refresh_token"


@pytest.fixture
async def green(world: World) -> Tenant:
    tenant = await world.new_school("green")
    await world.new_user(tenant)
    return tenant


@pytest.fixture
def desk(world: World, green: Tenant) -> Desk:
    return Desk(world, green)


async def test_a_token_is_exchanged_for_its_successor(world: World, desk: Desk, green: Tenant) -> None:
    tokens = await world.sign_in(green)
    session_id = world.access_tokens.verify(tokens.access).session_id
    seen = {tokens.refresh}
    for _ in range(5):
        world.pass_time(minutes=10)
        tokens = await desk.use(tokens.refresh)
        claims = world.access_tokens.verify(tokens.access)
        assert (claims.session_id, claims.tenant_id) == (session_id, green.id)
        assert claims.expires_at == world.clock.now() + timedelta(minutes=10)
        assert tokens.refresh not in seen
        seen.add(tokens.refresh)


async def test_a_lost_answer_can_be_had_again_for_ten_seconds(world: World, desk: Desk, green: Tenant) -> None:
    token = (await world.sign_in(green)).refresh
    first = await desk.use(token)
    for _ in range(3):
        world.pass_time(seconds=REPEAT_WINDOW.total_seconds() / 3)
        again = await desk.use(token)
        assert again.refresh == first.refresh
    assert (await desk.use(first.refresh)).access


async def test_twenty_at_once_get_the_same_successor(world: World, desk: Desk, green: Tenant) -> None:
    token = (await world.sign_in(green)).refresh
    answers = await asyncio.gather(*(desk.use(token) for _ in range(20)))
    assert len({answer.refresh for answer in answers}) == 1
    assert (await desk.use(answers[0].refresh)).access


async def test_a_token_used_again_later_ends_the_session(world: World, desk: Desk, green: Tenant) -> None:
    token = (await world.sign_in(green)).refresh
    following = await desk.use(token)
    world.pass_time(seconds=REPEAT_WINDOW.total_seconds() + 0.001)
    assert await desk.refuses(token)
    assert await desk.refuses(following.refresh)
    assert not await world.is_live(green.id, following.access)
    claims = world.access_tokens.verify(following.access)
    assert world.sessions.forgotten == [claims.session_id]
    # Once, however often it is tried.
    (mail,) = await world.mails()
    assert (mail.to, mail.kind, mail.tenant_id) == ("ada@green.test", MailKind.SECURITY, green.id)
    assert "203.0.113.5" in mail.text
    (entry,) = world.database.audit.rows()
    assert (entry.action, entry.tenant_id, entry.actor_id, entry.object_id) == (
        "session.stolen",
        green.id,
        None,
        claims.user_id,
    )
    assert entry.after == {"session_id": str(claims.session_id), "address": "203.0.113.5"}


async def test_a_grandparent_ends_the_session_even_at_once(world: World, desk: Desk, green: Tenant) -> None:
    first = (await world.sign_in(green)).refresh
    second = (await desk.use(first)).refresh
    third = await desk.use(second)
    assert await desk.refuses(first)
    assert await desk.refuses(third.refresh)
    assert not await world.is_live(green.id, third.access)


async def test_other_sessions_of_the_person_go_on(world: World, desk: Desk, green: Tenant) -> None:
    stolen, other = await world.sign_in(green), await world.sign_in(green)
    await desk.use(stolen.refresh)
    world.pass_time(minutes=1)
    assert await desk.refuses(stolen.refresh)
    assert (await desk.use(other.refresh)).access


@pytest.mark.parametrize("token", ["", "x", "k1.", "k1." + "A" * 43, "a.b.c", "\x00", "\ud83d", "x" * 10_000])
async def test_what_we_never_gave_out_is_refused_and_ends_nothing(
    world: World, desk: Desk, green: Tenant, token: str
) -> None:
    tokens = await world.sign_in(green)
    assert await desk.refuses(token)
    assert (await desk.use(tokens.refresh)).access


async def test_an_access_token_is_no_refresh_token(world: World, desk: Desk, green: Tenant) -> None:
    tokens = await world.sign_in(green)
    assert await desk.refuses(tokens.access)


async def test_a_session_ends_by_itself(world: World, desk: Desk, green: Tenant) -> None:
    tokens = await world.sign_in(green)
    world.pass_time(seconds=SESSION_LIFETIME.total_seconds() - 1)
    following = await desk.use(tokens.refresh)
    world.pass_time(seconds=1)
    assert await desk.refuses(following.refresh)


async def test_a_token_works_at_its_own_school_only(world: World, desk: Desk, green: Tenant) -> None:
    blue = await world.new_school("blue")
    tokens = await world.sign_in(green)
    assert await Desk(world, blue).refuses(tokens.refresh)
    assert await Desk(world, None).refuses(tokens.refresh)
    assert (await desk.use(tokens.refresh)).access


async def test_operators(world: World, desk: Desk) -> None:
    await world.new_operator()
    tokens = await world.sign_in(None, "olive@lms.test")
    assert await desk.refuses(tokens.refresh)
    following = await Desk(world, None).use(tokens.refresh)
    assert world.access_tokens.verify(following.access).role is Role.SUPER_ADMIN
    assert await world.is_live(None, following.access)
    world.pass_time(minutes=1)
    assert await Desk(world, None).refuses(tokens.refresh)
    assert [(mail.to, mail.tenant_id) for mail in await world.mails()] == [("olive@lms.test", None)]


async def test_somebody_deactivated_is_not_let_in_again(world: World, desk: Desk, green: Tenant) -> None:
    bob = await world.new_user(green, "bob@green.test")
    tokens = await world.sign_in(green, "bob@green.test")
    await world.change_user(bob, is_active=False)
    assert await desk.refuses(tokens.refresh)
    world.pass_time(minutes=1)
    assert await desk.refuses(tokens.refresh)
    assert await world.mails() == []


async def test_a_changed_role_shows_in_the_next_token(world: World, desk: Desk, green: Tenant) -> None:
    bob = await world.new_user(green, "bob@green.test", role=Role.SCHOOL_ADMIN)
    tokens = await world.sign_in(green, "bob@green.test")
    await world.change_user(bob, role=Role.TEACHER)
    following = await desk.use(tokens.refresh)
    assert world.access_tokens.verify(following.access).role is Role.TEACHER


@pytest.mark.parametrize(
    ("status", "code"), [(TenantStatus.SUSPENDED, "school_suspended"), (TenantStatus.EXPIRED, "trial_expired")]
)
async def test_a_closed_school_is_named_and_a_session_survives_it(
    world: World, desk: Desk, green: Tenant, status: TenantStatus, code: str
) -> None:
    """A regression: the token was rotated all the same, so that everybody had to sign in anew when the school was
    opened again, and their old token ended the session as a stolen one."""
    tokens = await world.sign_in(green)
    for _ in range(2):
        with pytest.raises(NotAllowed) as refused:
            await desk.use(tokens.refresh, status=status)
        assert refused.value.code == code
        world.pass_time(hours=1)
    assert (await desk.use(tokens.refresh)).access


async def test_a_stranger_is_not_told_that_a_school_is_closed(world: World, desk: Desk) -> None:
    with pytest.raises(NotSignedIn) as refused:
        await desk.use("k1." + "A" * 43, status=TenantStatus.SUSPENDED)
    assert refused.value.code == "invalid_refresh_token"


async def test_a_stolen_token_ends_the_session_at_a_closed_school_too(world: World, desk: Desk, green: Tenant) -> None:
    first = (await world.sign_in(green)).refresh
    following = await desk.use(first)
    world.pass_time(minutes=1)
    with pytest.raises(NotSignedIn):
        await desk.use(first, status=TenantStatus.SUSPENDED)
    async with world.uow.begin(TenantScope(green.id)) as tx:
        state = await tx.sessions.refresh_state(world.refresh_tokens.fingerprint(following.refresh))
    assert state is not None
    assert state.is_revoked

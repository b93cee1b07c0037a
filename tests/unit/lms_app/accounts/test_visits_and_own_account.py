"""Visits of operators, and what people change about themselves."""

import asyncio
from collections import Counter
from dataclasses import replace

import pytest

from adapters.memory.tables import Rows
from lms_app.accounts.edit_me import AboutMe, EditMe
from lms_app.accounts.end_sessions import EndOtherSessions, EndSession
from lms_app.accounts.enter_school import EnteredView, EnterSchool
from lms_app.accounts.list_sessions import ListSessions
from lms_app.accounts.preferences import EditPreferences, PreferenceChanges, ShowPreferences
from lms_app.accounts.secrets import new_secret
from lms_app.actor import Actor, Origin
from lms_app.ports.host_directory import HostedSchool
from lms_domain.accounts.impersonation import CODE_LIFETIME, SESSION_LIFETIME, Impersonation, new_impersonation
from lms_domain.accounts.person import User
from lms_domain.accounts.roles import Role
from lms_domain.audit.entry import AuditEntry
from lms_domain.errors import InvalidInput, NotAllowed, NotFound, NotSignedIn
from lms_domain.notices.notification import NotificationKind
from lms_domain.schools.tenant import Tenant, TenantStatus
from tests.unit.lms_app.world import TEST, World

ORIGIN = Origin("203.0.113.5", "request-9")


@pytest.fixture
async def green(world: World) -> Tenant:
    return await world.new_school("green")


@pytest.fixture
async def admin(world: World, green: Tenant) -> User:
    return await world.new_user(green, role=Role.SCHOOL_ADMIN)


@pytest.fixture
def enter(world: World) -> EnterSchool:
    return EnterSchool(world.uow, world.access_tokens, world.trail, world.randomness, world.clock)


async def new_visit(world: World, admin: User) -> tuple[str, Impersonation]:
    secret = new_secret(world.randomness)
    visit = new_impersonation(
        impersonation_id=world.ids.new(),
        tenant_id=admin.tenant_id,
        operator_id=(await world.new_operator(f"{world.ids.new()}@lms.test")).id,
        user_id=admin.id,
        reason="They asked for help.",
        code_fingerprint=secret.fingerprint,
        now=world.clock.now(),
    )
    async with world.uow.begin(TEST) as system:
        await system.impersonations.add(visit)
        await system.commit()
    return secret.text, visit


async def entries(world: World) -> list[AuditEntry]:
    with world.database.transaction() as tx:
        return sorted(Rows(world.database.audit, tx, None).values(), key=lambda entry: entry.id)


async def test_a_visit_begins_once_and_ends_by_itself(
    world: World, green: Tenant, admin: User, enter: EnterSchool
) -> None:
    code, visit = await new_visit(world, admin)
    school = await world.hosted(green)
    ends = await asyncio.gather(
        *(enter(school=school, code=code, origin=ORIGIN, user_agent="Browser/1") for _ in range(5)),
        return_exceptions=True,
    )
    assert Counter(type(end) for end in ends) == {EnteredView: 1, InvalidInput: 4}
    entered = next(end for end in ends if isinstance(end, EnteredView))
    claims = world.access_tokens.verify(entered.access)
    assert (claims.user_id, claims.session_id, claims.acting) == (admin.id, visit.id, visit.operator_id)
    assert claims.expires_at == world.clock.now() + SESSION_LIFETIME == entered.impersonation.ends_at
    live = await world.sessions.live(tenant_id=green.id, session_id=visit.id)
    assert live is not None
    assert live.impersonated_by == visit.operator_id
    (entry,) = await entries(world)
    assert (entry.action, entry.actor_id, entry.impersonated_by) == (
        "impersonation.entered",
        admin.id,
        visit.operator_id,
    )
    assert (entry.address, entry.after) == ("203.0.113.5", {"reason": "They asked for help."})
    world.pass_time(seconds=SESSION_LIFETIME.total_seconds())
    assert await world.sessions.live(tenant_id=green.id, session_id=visit.id) is None


async def test_codes_that_are_no_good(world: World, green: Tenant, admin: User, enter: EnterSchool) -> None:
    blue = await world.new_school("blue")
    code, _ = await new_visit(world, admin)
    school = await world.hosted(green)
    for where, what in ((await world.hosted(blue), code), (None, code), (school, "x"), (school, code + "x")):
        with pytest.raises(InvalidInput) as refused:
            await enter(school=where, code=what, origin=ORIGIN)
        assert refused.value.code == "code_invalid"
    with pytest.raises(NotAllowed) as closed:
        await enter(school=HostedSchool(green.id, TenantStatus.SUSPENDED), code=code, origin=ORIGIN)
    assert closed.value.code == "school_suspended"
    world.pass_time(seconds=CODE_LIFETIME.total_seconds())
    with pytest.raises(InvalidInput):
        await enter(school=school, code=code, origin=ORIGIN)
    code, _ = await new_visit(world, admin)
    await world.change_user(admin, is_active=False)
    with pytest.raises(InvalidInput):
        await enter(school=school, code=code, origin=ORIGIN)
    assert await entries(world) == []


async def test_a_visitor_ends_the_visit_and_nothing_else(
    world: World, green: Tenant, admin: User, enter: EnterSchool
) -> None:
    own = world.access_tokens.verify((await world.sign_in(green)).access).session_id
    code, visit = await new_visit(world, admin)
    await enter(school=await world.hosted(green), code=code, origin=ORIGIN)
    visitor = replace(world.actor(admin), session_id=visit.id, impersonated_by=visit.operator_id)
    end = EndSession(world.uow, world.sessions, world.trail, world.clock)
    for use in (
        end(visitor, own),
        EndOtherSessions(world.uow, world.sessions, world.clock)(visitor),
        ListSessions(world.uow, world.clock)(visitor),
        EditMe(world.uow, world.trail)(visitor, AboutMe(bio="x")),
        ShowPreferences(world.uow)(visitor),
        EditPreferences(world.uow)(visitor, PreferenceChanges(mail=False)),
    ):
        with pytest.raises(NotAllowed) as refused:
            await use
        assert refused.value.code == "impersonating"
    world.pass_time(minutes=3)
    await end(visitor, visit.id)
    async with world.uow.begin(TEST) as system:
        ended = await system.impersonations.get(visit.id)
    assert ended is not None
    assert ended.ended_at == world.clock.now()
    assert await world.sessions.live(tenant_id=green.id, session_id=visit.id) is None
    assert await world.sessions.live(tenant_id=green.id, session_id=own) is not None
    assert (await entries(world))[-1].action == "impersonation.ended"


@pytest.mark.parametrize("on_platform", [False, True])
async def test_sessions_are_ones_own(world: World, green: Tenant, on_platform: bool) -> None:
    tenant = None if on_platform else green
    if on_platform:
        await world.new_operator()
        await world.new_operator("other@lms.test")
        mine, other = "olive@lms.test", "other@lms.test"
    else:
        await world.new_user(green)
        await world.new_user(green, "bob@green.test")
        mine, other = "ada@green.test", "bob@green.test"
    tenant_id = tenant.id if tenant is not None else None
    signed_in = []
    for _ in range(3):
        signed_in.append(world.access_tokens.verify((await world.sign_in(tenant, mine)).access))
        world.pass_time(seconds=1)
    theirs = world.access_tokens.verify((await world.sign_in(tenant, other)).access)
    actor = Actor(signed_in[0].user_id, tenant_id, signed_in[0].role, signed_in[0].session_id)
    listed = await ListSessions(world.uow, world.clock)(actor)
    assert [(each.id, each.is_current) for each in listed] == [
        (claims.session_id, claims is signed_in[0]) for claims in reversed(signed_in)
    ]
    end = EndSession(world.uow, world.sessions, world.trail, world.clock)
    for wrong in (theirs.session_id, world.ids.new()):
        with pytest.raises(NotFound):
            await end(actor, wrong)
    await end(actor, signed_in[1].session_id)
    with pytest.raises(NotFound):
        await end(actor, signed_in[1].session_id)
    await EndOtherSessions(world.uow, world.sessions, world.clock)(actor)
    assert [each.id for each in await ListSessions(world.uow, world.clock)(actor)] == [actor.session_id]
    assert await world.live_sessions(tenant_id, theirs.user_id) == 1
    assert world.sessions.forgotten == [signed_in[1].session_id, signed_in[2].session_id]


async def test_what_an_administrator_says_of_themselves_is_recorded(world: World, admin: User) -> None:
    edit = EditMe(world.uow, world.trail)
    unchanged = await edit(world.actor(admin), AboutMe())
    assert (unchanged.first_name, await entries(world)) == ("Ada", [])
    changed = await edit(world.actor(admin), AboutMe(first_name="  Augusta ", bio="Counts."))
    assert (changed.first_name, changed.last_name, changed.bio) == ("Augusta", "Lovelace", "Counts.")
    (entry,) = await entries(world)
    assert entry.before == {"first_name": "Ada", "bio": ""}
    assert entry.after == {"first_name": "Augusta", "bio": "Counts."}
    with pytest.raises(InvalidInput):
        await edit(world.actor(admin), AboutMe(last_name=" "))


async def test_preferences(world: World, admin: User) -> None:
    actor, edit, show = world.actor(admin), EditPreferences(world.uow), ShowPreferences(world.uow)
    muted = frozenset({NotificationKind.REMINDER, NotificationKind.ANNOUNCEMENT})
    changed = await edit(actor, PreferenceChanges(digest=True, muted=muted))
    assert await show(actor) == changed
    assert (changed.mail, changed.digest, changed.muted) == (True, True, sorted(muted))
    assert (await edit(actor, PreferenceChanges(mail=False))).muted == sorted(muted)
    with pytest.raises(InvalidInput):
        await edit(actor, PreferenceChanges(muted=frozenset({NotificationKind.SYSTEM})))


async def test_an_operator_has_a_name_and_nothing_to_choose(world: World) -> None:
    somebody = await world.new_operator("root@lms.test")
    operator = Actor(somebody.id, None, Role.SUPER_ADMIN, world.ids.new(), email=somebody.email)
    edit = EditMe(world.uow, world.trail)
    renamed = await edit(operator, AboutMe(first_name=" Grace ", bio=""))
    assert (renamed.first_name, renamed.last_name, renamed.role) == ("Grace", somebody.last_name, Role.SUPER_ADMIN)
    assert await edit(operator, AboutMe(first_name="Grace")) == renamed
    (entry,) = await entries(world)
    assert (entry.action, entry.tenant_id, entry.after) == ("operator.changed", None, {"first_name": "Grace"})
    for wrong in (AboutMe(last_name=" "), AboutMe(bio="Likes ships.")):
        with pytest.raises(InvalidInput):
            await edit(operator, wrong)
    with pytest.raises(NotSignedIn):
        await edit(Actor(world.ids.new(), None, Role.SUPER_ADMIN, world.ids.new()), AboutMe())
    assert (await ShowPreferences(world.uow)(operator)).mail
    with pytest.raises(NotAllowed):
        await EditPreferences(world.uow)(operator, PreferenceChanges(mail=False))

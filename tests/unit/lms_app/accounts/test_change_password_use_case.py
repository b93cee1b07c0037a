"""Change one's own password."""

from dataclasses import replace

import pytest

from lms_app.accounts.change_password import ChangePassword
from lms_app.actor import Actor
from lms_domain.accounts.person import User
from lms_domain.accounts.roles import Role
from lms_domain.errors import InvalidInput, NotAllowed, NotSignedIn
from lms_domain.schools.tenant import Tenant
from tests.unit.lms_app.world import PASSWORD, TEST, World

NEW = "seven herons cross the lake"


@pytest.fixture
async def green(world: World) -> Tenant:
    return await world.new_school("green")


@pytest.fixture
async def ada(world: World, green: Tenant) -> User:
    return await world.new_user(green)


@pytest.fixture
def change(world: World) -> ChangePassword:
    return ChangePassword(
        world.uow,
        world.own_password,
        world.hasher,
        world.access_tokens,
        world.refresh_tokens,
        world.sessions,
        world.account_mail,
        world.trail,
        world.clock,
        world.ids,
    )


async def test_every_session_ends_and_a_new_one_begins(
    world: World, green: Tenant, ada: User, change: ChangePassword
) -> None:
    before = [await world.sign_in(green) for _ in range(3)]
    tokens = await change(world.actor(ada), current_password=PASSWORD, new_password=NEW)
    for each in before:
        assert not await world.is_live(green.id, each.access)
    assert await world.is_live(green.id, tokens.access)
    assert len(world.sessions.forgotten) == 3
    claims = world.access_tokens.verify(tokens.access)
    assert (claims.user_id, claims.tenant_id, claims.role) == (ada.id, green.id, Role.TEACHER)


async def test_the_new_password_is_the_only_one(world: World, ada: User, change: ChangePassword) -> None:
    await change(world.actor(ada), current_password=PASSWORD, new_password=NEW)
    changed = await world.user(ada)
    assert await world.hasher.verify(changed.password_hash, NEW)
    assert not await world.hasher.verify(changed.password_hash, PASSWORD)
    assert changed == replace(ada, password_hash=changed.password_hash)


async def test_an_initial_password_need_not_be_changed_twice(
    world: World, green: Tenant, change: ChangePassword
) -> None:
    bob = await world.new_user(green, "bob@green.test")
    await world.change_user(bob, must_change_password=True)
    await change(world.actor(bob), current_password=PASSWORD, new_password=NEW)
    assert not (await world.user(bob)).must_change_password


@pytest.mark.parametrize(
    ("current", "new", "field", "code"),
    [
        ("wrong", NEW, "current_password", "wrong"),
        ("", NEW, "current_password", "wrong"),
        (PASSWORD + "x" * 2000, NEW, "current_password", "wrong"),
        (PASSWORD, PASSWORD, "new_password", "unchanged"),
        (PASSWORD, "short", "new_password", "too_short"),
        (PASSWORD, "x" * 129, "new_password", "too_long"),
        (PASSWORD, "password12345", "new_password", "too_common"),
        (PASSWORD, "ada-lovelace-1", "new_password", "too_common"),
        (PASSWORD, "ada@green.test", "new_password", "too_common"),
    ],
)
async def test_what_is_refused_changes_nothing(
    world: World, green: Tenant, ada: User, change: ChangePassword, current: str, new: str, field: str, code: str
) -> None:
    tokens = await world.sign_in(green)
    with pytest.raises(InvalidInput) as refused:
        await change(world.actor(ada), current_password=current, new_password=new)
    assert (refused.value.errors[0].field, refused.value.errors[0].code) == (field, code)
    assert await world.user(ada) == ada
    assert await world.is_live(green.id, tokens.access)


async def test_operators_need_a_longer_one(world: World, change: ChangePassword) -> None:
    operator = await world.new_operator()
    before = await world.sign_in(None, "olive@lms.test")
    actor = Actor(user_id=operator.id, tenant_id=None, role=Role.SUPER_ADMIN, session_id=world.ids.new())
    with pytest.raises(InvalidInput, match="15"):
        await change(actor, current_password=PASSWORD, new_password="herons swim no")
    tokens = await change(actor, current_password=PASSWORD, new_password=NEW)
    assert not await world.is_live(None, before.access)
    assert await world.is_live(None, tokens.access)
    async with world.uow.begin(TEST) as system:
        changed = await system.operators.get(operator.id)
    assert changed is not None
    assert await world.hasher.verify(changed.password_hash, NEW)


async def test_somebody_who_is_gone(world: World, green: Tenant, change: ChangePassword) -> None:
    actor = Actor(user_id=world.ids.new(), tenant_id=green.id, role=Role.TEACHER, session_id=world.ids.new())
    with pytest.raises(NotSignedIn):
        await change(actor, current_password=PASSWORD, new_password=NEW)


async def test_a_mail_tells_of_it(world: World, ada: User, change: ChangePassword) -> None:
    with pytest.raises(InvalidInput):
        await change(world.actor(ada), current_password="wrong", new_password=NEW)
    assert await world.mails() == []
    await change(world.actor(ada), current_password=PASSWORD, new_password=NEW)
    (mail,) = await world.mails()
    assert (mail.to, mail.subject) == (ada.email, "Your password was changed")
    assert NEW not in mail.text


async def test_a_visitor_cannot(world: World, ada: User, change: ChangePassword) -> None:
    visitor = replace(world.actor(ada), impersonated_by=world.ids.new())
    with pytest.raises(NotAllowed) as refused:
        await change(visitor, current_password=PASSWORD, new_password=NEW)
    assert refused.value.code == "impersonating"

"""Visits to schools, and the end of one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.hmac_tokens.confirmation_codes import HmacConfirmationCodes
from adapters.memory.audit import MemoryAuditQueries
from lms_app.accounts.impersonate import Impersonate
from lms_app.actor import Actor, Origin
from lms_app.listing import PageRequest
from lms_app.ports.audit import AuditFilter
from lms_app.schools.erase_school import ConfirmErasure, RequestErasure
from lms_app.scope import TenantScope
from lms_domain.accounts.impersonation import CODE_LIFETIME
from lms_domain.accounts.roles import Role
from lms_domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tests.unit.lms_app.world import KEYS, TEST, World

CODES = HmacConfirmationCodes(keys=KEYS, current="k1")


@pytest.fixture
async def operator(world: World) -> Actor:
    """Who has just signed in."""
    person = await world.new_operator()
    session_id = world.access_tokens.verify((await world.sign_in(None, person.email)).access).session_id
    origin = Origin("192.0.2.7", "r-1")
    return Actor(person.id, None, Role.SUPER_ADMIN, session_id, email=person.email, origin=origin)


@pytest.fixture
def impersonate(world: World) -> Impersonate:
    return Impersonate(world.uow, world.brands.addresses, world.trail, world.randomness, world.clock, world.ids)


async def actions(world: World, scope: TenantScope | None = None) -> list[str]:
    found = await MemoryAuditQueries(world.database).entries(scope or TEST, AuditFilter(), PageRequest(1, 100))
    return [entry.action for entry in found.results]


async def test_a_visit_is_opened_once_and_stands_in_both_trails(
    world: World, impersonate: Impersonate, operator: Actor
) -> None:
    school = await world.new_school()
    admin = await world.new_admin(school)
    visit = await impersonate(operator, school.id, reason="  A course   cannot be found ")
    assert visit.expires_at == world.clock.now() + CODE_LIFETIME
    assert visit.url == f"https://green.lms.example/enter#code={visit.code}"
    assert await actions(world, TenantScope(school.id)) == ["impersonation.opened"]
    assert sorted(await actions(world)) == ["impersonation.opened", "school.impersonated"]
    [kept] = world.database.impersonations.rows()
    assert (kept.user_id, kept.operator_id, kept.reason) == (
        admin.user_id,
        operator.user_id,
        "A course cannot be found",
    )
    assert visit.code.encode() not in kept.code_fingerprint


async def test_why_there_is_no_visit(world: World, impersonate: Impersonate, operator: Actor) -> None:
    empty, shut, school = (
        await world.new_school("empty"),
        await world.new_school("shut", is_suspended=True),
        await world.new_school("open"),
    )
    admin = await world.new_admin(school)
    await world.new_admin(shut)
    for actor, tenant_id, reason, kind, code in (
        (operator, empty.id, "to help them", Conflict, "no_administrator"),
        (operator, shut.id, "to help them", Conflict, "school_closed"),
        (operator, world.ids.new(), "to help them", NotFound, "not_found"),
        (operator, school.id, "hm", InvalidInput, "validation_error"),
        (admin, school.id, "to help them", NotAllowed, "not_allowed"),
        (replace(operator, session_id=world.ids.new()), school.id, "to help", NotAllowed, "step_up_required"),
    ):
        with pytest.raises(kind) as refused:
            await impersonate(actor, tenant_id, reason=reason)
        assert refused.value.code == code
    world.pass_time(minutes=6)
    with pytest.raises(NotAllowed):
        await impersonate(operator, school.id, reason="to help them")
    assert world.database.impersonations.rows() == []
    assert await actions(world) == []


async def test_a_school_is_erased_by_code_and_name(world: World, operator: Actor) -> None:
    school, other = await world.new_school("green"), await world.new_school("blue")
    await world.new_course(school)
    ask = RequestErasure(world.uow, CODES, world.trail, world.clock)
    confirm = ConfirmErasure(world.uow, CODES, world.trail, world.clock)
    asked = await ask(operator, school.id)
    elsewhere = replace(operator, session_id=world.ids.new())
    for actor, tenant_id, code, phrase, kind in (
        (operator, school.id, asked.code, "green", InvalidInput),
        (operator, school.id, asked.code + "A", "Green", InvalidInput),
        (operator, other.id, asked.code, "Blue", InvalidInput),
        (elsewhere, school.id, asked.code, "Green", NotAllowed),
        (await world.new_admin(school), school.id, asked.code, "Green", NotAllowed),
    ):
        with pytest.raises(kind):
            await confirm(actor, tenant_id, code=code, phrase=phrase)
    assert len(world.database.tenants.rows()) == 2
    await confirm(operator, school.id, code=asked.code, phrase=asked.phrase)
    assert [tenant.id for tenant in world.database.tenants.rows()] == [other.id]
    assert world.database.courses.rows() == []
    prefixes = {row.garbage.prefix for row in world.database.garbage.rows()}
    assert prefixes == {f"tenant/{school.id}/"}
    assert await actions(world) == ["school.erased", "school.erasure_requested"]
    with pytest.raises(NotFound):
        await confirm(operator, school.id, code=asked.code, phrase=asked.phrase)
    with pytest.raises(NotFound):
        await ask(operator, school.id)


@pytest.mark.parametrize(("seconds", "holds"), [(0, True), (599, True), (600, False), (10_000, False)])
def test_a_code_holds_for_ten_minutes(world: World, seconds: int, holds: bool) -> None:
    now = world.clock.now()
    code = CODES.issue("erase|a|b", expires_at=now + timedelta(minutes=10))
    later = now + timedelta(seconds=seconds)
    assert CODES.holds(code, "erase|a|b", now=later) is holds
    assert not CODES.holds(code, "erase|a|c", now=later)
    other_keys = HmacConfirmationCodes(keys={"k1": bytes(32)}, current="k1")
    assert not other_keys.holds(code, "erase|a|b", now=later)
    for at in range(len(code)):
        changed = code[:at] + ("1" if code[at] != "1" else "2") + code[at + 1 :]
        assert not CODES.holds(changed, "erase|a|b", now=later)

"""Second factors, and proofs of who one is."""

import asyncio
import base64
from collections import Counter
from dataclasses import replace

import pytest

from lms_app.accounts.confirm_second_factor import ConfirmSecondFactor
from lms_app.accounts.disable_second_factor import DisableSecondFactor
from lms_app.accounts.enrol_second_factor import EnrolSecondFactor
from lms_app.accounts.sessions import Device
from lms_app.accounts.set_password import SetPassword
from lms_app.accounts.show_second_factor import ShowSecondFactor
from lms_app.accounts.sign_in import Credentials, SignedIn
from lms_app.accounts.step_up import STEP_UP_LIFETIME, StepUp, require_recent_step_up
from lms_app.actor import Actor, Origin
from lms_app.scope import TenantScope
from lms_domain.accounts.lockout import FREE_TRIES
from lms_domain.accounts.roles import Role
from lms_domain.accounts.second_factor import STEP_SECONDS, totp
from lms_domain.errors import Conflict, InvalidInput, LmsError, NotAllowed, NotFound, NotSignedIn
from lms_domain.schools.tenant import Tenant
from tests.unit.lms_app.world import PASSWORD, TEST, World

NEW = "seven herons cross the lake"


class Phone:
    """Somebody, and what they do about their second factor: at a school, or (None) on the platform."""

    def __init__(self, world: World, tenant: Tenant | None, email: str) -> None:
        self.world = world
        self.tenant = tenant
        self.email = email
        self.secret = b""
        self.recovery: list[str] = []
        self.actor = Actor(world.ids.new(), None, Role.SUPER_ADMIN, world.ids.new())
        self.enrol = EnrolSecondFactor(world.uow, world.brands, world.randomness, world.clock)
        self.confirm = ConfirmSecondFactor(
            world.uow, world.sessions, world.account_mail, world.trail, world.randomness, world.clock
        )
        self.disable = DisableSecondFactor(world.uow, world.sessions, world.account_mail, world.trail, world.clock)
        self.step_up = StepUp(world.uow, world.own_password, world.clock)

    async def sign_in(self, otp: str | None = None, address: str = "192.0.2.7") -> SignedIn:
        school = await self.world.hosted(self.tenant) if self.tenant is not None else None
        shown = Credentials(self.email, PASSWORD, otp=otp)
        signed_in = await self.world.new_sign_in()(school=school, shown=shown, device=Device(address))
        claims = self.world.access_tokens.verify(signed_in.tokens.access)
        self.actor = Actor(
            claims.user_id, claims.tenant_id, claims.role, claims.session_id, self.email, origin=Origin(address)
        )
        return signed_in

    async def end_of(self, otp: str | None = None, address: str = "192.0.2.7") -> str:
        try:
            await self.sign_in(otp, address)
        except LmsError as error:
            return error.code
        return "in"

    def code(self, step: int = 0) -> str:
        return totp(self.secret, int(self.world.clock.now().timestamp()) // STEP_SECONDS + step)

    async def have_factor(self) -> None:
        await self.sign_in()
        self.secret = base64.b32decode((await self.enrol(self.actor)).secret)
        self.recovery = (await self.confirm(self.actor, code=self.code())).recovery_codes
        self.world.pass_time(seconds=STEP_SECONDS)

    async def is_fresh(self) -> bool:
        try:
            if self.tenant is None:
                async with self.world.uow.begin(TEST) as system:
                    await require_recent_step_up(system.operator_sessions, self.actor, now=self.world.clock.now())
            else:
                async with self.world.uow.begin(TenantScope(self.tenant.id)) as tx:
                    await require_recent_step_up(tx.sessions, self.actor, now=self.world.clock.now())
        except NotAllowed as error:
            if error.code != "step_up_required":
                raise
            return False
        return True


@pytest.fixture(params=["school", "platform"])
async def phone(request: pytest.FixtureRequest, world: World) -> Phone:
    if request.param == "platform":
        await world.new_operator()
        return Phone(world, None, "olive@lms.test")
    tenant = await world.new_school("green")
    await world.new_user(tenant)
    return Phone(world, tenant, "ada@green.test")


async def test_a_factor_counts_once_it_is_confirmed(world: World, phone: Phone) -> None:
    await phone.sign_in()
    with pytest.raises(Conflict) as refused:
        await phone.confirm(phone.actor, code="123456")
    assert refused.value.code == "otp_not_begun"
    first, second = await phone.enrol(phone.actor), await phone.enrol(phone.actor)
    assert first != second
    issuer = "Brain%20LMS" if phone.tenant is None else "Green"
    assert second.uri.startswith(f"otpauth://totp/{issuer}:{phone.email}?secret={second.secret}")
    assert await phone.end_of() == "in"
    phone.secret = base64.b32decode(first.secret)
    with pytest.raises(InvalidInput) as wrong:
        await phone.confirm(phone.actor, code=phone.code())
    assert (wrong.value.code, wrong.value.errors[0].field) == ("otp_invalid", "otp")
    phone.secret = base64.b32decode(second.secret)
    others = [await phone.sign_in() for _ in range(2)]
    shown = await phone.confirm(phone.actor, code=phone.code())
    assert len(set(shown.recovery_codes)) == 10
    tenant_id = phone.tenant.id if phone.tenant is not None else None
    assert not await world.is_live(tenant_id, others[0].tokens.access)
    assert await world.is_live(tenant_id, others[1].tokens.access), "the one that asked"
    with pytest.raises(Conflict):
        await phone.enrol(phone.actor)
    assert await phone.end_of() == "otp_required"
    told = (await world.mails())[-1]
    assert (told.to, told.tenant_id) == (phone.email, tenant_id)


async def test_no_code_is_good_twice(phone: Phone) -> None:
    await phone.have_factor()
    at_once = await asyncio.gather(*(phone.end_of(phone.code()) for _ in range(4)))
    assert Counter(at_once) == {"in": 1, "otp_required": 3}
    at_once = await asyncio.gather(*(phone.end_of(phone.recovery[0]) for _ in range(2)))
    assert Counter(at_once) == {"in": 1, "otp_required": 1}
    assert (await ShowSecondFactor(phone.world.uow)(phone.actor)).recovery_codes_left == 9


async def test_codes_are_guessed_from_everywhere_together(world: World, phone: Phone) -> None:
    await phone.have_factor()
    ends = [await phone.end_of("000000", f"198.51.100.{n}") for n in range(FREE_TRIES + 1)]
    assert ends == ["otp_required"] * FREE_TRIES + ["too_many_tries"]
    assert await phone.end_of(phone.code(), "203.0.113.1") == "too_many_tries"
    world.pass_time(seconds=1)
    assert await phone.end_of(phone.code(), "203.0.113.1") == "in"
    assert await phone.end_of("000000", "203.0.113.1") == "otp_required", "the row ended"


async def test_a_wrong_password_says_nothing_of_a_factor(phone: Phone) -> None:
    await phone.have_factor()
    school = await phone.world.hosted(phone.tenant) if phone.tenant is not None else None
    for otp in (None, phone.code(), "000000"):
        with pytest.raises(NotSignedIn) as refused:
            await phone.world.new_sign_in()(
                school=school, shown=Credentials(phone.email, "wrong", otp=otp), device=Device("198.51.100.9")
            )
        assert refused.value.code == "invalid_credentials"


async def test_what_is_dangerous_wants_a_proof_of_five_minutes(world: World, phone: Phone) -> None:
    await phone.sign_in()
    assert await phone.is_fresh()
    world.pass_time(seconds=STEP_UP_LIFETIME.total_seconds())
    assert await phone.is_fresh()
    world.pass_time(seconds=1)
    assert not await phone.is_fresh()
    with pytest.raises(NotAllowed) as refused:
        await phone.enrol(phone.actor)
    assert refused.value.code == "step_up_required"
    for shown in ({"password": "wrong"}, {"password": None}, {"password": PASSWORD, "otp": "1"}, {"otp": "123456"}):
        with pytest.raises(InvalidInput):
            await phone.step_up(phone.actor, **{"password": None, "otp": None, **shown})
    assert not await phone.is_fresh()
    until = await phone.step_up(phone.actor, password=PASSWORD, otp=None)
    assert until == world.clock.now() + STEP_UP_LIFETIME
    assert await phone.is_fresh()


async def test_a_factor_ends_with_a_proof_and_a_code(world: World, phone: Phone) -> None:
    await phone.sign_in()
    with pytest.raises(Conflict) as refused:
        await phone.disable(phone.actor, code="123456")
    assert refused.value.code == "otp_not_confirmed"
    await phone.have_factor()
    world.pass_time(minutes=6)
    with pytest.raises(NotAllowed):
        await phone.disable(phone.actor, code=phone.code())
    await phone.step_up(phone.actor, password=None, otp=phone.code())
    with pytest.raises(InvalidInput):
        await phone.disable(phone.actor, code=phone.code())
    await phone.disable(phone.actor, code=phone.recovery[3])
    assert await phone.end_of() == "in"
    assert (await world.mails())[-1].subject == "The second factor of your account is off"


async def test_a_visitor_has_no_business_with_any_of_it(world: World) -> None:
    tenant = await world.new_school("green")
    phone = Phone(world, tenant, "ada@green.test")
    visitor = replace(world.actor(await world.new_user(tenant)), impersonated_by=world.ids.new())
    for use in (
        phone.enrol(visitor),
        phone.confirm(visitor, code="1"),
        phone.disable(visitor, code="1"),
        phone.step_up(visitor, password=PASSWORD, otp=None),
        ShowSecondFactor(world.uow)(visitor),
    ):
        with pytest.raises(NotAllowed) as refused:
            await use
        assert refused.value.code == "impersonating"


@pytest.mark.parametrize("without_second_factor", [False, True])
async def test_the_command_line_lets_somebody_in_again(world: World, phone: Phone, without_second_factor: bool) -> None:
    await phone.have_factor()
    for _ in range(FREE_TRIES + 1):
        await phone.end_of("000000")
    tenant_id = phone.tenant.id if phone.tenant is not None else None
    assert await world.live_sessions(tenant_id, phone.actor.user_id) > 0
    use = SetPassword(world.uow, world.hasher, world.account_mail, world.trail, world.clock)
    with pytest.raises(NotFound):
        await use(tenant_id=tenant_id, email="nobody@green.test", password=NEW)
    with pytest.raises(InvalidInput) as refused:
        await use(tenant_id=tenant_id, email=phone.email, password="short")
    assert refused.value.errors[0].field == "password"
    await use(tenant_id=tenant_id, email=phone.email, password=NEW, without_second_factor=without_second_factor)
    assert await world.live_sessions(tenant_id, phone.actor.user_id) == 0
    school = await world.hosted(phone.tenant) if phone.tenant is not None else None
    otp = None if without_second_factor else phone.code()
    signed_in = await world.new_sign_in()(school=school, shown=Credentials(phone.email, NEW, otp=otp), device=Device())
    assert signed_in.user.must_change_password

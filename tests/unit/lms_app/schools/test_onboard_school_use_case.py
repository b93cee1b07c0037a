"""Onboard a school."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from lms_app.accounts.create_operator import CreateOperator
from lms_app.schools.onboard_school import NewSchool, OnboardSchool
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.errors import Conflict, InvalidInput, NotAllowed
from lms_domain.notices.mail_delivery import MailKind
from lms_domain.schools.subdomain import check_subdomain
from lms_domain.schools.tenant import PLAN_LIMITS, Plan, Tenant, TenantStatus
from tests.unit.lms_app.world import PASSWORD, TEST, World

GREEN = NewSchool(
    school_name="Green Valley School",
    admin_email="Ada@Green.test",
    admin_first_name="Ada",
    admin_last_name="Lovelace",
    admin_password=PASSWORD,
)


@pytest.fixture
def onboard(world: World) -> OnboardSchool:
    return OnboardSchool(world.uow, world.hasher, world.account_mail, world.brands, world.trail, world.clock, world.ids)


async def tenant_of(world: World, subdomain: str) -> Tenant | None:
    async with world.uow.begin(TEST) as system:
        return await system.tenants.by_subdomain(subdomain)


async def test_a_school_on_trial_with_its_administrator(world: World, onboard: OnboardSchool) -> None:
    made = await onboard(replace(GREEN, plan=Plan.STARTER, trial_days=30, time_zone="Asia/Kolkata"))
    tenant = await tenant_of(world, "green-valley-school")
    assert tenant is not None
    assert (tenant.id, made.subdomain, made.admin_email) == (made.tenant_id, "green-valley-school", "Ada@Green.test")
    assert (tenant.plan, tenant.limits) == (Plan.STARTER, PLAN_LIMITS[Plan.STARTER])
    assert tenant.status(world.clock.now()) is TenantStatus.TRIAL
    assert tenant.trial_ends_on == date(2026, 4, 1)
    async with world.uow.begin(TenantScope(made.tenant_id)) as tx:
        admin = await tx.users.get(made.admin_id)
        assert await tx.usage.limits() == (PLAN_LIMITS[Plan.STARTER], 0)
    assert admin is not None
    assert (admin.role, admin.must_change_password) == (Role.SCHOOL_ADMIN, True)
    assert (await world.sign_in(tenant, "ada@green.test")).refresh


@pytest.mark.parametrize(
    "name",
    [
        "Школа № 57",
        "北京大学附属中学",
        "مدرسة النور",
        "Ελληνικό Σχολείο",
        "École",
        "विद्यालय",
        "🏫",
        "A",
        "www",
        "Admin",
        "x" * 200,
    ],
)
async def test_a_name_in_any_script_gets_an_address(onboard: OnboardSchool, name: str) -> None:
    made = await onboard(replace(GREEN, school_name=name))
    assert check_subdomain(made.subdomain) == made.subdomain


async def test_schools_of_the_same_name_are_numbered(onboard: OnboardSchool) -> None:
    made = [await onboard(GREEN) for _ in range(4)]
    assert [school.subdomain for school in made] == [
        "green-valley-school",
        "green-valley-school-2",
        "green-valley-school-3",
        "green-valley-school-4",
    ]
    assert len({school.tenant_id for school in made}) == 4


async def test_names_that_leave_no_letters_are_numbered_too(onboard: OnboardSchool) -> None:
    made = [await onboard(replace(GREEN, school_name=name)) for name in ("北京", "上海", "🏫")]
    assert [school.subdomain for school in made] == ["school", "school-2", "school-3"]


async def test_a_long_name_stays_within_the_limit_when_numbered(onboard: OnboardSchool) -> None:
    made = [await onboard(replace(GREEN, school_name="x" * 60)) for _ in range(2)]
    assert [school.subdomain for school in made] == ["x" * 40, "x" * 38 + "-2"]


async def test_many_at_once_get_addresses_of_their_own(onboard: OnboardSchool) -> None:
    made = await asyncio.gather(*(onboard(GREEN) for _ in range(10)))
    assert len({school.subdomain for school in made}) == 10


async def test_an_address_that_was_asked_for(onboard: OnboardSchool) -> None:
    assert (await onboard(replace(GREEN, subdomain="green"))).subdomain == "green"


async def test_a_taken_address_is_said_and_nothing_is_left(world: World, onboard: OnboardSchool) -> None:
    first = await onboard(replace(GREEN, subdomain="green"))
    with pytest.raises(Conflict) as refused:
        await onboard(replace(GREEN, subdomain="green", admin_email="other@green.test"))
    assert refused.value.code == "subdomain_taken"
    assert refused.value.errors[0].field == "subdomain"
    tenant = await tenant_of(world, "green")
    assert tenant is not None
    assert tenant.id == first.tenant_id
    assert len(world.database.tenants.rows()) == 1
    assert len(world.database.users.rows()) == 1


@pytest.mark.parametrize(
    ("school", "field"),
    [
        (replace(GREEN, subdomain="www"), "subdomain"),
        (replace(GREEN, subdomain="Green"), "subdomain"),
        (replace(GREEN, subdomain=""), "subdomain"),
        (replace(GREEN, subdomain="a"), "subdomain"),
        (replace(GREEN, school_name=" "), "school_name"),
        (replace(GREEN, school_name="x" * 201), "school_name"),
        (replace(GREEN, admin_email="nobody"), "admin_email"),
        (replace(GREEN, admin_first_name=""), "admin_first_name"),
        (replace(GREEN, admin_last_name="x" * 101), "admin_last_name"),
        (replace(GREEN, admin_password="short"), "admin_password"),
        (replace(GREEN, admin_password="green valley school"), "admin_password"),
        (replace(GREEN, trial_days=0), "trial_days"),
        (replace(GREEN, trial_days=366), "trial_days"),
        (replace(GREEN, time_zone="Mars/Olympus"), "time_zone"),
    ],
)
async def test_what_is_refused_leaves_nothing(
    world: World, onboard: OnboardSchool, school: NewSchool, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await onboard(school)
    assert refused.value.errors[0].field == field
    assert world.database.tenants.rows() == []
    assert world.database.users.rows() == []


async def test_the_demos_password_is_let_through_for_the_demo_only(world: World, onboard: OnboardSchool) -> None:
    school = replace(GREEN, admin_password="demo123", subdomain="demo")
    with pytest.raises(InvalidInput):
        await onboard(school)
    made = await onboard(school, is_demo=True)
    async with world.uow.begin(TenantScope(made.tenant_id)) as tx:
        admin = await tx.users.get(made.admin_id)
    assert admin is not None
    assert not admin.must_change_password


async def test_the_administrator_is_invited_or_welcomed_and_the_platform_remembers(
    world: World, onboard: OnboardSchool
) -> None:
    invited = await onboard(replace(GREEN, admin_password=None))
    welcomed = await onboard(replace(GREEN, school_name="Blue"))
    for is_demo, is_quiet in ((True, False), (False, True)):
        await onboard(replace(GREEN, school_name="Quiet"), is_demo=is_demo, is_quiet=is_quiet)
    mails = await world.mails()
    assert {(mail.tenant_id, mail.kind) for mail in mails} == {
        (invited.tenant_id, MailKind.WELCOME),
        (invited.tenant_id, MailKind.INVITATION),
        (welcomed.tenant_id, MailKind.WELCOME),
    }
    assert all("https://" in mail.text and mail.to == "Ada@Green.test" for mail in mails)
    recorded = [(entry.action, entry.tenant_id, entry.object_id) for entry in world.database.audit.rows()]
    assert [each[:2] for each in recorded] == [("school.onboarded", None)] * 3
    async with world.uow.begin(TenantScope(invited.tenant_id)) as tx:
        admin = await tx.users.get(invited.admin_id)
    assert admin is not None
    assert (admin.password_hash, admin.must_change_password) == ("", False)


async def test_only_operators_open_schools(world: World, onboard: OnboardSchool) -> None:
    admin = await world.new_admin(await world.new_school())
    with pytest.raises(NotAllowed):
        await onboard(replace(GREEN, subdomain="mine"), actor=admin)
    assert len(world.database.tenants.rows()) == 1


class TestCreateOperator:
    @pytest.fixture
    def create(self, world: World) -> CreateOperator:
        return CreateOperator(world.uow, world.hasher, world.clock, world.ids)

    async def test_an_operator_can_sign_in(self, world: World, create: CreateOperator) -> None:
        operator_id = await create(
            email=" Olive@LMS.test ", first_name="Olive", last_name="Operator", password=PASSWORD
        )
        tokens = await world.sign_in(None, "olive@lms.test")
        assert world.access_tokens.verify(tokens.access).user_id == operator_id

    async def test_an_address_is_taken_once(self, world: World, create: CreateOperator) -> None:
        await world.new_operator("olive@lms.test")
        with pytest.raises(Conflict) as refused:
            await create(email="OLIVE@lms.test", first_name="O", last_name="P", password=PASSWORD)
        assert refused.value.code == "email_taken"

    @pytest.mark.parametrize(
        ("email", "first", "password"),
        [("nobody", "O", PASSWORD), ("o@lms.test", " ", PASSWORD), ("o@lms.test", "O", "otters swim no")],
    )
    async def test_what_is_refused(
        self, world: World, create: CreateOperator, email: str, first: str, password: str
    ) -> None:
        with pytest.raises(InvalidInput):
            await create(email=email, first_name=first, last_name="P", password=password)
        assert world.database.operators.rows() == []

    async def test_the_demos_password(self, world: World, create: CreateOperator) -> None:
        operator_id = await create(
            email="admin@lms.com", first_name="O", last_name="P", password="superadmin123", is_demo=True
        )
        assert [operator.id for operator in world.database.operators.rows()] == [operator_id]

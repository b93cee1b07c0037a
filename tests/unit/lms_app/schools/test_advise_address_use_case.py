"""Advise on a new school's address."""

from uuid import uuid4

import pytest

from lms_app.actor import Actor
from lms_app.schools.advise_address import AdviseAddress
from lms_domain.accounts.roles import Role
from lms_domain.errors import NotAllowed
from tests.unit.lms_app.world import World


@pytest.mark.parametrize(
    ("name", "wanted", "problem", "suggestion"),
    [
        ("Школа № 57", "", None, "shkola-no-57"),
        ("Green", "green-hill", None, "green-2"),
        ("Green", "green", "taken", "green-2"),
        ("Green", "www", "reserved", "green-2"),
        ("🏫", "a", "invalid", "school"),
    ],
)
async def test_whether_an_address_can_be_had_and_which_one_could(
    world: World, name: str, wanted: str, problem: str | None, suggestion: str
) -> None:
    await world.new_school("green")
    operator = Actor(uuid4(), None, Role.SUPER_ADMIN, uuid4())
    advice = await AdviseAddress(world.uow)(operator, school_name=name, subdomain=wanted)
    assert (advice.problem, advice.suggestion) == (problem, suggestion)
    assert advice.subdomain == (wanted or suggestion)
    assert (advice.message is None) is (problem is None)


async def test_only_operators_ask(world: World) -> None:
    tenant = await world.new_school("green")
    with pytest.raises(NotAllowed):
        await AdviseAddress(world.uow)(await world.new_admin(tenant), school_name="Green")

"""A new classroom for every test."""

import pytest

from tests.unit.lms_app.learning.classroom import Classroom, new_classroom
from tests.unit.lms_app.world import World


@pytest.fixture
async def room(world: World) -> Classroom:
    return await new_classroom(world)

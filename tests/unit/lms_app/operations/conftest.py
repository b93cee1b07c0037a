"""A new school with a pipeline for every test."""

import pytest

from tests.unit.lms_app.video.pipeline import Pipeline
from tests.unit.lms_app.world import World


@pytest.fixture
async def pipeline(world: World) -> Pipeline:
    tenant = await world.new_school()
    await world.new_admin(tenant)
    return Pipeline(world, tenant)

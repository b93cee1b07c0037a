"""A new world for every test."""

import pytest

from tests.unit.lms_app.world import World


@pytest.fixture
def world() -> World:
    return World()

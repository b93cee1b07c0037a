"""Pillow under its contract."""

import pytest

from adapters.pillow.picture_encoder import PillowPictureEncoder
from tests.contracts.picture_encoder import PictureEncoderContract


class TestPillowPictureEncoder(PictureEncoderContract):
    @pytest.fixture
    def encoder(self) -> PillowPictureEncoder:
        return PillowPictureEncoder()

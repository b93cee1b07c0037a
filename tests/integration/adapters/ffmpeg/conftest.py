"""Real tools and real files. Every test runs over both ffmpegs and both probes that a system may have."""

import os
from pathlib import Path

import pytest

from adapters.ffmpeg.ffprobe_probe import FfprobeMediaProbe
from adapters.ffmpeg.pyav_probe import PyavMediaProbe
from adapters.ffmpeg.tools import bundled_ffmpeg, find_ffmpeg, find_ffprobe
from lms_app.ports.media_probe import MediaProbe
from tests.integration.adapters.ffmpeg.processes import Offspring
from tests.integration.adapters.ffmpeg.sources import FfmpegSources

WITHOUT_SYSTEM_TOOLS = os.environ.get("LMS_TEST_WITHOUT_SYSTEM_FFMPEG") == "1"
"""Set to 1 to test with the wheels' tools only. Without it, missing tools fail: nothing is skipped unseen."""


@pytest.fixture(scope="session", params=["wheel"] if WITHOUT_SYSTEM_TOOLS else ["system", "wheel"])
def ffmpeg(request: pytest.FixtureRequest) -> Path:
    """The system's ffmpeg, and the one of imageio-ffmpeg."""
    if request.param == "wheel":
        return bundled_ffmpeg()
    found = find_ffmpeg()
    if found == bundled_ffmpeg():
        pytest.fail("no ffmpeg on PATH: install it, or set LMS_TEST_WITHOUT_SYSTEM_FFMPEG=1")
    return found


@pytest.fixture(scope="session", params=["pyav"] if WITHOUT_SYSTEM_TOOLS else ["ffprobe", "pyav"])
def any_probe(request: pytest.FixtureRequest) -> MediaProbe:
    """Probe by ffprobe, and by PyAV."""
    return PyavMediaProbe() if request.param == "pyav" else system_probe()


@pytest.fixture(scope="session")
def one_probe() -> MediaProbe:
    """A probe for tests of other tools."""
    return PyavMediaProbe() if WITHOUT_SYSTEM_TOOLS else system_probe()


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> FfmpegSources:
    """Files, each made when first asked for."""
    return FfmpegSources(bundled_ffmpeg(), tmp_path_factory.mktemp("media"))


@pytest.fixture
def offspring() -> Offspring:
    """What the test starts."""
    return Offspring()


def system_probe() -> MediaProbe:
    """ffprobe, which must be there."""
    ffprobe = find_ffprobe()
    if ffprobe is None:
        pytest.fail("no ffprobe on PATH: install ffmpeg, or set LMS_TEST_WITHOUT_SYSTEM_FFMPEG=1")
    return FfprobeMediaProbe(ffprobe)

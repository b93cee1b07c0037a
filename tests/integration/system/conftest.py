"""Whole installations for tests: the embedded one, and one over Redis with every process on its own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.integration.redis_server import RedisServer
from tests.integration.system.browsing import ARGUMENTS, CHROMIUM
from tests.integration.system.installation import Installation, School


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    """Below a folder that an unprivileged database account can walk to, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="lms-system-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    with RedisServer() as server:
        yield server


EMBEDDED = (("serve",),)
OVER_REDIS = (
    ("serve",),
    ("worker", "default", "media"),
    ("worker", "speech"),
    ("scheduler",),
)


@pytest.fixture(scope="module")
def embedded(data_dir: Path) -> Iterator[Installation]:
    """One command, nothing else."""
    installation = Installation(data_dir, EMBEDDED)
    installation.start()
    yield installation
    if installation.processes:
        installation.stop()


@pytest.fixture(scope="module", params=["embedded", "redis"])
def installation(request: pytest.FixtureRequest, data_dir: Path) -> Iterator[Installation]:
    """Both ways of running it."""
    if request.param == "embedded":
        running = Installation(data_dir, EMBEDDED)
    else:
        server: RedisServer = request.getfixturevalue("redis_server")
        server.flush()
        running = Installation(data_dir, OVER_REDIS, {"LMS_REDIS_URL": server.url})
        running.lms("migrate")
    running.start()
    yield running
    if running.processes:
        running.stop()


@pytest.fixture(scope="module")
def school(embedded: Installation) -> School:
    return embedded.school("Springfield Elementary")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert shutil.which(CHROMIUM), f"{CHROMIUM} is missing: sudo apt-get install -y chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()

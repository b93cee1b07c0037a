"""Whole installations for tests: the embedded one, and one over Redis with every process on its own."""

import shutil
import subprocess
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.integration.redis_server import RedisServer
from tests.integration.system.browsing import ARGUMENTS, CHROMIUM, PICTURES
from tests.integration.system.installation import LECTURE, Installation, School


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    """Below a folder that an unprivileged database account can walk to, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="lms-system-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def minute(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first minute of the lecture: long enough for each of its steps to be met at work."""
    path = tmp_path_factory.mktemp("minute") / "minute.mp4"
    subprocess.run(["ffmpeg", "-v", "error", "-i", LECTURE, "-t", "60", "-c", "copy", path], check=True)
    return path


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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for each file: while Playwright is open its event loop runs, beside which no test of ours can be async."""
    assert shutil.which(CHROMIUM), f"{CHROMIUM} is missing: sudo apt-get install -y chromium"
    # As patient as the pages' own timeout (`open_context`); Playwright's five seconds are short on a busy machine.
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """When a test in a browser fails, keep what its pages showed."""
    report = yield
    if report.when == "call" and report.failed:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for name, page in getattr(item, "funcargs", {}).items():
            if isinstance(page, Page) and not page.is_closed():
                page.screenshot(path=PICTURES / f"failed-{item.name}-{name}.png")
                report.sections.append((f"what {name} showed at {page.url}", page.locator("body").aria_snapshot()))
    return report

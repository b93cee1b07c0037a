"""The integration tests in two passes: `python -m scripts.integration_tests [ARGUMENT of pytest...]`.

First, on two cores, what does not mind company: every test process has a PostgreSQL server of its own. Then, one after
the other, what is marked ``alone``. Arguments go to both; each can fail.
"""

import subprocess
import sys
from collections.abc import Callable, Sequence

from scripts.steps import ROOT

FOLDER = "tests/integration"
ALONE = tuple(
    f"{FOLDER}/{name}"
    for name in (
        "system/test_bad_input.py",
        "system/test_demo.py",
        "system/test_doctor.py",
        "system/test_faults.py",
        "system/test_isolation.py",
        "system/test_lecture.py",
        "system/test_pipeline_cli.py",
        "system/test_queue_faults.py",
        "system/test_school_cli.py",
        "system/test_start.py",
        "adapters/embedded_postgres/",
        "adapters/faster_whisper/",
        "adapters/ffmpeg/test_ffmpeg_probes.py",
        "adapters/ffmpeg/test_ffmpeg_processes.py",
    )
)
"""Folders and files whose tests watch processes, measure, or need both cores: all of them are ``alone``."""

BROWSING = tuple(
    f"{FOLDER}/system/{name}"
    for name in (
        "test_portal_pages.py",
        "test_journey.py",
        "test_mishaps.py",
        "test_player.py",
        "test_keyboard.py",
        "test_two_schools.py",
        "test_public_pages.py",
    )
)
"""Minutes each, and mostly waiting: they begin first, so that none of them is what the end waits for."""

PASSES = (
    # In the order in which they are collected, see tests/integration/conftest.py.
    ("-m", "not drill and not alone", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"),
    ("-m", "not drill and alone"),
)

NO_TESTS = 5
"""What pytest ends with when nothing was chosen."""


def _call(command: Sequence[str]) -> int:
    return subprocess.call(command, cwd=ROOT)


def run(arguments: Sequence[str], call: Callable[[Sequence[str]], int] = _call) -> int:
    """Run both passes, the second one even when tests of the first have failed: one run tells everything.

    Returns the code of the first pass that failed; `NO_TESTS` only when neither had any.
    """
    has_path = any(argument.removeprefix("./").startswith(FOLDER) for argument in arguments)
    where = [] if has_path else [FOLDER]
    codes = [call([f"{ROOT}/.venv/bin/pytest", *where, *options, *arguments]) for options in PASSES]
    failed = [code for code in codes if code not in {0, NO_TESTS}]
    if failed:
        return failed[0]
    return 0 if 0 in codes else NO_TESTS


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))

"""The integration tests in two passes: `python -m scripts.integration_tests [ARGUMENT of pytest...]`.

First what does not mind company, three files at a time, since on two cores one of them mostly waits: every test process
has a PostgreSQL server of its own, and every installation its own folder and port. Then, one after the other, what is
marked ``alone``: what holds the seconds that something takes against a promise. Arguments go to both; each can fail.
"""

import subprocess
import sys
from collections.abc import Callable, Sequence

from scripts.steps import ROOT

FOLDER = "tests/integration"
BROWSING = tuple(
    f"{FOLDER}/system/{name}"
    for name in (
        "test_portal_pages.py",
        "test_learning_journey.py",
        "test_journey.py",
        "test_mishaps.py",
        "test_player.py",
        "test_keyboard.py",
        "test_two_schools.py",
        "test_public_pages.py",
    )
)
"""Minutes each, and mostly waiting."""

LONG = (
    *BROWSING,
    f"{FOLDER}/system/test_lecture.py",
    f"{FOLDER}/system/test_faults.py",
    f"{FOLDER}/system/",
    f"{FOLDER}/adapters/faster_whisper/",
    f"{FOLDER}/adapters/embedded_postgres/",
)
"""They begin first, and in this order, so that none of them is what the end waits for."""

PASSES = (
    # In the order in which they are collected, see tests/integration/conftest.py.
    ("-m", "not drill and not alone", "-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"),
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

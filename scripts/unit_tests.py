"""The unit tests in two processes, half of the folders each: `python -m scripts.unit_tests [ARGUMENT of pytest...]`.

To find, compile and import the tests takes as long as a third of them do. So each process does that for its own half:
with pytest-xdist each would do it for all of them. Arguments go to both; with a path among them there is one process.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from scripts.integration_tests import NO_TESTS
from scripts.steps import ROOT

FOLDER = "tests/unit"
OUTWARDS = (f"{FOLDER}/adapters", f"{FOLDER}/entrypoints")
"""They take about as long as all the others together."""

HALVES = (
    (FOLDER, *(f"--ignore={folder}" for folder in OUTWARDS)),
    # What failed last is remembered for each half.
    (*OUTWARDS, "-o", "cache_dir=.pytest_cache/outwards"),
)

# No test asks what was logged. Captured anew for each phase of each test, it takes a second.
PYTEST = (f"{ROOT}/.venv/bin/pytest", "-p", "no:logging")


def _call(commands: Sequence[Sequence[str]]) -> list[int]:
    """Run all at the same time; the first one speaks at once, the others when it has ended."""
    first, *others = commands
    with tempfile.TemporaryDirectory() as folder:
        began = []
        for number, command in enumerate(others):
            said = Path(folder, str(number))
            with said.open("wb") as file:
                began.append((subprocess.Popen(command, cwd=ROOT, stdout=file, stderr=subprocess.STDOUT), said))
        codes = [subprocess.call(first, cwd=ROOT)]
        for process, said in began:
            codes.append(process.wait())
            sys.stdout.write(said.read_text(encoding="utf-8", errors="replace"))
    return codes


def run(arguments: Sequence[str], call: Callable[[Sequence[Sequence[str]]], list[int]] = _call) -> int:
    """Run what was asked for, all of it even when something failed.

    Returns the code of the first half that failed; `NO_TESTS` only when neither had any.
    """
    has_path = any(argument.removeprefix("./").startswith(FOLDER) for argument in arguments)
    parts = ((),) if has_path else HALVES
    codes = call([[*PYTEST, *part, *arguments] for part in parts])
    failed = [code for code in codes if code not in {0, NO_TESTS}]
    if failed:
        return failed[0]
    return 0 if 0 in codes else NO_TESTS


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))

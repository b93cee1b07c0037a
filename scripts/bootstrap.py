"""The first step of `./just` on a new machine: fetch the two tools that fetch everything else.

`uv` installs Python packages, `just` runs the justfile. Both come as wheels, pinned with their hashes, into
`.tools/venv`. The wrapper calls this only when the pins have changed since the last time.
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from scripts import apt
from scripts.steps import ATTEMPTS, REQUIREMENTS, TOOLS, StepError, only_one, progress, run, stop, write_stamp

VENV = TOOLS / "venv"
PINS = REQUIREMENTS / "tools.txt"
# A copy of the pins as the stamp: the wrapper compares the two with `cmp`, without starting Python.
STAMP = VENV / "tools.txt"


def venv_package(interpreter: str) -> str:
    """Debian's package that lets this interpreter make virtual environments.

    `python3` is served by `python3-venv`, `python3.12` by `python3.12-venv`.
    """
    return f"{Path(interpreter).name}-venv"


def can_make_environments() -> bool:
    """Debian leaves `ensurepip` out of its Python, and without it `python3 -m venv` fails half way."""
    return all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip"))


def is_current() -> bool:
    """Whether the tools are there, run, and were installed from today's pins."""
    return (
        STAMP.is_file()
        and STAMP.read_bytes() == PINS.read_bytes()
        and all(os.access(VENV / "bin" / name, os.X_OK) for name in ("python", "uv", "just"))
    )


def has_pip(python: Path) -> bool:
    """Whether the environment is whole: one that was interrupted has a `python`, but no pip in it."""
    if not os.access(python, os.X_OK):
        return False
    return subprocess.run([python, "-c", "import pip"], capture_output=True, check=False).returncode == 0


def install_tools(interpreter: str) -> None:
    """Make `.tools/venv` anew or bring it up to date.

    Raises:
        StepError: with what a person can do about it.
    """
    if not can_make_environments():
        apt.install(
            [venv_package(interpreter)],
            purpose="Python cannot make virtual environments on this machine",
            minutes="about 1 minute",
        )
    python = VENV / "bin" / "python"
    with progress("Installing the tools uv and just (about 10 seconds)"):
        if not has_pip(python):
            run([sys.executable, "-m", "venv", "--clear", VENV])
        run(
            [
                *(python, "-m", "pip", "install"),
                *("--quiet", "--no-input", "--disable-pip-version-check"),
                # Never build from source here: that would need compilers, and fail late and unclearly.
                *("--only-binary", ":all:", "--require-hashes", "--no-deps"),
                *("--requirement", PINS),
            ],
            attempts=ATTEMPTS,
        )
    write_stamp(STAMP, PINS.read_text(encoding="utf-8"))


def main() -> None:
    interpreter = sys.argv[1] if len(sys.argv) > 1 else "python3"
    try:
        with only_one():
            if not is_current():
                install_tools(interpreter)
    except StepError as problem:
        stop(str(problem))
    except PermissionError as problem:
        stop(f"{problem.filename} belongs to somebody else. Was ./just started as another user before?")
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()

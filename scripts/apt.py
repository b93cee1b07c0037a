"""Packages of the operating system, for Debian and its relatives."""

import os
import shutil
from collections.abc import Callable, Sequence

from scripts.steps import ATTEMPTS, StepError, progress, run

# Another program may hold the package database, such as unattended upgrades on a new server.
WAIT_FOR_LOCK = ("-o", "DPkg::Lock::Timeout=120")


def install_line(packages: Sequence[str]) -> str:
    """What a person types to get these packages."""
    return f"sudo apt-get install -y {' '.join(packages)}"


def install(
    packages: Sequence[str],
    *,
    purpose: str,
    minutes: str,
    is_root: Callable[[], bool] = lambda: os.geteuid() == 0,
    which: Callable[[str], str | None] = shutil.which,
) -> None:
    """Install packages when this process may, else say what to type.

    Raises:
        StepError: not root, or no apt-get here (the text holds the line to type), or apt-get failed.
    """
    if which("apt-get") is None:
        raise StepError(f"{purpose}: install these with your package manager: {', '.join(packages)}")
    if not is_root():
        raise StepError(f"{purpose}: please type\n{install_line(packages)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    with progress(f"Installing system packages: {', '.join(packages)} ({minutes})"):
        run(["apt-get", *WAIT_FOR_LOCK, "update"], env=quiet, attempts=ATTEMPTS)
        run(
            ["apt-get", *WAIT_FOR_LOCK, "install", "-y", "--no-install-recommends", *packages],
            env=quiet,
            attempts=ATTEMPTS,
        )

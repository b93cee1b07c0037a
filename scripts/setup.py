"""Brings one part of this checkout up to date: `python -m scripts.setup PART...`. The justfile calls it.

Parts: environment, node, frontend-packages, frontend, test-packages. What is up to date already costs nothing.
"""

import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scripts import apt
from scripts.environment import ensure_environment
from scripts.frontend import ensure_frontend, ensure_frontend_packages, ensure_node
from scripts.steps import StepError, only_one, stop


@dataclass(frozen=True, slots=True)
class SystemPackage:
    """A Debian package and the programs that show it is there: one of each group is enough."""

    name: str
    programs: tuple[tuple[str, ...], ...]


# The demo needs no package: its ffmpeg comes with a wheel where the machine has none.
TEST_PACKAGES = (
    SystemPackage("ffmpeg", (("ffmpeg",), ("ffprobe",))),
    SystemPackage("redis-server", (("redis-server",),)),
    SystemPackage("chromium", (("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),)),
)


def missing_packages(
    packages: tuple[SystemPackage, ...], which: Callable[[str], str | None] = shutil.which
) -> list[str]:
    """Names of the packages of which at least one program is not on PATH."""
    return [
        package.name
        for package in packages
        if not all(any(which(program) for program in group) for group in package.programs)
    ]


def ensure_test_packages() -> None:
    """The programs that the integration tests run for real.

    Raises:
        StepError: something is missing and could not be installed; the text says what to type.
    """
    missing = missing_packages(TEST_PACKAGES)
    if missing:
        apt.install(missing, purpose="The tests need more programs", minutes="about 2 minutes")


PARTS: Mapping[str, Callable[[], None]] = {
    "environment": ensure_environment,
    "node": ensure_node,
    "frontend-packages": ensure_frontend_packages,
    "frontend": ensure_frontend,
    "test-packages": ensure_test_packages,
}


def main() -> None:
    wanted = sys.argv[1:]
    unknown = [name for name in wanted if name not in PARTS]
    if unknown or not wanted:
        sys.exit(f"usage: python -m scripts.setup PART...\nparts: {', '.join(PARTS)}")
    try:
        with only_one():
            for name in wanted:
                PARTS[name]()
    except StepError as problem:
        stop(str(problem))
    except PermissionError as problem:
        stop(f"{problem.filename} belongs to somebody else. Was ./just started as another user before?")
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()

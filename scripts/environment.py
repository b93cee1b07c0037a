"""The Python environment in `.venv`: every pinned package, and the product itself as an editable install."""

import hashlib
import json
import os
import platform
import sys
import tomllib
from typing import Any

from scripts.steps import ATTEMPTS, REQUIREMENTS, ROOT, TOOLS, digest, is_stamped, progress, run, write_stamp

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "stamp"
UV = TOOLS / "venv" / "bin" / "uv"


def package_digest(pyproject: dict[str, Any]) -> str:
    """SHA-256 of the tables that shape the editable install, so that a new ruff rule installs nothing."""
    relevant = {
        "project": pyproject.get("project"),
        "build-system": pyproject.get("build-system"),
        "hatch": pyproject.get("tool", {}).get("hatch"),
    }
    return hashlib.sha256(json.dumps(relevant, sort_keys=True).encode()).hexdigest()


def place() -> str:
    """What the files in `.venv/bin` have written into them: the folder of this checkout and the Python."""
    return f"root {ROOT}\npython {platform.python_version()}\n"


def stamp_content() -> str:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return place() + f"packages {digest([REQUIREMENTS / 'dev.txt'])}\n" + f"product {package_digest(pyproject)}\n"


def must_be_made_anew() -> bool:
    """Whether `.venv` is missing, has lost its Python, or was made for another folder or another Python."""
    if not os.access(PYTHON, os.X_OK):
        return True
    return STAMP.is_file() and not STAMP.read_text(encoding="utf-8").startswith(place())


def ensure_environment() -> None:
    """Bring `.venv` to exactly what requirements/dev.txt says; costs nothing when it is there already.

    Raises:
        StepError: the packages could not be installed.
    """
    content = stamp_content()
    if os.access(PYTHON, os.X_OK) and is_stamped(STAMP, content):
        return
    with progress("Installing Python packages (about 1 minute)"):
        if must_be_made_anew():
            run([UV, "venv", "--clear", "--no-python-downloads", "--python", sys.executable, VENV])
        STAMP.unlink(missing_ok=True)
        run(
            [UV, "pip", "sync", "--python", PYTHON, "--require-hashes", REQUIREMENTS / "dev.txt"],
            attempts=ATTEMPTS,
        )
        # The build tools are pinned in dev.txt, so this needs no network and no second environment.
        run([UV, "pip", "install", "--python", PYTHON, "--no-deps", "--no-build-isolation", "--editable", ROOT])
        write_stamp(STAMP, content)

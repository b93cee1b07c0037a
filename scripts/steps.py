"""Small parts shared by the set-up scripts: progress lines, commands that are tried again, stamps and a lock.

Everything here runs before the first package is installed, so it uses the standard library alone.
"""

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
REQUIREMENTS = ROOT / "requirements"

ATTEMPTS = 3
PAUSE_SECONDS = 3.0


class StepError(Exception):
    """A step could not be done; the text tells a person what to do about it."""


def stop(message: str) -> NoReturn:
    """End the program with exit code 1 and a text for people."""
    sys.stderr.write(f"{message}\n")
    raise SystemExit(1)


@contextlib.contextmanager
def progress(text: str) -> Iterator[None]:
    """Say what is going on while it goes on, and how long it took once it is done."""
    started = time.monotonic()
    print(f"{text} ...", flush=True)
    yield
    print(f"  done in {time.monotonic() - started:.0f} s", flush=True)


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    attempts: int = 1,
    pause_seconds: float = PAUSE_SECONDS,
) -> None:
    """Run a command quietly and show its output only when it fails for good.

    `attempts` above 1 is for commands that need the network, where a second try often succeeds.

    Raises:
        StepError: the last attempt ended with an exit code other than 0.
    """
    words = [str(word) for word in command]
    environment = {**os.environ, **(env or {})}
    for attempt in range(1, attempts + 1):
        result = subprocess.run(
            words,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if result.returncode == 0:
            return
        if attempt < attempts:
            print(f"  that failed, trying again ({attempt + 1} of {attempts}) ...", flush=True)
            time.sleep(pause_seconds * attempt)
        else:
            sys.stderr.write(result.stdout)
            raise StepError(f"This command failed with exit code {result.returncode}: {' '.join(words)}")


def digest(paths: Iterable[Path], *, base: Path = ROOT) -> str:
    """SHA-256 over names (relative to `base`) and contents; directories count with every file below them."""
    files: set[Path] = set()
    for path in paths:
        if path.is_dir():
            files.update(found for found in path.rglob("*") if found.is_file())
        elif path.is_file():
            files.add(path)
    total = hashlib.sha256()
    for file in sorted(files):
        content = file.read_bytes()
        # The length keeps the end of one file and the name of the next apart.
        total.update(f"{file.relative_to(base).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def is_stamped(stamp: Path, content: str) -> bool:
    """Whether `stamp` was written with exactly this content.

    A stamp lies inside the folder it vouches for: whoever deletes the folder deletes the stamp with it.
    """
    try:
        return stamp.read_text(encoding="utf-8") == content
    except FileNotFoundError:
        return False


def write_stamp(stamp: Path, content: str) -> None:
    """Write under a temporary name first: a stamp cut short must not count."""
    unfinished = stamp.with_name(stamp.name + ".unfinished")
    unfinished.write_text(content, encoding="utf-8")
    unfinished.replace(stamp)


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Let one set-up at a time work in this checkout; a second one waits.

    The lock belongs to the open file, so it is gone with the process, however that ends.
    """
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another set-up in this checkout ...", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield

"""Helpers for tests with real servers: which processes are there, and other processes that own a server."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from adapters.embedded_postgres.postmaster import read_pid_file
from adapters.embedded_postgres.server import EmbeddedPostgres

HOLD_SERVER = Path(__file__).with_name("hold_server.py")
SOURCES = Path(__file__).parents[4] / "src"

NewServer = Callable[..., EmbeddedPostgres]
NewHolder = Callable[..., "Holder"]


def postmaster_of(data_dir: Path) -> psutil.Process:
    """The first process of the server whose cluster lies in ``data_dir``."""
    found = read_pid_file(data_dir / "postgres" / "cluster")
    assert found is not None
    return psutil.Process(found.pid)


def server_processes(folder: Path) -> list[psutil.Process]:
    """Every live process of PostgreSQL, initdb included, that has to do with a cluster below ``folder``."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):  # it ended while we looked, or waits to be buried
            places = (process.cwd(), *process.cmdline())
            if Path(process.exe()).name in ("postgres", "initdb") and any(f"{folder}/" in place for place in places):
                found.append(process)
    return found


@contextlib.contextmanager
def reachable_folder() -> Iterator[Path]:
    """A short folder that every account may walk to. Removed afterwards; a server left in it is ended and reported."""
    folder = Path(tempfile.mkdtemp(prefix="lms-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    left = server_processes(folder)
    for process in left:
        process.kill()
    shutil.rmtree(folder)
    assert not left, f"a test left servers behind: {left}"


def until(condition: Callable[[], bool], *, seconds: float) -> float:
    """Seconds until ``condition`` held. Fails the test after ``seconds``."""
    begin = time.monotonic()
    while not condition():
        if time.monotonic() - begin > seconds:
            pytest.fail(f"not within {seconds} seconds")
        time.sleep(0.03)
    return time.monotonic() - begin


@dataclass
class Holder:
    """A process that runs hold_server.py."""

    process: "subprocess.Popen[str]"

    def read(self) -> dict[str, Any]:
        """Wait for its line: ``app`` (the DSN), ``attached``, ``uid``. Fails the test when it ended without one."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            assert self.process.stderr is not None
            pytest.fail(self.process.stderr.read())
        said: dict[str, Any] = json.loads(line)
        return said

    def end(self) -> None:
        """Have it stop in order, if it has not ended otherwise."""
        self.process.communicate("\n" if self.process.poll() is None else None, timeout=30)

    def kill(self) -> None:
        """As the kernel would when memory runs out."""
        self.process.send_signal(signal.SIGKILL)


def hold_server(
    data_dir: Path, system_dir: Path, *, python: str = sys.executable, user: str | None = None, path: str = ""
) -> Holder:
    """Run hold_server.py under ``python`` and ``user``; ``path`` is added to where it finds packages."""
    return Holder(
        subprocess.Popen(
            [python, str(HOLD_SERVER), str(data_dir), str(system_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            user=user,
            extra_groups=None if user is None else [],
            env=os.environ | {"PYTHONPATH": f"{SOURCES}{path}", "PYTHONDONTWRITEBYTECODE": "1"},
        )
    )

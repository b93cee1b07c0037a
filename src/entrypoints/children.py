"""Child processes of the all-in-one server: started again when they die, ended with their parent."""

import asyncio
import ctypes
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from lms_app.ports.logger import Logger

_STOP_SECONDS = 3.0
"""Ctrl-C ends everything within 5 seconds; the database needs the rest."""

_RESTART_SECONDS = (0.2, 1.0, 2.0, 5.0, 10.0)
_STABLE_SECONDS = 30.0
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Child:
    """A process to keep running: ``lms`` with ``arguments``."""

    name: str
    arguments: Sequence[str]


async def keep_running(children: Sequence[Child], log: Logger, *, stop: asyncio.Event) -> None:
    """Keep every child running until ``stop`` is set, then end them all within 3 seconds."""
    async with asyncio.TaskGroup() as group:
        for child in children:
            group.create_task(_keep(child, log, stop))


async def _keep(child: Child, log: Logger, stop: asyncio.Event) -> None:
    failures = 0
    while not stop.is_set():
        started = time.monotonic()
        process = await _start(child)
        ended = asyncio.create_task(process.wait())
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({ended, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            await _end(process, ended)
        if stop.is_set():
            return
        failures = 0 if time.monotonic() - started > _STABLE_SECONDS else failures + 1
        pause = _RESTART_SECONDS[min(failures, len(_RESTART_SECONDS) - 1)]
        log.warning("a process ended and is started again", child=child.name, code=process.returncode, seconds=pause)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)


async def _start(child: Child) -> asyncio.subprocess.Process:
    # A session of its own: Ctrl-C in the terminal reaches the parent alone, which ends the children in good order.
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "entrypoints.cli.main",
        *child.arguments,
        stdin=asyncio.subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=partial(_die_with_parent, os.getpid()) if sys.platform == "linux" else None,
    )


async def _end(process: asyncio.subprocess.Process, ended: "asyncio.Task[int]") -> None:
    if not ended.done():
        with suppress(ProcessLookupError):
            process.terminate()
        await asyncio.wait({ended}, timeout=_STOP_SECONDS)
    # Also what the child itself had started and could not end any more.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    await ended


def _die_with_parent(parent: int) -> None:
    """Runs in the child between fork and exec: the kernel kills it when the parent is gone, kill -9 included."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)

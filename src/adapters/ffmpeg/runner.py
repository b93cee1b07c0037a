"""Runs a media tool behind every wall of ``hardening``, and never leaves one behind."""

import asyncio
import contextlib
import errno
import os
import shutil
import signal
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path

from adapters.ffmpeg.hardening import Limits, detect_walls

_ENVIRONMENT = {
    "PATH": os.environ.get("PATH", os.defpath),
    "LANG": "C.UTF-8",
    "HOME": "/nonexistent",
    "AV_LOG_FORCE_NOCOLOR": "1",
    # Arenas of glibc reserve 64 MiB of address space per thread, which RLIMIT_AS counts.
    "MALLOC_ARENA_MAX": "2",
}
"""All that a tool gets to see of our environment: no secret is in it."""

_CHUNK = 65_536
_STDERR_TAIL = 8_192


class ToolStoppedError(Exception):
    """We killed the tool: it ran too long or said too much. ``reason`` is a sentence, ``log`` its last words."""

    def __init__(self, reason: str, log: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.log = log


@dataclass(frozen=True, slots=True)
class Finished:
    """A tool that ended by itself, or was ended by the kernel for crossing a limit."""

    returncode: int
    """Negative: the signal that killed it."""
    stdout: bytes
    """Empty when the output went to ``on_stdout``."""
    log: str
    """The last 8 KiB of its standard error."""

    def require_disk(self) -> None:
        """Raise the system's own error when the disk was full: that is no fault of the source, a retry may help.

        ffmpeg says so, but does not always end with an error.

        Raises:
            OSError: ENOSPC.
        """
        full = os.strerror(errno.ENOSPC)
        if full in self.log:
            raise OSError(errno.ENOSPC, full)


async def run_tool(
    argv: Sequence[str],
    limits: Limits,
    *,
    cwd: Path = Path("/"),
    stdout_cap: int = 1_000_000,
    on_stdout: Callable[[bytes], None] | None = None,
    on_tick: Callable[[], Awaitable[None]] | None = None,
) -> Finished:
    """Run ``argv`` to its end as one hardened child in its own session.

    The child is dead when this returns or raises, whatever the reason: SIGKILL goes to its whole process group, as
    ffmpeg was seen to ignore SIGTERM. If this process dies instead, the kernel kills the child.

    Args:
        cwd: absolute paths in ``argv`` are the rule; relative ones start here.
        stdout_cap: bytes after which the tool is stopped, whether ``on_stdout`` takes them or not.
        on_stdout: takes the output piece by piece, instead of ``Finished.stdout``. Must not block.
        on_tick: awaited every second; what it raises stops the tool and is raised here.

    Raises:
        ToolStoppedError: the wall clock or ``stdout_cap`` was exceeded.
        OSError: there is no such program, or it cannot be started.
    """
    walls = await asyncio.to_thread(detect_walls)
    if shutil.which(argv[0]) is None:
        # The walls would start and end with 127, which looks like an answer of the tool.
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), argv[0])
    command = walls.around(list(argv), limits, os.getpid())
    process = await _spawn(command, cwd)
    pieces: list[bytes] = []
    tail = bytearray()
    work = asyncio.ensure_future(_follow(process, stdout_cap, on_stdout or pieces.append, tail))
    ticker = asyncio.ensure_future(_tick(on_tick))
    try:
        async with asyncio.timeout(limits.wall_seconds):
            await asyncio.wait({work, ticker}, return_when=asyncio.FIRST_COMPLETED)
            if ticker.done():
                await ticker
            await work
    except TimeoutError:
        raise ToolStoppedError(f"stopped after {limits.wall_seconds:.0f} s", _text(tail)) from None
    except _TooMuchOutputError:
        raise ToolStoppedError(f"said more than {stdout_cap} bytes", _text(tail)) from None
    finally:
        await _insist(_bury(process, [work, ticker]))
    returncode = process.returncode
    assert returncode is not None, "the process was waited for"  # noqa: S101 - narrows the type
    return Finished(returncode, b"".join(pieces), _text(tail))


class _TooMuchOutputError(Exception):
    pass


async def _spawn(command: list[str], cwd: Path) -> asyncio.subprocess.Process:
    """Start the child. A cancellation that arrives while it starts still kills it."""
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=cwd,
            env=_ENVIRONMENT,
            start_new_session=True,
        )
    )
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        await _insist(_bury_newborn(starting))
        raise


async def _bury_newborn(starting: "asyncio.Future[asyncio.subprocess.Process]") -> None:
    with contextlib.suppress(OSError):
        await _bury(await starting, [])


async def _bury(process: asyncio.subprocess.Process, tasks: list["asyncio.Task[None]"]) -> None:
    """Kill what still runs and wait until it is gone."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for stream in (process.stdout, process.stderr):
        # asyncio does not report the exit of a child whose pipes were left full.
        while stream is not None and await stream.read(_CHUNK):
            pass
    await process.wait()


async def _insist(work: Coroutine[object, object, None]) -> None:
    """Await ``work`` to its end; a cancellation meanwhile is raised afterwards."""
    task = asyncio.ensure_future(work)
    cancelled = False
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            cancelled = True
    if cancelled:
        raise asyncio.CancelledError


async def _follow(
    process: asyncio.subprocess.Process, cap: int, take: Callable[[bytes], None], tail: bytearray
) -> None:
    """Read both pipes to their ends, side by side, and wait for the exit."""
    errors = asyncio.ensure_future(_read_tail(process, tail))
    try:
        await _read_stdout(process, cap, take)
        await errors
    finally:
        errors.cancel()
        await asyncio.gather(errors, return_exceptions=True)
    await process.wait()


async def _read_stdout(process: asyncio.subprocess.Process, cap: int, take: Callable[[bytes], None]) -> None:
    assert process.stdout is not None, "it was asked for a pipe"  # noqa: S101 - narrows the type
    total = 0
    while piece := await process.stdout.read(_CHUNK):
        total += len(piece)
        if total > cap:
            raise _TooMuchOutputError
        take(piece)


async def _read_tail(process: asyncio.subprocess.Process, tail: bytearray) -> None:
    assert process.stderr is not None, "it was asked for a pipe"  # noqa: S101 - narrows the type
    while piece := await process.stderr.read(_CHUNK):
        tail += piece
        del tail[:-_STDERR_TAIL]


async def _tick(on_tick: Callable[[], Awaitable[None]] | None) -> None:
    while True:
        await asyncio.sleep(1.0)
        if on_tick is not None:
            await on_tick()


def _text(tail: bytearray) -> str:
    return bytes(tail).decode("utf-8", "replace").strip()

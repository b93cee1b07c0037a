"""The server process: launching it, watching it, ending it; and recognising one that another process launched.

"Postmaster" is PostgreSQL's name for its first process, the parent of all others.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from adapters.embedded_postgres.account import Account
from adapters.embedded_postgres.binaries import environment
from adapters.embedded_postgres.files import write_whole

_LAUNCHER = Path(__file__).with_name("launch.py")

# What stop() may take, in seconds: together below the 5 that Ctrl-C is promised.
_FAST_SHUTDOWN_SECONDS = 3.0
_IMMEDIATE_SHUTDOWN_SECONDS = 1.0
_KILL_SECONDS = 0.5


def launch_command(account: Account, program: Path, *arguments: str) -> list[str]:
    """The command that runs ``program`` under ``account``; it gets SIGINT when the thread that runs it ends.

    SIGINT is PostgreSQL's *fast shutdown*: clients are cut off, everything is written, the next start is quick.
    """
    figures = (os.getpid(), int(signal.SIGINT), account.uid, account.gid)
    return [sys.executable, "-I", "-S", str(_LAUNCHER), *map(str, figures), str(program), *arguments]


class Postmaster:
    """A server that this process launched.

    The kernel sends the parent-death signal when the *thread* that launched a process ends. So a thread of our own
    launches the server and waits for it: it lives exactly as long as the server, or as this process.
    """

    def __init__(self, command: Sequence[str], log: IO[bytes]) -> None:
        """Launch ``command``; what it says goes to ``log``.

        Raises:
            OSError: there is no such program.
        """
        self._launched_by = os.getpid()
        self._ended = threading.Event()
        launched: Future[subprocess.Popen[bytes]] = Future()
        keeper = threading.Thread(
            target=self._keep, args=(list(command), log, launched), name="embedded-postgres", daemon=True
        )
        keeper.start()
        self._process = launched.result()

    def _keep(self, command: list[str], log: IO[bytes], launched: Future[subprocess.Popen[bytes]]) -> None:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=environment(),
                start_new_session=True,  # Ctrl-C in a terminal reaches us alone; we decide what stops when
            )
        except OSError as error:
            launched.set_exception(error)
            return
        launched.set_result(process)
        process.wait()
        self._ended.set()

    @property
    def pid(self) -> int:
        """Of the postmaster."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return not self._ended.is_set()

    def wait(self, timeout_seconds: float | None) -> bool:
        """Wait for its end; True when it has ended, False after ``timeout_seconds`` (None: never)."""
        return self._ended.wait(timeout_seconds)

    def stop(self) -> None:
        """End it within 5 seconds: fast shutdown, then immediate shutdown (the next start recovers), then kill.

        Does nothing in a forked copy of the process that launched it.
        """
        if os.getpid() != self._launched_by:
            return
        for signal_number, seconds in (
            (signal.SIGINT, _FAST_SHUTDOWN_SECONDS),
            (signal.SIGQUIT, _IMMEDIATE_SHUTDOWN_SECONDS),
        ):
            self._process.send_signal(signal_number)
            if self.wait(seconds):
                return
        # Its children lead process groups of their own, so no group covers them. They go first: while their parent
        # lives, their ids cannot pass to others, and in an immediate shutdown it replaces none of them.
        for child in _children_of(self.pid):
            _kill(child)
        self._process.kill()
        self.wait(_KILL_SECONDS)


@dataclass(frozen=True, slots=True)
class PidFile:
    """What a running server says about itself in ``postmaster.pid``."""

    pid: int
    socket_folder: str
    status: str
    """``starting``, ``ready``, ``stopping`` or empty when it has just begun."""


def read_pid_file(cluster: Path) -> PidFile | None:
    """The cluster's ``postmaster.pid``, or None when there is none or it is being written."""
    try:
        lines = (cluster / "postmaster.pid").read_text("utf-8", errors="surrogateescape").split("\n")
        return PidFile(
            pid=abs(int(lines[0])),
            socket_folder=lines[4] if len(lines) > 4 else "",
            status=lines[7].strip() if len(lines) > 7 else "",
        )
    except (FileNotFoundError, ValueError, IndexError):
        return None


def disown_pid_file(cluster: Path, account: Account) -> None:
    """Let a server start although ``postmaster.pid`` names a process; call it when `serves` says that is no server.

    PostgreSQL itself sees through the file of a server that died, but not when its number has passed to another
    process of the same account. It takes its parent's number for its own, though. So the file gets ours, rather than
    being removed: its other lines let PostgreSQL find out whether processes of that server still use the files.
    """
    path = cluster / "postmaster.pid"
    try:
        _, _, rest = path.read_text("utf-8", errors="surrogateescape").partition("\n")
    except FileNotFoundError:
        return
    write_whole(path, f"{os.getpid()}\n{rest}", mode=0o600, owner=account.owner)


def serves(pid: int, cluster: Path) -> bool:
    """Whether process ``pid`` is a server of ``cluster``, rather than gone or another program that got its number.

    In doubt the answer is yes: a wrong yes is an error message, a wrong no would be two servers on the same files.
    """
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return False  # another account's; ours would be run by root or by ourselves
    process = Path("/proc") / str(pid)
    if not process.parent.joinpath("self").exists():
        return _is_called_postgres(pid)
    try:
        return (process / "cwd").samefile(cluster)  # a postmaster lives in its data directory
    except FileNotFoundError:
        return False  # it has just ended, and perhaps nobody has waited for it yet
    except PermissionError:
        return _was_started_for(process, cluster)  # root, in a container without CAP_SYS_PTRACE


def wait_until_gone(pid: int, cluster: Path, timeout_seconds: float | None) -> bool:
    """Wait until ``pid`` no longer serves ``cluster``; False after ``timeout_seconds`` (None: never)."""
    give_up_at = None if timeout_seconds is None else time.monotonic() + timeout_seconds
    while serves(pid, cluster):
        if give_up_at is not None and time.monotonic() > give_up_at:
            return False
        time.sleep(0.1)
    return True


def _was_started_for(process: Path, cluster: Path) -> bool:
    """Judge by the command line, which everybody may read."""
    try:
        words = (process / "cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    if b"-D" not in words[:-1] or Path(os.fsdecode(words[0])).name != "postgres":
        return False
    named = Path(os.fsdecode(words[words.index(b"-D") + 1]))
    return not named.exists() or named.samefile(cluster)  # not there: perhaps the data directory was moved


def _is_called_postgres(pid: int) -> bool:
    """All that can be asked portably where there is no /proc."""
    answer = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return Path(answer.stdout.strip()).name == "postgres"


def _children_of(parent: int) -> list[int]:
    """The ids of the direct children (all processes of a server are its postmaster's); none where there is no /proc."""
    children = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = status.read_text("utf-8", errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended while we looked
        if int(after_name[1]) == parent:  # proc(5): state, then the parent's id
            children.append(int(status.parent.name))
    return children


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)

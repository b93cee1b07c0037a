"""What the operating system lets us put around a media tool: limits, no network, death with its parent.

A decoder is fed by strangers, so it runs as if it were already taken over: it may not outlive us, gain privileges, use
the network, or take memory, time and disk without end. Each wall is a small Linux program put in front of the tool;
where one is missing the rest still stands and ``hardening()`` says what is not there.
"""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

_NETWORK_NAMESPACES = (
    ("unshare", "--net"),
    ("unshare", "--user", "--map-current-user", "--net"),
)
"""The first needs CAP_SYS_ADMIN, the second unprivileged user namespaces."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one run of a tool may take before it is killed."""

    wall_seconds: float
    """Time by the clock; then SIGKILL to the whole process group."""
    cpu_seconds: int
    """Time of all its threads together (``RLIMIT_CPU``, soft and hard alike: ffmpeg catches SIGXCPU)."""
    memory_bytes: int = 3_000_000_000
    """Address space (``RLIMIT_AS``); a decoder of 4096x2304 HDR with tone-mapping stays below."""
    file_bytes: int = 2_000_000_000
    """Largest single file it may write (``RLIMIT_FSIZE``)."""


@dataclass(frozen=True, slots=True)
class Walls:
    """The programs found on this system, as prefixes of an argument list; empty when there is none that works."""

    no_network: tuple[str, ...]
    prlimit: tuple[str, ...]
    nice: tuple[str, ...]
    setpriv: tuple[str, ...]

    def around(self, argv: list[str], limits: Limits, parent: int) -> list[str]:
        """``argv`` behind every wall there is. Each prefix replaces itself by the next: one process, one pid.

        ``setpriv`` comes after the namespace because the kernel forgets the parent-death signal when user or group ids
        change. A parent that died before the signal was set would never be noticed: so the shell looks once.

        Args:
            parent: process id of whoever starts this.
        """
        limited = (
            [
                *self.prlimit,
                f"--as={limits.memory_bytes}",
                f"--fsize={limits.file_bytes}",
                f"--cpu={limits.cpu_seconds}",
                "--core=0",
                "--nofile=256",
            ]
            if self.prlimit
            else []
        )
        orphan_check = ["sh", "-c", '[ "$PPID" = "$0" ] && exec "$@"', str(parent)] if self.setpriv else []
        return [*self.no_network, *limited, *self.nice, *self.setpriv, *orphan_check, *argv]


def hardening() -> list[str]:
    """What is missing on this system, a sentence each; empty when every wall stands. Blocks for some 50 ms, once."""
    walls = detect_walls()
    wanted = {
        "media tools outlive a killed worker and may gain privileges: no setpriv (util-linux)": walls.setpriv,
        "media tools have no limits of memory, CPU time and file size: no prlimit (util-linux)": walls.prlimit,
        "media tools can reach the network: unshare is missing or not permitted here": walls.no_network,
        "media tools compete with the server for the processor: no nice": walls.nice,
    }
    return [sentence for sentence, prefix in wanted.items() if not prefix]


@lru_cache(maxsize=1)
def detect_walls() -> Walls:
    """Try each program once per process. Blocks for some 50 ms the first time: call it in a thread."""
    return walls_that_work(_works)


def walls_that_work(works: Callable[[tuple[str, ...]], bool]) -> Walls:
    """The walls for which ``works`` says that the prefix runs a program here."""

    def first(*candidates: tuple[str, ...]) -> tuple[str, ...]:
        return next((prefix for prefix in candidates if works(prefix)), ())

    return Walls(
        no_network=first(*_NETWORK_NAMESPACES),
        prlimit=("prlimit",) if works(("prlimit", "--core=0", "--nofile=256")) else (),
        nice=first(("nice", "-n", "10")),
        setpriv=first(("setpriv", "--pdeathsig", "KILL", "--no-new-privs"), ("setpriv", "--pdeathsig", "KILL")),
    )


def _works(prefix: tuple[str, ...]) -> bool:
    program = shutil.which(prefix[0])
    if program is None:
        return False
    try:
        done = subprocess.run([program, *prefix[1:], "true"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0

"""Looks for tools that outlived whoever started them."""

import time
from contextlib import suppress

import psutil


class Offspring:
    """What this process has started since this was made.

    Other tests of the same process may keep servers, which start processes of their own whenever they like.
    """

    def __init__(self) -> None:
        self._known = set(psutil.Process().children())

    def living(self) -> list[str]:
        """Names of the living children and of theirs, whatever they are."""
        found: list[psutil.Process] = []
        for child in set(psutil.Process().children()) - self._known:
            with suppress(psutil.NoSuchProcess):
                found += [child, *child.children(recursive=True)]
        return [name_of(process) for process in found if alive(process)]


def alive(process: psutil.Process) -> bool:
    """Whether it runs; one that ended and was not yet waited for does not."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def words_of(process: psutil.Process) -> list[str]:
    """Its argument list; empty when it has ended meanwhile."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def name_of(process: psutil.Process) -> str:
    """For messages."""
    try:
        return process.name()
    except psutil.NoSuchProcess:
        return "gone"


def gone_within(processes: list[psutil.Process], seconds: float) -> bool:
    """Whether all of them have ended after at most ``seconds``."""
    deadline = time.monotonic() + seconds
    while any(alive(process) for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True

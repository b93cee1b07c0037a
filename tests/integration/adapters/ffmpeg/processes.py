"""Looks for tools that outlived whoever started them."""

import time

import psutil


def children_of_this_process() -> list[str]:
    """Names of the living children, whatever they are."""
    return [name_of(child) for child in psutil.Process().children(recursive=True) if alive(child)]


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

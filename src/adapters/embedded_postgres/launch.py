"""Become the server's account, tie our life to the parent's, and turn into the given program.

Run as a script: ``python -I -S launch.py PARENT_PID SIGNAL UID GID PROGRAM ARGUMENT...``. Standard library only. It is
a program of its own, not a function between fork and exec, because that is not safe in a process with threads. The
account changes here, after Python has started, because the account may not be able to read this Python.
"""

import ctypes
import os
import sys

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def launch(parent_pid: int, signal_number: int, uid: int, gid: int, command: list[str]) -> None:
    """Never returns. Exits with 1 and a line on stderr when the program cannot be started.

    ``signal_number`` is what the program gets when the thread that started us ends, however it ends. Linux only:
    elsewhere the program outlives a parent that is killed.
    """
    os.umask(0o077)
    if uid != os.geteuid():
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        # After the change of account, which clears it; it survives exec.
        if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent_pid:
        # It died before the line above, so its signal never comes.
        sys.exit("the process that started the server is gone")
    os.execv(command[0], command)  # noqa: S606 (this is what we are for)


if __name__ == "__main__":
    try:
        launch(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5:])
    except OSError as error:
        sys.exit(f"cannot start {sys.argv[5]}: {error}")

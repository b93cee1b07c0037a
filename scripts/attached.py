"""Replace this process by a command that ends when its parent does: `python scripts/attached.py COMMAND...`.

Nobody can pass on SIGKILL: when a program that stands between a person and a server is killed, the server stays behind
and holds its port. Linux can send a signal of our choice to a process whose parent has died, and that setting survives
exec. On other systems this only starts the command.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # from linux/prctl.h


def end_with_parent() -> None:
    """Have SIGTERM sent to this process when the parent dies, where the system can do that."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")


def main() -> None:
    command = sys.argv[1:]
    if not command:
        sys.exit("usage: python scripts/attached.py COMMAND [ARGUMENT...]")
    end_with_parent()
    try:
        os.execvp(command[0], command)  # noqa: S606 - no shell is wanted here
    except FileNotFoundError:
        sys.exit(f"There is no {command[0]} here.")


if __name__ == "__main__":
    main()

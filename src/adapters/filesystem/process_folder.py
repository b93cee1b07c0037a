"""A folder that belongs to one living process."""

import fcntl
import shutil
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

_GATE = "gate.lock"
_OWNER = "owner.lock"


class ProcessFolder:
    """A new folder below ``root``, held by a lock on a file in it. The lock dies with the process, however it dies, so
    that the next one knows what may be removed: process ids come again, and containers cannot see each other's.

    Attributes:
        path: the folder, empty but for its lock.
    """

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (root / _GATE).open("w") as gate:
            # Between a folder's making and its locking nobody else may look.
            fcntl.flock(gate, fcntl.LOCK_EX)
            _remove_the_dead(root)
            self.path = root / f"process-{token_hex(8)}"
            self.path.mkdir(mode=0o700)
            self._lock = (self.path / _OWNER).open("w")
            fcntl.flock(self._lock, fcntl.LOCK_EX)

    def close(self) -> None:
        """Remove the folder with everything in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.close()


def _remove_the_dead(root: Path) -> None:
    for folder in root.glob("process-*"):
        with suppress(OSError):
            if not _is_held(folder / _OWNER):
                shutil.rmtree(folder)


def _is_held(lock: Path) -> bool:
    try:
        with lock.open("r") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False

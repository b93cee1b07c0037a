"""Small file operations that stay safe when we are root and when we are killed half-way."""

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.embedded_postgres.errors import EmbeddedPostgresError


def write_whole(path: Path, text: str, *, mode: int, owner: tuple[int, int] | None = None) -> None:
    """Replace ``path`` by ``text`` at once: a reader, or a crash, sees the old file or the new one.

    ``mode`` and ``owner`` (user id, group id) are in force before the first byte is written. A link at ``path`` is
    replaced, never followed.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as file:
            os.fchmod(file.fileno(), mode)
            if owner is not None:
                os.fchown(file.fileno(), *owner)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def keep_written(path: Path, text: str, *, mode: int) -> None:
    """As `write_whole`, but nothing is written when ``path`` says ``text`` already."""
    if not path.exists() or path.read_text("utf-8") != text:
        write_whole(path, text, mode=mode)


def make_folder(path: Path, *, mode: int, owner: tuple[int, int] | None = None) -> None:
    """Make ``path`` (its parent exists) with exactly ``mode`` and ``owner`` (user id, group id).

    A folder that is there already is left alone.
    """
    try:
        path.mkdir()
    except FileExistsError:
        return
    path.chmod(mode)  # mkdir's own mode is subject to the umask
    if owner is not None:
        os.chown(path, *owner)


def others_may_pass(path: Path) -> bool:
    """Whether any account may walk to ``path``: it and every folder above it carry the ``o+x`` bit."""
    real = path.resolve()
    return all(folder.stat().st_mode & 0o001 for folder in (real, *real.parents))


@contextmanager
def only_one_process(lock: Path, *, timeout_seconds: float) -> Iterator[None]:
    """Hold the file lock ``lock``; it ends with the block, and by itself when this process dies.

    Raises:
        EmbeddedPostgresError: another process held it for all of ``timeout_seconds``.
    """
    give_up_at = time.monotonic() + timeout_seconds
    with os.fdopen(os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > give_up_at:
                    raise EmbeddedPostgresError(
                        f"Another process has been starting this database for {timeout_seconds:.0f} seconds.",
                        remedy=f"find it with `fuser {lock}`, end it, and start again.",
                    ) from None
                time.sleep(0.02)
        yield


def read_from(path: Path, offset: int) -> str:
    """The text of ``path`` from byte ``offset``, at most its last 64 KiB; empty when there is none."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(offset, size - 65_536))
            return file.read().decode("utf-8", errors="replace")
    except FileNotFoundError:
        return ""

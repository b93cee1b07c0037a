"""Many files into storage, in an order that never shows a playlist before what it names."""

import asyncio
import os
import stat
from pathlib import Path

from lms_app.ports.storage import ObjectStorage, StoredObject

PARALLEL_UPLOADS = 4
_MASTER = "master.m3u8"


async def publish_folder(storage: ObjectStorage, folder: Path, prefix: str) -> tuple[StoredObject, ...]:
    """Store every file below ``folder`` under ``prefix``: first all others, then playlists, then masters.

    When one fails, the others are stopped and nothing later is stored.

    Raises:
        StorageUnavailable: see the port.
        ValueError: ``prefix`` does not end in ``/``.
    """
    if not prefix.endswith("/"):
        raise ValueError(f"a prefix ends in a slash: {prefix!r}")
    names = await asyncio.to_thread(_files_below, folder)
    playlists = [name for name in names if name.endswith(".m3u8")]
    groups = (
        [name for name in names if not name.endswith(".m3u8")],
        [name for name in playlists if Path(name).name != _MASTER],
        [name for name in playlists if Path(name).name == _MASTER],
    )
    stored: list[StoredObject] = []
    for group in groups:
        stored += await _store(storage, folder, prefix, group)
    return tuple(stored)


async def _store(storage: ObjectStorage, folder: Path, prefix: str, names: list[str]) -> list[StoredObject]:
    places = asyncio.Semaphore(PARALLEL_UPLOADS)

    async def store(name: str) -> StoredObject:
        async with places:
            return await storage.put_file(prefix + name, folder / name)

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(store(name)) for name in names]
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None
    return [task.result() for task in tasks]


def _files_below(folder: Path) -> list[str]:
    """Ordinary files as relative paths with ``/``, sorted. Links are left out: they could name anything."""
    found: list[str] = []
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent, name)
            if stat.S_ISREG(path.lstat().st_mode):
                found.append(path.relative_to(folder).as_posix())
    return sorted(found)

"""A workspace without a memory of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from lms_app.ports.storage import ObjectStorage, StoredObject
from lms_app.ports.workspace import Workspace


class MemoryWorkspace(Workspace):
    """Fetches every time anew, into folders of the system's temporary one: tools want real files."""

    def __init__(self, storage: ObjectStorage) -> None:
        self._storage = storage

    def source(self, key: str) -> AbstractAsyncContextManager[Path]:
        """See the port."""
        return self._source(key)

    @asynccontextmanager
    async def scratch(self) -> AsyncIterator[Path]:
        """See the port."""
        with TemporaryDirectory(prefix="lms-", ignore_cleanup_errors=True) as name:
            yield Path(name)

    async def publish(self, folder: Path, prefix: str) -> tuple[StoredObject, ...]:
        """See the port."""
        if not prefix.endswith("/"):
            raise ValueError(f"a prefix ends in a slash: {prefix!r}")
        files = await asyncio.to_thread(_files_in_order, folder)
        return tuple([await self._storage.put_file(prefix + name, folder / name) for name in files])

    @asynccontextmanager
    async def _source(self, key: str) -> AsyncIterator[Path]:
        async with self.scratch() as folder:
            await self._storage.get_file(key, folder / "source")
            yield folder / "source"


def _files_in_order(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    files.sort(key=lambda path: (path.suffix == ".m3u8", path.name == "master.m3u8", path))
    return [path.relative_to(folder).as_posix() for path in files]

"""A worker's corner of the local disk."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from tempfile import mkdtemp

from adapters.filesystem.process_folder import ProcessFolder
from adapters.filesystem.publishing import publish_folder
from adapters.filesystem.source_cache import SourceCache
from lms_app.ports.storage import ObjectStorage, StoredObject
from lms_app.ports.workspace import Workspace


class FilesystemWorkspace(Workspace):
    """Below ``root`` every process has a folder of its own; those of dead processes are removed here, at the start.

    Args:
        max_cache_bytes: how much of the fetched sources may stay when nobody uses them.

    Raises:
        OSError: ``root`` cannot be written to.
    """

    def __init__(self, storage: ObjectStorage, root: Path, max_cache_bytes: int) -> None:
        self._storage = storage
        self._own = ProcessFolder(root)
        self._scratch = self._own.path / "scratch"
        sources = self._own.path / "sources"
        for folder in (self._scratch, sources):
            folder.mkdir()
        self._cache = SourceCache(storage, sources, max_cache_bytes)

    def source(self, key: str) -> AbstractAsyncContextManager[Path]:
        """See the port."""
        return self._cache.use(key)

    @asynccontextmanager
    async def scratch(self) -> AsyncIterator[Path]:
        """See the port."""
        folder = Path(mkdtemp(dir=self._scratch))
        try:
            yield folder
        finally:
            # Shielded: cancelled once more, we stop waiting, but the removal goes on.
            await asyncio.shield(asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True))

    async def publish(self, folder: Path, prefix: str) -> tuple[StoredObject, ...]:
        """See the port."""
        return await publish_folder(self._storage, folder, prefix)

    def close(self) -> None:
        """Remove everything of this process."""
        self._own.close()

"""Port: local disk for tools that need files."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from lms_app.ports.storage import StoredObject


class Workspace(Protocol):
    """A worker's own corner of a disk. Sources are fetched once and kept for the steps that follow."""

    def source(self, key: str) -> AbstractAsyncContextManager[Path]:
        """A stored object as a local file, not to be changed; it stays at least as long as the context.

        Raises:
            ObjectNotFound, StorageUnavailable: when entered.
        """
        ...

    def scratch(self) -> AbstractAsyncContextManager[Path]:
        """An empty folder that is removed with everything in it at the end."""
        ...

    async def publish(self, folder: Path, prefix: str) -> tuple[StoredObject, ...]:
        """Store every file below ``folder`` under ``prefix``; files ending in ``.m3u8`` last, masters at the very end.

        Raises:
            StorageUnavailable: some file could not be stored; a later run writes below another prefix.
        """
        ...

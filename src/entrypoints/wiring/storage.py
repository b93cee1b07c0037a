"""Object storage and the worker's local disk."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

from dishka import Provider, Scope, provide

from adapters.filesystem.workspace import FilesystemWorkspace
from adapters.obstore.storage import ObstoreStorage, storage_from_url
from entrypoints.settings import Settings
from lms_app.ports.storage import ObjectStorage
from lms_app.ports.workspace import Workspace
from lms_app.video.collect_garbage import CollectionRules

_CACHE_BYTES = 8 * 1024**3


class StorageProvider(Provider):
    """To keep objects somewhere else, change the URL; to keep them by other means, change this line."""

    scope = Scope.APP

    @provide
    async def storage(self, settings: Settings) -> AsyncIterator[ObjectStorage]:
        """Where objects are kept."""
        storage: ObstoreStorage = storage_from_url(settings.storage_url)
        yield storage
        await storage.aclose()

    @provide
    def collection_rules(self, settings: Settings) -> CollectionRules:
        """When files that nobody needs may go."""
        return CollectionRules(
            after=timedelta(seconds=settings.collect_after_seconds),
            every=timedelta(seconds=settings.collect_every_seconds),
        )

    @provide
    def workspace(self, settings: Settings, storage: ObjectStorage) -> Iterator[Workspace]:
        """Where tools find files."""
        workspace = FilesystemWorkspace(storage, settings.data_dir / "work", _CACHE_BYTES)
        yield workspace
        workspace.close()

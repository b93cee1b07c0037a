"""Objects fetched once and kept while there is room."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from lms_app.ports.storage import ObjectStorage


@dataclass(slots=True, eq=False)
class _Copy:
    path: Path
    fetching: "asyncio.Task[None]" = field(init=False)
    size: int = 0
    users: int = 0


class SourceCache:
    """Local copies in ``folder``. Together they take at most ``max_bytes``, but what is in use stays and may take more;
    the one used longest ago goes first."""

    def __init__(self, storage: ObjectStorage, folder: Path, max_bytes: int) -> None:
        self._storage = storage
        self._folder = folder
        self._max_bytes = max_bytes
        self._copies: OrderedDict[str, _Copy] = OrderedDict()
        self._numbers = count(1)

    @asynccontextmanager
    async def use(self, key: str) -> AsyncIterator[Path]:
        """A local copy that stays at least until the end of the context. Who asks at the same time shares one fetch.

        Raises:
            ObjectNotFound, StorageUnavailable: when entered.
        """
        copy = self._copy_of(key)
        copy.users += 1
        try:
            # Shielded: who goes away must not take the file from those who still wait for it.
            await asyncio.shield(copy.fetching)
            yield copy.path
        finally:
            copy.users -= 1
            await asyncio.shield(self._leave(key, copy))

    def _copy_of(self, key: str) -> _Copy:
        copy = self._copies.get(key)
        if copy is None or (copy.fetching.done() and not copy.path.is_file()):
            # A number of its own: an older copy of the same key may be on its way out at this moment.
            copy = _Copy(self._folder / f"source-{next(self._numbers)}")
            copy.fetching = asyncio.create_task(self._fetch(key, copy))
            copy.fetching.add_done_callback(_look_at_error)
            self._copies[key] = copy
        self._copies.move_to_end(key)
        return copy

    async def _fetch(self, key: str, copy: _Copy) -> None:
        part = copy.path.with_suffix(".part")
        try:
            copy.size = (await self._storage.head(key)).size
            await self._make_room()
            await self._storage.get_file(key, part)
            _finish(part, copy.path)
        except BaseException:
            self._forget(key, copy)
            raise

    async def _leave(self, key: str, copy: _Copy) -> None:
        if copy.users == 0 and not copy.fetching.done():
            self._forget(key, copy)
            copy.fetching.cancel()
            await asyncio.wait({copy.fetching})
        if self._copies.get(key) is copy:
            self._copies.move_to_end(key)
        await self._make_room()

    async def _make_room(self) -> None:
        total = sum(copy.size for copy in self._copies.values())
        for key, copy in list(self._copies.items()):
            if total <= self._max_bytes:
                return
            if copy.users == 0 and copy.fetching.done():
                total -= copy.size
                self._forget(key, copy)
                await asyncio.to_thread(copy.path.unlink, missing_ok=True)

    def _forget(self, key: str, copy: _Copy) -> None:
        if self._copies.get(key) is copy:
            del self._copies[key]


def _finish(part: Path, path: Path) -> None:
    part.chmod(0o400)
    part.rename(path)


def _look_at_error(fetching: "asyncio.Task[None]") -> None:
    """asyncio complains of errors that nobody looks at; here those who wait get it, if anybody still waits."""
    if not fetching.cancelled():
        fetching.exception()

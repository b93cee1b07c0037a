"""Bytes on their way into storage: counted, and stoppable without leaving anything behind."""

import asyncio
from collections.abc import AsyncIterator

from lms_app.ports.storage import SizeExceeded


class IncomingStopped(Exception):
    """Whoever wanted these bytes stored has gone."""


class IncomingChunks(AsyncIterator[bytes]):
    """Passes ``chunks`` on as they are, until there are more bytes than ``max_bytes``.

    ``error`` is the exception that ended it early, whichever way the library hands it on.
    """

    def __init__(self, chunks: AsyncIterator[bytes], max_bytes: int) -> None:
        self._chunks = chunks
        self._max_bytes = max_bytes
        self._stopped = False
        self._waiting: asyncio.Task[object] | None = None
        self.size = 0
        self.error: BaseException | None = None

    async def __anext__(self) -> bytes:
        """The next chunk.

        Raises:
            SizeExceeded: there are more bytes than allowed.
            IncomingStopped: ``stop`` was called before.
        """
        try:
            if self._stopped:
                raise IncomingStopped
            self._waiting = asyncio.current_task()
            chunk = await anext(self._chunks)
            self.size += len(chunk)
            if self.size > self._max_bytes:
                raise SizeExceeded(f"more than {self._max_bytes} bytes came")
        except StopAsyncIteration:
            raise
        except BaseException as error:
            self.error = error
            raise
        finally:
            self._waiting = None
        return chunk

    def stop(self) -> None:
        """End with an error, also while waiting for a chunk. That makes the library clean up after itself."""
        self._stopped = True
        if self._waiting is not None:
            self._waiting.cancel()

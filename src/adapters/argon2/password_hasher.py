"""Password hashing by Argon2id, in threads of its own."""

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from secrets import token_hex
from threading import BoundedSemaphore
from typing import TypeVar

import argon2
from argon2.exceptions import VerificationError, VerifyMismatchError

from lms_app.ports.password_hasher import HasherSaturated, PasswordHasher

T = TypeVar("T")

OWASP = argon2.Parameters(
    type=argon2.Type.ID,
    version=19,
    salt_len=16,
    hash_len=32,
    time_cost=2,
    memory_cost=19 * 1024,
    parallelism=1,
)
"""19 MiB, two passes, one lane: OWASP Password Storage Cheat Sheet. About 40 ms on one core."""


class Argon2PasswordHasher(PasswordHasher):
    """At most ``threads`` passwords are hashed at once, each with ``parameters.memory_cost`` KiB; at most
    ``max_waiting`` more wait. Sign-in is the cheapest way to overload a server: what comes on top is refused.
    """

    def __init__(self, *, max_waiting: int = 16, threads: int = 2, parameters: argon2.Parameters = OWASP) -> None:
        self._parameters = parameters
        self._hasher = argon2.PasswordHasher.from_parameters(parameters)
        self._nobodys = self._hasher.hash(token_hex())
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="argon2")
        self._places = BoundedSemaphore(threads + max_waiting)

    async def hash(self, password: str) -> str:
        """See the port."""
        return await self._run(lambda: self._hasher.hash(_bytes(password)))

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """See the port. A hash that is none, such as an empty one, is nobody's too."""
        return await self._run(lambda: self._is_right(password_hash, _bytes(password)))

    def needs_rehash(self, password_hash: str) -> bool:
        """See the port."""
        try:
            used = argon2.extract_parameters(password_hash)
        except ValueError:  # not a hash
            return True
        today = self._parameters
        return (
            used.type is not today.type
            or used.version < today.version
            or used.time_cost < today.time_cost
            or used.memory_cost < today.memory_cost
            or used.hash_len < today.hash_len
            or used.salt_len < today.salt_len
        )

    def close(self) -> None:
        """Forget who waits and let the threads end."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _is_right(self, password_hash: str | None, password: bytes) -> bool:
        if password_hash is not None:
            try:
                return self._hasher.verify(password_hash, password)
            except VerifyMismatchError:
                return False
            except (VerificationError, ValueError):
                pass  # not a hash: it must take as long as one
        try:
            self._hasher.verify(self._nobodys, password)
        except VerifyMismatchError:
            return False
        return False

    async def _run(self, work: Callable[[], T]) -> T:
        if not self._places.acquire(blocking=False):
            raise HasherSaturated("too many passwords wait to be hashed")
        try:
            future = self._pool.submit(work)
        except BaseException:
            self._places.release()
            raise
        future.add_done_callback(self._leave)
        return await asyncio.wrap_future(future)

    def _leave(self, _: "Future[T]") -> None:
        self._places.release()


def _bytes(password: str) -> bytes:
    """The same bytes however a keyboard composes an é. (A browser may send half a surrogate pair.)"""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")

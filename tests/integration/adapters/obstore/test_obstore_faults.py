"""What must hold around the adapter: flat memory, a full disk, a server in trouble, a clean end of the process."""

import asyncio
import gc
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from adapters.obstore.storage import ObstoreStorage, storage_from_url
from lms_app.ports.storage import StorageUnavailable
from tests.contracts.storage import ANY, MIB, put
from tests.integration.adapters.obstore.conftest import S3Server
from tests.integration.adapters.obstore.test_obstore_s3 import address

LARGE = 300


class MemoryWatch:
    """How far this process grew since the watch began, in MiB."""

    def __init__(self) -> None:
        gc.collect()
        self._process = psutil.Process()
        self._before = self._process.memory_info().rss
        self.growth = 0.0

    def look(self) -> None:
        self.growth = max(self.growth, (self._process.memory_info().rss - self._before) / MIB)


async def large(watch: MemoryWatch) -> AsyncIterator[bytes]:
    """300 MiB in fresh pieces of 1 MiB."""
    for number in range(LARGE):
        yield bytes([number % 256]) * MIB
        watch.look()


@pytest.fixture(params=["local", "s3"])
async def storage(request: pytest.FixtureRequest, tmp_path: Path) -> ObstoreStorage:
    if request.param == "local":
        return storage_from_url((tmp_path / "storage").as_uri())
    server: S3Server = request.getfixturevalue("s3_server")
    return storage_from_url(address(server, server.new_bucket()))


async def test_memory_stays_flat(storage: ObstoreStorage, tmp_path: Path) -> None:
    await put(storage, "a/smaller", b"x" * 40 * MIB)
    storing = MemoryWatch()
    stored = await storage.put_stream("a/large", large(storing), max_bytes=ANY)
    storing.look()
    assert stored.size == LARGE * MIB
    assert storing.growth < 100

    reading = MemoryWatch()
    async with storage.open("a/large", end=100 * MIB) as opened:
        async for _ in opened.chunks:
            reading.look()
    assert reading.growth < 50

    copying = MemoryWatch()
    await storage.get_file("a/smaller", tmp_path / "smaller")
    copying.look()
    await storage.put_file("a/again", tmp_path / "smaller")
    copying.look()
    assert copying.growth < 100
    for key in ("a/smaller", "a/large", "a/again"):
        await storage.delete(key)


@pytest.mark.parametrize("status", [500, 503, 507])
async def test_errors_of_the_server_are_worth_another_try(status: int) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    storage = storage_from_url(f"s3://key:secret@bucket?endpoint=http://127.0.0.1:{port}")
    try:
        with pytest.raises(StorageUnavailable):
            await storage.check()
        with pytest.raises(StorageUnavailable):
            await storage.head("a/b")
    finally:
        server.close()
        await server.wait_closed()


CHILD = """
import asyncio, resource, sys
from pathlib import Path
from adapters.obstore.storage import storage_from_url
from lms_app.ports.storage import StorageUnavailable

folder, limit = Path(sys.argv[1]), int(sys.argv[2])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

async def main():
    storage = storage_from_url(folder.as_uri())
    async def chunks():
        for _ in range(20):
            yield b"x" * 1024 * 1024
    try:
        await storage.put_stream("a/b", chunks(), max_bytes=2**40)
        print("stored")
    except StorageUnavailable:
        print("unavailable", [str(path) for path in folder.rglob("*") if path.is_file()])
    await storage.aclose()

asyncio.run(main())
"""


def run_child(folder: Path, limit: int) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), str(limit)], capture_output=True, text=True, check=False, timeout=60
    )
    return done.returncode, done.stdout.strip() or done.stderr


def test_a_disk_that_takes_no_more_is_unavailable_and_nothing_is_left(tmp_path: Path) -> None:
    assert run_child(tmp_path / "storage", 9 * MIB) == (0, "unavailable []")


def test_a_process_ends_cleanly_right_after_storing(tmp_path: Path) -> None:
    assert [run_child(tmp_path / "storage", 0) for _ in range(5)] == [(0, "stored")] * 5

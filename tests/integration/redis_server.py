"""A real Redis for tests."""

import shutil
import socket
import subprocess
import tempfile
import time
from types import TracebackType

from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError


class RedisServer:
    """redis-server on a free loopback port, without persistence."""

    def __init__(self) -> None:
        program = shutil.which("redis-server")
        if program is None:
            raise RuntimeError("redis-server is missing: sudo apt-get install -y redis-server")
        self._program = program
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = tempfile.TemporaryDirectory(prefix="lms-redis-")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "RedisServer":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._folder.cleanup()

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(
            [self._program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", self._folder.name],
            stdout=subprocess.DEVNULL,
        )
        for _ in range(100):
            try:
                with Redis(port=self.port) as client:
                    client.ping()
                    return
            except RedisConnectionError:
                time.sleep(0.05)
        raise RuntimeError("redis-server does not answer")

    def stop(self) -> None:
        """kill -9: what was not stored is lost."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def flush(self) -> None:
        """Forget everything."""
        with Redis(port=self.port) as client:
            client.flushall()

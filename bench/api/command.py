"""One run: seed, start three servers on one database, see that they answer alike, and put load on them in turn."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import msgspec
import psutil
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.api.bare import BARE, SQLALCHEMY
from bench.api.load import Load
from bench.api.screens import TOKEN, paths
from bench.api.world import EMAIL, PASSWORD, SUBDOMAIN, World, seeded_world

RESULTS = Path(__file__).parents[1] / "results" / "api.json"
CONNECTIONS = 16
WARM_UP_SECONDS = 0.5
AIM = 0.5
"""The product may cost as much again as the bare application, not more."""

PRODUCT = "product"
_START_SECONDS = 30.0
_GRANT = re.compile(rb'/media/[^/"]+/|(?<="playback_expires_at":)"[^"]+"')
console = Console()


class Round(msgspec.Struct, frozen=True):
    """One round of load. ``cpu_us`` is what the server's process (not PostgreSQL) spent on each request."""

    load: Load
    cpu_us: float


class Result(msgspec.Struct, frozen=True):
    """Medians of a contender's rounds on a screen; ``ratio`` is the median of its rounds over bare's."""

    screen: str
    contender: str
    body_bytes: int
    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_us: float
    ratio: float
    rounds: list[Round]


@dataclass(frozen=True)
class _Server:
    process: "subprocess.Popen[bytes]"
    port: int


def run_api(*, rounds: int, seconds: float, wanted: str) -> None:
    """Measure, print and keep the results."""
    with seeded_world() as world, ExitStack() as stack:
        servers = {name: stack.enter_context(_server(name, world)) for name in (BARE, PRODUCT, SQLALCHEMY)}
        results = [
            result
            for screen, path in paths(world).items()
            if screen.startswith(wanted)
            for result in _measure(screen, path, servers, rounds=rounds, seconds=seconds)
        ]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_bytes(msgspec.json.format(msgspec.json.encode(results)))
    console.print(_table(results))
    console.print(
        f"Medians of {rounds} rounds of {seconds:g} s with {CONNECTIONS} connections. CPU is the server's process "
        f"per request, without PostgreSQL. “{SQLALCHEMY}” is “{BARE}” on SQLAlchemy's engine.\nKept in {RESULTS}"
    )


def _measure(screen: str, path: str, servers: dict[str, _Server], *, rounds: int, seconds: float) -> Iterator[Result]:
    # Signed in anew for each screen: an access token does not live as long as a long run.
    token = _sign_in(servers[PRODUCT].port)
    body = _same_body(path, servers, token)
    taken: dict[str, list[Round]] = {name: [] for name in servers}
    for _ in track(range(rounds), description=f"{screen:8}", console=console):
        for name, server in servers.items():
            taken[name].append(_round(server, _request(path, server.port, token), seconds))
    for name, found in taken.items():
        pairs = zip(found, taken[BARE], strict=True)
        yield Result(
            screen=screen,
            contender=name,
            body_bytes=len(body),
            per_second=median(one.load.per_second for one in found),
            p50_ms=median(one.load.p50_ms for one in found),
            p99_ms=median(one.load.p99_ms for one in found),
            cpu_us=median(one.cpu_us for one in found),
            ratio=median(one.load.per_second / bare.load.per_second for one, bare in pairs),
            rounds=found,
        )


def _round(server: _Server, request: bytes, seconds: float) -> Round:
    arguments = (server.port, CONNECTIONS, WARM_UP_SECONDS, seconds)
    process = psutil.Process(server.process.pid)
    before = process.cpu_times()
    ran = subprocess.run(
        [sys.executable, "-m", "bench.api.load", *map(str, arguments)], input=request, capture_output=True, check=False
    )
    after = process.cpu_times()
    if ran.returncode:
        raise RuntimeError(ran.stderr.decode())
    load = msgspec.json.decode(ran.stdout, type=Load)
    spent = after.user + after.system - before.user - before.system
    return Round(load, spent / load.answered * 1e6)


def _request(path: str, port: int, token: str) -> bytes:
    """As browsers ask, the bare servers too: everybody parses the same head."""
    headers = (
        f"GET {path} HTTP/1.1",
        f"Host: {_host(port)}",
        f"Authorization: Bearer {token}",
        "Accept: application/json",
        "Accept-Encoding: gzip, deflate, br",
        "Accept-Language: en",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) bench",
    )
    return "\r\n".join((*headers, "", "")).encode()


def _host(port: int) -> str:
    return f"{SUBDOMAIN}.localhost:{port}"


def _sign_in(port: int) -> str:
    credentials = json.dumps({"email": EMAIL, "password": PASSWORD})
    answer = json.loads(
        _exchange(port, "POST", "/api/users/auth/login/", credentials, {"Content-Type": "application/json"})
    )
    return str(answer["tokens"]["access"])


def _same_body(path: str, servers: dict[str, _Server], token: str) -> bytes:
    """The body that all servers give, grants to play aside."""
    bodies = {
        name: _exchange(server.port, "GET", path, None, {"Authorization": f"Bearer {token}"})
        for name, server in servers.items()
    }
    bare = _GRANT.sub(TOKEN.encode(), bodies[BARE])
    for name, body in bodies.items():
        if _GRANT.sub(TOKEN.encode(), body) != bare:
            raise RuntimeError(f"{path}: {name} says\n{body!r}\nand bare says\n{bodies[BARE]!r}")
    return bodies[PRODUCT]


def _exchange(port: int, method: str, path: str, body: str | None, headers: dict[str, str]) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body, {"Host": _host(port), **headers})
        response = connection.getresponse()
        content = response.read()
    finally:
        connection.close()
    if response.status != http.client.OK:
        raise RuntimeError(f"{method} {path}: {response.status} {content.decode()}")
    return content


@contextmanager
def _server(name: str, world: World) -> Iterator[_Server]:
    """One contender as a process of its own."""
    port = _free_port()
    if name == PRODUCT:
        command: Sequence[str] = (sys.executable, "-m", "entrypoints.cli.main", "serve", "--api-only")
        environment = {
            "LMS_DATA_DIR": world.data_dir,
            "LMS_PORT": str(port),
            "LMS_DATABASE_URL": world.app_dsn,
            "LMS_DATABASE_SYSTEM_URL": world.system_dsn,
            "LMS_DATABASE_OWNER_URL": world.owner_dsn,
            "LMS_LOG_FORMAT": "json",
        }
    else:
        command, environment = (sys.executable, "-m", "bench.api.bare", name, str(port)), {}
    with tempfile.TemporaryFile() as log, tempfile.TemporaryFile() as given:
        given.write(msgspec.json.encode(world))
        given.seek(0)
        # The access log goes where a service manager would put it: into a file.
        process = subprocess.Popen(
            command, stdin=given, stdout=log, stderr=log, env=_without_settings(os.environ) | environment
        )
        try:
            if not _answers(process, port):
                log.seek(0)
                raise RuntimeError(f"{name} does not start:\n{log.read().decode()}")
            yield _Server(process, port)
        finally:
            process.terminate()
            process.wait()


def _without_settings(environment: "os._Environ[str]") -> dict[str, str]:
    return {name: value for name, value in environment.items() if not name.startswith("LMS_")}


def _answers(process: "subprocess.Popen[bytes]", port: int) -> bool:
    give_up_at = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < give_up_at:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _table(results: Sequence[Result]) -> Table:
    table = Table(title="The API beside the same SQL without it")
    for heading in ("screen", "contender"):
        table.add_column(heading)
    for heading in ("bytes", "req/s", "p50 ms", "p99 ms", "CPU µs", "of bare"):
        table.add_column(heading, justify="right")
    for result in results:
        style = "red" if result.contender == PRODUCT and result.ratio < AIM else ""
        table.add_row(
            result.screen,
            result.contender,
            str(result.body_bytes),
            f"{result.per_second:.0f}",
            f"{result.p50_ms:.2f}",
            f"{result.p99_ms:.2f}",
            f"{result.cpu_us:.0f}",
            f"[{style}]{result.ratio:.2f}[/]" if style else f"{result.ratio:.2f}",
            end_section=result.contender == SQLALCHEMY,
        )
    return table

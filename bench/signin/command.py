"""One run: the same question about somebody who exists and somebody who does not, in turn, over the real application.

The figures are looked at, not asserted: on a busy machine they differ by chance.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from statistics import median

import asyncpg
import httpx
import msgspec
from litestar import Litestar
from rich.console import Console
from rich.table import Table

from adapters.structlog.logger import configure_logging
from bench.api.world import EMAIL, SUBDOMAIN, World, seeded_world
from entrypoints.http.app import create_app
from entrypoints.http.options import HttpOptions
from entrypoints.settings import DatabaseUrls, load_settings
from entrypoints.wiring.container import build_container

RESULTS = Path(__file__).parents[1] / "results" / "signin.json"
NOBODY, SHUT_OUT = "nobody@school.test", "teacher-2@school.test"
KNOWN = "known"
AIM = 0.05
"""Medians may differ by so much of the known account's."""

_WHO = {KNOWN: EMAIL, "unknown": NOBODY, "deactivated": SHUT_OUT}
_QUESTIONS: dict[str, Callable[[str], dict[str, str]]] = {
    "login": lambda email: {"email": email, "password": "a guess that is wrong"},
    "request-password-reset": lambda email: {"email": email},
}
console = Console()


class Result(msgspec.Struct, frozen=True):
    """The median of one question about one kind of account; ``ratio`` is over that of the known account."""

    question: str
    who: str
    p50_ms: float
    ratio: float


def run_signin(*, samples: int) -> None:
    """Measure, print and keep the results."""
    with seeded_world() as world:
        results = asyncio.run(_measure(world, samples))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_bytes(msgspec.json.format(msgspec.json.encode(results)))
    table = Table("Question", "Account", "p50 ms", "Ratio", title=f"{samples} samples each; aim: within {AIM:.0%}")
    for result in results:
        style = "" if abs(result.ratio - 1) <= AIM else "bold red"
        table.add_row(result.question, result.who, f"{result.p50_ms:.1f}", f"{result.ratio:.3f}", style=style)
    console.print(table)


async def _measure(world: World, samples: int) -> list[Result]:
    owner = await asyncpg.connect(world.owner_dsn)
    await owner.execute("UPDATE users SET is_active = false WHERE email = $1", SHUT_OUT)
    await owner.close()
    settings = replace(
        load_settings({"LMS_DATA_DIR": world.data_dir}),
        database=DatabaseUrls(
            app=world.app_dsn, system=world.system_dsn, owner=world.owner_dsn, direct=world.system_dsn
        ),
    )
    container = build_container(settings, configure_logging("json", process="bench"))
    app = create_app(container, HttpOptions(platform_domain="localhost", is_local=True, access_log=False))
    results = []
    async with app.lifespan():
        for question, body in _QUESTIONS.items():
            times = await _ask(app, question, body, samples)
            known = median(times[KNOWN])
            results += [
                Result(question, who, round(median(each) * 1000, 2), round(median(each) / known, 3))
                for who, each in times.items()
            ]
    await container.close()
    return results


async def _ask(
    app: Litestar, question: str, body: Callable[[str], dict[str, str]], samples: int
) -> dict[str, list[float]]:
    """Seconds by kind of account; one after the other in turn, each from a network of its own, so that nobody waits."""
    times: dict[str, list[float]] = {who: [] for who in _WHO}
    networks = count()

    async def ask(email: str) -> float:
        number = next(networks)
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        transport = httpx.ASGITransport(app, client=(address, 1))  # type: ignore[arg-type]  # Litestar narrows ASGI's types
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{SUBDOMAIN}.localhost") as client:
            started = time.perf_counter()
            await client.post(f"/api/users/auth/{question}/", json=body(email))
            return time.perf_counter() - started

    await _warm_up(ask)
    for _ in range(samples):
        for who, email in _WHO.items():
            times[who].append(await ask(email))
    return times


async def _warm_up(ask: Callable[[str], Awaitable[float]]) -> None:
    for email in _WHO.values():
        await ask(email)

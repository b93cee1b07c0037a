"""Whether we are alive, and whether the parts that we need answer."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from lms_app.ports.logger import Logger

_PATIENCE_SECONDS = 2.0
_FRESH_SECONDS = 2.0
"""Anybody may ask, on any host: however often, the parts are asked once in this time."""

Verdict = Literal["ok", "unavailable"]


class LiveView(msgspec.Struct, frozen=True, kw_only=True):
    """The process answers."""

    status: Literal["alive"]


class ReadyView(msgspec.Struct, frozen=True, kw_only=True):
    """``degraded``: most things work; those that need the named parts wait."""

    status: Literal["ready", "degraded"]
    parts: dict[str, Verdict]


@dataclass(frozen=True, slots=True)
class Part:
    """Something outside this process that we need. ``check`` raises, whatever it likes, unless the part answers."""

    name: str
    check: Callable[[], Awaitable[None]]
    is_essential: bool
    """Whether nothing works without it. Taking a server out of rotation helps nobody when a shared part is down, so
    only what makes every answer impossible is essential."""


class Readiness:
    """Asks all parts at once, each with a time limit."""

    def __init__(self, parts: tuple[Part, ...], log: Logger) -> None:
        self._parts = parts
        self._log = log
        self._lock = asyncio.Lock()
        self._verdicts: Mapping[str, Verdict] = {}
        self._fresh_until = 0.0

    async def verdicts(self) -> Mapping[str, Verdict]:
        """What each part said, at most 2 seconds ago."""
        async with self._lock:
            if time.monotonic() >= self._fresh_until:
                answers = await asyncio.gather(*(_ask(part, self._log) for part in self._parts))
                self._verdicts = {part.name: verdict for part, verdict in zip(self._parts, answers, strict=True)}
                self._fresh_until = time.monotonic() + _FRESH_SECONDS
            return self._verdicts

    def is_ready(self, verdicts: Mapping[str, Verdict]) -> bool:
        """Whether every essential part answers."""
        return all(verdicts[part.name] == "ok" for part in self._parts if part.is_essential)


async def _ask(part: Part, log: Logger) -> Verdict:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await part.check()
    except Exception as error:  # noqa: BLE001  # a part may fail in any way there is; all mean the same here
        log.warning("part_unavailable", part=part.name, reason=repr(error))
        return "unavailable"
    return "ok"

"""Finds the programs: ffmpeg and ffprobe of the system, else the ffmpeg that a wheel brings (it has no ffprobe)."""

import asyncio
import re
import shutil
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import imageio_ffmpeg

from adapters.ffmpeg.hardening import Limits
from adapters.ffmpeg.runner import run_tool

_QUICK = Limits(wall_seconds=20, cpu_seconds=20)


class ToolMissingError(Exception):
    """There is no such program here. The message says what to install."""


@dataclass(frozen=True, slots=True)
class FfmpegFeatures:
    """What one build of ffmpeg can do."""

    version: str
    """As it says itself, such as ``5.1.9-0+deb12u1``."""
    filters: frozenset[str]

    @property
    def tone_maps(self) -> bool:
        """Whether it turns HDR into ordinary colours; without, HDR sources look grey but play."""
        return {"zscale", "tonemap"} <= self.filters


def find_ffmpeg() -> Path:
    """The ffmpeg to use: from PATH, else of the wheel imageio-ffmpeg. Touches the disk; call it at start.

    Raises:
        ToolMissingError: there is neither.
    """
    on_path = shutil.which("ffmpeg")
    return Path(on_path) if on_path else bundled_ffmpeg()


def bundled_ffmpeg() -> Path:
    """The ffmpeg that the wheel imageio-ffmpeg ships.

    Raises:
        ToolMissingError: the wheel has none for this platform.
    """
    try:
        return Path(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise ToolMissingError("no ffmpeg: install ffmpeg 4.4 or later, or the wheel imageio-ffmpeg") from error


def find_ffprobe() -> Path | None:
    """ffprobe from PATH, or None: then PyAV looks into the files."""
    on_path = shutil.which("ffprobe")
    return Path(on_path) if on_path else None


async def ffmpeg_features(ffmpeg: Path) -> FfmpegFeatures:
    """What ``ffmpeg`` can do; asked once per process and program.

    Raises:
        ToolMissingError: it does not start.
    """
    known = _features(ffmpeg)
    async with known.lock:
        if known.found is None:
            known.found = await _ask(ffmpeg)
        return known.found


@dataclass(slots=True)
class _Known:
    lock: asyncio.Lock
    found: FfmpegFeatures | None = None


@lru_cache(maxsize=8)
def _features(_ffmpeg: Path) -> _Known:
    return _Known(asyncio.Lock())


async def _ask(ffmpeg: Path) -> FfmpegFeatures:
    try:
        version = await run_tool([str(ffmpeg), "-hide_banner", "-version"], _QUICK)
        filters = await run_tool([str(ffmpeg), "-hide_banner", "-filters"], _QUICK)
    except OSError as error:
        raise ToolMissingError(f"{ffmpeg} does not start: {error}") from error
    said = re.search(r"^ffmpeg version (\S+)", version.stdout.decode("utf-8", "replace"))
    if version.returncode != 0 or filters.returncode != 0 or said is None:
        raise ToolMissingError(f"{ffmpeg} does not start: {version.log or filters.log}")
    names = re.findall(r"^ [A-Z.|]{2,3} (\S+) +\S+->\S+", filters.stdout.decode("utf-8", "replace"), re.MULTILINE)
    return FfmpegFeatures(said.group(1), frozenset(names))
